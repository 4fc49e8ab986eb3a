"""What is in a database: whether it is whole, and a fingerprint of it.

`python -m tests.faults.state` says both of the database that DATABASE_URL names, as JSON.
"""

import hashlib
import json
import os

import django


def problems():
    """What is wrong with the database, a sentence each: nothing, if all went well."""
    from django.db import connection

    from guides import editions, freezing
    from guides.models import Guide

    found = []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found += [line for (line,) in cursor.fetchall() if line != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            found += [f"lost row: {row}" for row in cursor.fetchall()]
    for guide in Guide.objects.all():
        newest = editions.newest(guide)
        if newest and freezing.freeze(guide, derived=True) != newest.content:
            found.append(f"{guide.slug}: its rows are not those of edition {newest.number}")
        if guide.editions.live().count() > 1:
            found.append(f"{guide.slug}: several editions are live")
    return found


def fingerprint():
    """A hash of every row of each table, by name."""
    from django.apps import apps
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
            names = [column[0] for column in cursor.description]
            digest = hashlib.sha256()
            for row in cursor.fetchall():
                # A migration may put columns in another order.
                digest.update(repr(sorted(zip(names, row, strict=True))).encode())
            found[table] = digest.hexdigest()
    return found


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
    django.setup()
    print(json.dumps({"problems": problems(), "fingerprint": fingerprint()}))  # noqa: T201
