"""Which key a table gives its next row: never one that a deleted row had, to which a history may still refer."""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField

from .rows import Table

READ = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = %s",
    "postgresql": "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
}


def carry_over(source: BaseDatabaseWrapper, into: BaseDatabaseWrapper, tables: Sequence[Table]) -> None:
    """Have each table of `into` count on where the one of `source` stands."""
    for table in tables:
        if isinstance(table.key, AutoField) or table.key.get_internal_type() == "BigAutoField":
            _set(into, table, max(_last(source, table), _highest(source, table)))


def _last(database: BaseDatabaseWrapper, table: Table) -> int:
    """The last key that the table gave; 0 where it gave none."""
    names = [database.ops.quote_name(table.name), table.key.column] if database.vendor == "postgresql" else [table.name]
    with database.cursor() as cursor:
        cursor.execute(READ[database.vendor], names)
        row = cursor.fetchone()
    return int(row[0] or 0) if row else 0


def _highest(database: BaseDatabaseWrapper, table: Table) -> int:
    quote = database.ops.quote_name
    with database.cursor() as cursor:
        cursor.execute(f"SELECT max({quote(str(table.key.column))}) FROM {quote(table.name)}")  # noqa: S608
        return int(cursor.fetchone()[0] or 0)


def _set(database: BaseDatabaseWrapper, table: Table, last: int) -> None:
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            # The second number: whether the first one is taken.
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s)::regclass, %s, %s)",
                [database.ops.quote_name(table.name), table.key.column, max(last, 1), last > 0],
            )
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])
