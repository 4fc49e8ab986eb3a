"""Backups: the whole database as one file, written while the site goes on, and read back.

What can go wrong with a file is a `BackupError`, one sentence for the person at the terminal. Each database has an
engine, a module with the same four functions:

- `write(path, without)` fills the file with a consistent copy of the database, of some tables without their rows;
- `applied(path)` reads the file from end to end, without touching the database, and returns the migrations that it
  was made after, as pairs of app and name: empty for a database of some other kind;
- `load(path)` replaces everything in the database by what the file holds, all of it or nothing;
- `scratch()` gives the address of a new, empty database, and takes it away afterwards.
"""

from types import ModuleType

from django.db import DatabaseError, connection

from guides import registry

from . import postgresql, sqlite
from .errors import BackupError

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}

__all__ = ["BackupError", "engine", "left_out"]


def engine() -> ModuleType:
    """Return the engine of the site's database."""
    return ENGINES[connection.vendor]


def left_out() -> list[str]:
    """Return the tables whose rows a backup leaves out: an app fills them again by itself, or they last for an hour."""
    try:
        named = {table for restored in registry.each("restored") for table in restored()}
        return sorted(named.intersection(connection.introspection.table_names()))
    except DatabaseError:
        # The database is of an older release still: all of it is copied.
        return []
