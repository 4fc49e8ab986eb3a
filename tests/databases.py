"""Empty databases for tests of what is done to a whole database."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from .guides import processes


@contextmanager
def empty(folder: Path) -> Iterator[str]:
    """Lead the default connection to a new, empty database, and give its address; then back to the test's own.

    PostgreSQL's belongs to an account of its own that may do nothing else, as on the site.
    """
    connection.close()
    before = dict(connection.settings_dict)
    name = f"empty_{secrets.token_hex(4)}"
    try:
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = str(folder / f"{name}.sqlite3")
            yield processes.database_url()
            return
        with psycopg.connect(processes.database_url(), autocommit=True) as server:
            account = sql.Identifier(name)
            server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'a password'").format(account))
            server.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(account, account))
            connection.settings_dict.update(NAME=name, USER=name, PASSWORD="a password")
            yield processes.database_url()
            connection.close()
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(account))
            server.execute(sql.SQL("DROP ROLE {}").format(account))
    finally:
        connection.close()
        connection.settings_dict.update(before)
