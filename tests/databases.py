"""Databases beside the one that a test run makes: empty ones, and copies that hold what takes long to make.

And what that one held at first, which comes back after each test that commits.
"""

import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from psycopg import sql

from .guides import processes

# Where the site itself keeps its database, before a test run makes another.
OF_THE_SITE = str(connection.settings_dict["NAME"])


@contextmanager
def led_to(address: str) -> Iterator[None]:
    """Lead the default connection to the database at `address`, and then back to the one that it had."""
    before = dict(connection.settings_dict)
    _change(dj_database_url.parse(address))
    try:
        yield
    finally:
        _change(before)


def _change(settings: Mapping[str, Any]) -> None:
    """Close the default connection: its next one goes where the `settings` say."""
    connection.close()
    connection.settings_dict.update({name: settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    # The same models have other keys there.
    ContentType.objects.clear_cache()


@contextmanager
def empty(folder: Path) -> Iterator[str]:
    """Lead the default connection to a new, empty database, and give its address; then back to the test's own.

    PostgreSQL's belongs to an account of its own that may do nothing else, as on the site.
    """
    before = dict(connection.settings_dict)
    name = f"empty_{secrets.token_hex(4)}"
    try:
        if connection.vendor == "sqlite":
            _change(before | {"NAME": str(folder / f"{name}.sqlite3")})
            yield processes.database_url()
            return
        with psycopg.connect(processes.database_url(), autocommit=True) as server:
            account = sql.Identifier(name)
            server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'a password'").format(account))
            server.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(account, account))
            _change(before | {"NAME": name, "USER": name, "PASSWORD": "a password"})
            yield processes.database_url()
            connection.close()
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(account))
            server.execute(sql.SQL("DROP ROLE {}").format(account))
    finally:
        _change(before)


@contextmanager
def copy(name: str) -> Iterator[str]:
    """Copy the database of the default connection to one of its own, and give its address.

    Raises RuntimeError where that is the site's own: its copy would stand beside it, and nobody would take it away.
    """
    if str(connection.settings_dict["NAME"]) == OF_THE_SITE:
        raise RuntimeError(
            "There is no test database to copy: pytest-django makes one only where one of the tests to be run is "
            "marked django_db, or asks for db. Mark the test that asks for the copy."
        )
    address, own = processes.database_url(), connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [f"{own}.{name}"])
        yield f"{address}.{name}"
        return
    # It copies none that somebody is connected to.
    connection.close()
    copied, template = sql.Identifier(f"{own}_{name}"), sql.Identifier(own)
    with psycopg.connect(f"{address.removesuffix(own)}postgres", autocommit=True) as server:
        # A thread of an earlier test may still hold one.
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [own])
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copied, template))
    try:
        yield f"{address}_{name}"
    finally:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copied))


# No rows that fixtures of the tests put back have keys so high.
BEHIND_ALL_KEYS = 100_000


class FirstContent:
    """What the database of the default connection holds now, to be put back into it: a twentieth of Django's flush."""

    def __init__(self, folder: Path) -> None:
        self.copy, self.rows = folder / "first.sqlite3", {}
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.copy)])
            return
        with connection.cursor() as cursor:
            for table in _tables_with_rows():
                with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as lines:
                    self.rows[table] = b"".join(map(bytes, lines))

    def put_back(self) -> None:
        """Put it back in place of all that is there."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.copy)) as first:
                first.backup(connection.connection)
            return
        # References are looked at when the transaction ends.
        with transaction.atomic(), connection.cursor() as cursor:
            for table in _tables_with_rows():
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table, rows in self.rows.items():
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as lines:
                    lines.write(rows)
            # Where a test made tables anew, keys begin at 1 again: at those of rows that are put back as they were.
            cursor.execute(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, GREATEST(last_value, %s))"
                " FROM pg_sequences WHERE schemaname = current_schema()",
                [BEHIND_ALL_KEYS],
            )


def _tables_with_rows() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {quote(name)})" for name in names)  # noqa: S608
        )
        return [name for (name,) in cursor.fetchall()]
