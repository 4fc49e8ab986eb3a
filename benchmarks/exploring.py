"""How long /explore/ takes with the official data: p50, p95 and queries of each kind of page.

    python -m benchmarks.exploring [--pages 100]
    scripts/with_postgres .venv/bin/python -m benchmarks.exploring

Without DATABASE_URL it uses a SQLite database of its own, into which it loads the guides and the official data.
"""

import argparse
import os
import random
import sys
import tempfile
import time

from .moving import LIMIT, measure


def addresses(count, rng):
    """Return addresses by kind: the questions, and what fits answers drawn at random, few, many and too many."""
    from guides.datasets.areas import STATES
    from guides.occupations.exploring import activities
    from guides.occupations.exploring.answers import Answers, Body, Company, School, Start

    labels = list(activities.labels())
    groups = [group.slug for group in activities.groups()]

    def like(choices, most):
        return tuple(sorted(rng.sample(choices, rng.randint(1, most)), key=labels.index))

    def drawn(like, start):
        return Answers(
            like,
            rng.choice(["", *Company.values]),
            rng.choice(["", *Body.values]),
            rng.choice(["", *School.values]),
            start,
            rng.choice([None, 30_000, 45_000, 60_000, 90_000]),
            rng.choice(["", *(state.abbreviation for state in STATES)]),
        )

    things = list(activities.by_slug())
    kinds = {
        "a few things liked": [drawn(like(things, 3), "") for _each in range(count)],
        "whole groups liked": [drawn(like(groups, 5), "") for _each in range(count)],
        "nothing liked": [drawn((), "") for _each in range(count)],
        "still in school": [drawn(like(things, 5), Start.SCHOOL.value) for _each in range(count)],
        "hardly anything fits": [
            Answers(like(things, 1), "alone", "moving", "none", "new", 95_000, "MS") for _each in range(count)
        ],
    }
    pages = {kind: [f"/explore/?{answers.query}" for answers in some] for kind, some in kinds.items()}
    questions = [f"/explore/?{drawn(like(things, 5), '').at_step(rng.randint(1, 6))}" for _each in range(count)]
    return {"the questions": questions, **pages}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/exploring.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
        os.environ["DEBUG"] = "1"
        import django
        from django.conf import settings
        from django.core.management import call_command

        django.setup()
        settings.DEBUG = False
        settings.ALLOWED_HOSTS = ["testserver"]
        from guides.occupations import listings
        from guides.occupations.exploring import building
        from guides.occupations.nearness import building as nearness

        call_command("migrate", verbosity=0)
        call_command("load_guides", publish=True)
        call_command("load_snapshot")
        listings.write()
        nearness.build()
        started = time.process_time()
        count = building.build()
        print(f"{count} occupations counted in {time.process_time() - started:.1f} s of processor time")
        p95 = measure(addresses(options.pages, random.Random(20)))  # noqa: S311
    print(f"p95 {p95:.1f} ms, wanted below {LIMIT} ms")
    sys.exit(p95 >= LIMIT)


if __name__ == "__main__":
    main()
