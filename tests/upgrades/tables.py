"""What the tables of the default connection's database hold, and what the code of another release would miss there."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Column:
    """What a row must give of it: nothing where it may be NULL, or where the database has a default."""

    may_be_null: bool
    has_default: bool


Columns = dict[str, dict[str, Column]]
Row = tuple[str, ...]
# Tables of SQLite's own: of its indexes of search, and of the keys that it has given.
NOT_OURS = ("_fts", "_trigrams", "sqlite_")


def columns() -> Columns:
    """Each column of each table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT table_name, column_name, is_nullable = 'YES', column_default IS NOT NULL OR is_identity = 'YES'"
                " FROM information_schema.columns WHERE table_schema = current_schema()"
            )
        else:
            cursor.execute(
                'SELECT m.name, c.name, NOT c."notnull", c.dflt_value IS NOT NULL OR c.pk'
                " FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
            )
        found = cursor.fetchall()
    result: Columns = {}
    for table, name, may_be_null, has_default in found:
        if not any(word in table for word in NOT_OURS):
            result.setdefault(table, {})[name] = Column(bool(may_be_null), bool(has_default))
    return result


def rows(wanted: Columns) -> dict[str, set[Row]]:
    """What each of the tables that are there holds in the columns that are `wanted` of it."""
    present = columns()
    result = {}
    with connection.cursor() as cursor:
        for table, names in wanted.items():
            kept = [name for name in sorted(names) if name in present.get(table, {})]
            if kept:
                listed = ", ".join(map(connection.ops.quote_name, kept))
                cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(table)}")  # noqa: S608
                result[table] = {tuple(map(str, row)) for row in cursor.fetchall()}
    return result


def broken(before: Columns, after: Columns) -> list[str]:
    """What breaks code that knows the columns of `before` where those of `after` are, a sentence each.

    It reads every column that it knows, and a row that it adds gives those and no others. So nothing that it knows may
    go or get another name, nothing that it leaves out may be needed, and what it may leave empty must stay so.
    """
    result = []
    for table, known in before.items():
        if table not in after:
            result.append(f"{table} is gone: take it away one release after the code that reads it.")
            continue
        for name, column in known.items():
            if name not in after[table]:
                result.append(f"{table}.{name} is gone: take it away one release after the code that reads it.")
            elif column.may_be_null and not after[table][name].may_be_null:
                result.append(f"{table}.{name} may no longer be NULL: forbid it a release after the code that does so.")
        result += [
            f"{table}.{name} is needed, and the last release's code does not know it: give it a db_default."
            for name, column in after[table].items()
            if name not in known and not column.may_be_null and not column.has_default
        ]
    return result
