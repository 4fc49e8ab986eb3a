"""What is in a database: whether it is whole, and a fingerprint of it.

`python -m tests.faults.state` says both of the database that DATABASE_URL names, as JSON.
"""

import hashlib
import json
import os

import django
from django.db import DatabaseError

# Search is in no backup: it is written anew from the live guides, under new keys.
MADE_ANEW = {"guides_entry", "guides_name", "guides_passage", "guides_word"}
# In no backup either: which state of its sources search holds, and which occupations are near which. The clock fills
# them again.
FILLED_AGAIN = {"guides_indexedsource", "occupations_nearnessweights", "occupations_nearoccupations"}


def problems():
    """What is wrong with the database, a sentence each: nothing, if all went well."""
    from django.db import connection

    from guides import freezing
    from guides.models import Guide
    from guides.publishing import editions

    result = []
    if connection.vendor == "sqlite":
        result += sqlite_problems(connection)
    for guide in Guide.objects.all():
        newest = editions.newest(guide)
        if newest and freezing.freeze(guide, derived=True) != newest.content:
            result.append(f"{guide.slug}: its rows are not those of edition {newest.number}")
        if guide.editions.live().count() > 1:
            result.append(f"{guide.slug}: several editions are live")
    return result


def sqlite_problems(connection):
    """What SQLite itself finds wrong, and where the search indexes are not those of their tables."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        problems = [line for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        problems += [f"lost row: {row}" for row in cursor.fetchall()]
        try:
            cursor.execute("INSERT INTO guides_passage_fts(guides_passage_fts, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            problems.append(f"the index of passages: {error}")
        cursor.execute("SELECT (SELECT count(*) FROM guides_word), (SELECT count(*) FROM guides_word_trigrams_docsize)")
        known, indexed = cursor.fetchone()
    return problems if known == indexed else [*problems, f"{indexed} of {known} words are in their index"]


def fingerprint():
    """A hash of every row of each table, by name, without the keys of rows that are made anew."""
    from django.apps import apps
    from django.db import connection

    result = {}
    with connection.cursor() as cursor:
        tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        for table in sorted(tables - FILLED_AGAIN):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            # A migration may put columns in another order.
            rows = [sorted(zip(names, map(repr, row), strict=True)) for row in cursor.fetchall()]
            if table in MADE_ANEW:
                rows = [[pair for pair in row if pair[0] not in ("id", "entry_id")] for row in rows]
            digest = hashlib.sha256()
            for row in sorted(rows):
                digest.update(repr(row).encode())
            result[table] = digest.hexdigest()
    return result


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
    django.setup()
    print(json.dumps({"problems": problems(), "fingerprint": fingerprint()}))  # noqa: T201
