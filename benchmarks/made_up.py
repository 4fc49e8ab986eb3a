"""Made-up guides: those of fixtures/ over and over, most of their words exchanged for invented ones.

So every guide has the length of a real one, and words of its own.
"""

import os
import random
import re
import time

SYLLABLES = [
    a + b for a in "b c d f g l m n p r s t v br cl dr gr st tr pl".split() for b in "a e i o u ar en ol in".split()
]
TRADES = (
    "assistant technician clerk operator inspector designer manager engineer librarian nurse teacher driver".split()
)
ENDINGS = ["", "s", "ing", "er", "ment", "al"]
KEPT = 0.6  # of the words of a guide, the share that it has in common with the guide it was made of
WORD = re.compile(r"[A-Za-z]{5,}")
PREFIX = "made-up-"


def invented_word(rng, length=3):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, length))) + rng.choice(ENDINGS)


class Maker:
    """Makes guides out of frozen ones."""

    def __init__(self, contents, seed=8):
        self.rng = random.Random(seed)  # noqa: S311
        self.contents = contents
        self.invented = [invented_word(self.rng) for _ in range(20_000)]

    def guide(self, number):
        """Return the frozen content of a guide that nobody has seen, and its title."""
        frozen = self.contents[number % len(self.contents)]
        exchanged = {}

        def exchange(match):
            word = match[0].lower()
            if word not in exchanged:
                exchanged[word] = word if self.rng.random() < KEPT else self.rng.choice(self.invented)
            return exchanged[word]

        title = f"{self.rng.choice(self.invented)} {self.rng.choice(TRADES)} {number}".capitalize()
        old = frozen["objects"][0]["fields"]["slug"]
        slug = f"{PREFIX}{number}"
        objects = []
        for plain in frozen["objects"]:
            fields = {}
            for name, value in plain["fields"].items():
                if isinstance(value, list):
                    fields[name] = [slug if value[0] == old else value[0], *value[1:]]
                elif name in {
                    "title",
                    "summary",
                    "heading",
                    "body",
                    "text",
                    "answer",
                    "question",
                    "name",
                    "also_known_as",
                    "work",
                }:
                    fields[name] = WORD.sub(exchange, value) if isinstance(value, str) else value
                else:
                    fields[name] = value
            derived = {name: WORD.sub(exchange, html) for name, html in plain.get("derived", {}).items()}
            objects.append({"model": plain["model"], "fields": fields, "derived": derived})
        objects[0]["fields"] |= {"slug": slug, "title": title}
        return {**frozen, "objects": objects}, title


def load():
    """Migrate the database and publish the guides of fixtures/ where it has none."""
    from django.core.management import call_command

    from guides.models import Guide

    call_command("migrate", verbosity=0)
    if not Guide.objects.exists():
        with open(os.devnull, "w") as nowhere:
            call_command("load_guides", publish=True, verbosity=0, stdout=nowhere)


def fill(number):
    """Publish made-up guides until there are `number` guides; return the titles and slugs of those.

    What earlier runs made is kept.
    """
    from django.db import connection, transaction
    from django.utils import timezone

    from guides.models import Edition, Guide
    from guides.publishing import listings

    load()
    maker = Maker([edition.content for edition in Edition.objects.live().exclude(guide__slug__startswith=PREFIX)])
    # Drawing the picture of each would take most of the time, and is not what is measured.
    listings.draw = lambda listing: b""
    started = time.perf_counter()
    there = Guide.objects.filter(slug__startswith=PREFIX).count()
    for each in range(there, there + number - Guide.objects.count()):
        content, title = maker.guide(each)
        fields = content["objects"][0]["fields"]
        with transaction.atomic():
            guide = Guide.objects.create(**{**fields, "title": title})
            edition = Edition(guide=guide, number=1, state=Edition.State.LIVE, published_at=timezone.now())
            edition.content = content
            edition.save()
            listings.write(edition)
    print(f"{Guide.objects.count()} guides ready in {time.perf_counter() - started:.0f} s on {connection.vendor}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    return list(Guide.objects.filter(slug__startswith=PREFIX).order_by("pk").values_list("title", "slug"))
