"""How long a search takes with every occupation, all their titles and 30 guides: p50, p95 and the slowest by kind.

    python -m benchmarks.search [--guides 30] [--rounds 3]
    scripts/with_postgres .venv/bin/python -m benchmarks.search

Without DATABASE_URL it uses a SQLite database of its own. The official data is what the project ships; most guides are
made up, see made_up.py.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time

from . import made_up

# Milliseconds at the 95th percentile: of all, and of what is asked as one types.
LIMIT, TYPING_LIMIT = 50, 30
TYPING = "as one types"


def misspelt(rng, text):
    place = rng.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1 :]


def fill(number):
    """Load the official data and `number` guides, and return the titles of both."""
    from django.core.management import call_command
    from django.db import connection

    from guides.datasets.models import OccupationTitle
    from guides.models import Entry, Name
    from guides.occupations import listings
    from guides.search import index

    guides = [title for title, _slug in made_up.fill(number)]
    with open(os.devnull, "w") as nowhere:
        call_command("load_snapshot", stdout=nowhere, stderr=nowhere)
    listings.write()
    started, worked = time.perf_counter(), time.process_time()
    index.refresh_all()
    waited, worked = time.perf_counter() - started, time.process_time() - worked
    print(f"{Entry.objects.count()} entries, {Name.objects.count()} names: {waited:.1f} s, {worked:.1f} s of them CPU")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA optimize")
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("SELECT pg_database_size(current_database())")
        print(f"database: {cursor.fetchone()[0] / 1e6:.0f} MB")
    return guides + list(OccupationTitle.objects.order_by("pk").values_list("title", flat=True))


def queries(titles, rng):
    """Return queries by kind."""
    few = [title[:150] for title in rng.sample(titles, 60)]
    topics = ["salary", "how to become", "job outlook", "remote work", "education", "interview questions", "skills"]
    questions = [
        "what education do i need",
        "how long does it take to be job-ready",
        "is the job market growing and is this a secure career",
        "what is the difference between an assistant and a librarian",
        "can i work from home as a technician",
    ]
    words = ["library", "work", "pay", "assistant", "need", "records", "catalog", "people", "a", "li", "pa", "inter"]
    return {
        "job title": few,
        "title and topic": [f"{title} {rng.choice(topics)}" for title in few],
        "topic": topics,
        "question": questions,
        "common word or beginning": words,
        "misspelt": [misspelt(rng, title) for title in few] + ["intervew", "catalogeing", "libary tecnician salery"],
        "title of many": ["teacher", "engineer", "manager", "driver", "nurse", "technician", "supervisor", "analyst"],
        "code": ["25-4031", "29-1141.00", "151252", "99-9999"],
        TYPING: [title[:end] for title in few[:12] for end in range(2, min(len(title), 40))],
        "nothing like it": ["zzqxw", "qqqq wwww", "xylophonzzz"],
    }


def measure(kinds, rounds):
    """Print how long each kind of query takes from request to answer; return the 95th percentiles: all, typing."""
    from django.test import Client

    client, everything, p95 = Client(), [], {}
    client.get("/search/", {"q": "warm"}, headers={"HX-Request": "true"})
    print(f"{'milliseconds':26}{'p50':>9}{'p95':>9}{'max':>9}{'busy p95':>9}{'CPU p95':>9}{'queries':>9}")
    for kind, texts in kinds.items():
        times = []
        for text in texts:
            tries = [ask(client, text) for _round in range(rounds)]
            waits, works = zip(*tries, strict=True)
            times.append((min(waits), statistics.median(waits), min(works)))
        everything += times
        p95[kind] = show(kind, times)
    return show("all", everything), p95[TYPING]


def ask(client, text):
    """Ask once; return how long a reader waits, and the CPU time of this process within it, in milliseconds."""
    started, worked = time.perf_counter(), time.process_time()
    response = client.get("/search/", {"q": text}, headers={"HX-Request": "true"})
    assert response.status_code == 200, text  # noqa: S101
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000


def show(kind, times):
    """Print one line of the table, and return the 95th percentile of each query's fastest round.

    What others do on the machine lengthens a round, never shortens it; the median round is shown beside it.
    """
    fastest, medians, works = (sorted(each) for each in zip(*times, strict=True))
    place = int(len(fastest) * 0.95)
    line = (statistics.median(fastest), fastest[place], fastest[-1], medians[place], works[place])
    print(f"{kind:26}" + "".join(f"{value:9.1f}" for value in line) + f"{len(fastest):9}")
    return fastest[place]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--guides", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/search.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
        os.environ["DEBUG"] = "1"
        import django
        from django.conf import settings

        django.setup()
        settings.DEBUG = False
        settings.ALLOWED_HOSTS = ["testserver"]
        p95, typing = measure(queries(fill(options.guides), random.Random(9)), options.rounds)  # noqa: S311
    print(
        f"p95 {p95:.1f} ms, wanted at most {LIMIT} ms; as one types {typing:.1f} ms, wanted at most {TYPING_LIMIT} ms"
    )
    sys.exit(p95 > LIMIT or typing > TYPING_LIMIT)


if __name__ == "__main__":
    main()
