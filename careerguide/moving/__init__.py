"""Moving the whole site to another database: from SQLite to PostgreSQL, back, or from one server to another.

What one database dumps the other cannot read, and Django's `loaddata` saves model instances: it matches rows by natural
keys, runs signals, and takes JSON's null for none. So each table of the site's models is read and written column by
column; the models' fields convert each value, as for the ORM, but nothing is made up, renumbered or dated anew. All
tables are moved, what a job of the clock could fill again too, so that the site is whole from the first page.

`rows.py` reads and writes tables, `target.py` says which database may be moved into, `keys.py` which key a table gives
next.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import keys, rows, target
from .rows import BadRows, Table

__all__ = ["count", "move", "tables", "unknown_tables"]

# The tables that migrations fill: their rows in the target give way to those of the source.
FILLED_BY_MIGRATIONS = (
    "contenttypes.ContentType",
    "auth.Permission",
    "auth.Group_permissions",
    "auth.Group",
    "datasets.HandbookEntry",
)
# PostgreSQL's lock that lets everybody read and nobody write.
LOCK = "LOCK TABLE {} IN SHARE MODE"


def tables() -> list[Table]:
    """Every table of the site's models, by name; references are looked at when the transaction ends, so any order will
    do."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return sorted((Table(model) for model in models if model._meta.managed), key=lambda table: table.name)


def unknown_tables(source: BaseDatabaseWrapper) -> list[str]:
    """The tables that no app of the site knows, such as those of an app that was taken away. They stay behind."""
    ours = {table.name for table in tables()} | {"django_migrations"}
    return sorted(set(source.introspection.table_names()) - ours - target.search_tables(source))


def count(source: BaseDatabaseWrapper) -> int:
    """How many rows there are to move."""
    return sum(rows.count(table, source) for table in tables())


def move(source: BaseDatabaseWrapper, url: str, advance: Callable[[int], Any]) -> int:
    """Move everything from `source` into the empty database at `url`, all of it or nothing; return how many rows.

    `advance` is told of each piece how many rows it has, once when they are written and once when they are compared.
    Nobody can write to the source meanwhile. Raises CommandError where that cannot be, with the rows that are bad.
    """
    with target.opened(url) as into:
        target.refuse_filled(into, tables(), FILLED_BY_MIGRATIONS)
        with transaction.atomic(using=source.alias):
            _keep_from_writing(source)
            rows.read_any_text(source)
            _refuse_lost_rows(source)
            with transaction.atomic(using=into.alias):
                target.clear(into, FILLED_BY_MIGRATIONS)
                moved = _write(source, into, advance)
                keys.carry_over(source, into, tables())
                into.check_constraints()
                _compare(source, into, advance)
        target.analyze(into)
    return moved


def _keep_from_writing(source: BaseDatabaseWrapper) -> None:
    """Have others read alone until the transaction ends. On SQLite each transaction of the site begins so."""
    if source.vendor == "postgresql":
        with source.cursor() as cursor:
            cursor.execute(LOCK.format(", ".join(source.ops.quote_name(table.name) for table in tables())))


def _refuse_lost_rows(source: BaseDatabaseWrapper) -> None:
    """No row may point at one that is not there: any program may write into a file of SQLite."""
    try:
        source.check_constraints()
    except IntegrityError as error:
        raise CommandError(f"Nothing was moved: {error} Correct it in the database, and try again.") from None


def _write(source: BaseDatabaseWrapper, into: BaseDatabaseWrapper, advance: Callable[[int], Any]) -> int:
    bad, moved = BadRows(into.display_name), 0
    for table in tables():
        for piece in rows.pieces(table, source, bad):
            rows.write(table, into, piece, bad)
            moved += len(piece)
            advance(len(piece))
    bad.refuse()
    return moved


def _compare(source: BaseDatabaseWrapper, into: BaseDatabaseWrapper, advance: Callable[[int], Any]) -> None:
    """Read both anew in the order of keys, and hold each row against its other."""
    for table in tables():
        if different := rows.first_difference(table, source, into, advance):
            raise CommandError(
                f"Nothing was moved: {table.name} {different} is not the same in both databases. Was it written to "
                "meanwhile? Stop the site, and try again."
            )
