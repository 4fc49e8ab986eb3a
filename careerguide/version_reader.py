"""How the page store reads the content version: fast, and without waiting for a database that hangs."""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

QUERY = "SELECT number FROM guides_contentversion"


class SQLiteVersion:
    """Reads the version on a private connection for each thread: some microseconds.

    A version read less than a millisecond ago is taken for the present one: under load every SELECT, with the locks
    that it takes, would cost a third of what a stored page costs. Returns None where the database cannot be read.
    """

    FRESH = 0.001

    def __init__(self, path: str | Path) -> None:
        self.path, self.local = path, threading.local()
        self.latest: tuple[int | None, float] = None, float("-inf")

    def __call__(self) -> int | None:
        asked_at = time.monotonic()
        number, read_at = self.latest
        if asked_at - read_at <= self.FRESH:
            return number
        try:
            number = self._read()
        except sqlite3.Error:
            self.stop()
            return None
        # In one piece, and with the moment before it was read: another thread may have read later.
        self.latest = number, asked_at
        return number

    def _read(self) -> int:
        """Ask the database, with this thread's connection."""
        connection = getattr(self.local, "connection", None)
        if connection is None:
            address = f"file:{self.path}?mode=ro"
            connection = self.local.connection = sqlite3.connect(address, uri=True, timeout=0.05)
        row = connection.execute(QUERY).fetchone()
        return int(row[0]) if row else 0

    def stop(self) -> None:
        """Give this thread's connection back."""
        connection = self.local.__dict__.pop("connection", None)
        if connection:
            connection.close()


class PolledVersion:
    """Reads the version over the network in a thread of its own, at most every 50 ms.

    A request waits for a fresh answer no longer than 80 ms and then gets the one before; while the database
    is known to hang or to fail, it does not wait at all. So readers do not feel that it hangs; the price is that a host
    with far too much to do may send a page that has just become old. A database that has not answered for 1.5 s counts
    as hanging until it answers: the thread goes on asking by itself.
    """

    FRESH, PATIENCE, HANGING, RETRY = 0.05, 0.08, 1.5, 0.25

    def __init__(self, alias: str = "default") -> None:
        self.alias = alias
        self.number: int | None = None
        self.read_at = 0.0
        self.asking_since: float | None = None
        self.failed, self.hung = False, False
        self.wanted, self.answered = threading.Event(), threading.Condition()
        self.thread: threading.Thread | None = None
        self.starting, self.stopped = threading.Lock(), False

    def __call__(self) -> int | None:
        asked_at = time.monotonic()
        if asked_at - self.read_at <= self.FRESH:
            return self.number
        self._start()
        self.wanted.set()
        if (self.failed or self._asking() > self.PATIENCE) and self.number is not None:
            return self.number
        self._wait(asked_at, self.PATIENCE)
        return self.number

    def hangs(self, wait: bool = False) -> bool:
        """Whether the database hangs. With `wait`, a question that is late gets its 1.5 s to be answered."""
        asked_at = time.monotonic()
        if asked_at - self.read_at > self.FRESH:
            self._start()
            self.wanted.set()
            if wait and not self.hung:
                self._wait(asked_at, self.HANGING + self.FRESH)
        return self.hung or self._asking() > self.HANGING

    def _asking(self) -> float:
        """For how many seconds the present question has been waiting for its answer."""
        since = self.asking_since
        return 0 if since is None else time.monotonic() - since

    def _wait(self, asked_at: float, seconds: float) -> None:
        """Wait until a question asked at or after that moment, or shortly before it, is answered or has failed."""
        with self.answered:
            self.answered.wait_for(lambda: self.failed or self.read_at >= asked_at - self.FRESH, timeout=seconds)

    def _start(self) -> None:
        """Start the reading thread in this process: workers are forked, and threads are not."""
        if self.thread is None or not self.thread.is_alive():
            with self.starting:
                if self.thread is None or not self.thread.is_alive():
                    self.thread = threading.Thread(target=self._read_when_wanted, name="contentversion", daemon=True)
                    self.thread.start()

    def _read_when_wanted(self) -> None:
        connection = connections[self.alias]
        while not self.stopped:
            self.wanted.wait()
            self.wanted.clear()
            self.asking_since = started = time.monotonic()
            try:
                with connection.cursor() as cursor:
                    cursor.execute(QUERY)
                    rows = cursor.fetchone()
                number = rows[0] if rows else 0
            except Exception:  # a lost database must not end the thread: readers go on with stored pages
                with self.answered:
                    self.hung = self.hung or self._asking() > self.HANGING
                    self.failed, self.asking_since = True, None
                    self.answered.notify_all()
                connection.close()
                time.sleep(self.RETRY)
                self.wanted.set()
                continue
            with self.answered:
                self.number, self.read_at = number, started
                self.failed, self.hung, self.asking_since = False, False, None
                self.answered.notify_all()
        connection.close()

    def stop(self) -> None:
        """Give the connection back."""
        self.stopped = True
        self.wanted.set()
        if self.thread:
            self.thread.join()


def reader(databases: dict[str, dict[str, Any]]) -> SQLiteVersion | PolledVersion:
    """Return the way to read the version that fits the default database of `databases`."""
    default = databases["default"]
    if default["ENGINE"].endswith("sqlite3"):
        return SQLiteVersion(default["NAME"])
    return PolledVersion()


class _Version:
    """The one reader of this process, made when the settings are there."""

    def __init__(self) -> None:
        self.read: SQLiteVersion | PolledVersion | None = None

    def __call__(self) -> int | None:
        return self.watch()()

    def watch(self) -> SQLiteVersion | PolledVersion:
        """From now on know the version, and whether the database hangs."""
        if self.read is None:
            self.read = reader(connections.databases)
        return self.read

    def hangs(self, wait: bool = False) -> bool:
        """Whether the database hangs. A file cannot: there an error says so at once."""
        return isinstance(self.read, PolledVersion) and self.read.hangs(wait)


version = _Version()


def development_version() -> tuple[int, int] | None:
    """The version under `make dev`: whoever changes a template or a static file sees it at once too."""
    number = version()
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "static"]
    changed = max(path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*"))
    return None if number is None else (number, changed)
