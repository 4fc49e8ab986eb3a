"""How requests use the database: none waits for it for long. Commands, which nobody watches, may wait."""

import time
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

import psycopg
from dj_database_url import DBConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from . import environment
from .version_reader import PolledVersion, version

# How long a request waits for what another holds (an import, a migration), and for one statement.
LOCK_SECONDS, STATEMENT_SECONDS = 3, 10
# psycopg's: what it waits for goes out, what is ready comes in, and its answer is at the end.
Steps = Generator[Any, Any, Any]


def set_time_outs(database: DBConfig) -> None:
    """Give connections made from now on with the settings `database` the time-outs of requests."""
    options = database["OPTIONS"]
    if database["ENGINE"].endswith("sqlite3"):
        options["timeout"] = LOCK_SECONDS
        return
    limits = {
        "statement_timeout": STATEMENT_SECONDS,
        "lock_timeout": LOCK_SECONDS,
        "idle_in_transaction_session_timeout": 60,
    }
    given = [options["options"]] if options.get("options") else []
    options["options"] = " ".join([*given, *(f"-c {name}={seconds}s" for name, seconds in limits.items())])
    connection_created.connect(_watch, dispatch_uid="databases.watch")


def keep_private(sender: type, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Have SQLite's files, which hold plans and logins, readable by their owner alone, whoever made them."""
    if connection.vendor == "sqlite":
        path = connection.settings_dict["NAME"]
        for file in (path, f"{path}-wal", f"{path}-shm"):
            environment.keep_private(file)


def _watch(sender: type, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Have a request that waits for PostgreSQL give up where the server hangs: its own time-outs hang with it."""
    inner = getattr(connection, "connection", None)
    if isinstance(inner, psycopg.Connection):
        setattr(inner, "wait", partial(_wait, inner, inner.wait))  # noqa: B010 (in place of its method)


def _wait(
    connection: psycopg.Connection[Any], wait: Callable[..., Any], steps: Steps, *args: Any, **kwargs: Any
) -> Any:
    return wait(_until_it_hangs(connection, steps), *args, **kwargs)


def _until_it_hangs(connection: psycopg.Connection[Any], steps: Steps) -> Steps:
    """Pass psycopg's steps of a question on; every 0.1 s without an answer, see whether the server answers anyone."""
    asked_at, ready = time.monotonic(), None
    while True:
        try:
            waits_for = steps.send(ready)
        except StopIteration as end:
            return end.value
        ready = yield waits_for
        if not ready and version.hangs() and time.monotonic() - asked_at > PolledVersion.HANGING:
            # Whatever comes later must not be taken for the answer to another question.
            connection.pgconn.finish()
            raise psycopg.OperationalError("the database does not answer")
