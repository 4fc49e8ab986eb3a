"""How the page store reads the content version, and what was changed since: fast, and without waiting for a database
that hangs."""

import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper

QUERY = "SELECT number FROM guides_contentversion"
NARROW = "SELECT number, concern FROM guides_narrowchange WHERE number > %d"
Rows = Iterable[tuple[int, str]]


@dataclass(frozen=True)
class Changes:
    """What was changed at which content version, up to `number`: last for every page, and last for each concern."""

    number: int
    everything: int
    narrow: dict[str, int] = field(default_factory=dict)

    def any_after(self, number: int, concerns: Collection[str]) -> bool:
        """Whether pages with those concerns, made at that version, may be old."""
        return self.everything > number or any(self.narrow.get(concern, 0) > number for concern in concerns)

    def up_to(self, number: int, read: Callable[[str], Rows]) -> "Changes":
        """Return the changes up to a version that was read before, or a later one; `read` asks the database.

        A number that no narrow change has, for whatever reason, changed everything.
        """
        narrow, everything, newest = dict(self.narrow), self.everything, self.number
        for changed_at, concern in sorted(read(NARROW % self.number)):
            if changed_at != newest + 1:
                everything = changed_at - 1
            narrow[concern], newest = changed_at, changed_at
        if newest < number:
            everything = newest = number
        return Changes(newest, everything, narrow)


class Remembering:
    """Remembers the changes since this process read the version first: pages that are older than that it has none."""

    def __init__(self) -> None:
        self.changes: Changes | None = None
        self.learning = threading.Lock()

    def learn(self, number: int, read: Callable[[str], Rows]) -> None:
        """Know the changes up to that version, which has just been read: before anyone is told of it."""
        if self.changes is not None and number <= self.changes.number:
            return
        with self.learning:
            if self.changes is None:
                self.changes = Changes(number, number)
            elif number > self.changes.number:
                self.changes = self.changes.up_to(number, read)

    def any_after(self, made_at: int, number: int, concerns: Collection[str]) -> bool:
        """Whether pages with those concerns, made at the version `made_at`, may be old at the version `number`."""
        changes = self.changes
        return changes is None or changes.number < number or changes.any_after(made_at, concerns)


class SQLiteVersion(Remembering):
    """Reads the version on a private connection for each thread: some microseconds.

    A version read less than a millisecond ago is taken for the present one: under load every SELECT, with the locks
    that it takes, would cost a third of what a stored page costs. Returns None where the database cannot be read.
    """

    FRESH = 0.001

    def __init__(self, path: str | Path) -> None:
        super().__init__()
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
        number = int(row[0]) if row else 0
        self.learn(number, connection.execute)
        return number

    def stop(self) -> None:
        """Give this thread's connection back."""
        connection = self.local.__dict__.pop("connection", None)
        if connection:
            connection.close()


class PolledVersion(Remembering):
    """Reads the version over the network in a thread of its own, at most every 50 ms.

    A request waits for a fresh answer no longer than 80 ms and then gets the one before; while the database
    is known to hang or to fail, it does not wait at all. So readers do not feel that it hangs; the price is that a host
    with far too much to do may send a page that has just become old. A database that has not answered for 1.5 s counts
    as hanging until it answers: the thread goes on asking by itself.
    """

    FRESH, PATIENCE, HANGING, RETRY = 0.05, 0.08, 1.5, 0.25

    def __init__(self, alias: str = "default") -> None:
        super().__init__()
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
                    number = self._read(cursor)
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

    def _read(self, cursor: CursorWrapper) -> int:
        """Ask the database; a second question only where something has changed."""

        def rows(query: str) -> Rows:
            cursor.execute(query)
            return list(cursor)

        row = next(iter(rows(QUERY)), None)
        number = int(row[0]) if row else 0
        self.learn(number, rows)
        return number

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

    def any_after(self, made_at: int, number: int, concerns: Collection[str]) -> bool:
        """Whether pages with those concerns, made at the version `made_at`, may be old at the version `number`."""
        return self.watch().any_after(made_at, number, concerns)

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
