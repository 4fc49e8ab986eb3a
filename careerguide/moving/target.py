"""The database that is moved into: it is opened, given the site's tables, and refused where it holds anything."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from careerguide import environment
from careerguide.backups.files import of_newer_release

from . import rows
from .rows import Table

ALIAS = "target"


@contextmanager
def opened(url: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection to the database at `url`, which gets the site's tables where it has none."""
    try:
        database = dict(environment.database_at(url, settings.BASE_DIR, "TARGET_URL"))
    except ImproperlyConfigured as error:
        raise CommandError(str(error)) from None
    if str(database["ENGINE"]).endswith("sqlite3"):
        database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    connection = ConnectionHandler({"default": {}, ALIAS: database})[ALIAS]
    connections[ALIAS] = connection
    try:
        _give_tables(connection, url)
        yield connection
    finally:
        connection.close()
        del connections[ALIAS]


def refuse_other_migrations(database: BaseDatabaseWrapper, name: str) -> None:
    """Only between tables that this very release made can rows be moved."""
    executor = MigrationExecutor(database)
    if newer := of_newer_release(executor.loader.applied_migrations):
        raise CommandError(f"{name} is of a newer release of the site, which has {', '.join(newer)}.")
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        lacks = f"{plan[0][0].app_label}.{plan[0][0].name}"
        raise CommandError(
            f"{name} is of an older release of the site: it lacks {lacks}. Run `manage.py migrate` on it."
        )


def refuse_filled(database: BaseDatabaseWrapper, tables: Sequence[Table], filled_by_migrations: Sequence[str]) -> None:
    """Nothing that is there may be lost."""
    refuse_other_migrations(database, "The database at TARGET_URL")
    own = {apps.get_model(label) for label in filled_by_migrations}
    for table in tables:
        if table.model not in own and (number := rows.count(table, database)):
            raise CommandError(
                f"The database at TARGET_URL is not empty: {table.name} has {number} rows. Nothing was moved. Give an "
                "empty one."
            )


def clear(database: BaseDatabaseWrapper, filled_by_migrations: Sequence[str]) -> None:
    """Take away what migrations wrote."""
    with database.cursor() as cursor:
        for label in filled_by_migrations:
            cursor.execute(f"DELETE FROM {database.ops.quote_name(apps.get_model(label)._meta.db_table)}")  # noqa: S608


def analyze(database: BaseDatabaseWrapper) -> None:
    """Have PostgreSQL look at what has come: until then it chooses slow ways."""
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("ANALYZE")


def search_tables(database: BaseDatabaseWrapper) -> set[str]:
    """The tables of SQLite's own full-text indexes, which triggers fill; PostgreSQL has columns and indexes instead."""
    if database.vendor != "sqlite":
        return set()
    with database.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE %%'")
        virtual = tuple(name for (name,) in cursor.fetchall())
        return (
            {name for name in database.introspection.table_names(cursor) if name.startswith(virtual)}
            if virtual
            else set()
        )


def _give_tables(database: BaseDatabaseWrapper, url: str) -> None:
    """Run the site's own command for it in a process of its own, which sees this database alone."""
    try:
        there = database.introspection.table_names()
        is_ours = any(app == "guides" for app, _name in MigrationRecorder(database).applied_migrations())
    except DatabaseError as error:
        raise CommandError(f"The database at TARGET_URL cannot be used: {str(error).strip()}") from None
    if is_ours:
        return
    if there:
        raise CommandError(
            f"The database at TARGET_URL holds tables of something else, such as {min(there)}. Give an empty one."
        )
    result = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--no-input", "--verbosity=0"],
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        said = result.stderr.strip().splitlines() or [f"it ended with {result.returncode}"]
        raise CommandError(
            f"The tables could not be made at TARGET_URL: {said[-1].partition('Error: ')[2] or said[-1]}"
        )
