"""Bring the tables up to date, one process at a time: two at once change what the other one has changed already."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from careerguide import startup

# Any number that no other program takes locks with in the site's own database.
LOCK = 0x4341524545520001


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with alone(connections[options["database"]]):
            # What another process did while we waited is looked up in there.
            super().handle(*args, **options)


@contextmanager
def alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait for the only place to change the tables of that database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            # Where the connection is lost, so is the lock.
            if connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    folder = Path(connection.settings_dict["NAME"]).parent
    if not folder.is_dir():  # in memory
        yield
        return
    with startup.turn(folder):
        yield
