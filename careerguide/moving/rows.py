"""The rows of a table, read from one database and written to the other without a change, a piece at a time."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DataError, IntegrityError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Field, JSONField, Model, TextField, Value

# So many rows are in memory at once. A row is at most a picture or an edition: some MB.
PIECE = 200
# So many bad rows are named.
NAMED = 20
# JSON's null, which Django reads as None, as it does a column without a value.
JSON_NULL = Value(None, JSONField())
# What a value that a column cannot hold raises, by itself or in the database.
BAD_VALUE = (DataError, IntegrityError, ValidationError, ValueError, TypeError, ArithmeticError)

Row = tuple[Any, ...]


class Table:
    """A table of one of the site's models."""

    def __init__(self, model: type[Model]) -> None:
        self.model, self.name = model, model._meta.db_table
        self.fields: list[Field[Any, Any]] = [field for field in model._meta.concrete_fields if field.column]
        self.place_of_key = next(place for place, field in enumerate(self.fields) if field.primary_key)

    @cached_property
    def key(self) -> "Field[Any, Any]":
        return self.fields[self.place_of_key]

    def columns(self, database: BaseDatabaseWrapper) -> str:
        return ", ".join(database.ops.quote_name(str(field.column)) for field in self.fields)


class BadRows:
    """What rows of the source the target cannot hold: the table, the key and what is wrong."""

    def __init__(self, kind: str) -> None:
        self.kind, self.named, self.more = kind, list[str](), 0

    def add(self, table: Table, key: object, why: object) -> None:
        """Note one; of very many only how many more there are."""
        if len(self.named) == NAMED:
            self.more += 1
            return
        # A database may quote the whole row.
        sentence = "; ".join(why.messages) if isinstance(why, ValidationError) else str(why).strip().partition("\n")[0]
        self.named.append(f"{table.name} {key}: {sentence.rstrip('.')[:300]}")

    def refuse(self) -> None:
        """Raise CommandError where there are any."""
        if self.named:
            more = [f"and {self.more} more"] if self.more else []
            raise CommandError(
                f"Nothing was moved: {self.kind} cannot hold these rows as they are. Correct them (in the admin, or in "
                "the database itself), and try again.\n" + "\n".join([*self.named, *more])
            )


def count(table: Table, database: BaseDatabaseWrapper) -> int:
    """How many rows the table has."""
    with database.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {database.ops.quote_name(table.name)}")  # noqa: S608
        return int(cursor.fetchone()[0])


def read_any_text(database: BaseDatabaseWrapper) -> None:
    """Have SQLite give a text that is not UTF-8 too: it is noted as a bad row when it is written, not where it lies."""
    if database.vendor == "sqlite":
        database.connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")


def pieces(table: Table, database: BaseDatabaseWrapper, bad: BadRows | None = None) -> Iterator[list[Row]]:
    """All rows in the order of their keys, the values as the model's fields have them.

    A row with a value that cannot be understood is noted as a bad one and left out.
    """
    convert = [_conversion(table, field, database) for field in table.fields]
    columns = table.columns(database)
    if database.vendor == "sqlite":
        # By a column's type SQLite's driver would make false of 7 and nothing of a date that is none; not by a term's.
        columns = "+" + columns.replace(", ", ", +")
    with database.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {database.ops.quote_name(table.name)} "  # noqa: S608
            f"ORDER BY {_order(table, database)}"
        )
        while piece := cursor.fetchmany(PIECE):
            yield list(_understood(table, piece, convert, bad or BadRows("")))


def write(table: Table, database: BaseDatabaseWrapper, piece: Sequence[Row], bad: BadRows) -> None:
    """Write the rows; those that the database refuses are noted as bad ones and left out."""
    marks = ", ".join(["%s"] * len(table.fields))
    insert = f"INSERT INTO {database.ops.quote_name(table.name)} ({table.columns(database)}) VALUES ({marks})"  # noqa: S608
    try:
        with transaction.atomic(using=database.alias), database.cursor() as cursor:
            cursor.executemany(insert, [_prepared(table, row, database) for row in piece])
        return
    except BAD_VALUE:
        # Which of them it is comes out one by one.
        pass
    for row in piece:
        try:
            with transaction.atomic(using=database.alias), database.cursor() as cursor:
                cursor.execute(insert, _prepared(table, row, database))
        except BAD_VALUE as why:
            bad.add(table, row[table.place_of_key], why)


def first_difference(
    table: Table, one: BaseDatabaseWrapper, other: BaseDatabaseWrapper, advance: Callable[[int], Any]
) -> str:
    """The key of the first row that is not the same in both databases; empty where all are."""
    nothing: list[Row] = []
    for here, there in zip_longest(pieces(table, one), pieces(table, other), fillvalue=nothing):
        if here != there:
            pairs = zip_longest(here, there)
            different = next((a or b)[table.place_of_key] for a, b in pairs if a != b)
            return str(different)
        advance(len(here))
    return ""


def _conversion(table: Table, field: "Field[Any, Any]", database: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """What makes the field's value of the column's, as the ORM does. It raises ValueError where there is none."""
    column = field.get_col(table.name)
    steps = [*database.ops.get_db_converters(column), *column.get_db_converters(database)]
    is_json, is_text = isinstance(field, JSONField), isinstance(field, CharField | TextField)

    def convert(raw: Any) -> Any:
        if raw is None:
            return None
        try:
            value = raw
            for step in steps:
                value = step(value, column, database)
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            value = None
        if is_json and raw == "null":
            return JSON_NULL
        # SQLite keeps whatever it is given, whatever the column is for.
        if value is None or (is_text and not isinstance(value, str)):
            raise ValueError(f"{field.column} holds {str(raw)[:60]!r}, which it cannot")
        return value

    return convert


def _understood(
    table: Table, piece: Sequence[Row], convert: Sequence[Callable[[Any], Any]], bad: BadRows
) -> Iterator[Row]:
    for raw in piece:
        try:
            yield tuple(step(value) for step, value in zip(convert, raw, strict=True))
        except BAD_VALUE as why:
            bad.add(table, raw[table.place_of_key], why)


def _prepared(table: Table, row: Row, database: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(value, connection=database) for field, value in zip(table.fields, row, strict=True)]


def _order(table: Table, database: BaseDatabaseWrapper) -> str:
    """Texts by their bytes, as SQLite has them: PostgreSQL's order is the one of its language."""
    column = database.ops.quote_name(str(table.key.column))
    is_text = isinstance(table.key, CharField) and database.vendor == "postgresql"
    return f'{column} COLLATE "C"' if is_text else column
