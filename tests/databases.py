"""Databases beside the one that a test run makes: empty ones, and copies that hold what takes long to make."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection
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
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copied, template))
    try:
        yield f"{address}_{name}"
    finally:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copied))
