"""How the page store reads the content version: fast, and without waiting for a database that hangs."""

import sqlite3
import threading
import time

from django.db import connections

QUERY = "SELECT number FROM guides_contentversion"


class SQLiteVersion:
    """Reads the version on a private connection for each thread: some microseconds.

    A version read less than a millisecond ago is taken for the present one: under load every SELECT, with the locks
    that it takes, would cost a third of what a stored page costs. Returns None where the database cannot be read.
    """

    FRESH = 0.001

    def __init__(self, path):
        self.path, self.local = path, threading.local()
        self.latest = None, float("-inf")

    def __call__(self):
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

    def _read(self):
        """Ask the database, with this thread's connection."""
        connection = getattr(self.local, "connection", None)
        if connection is None:
            address = f"file:{self.path}?mode=ro"
            connection = self.local.connection = sqlite3.connect(address, uri=True, timeout=0.05)
        row = connection.execute(QUERY).fetchone()
        return row[0] if row else 0

    def stop(self):
        """Give this thread's connection back."""
        connection = self.local.__dict__.pop("connection", None)
        if connection:
            connection.close()


class PolledVersion:
    """Reads the version over the network in a thread of its own, at most every 50 ms.

    A request waits for a fresh answer no longer than a second and then gets the one before; while the database
    is known to hang or to fail, it does not wait at all. A second is what a host that has far too much to do may need:
    with less patience it would send what is no longer true.
    """

    FRESH, PATIENCE = 0.05, 1.0

    def __init__(self, alias="default"):
        self.alias = alias
        self.number, self.read_at = None, 0.0
        self.asking_since, self.failed = None, False
        self.wanted, self.answered = threading.Event(), threading.Condition()
        self.thread, self.starting, self.stopped = None, threading.Lock(), False

    def __call__(self):
        asked_at = time.monotonic()
        if asked_at - self.read_at <= self.FRESH:
            return self.number
        self._start()
        self.wanted.set()
        if (self.hangs() or self.failed) and self.number is not None:
            return self.number
        with self.answered:
            self.answered.wait_for(lambda: self.read_at >= asked_at - self.FRESH, timeout=self.PATIENCE)
        return self.number

    def hangs(self):
        """Whether a question has been waiting for its answer for too long."""
        since = self.asking_since
        return since is not None and time.monotonic() - since > self.PATIENCE

    def _start(self):
        """Start the reading thread in this process: workers are forked, and threads are not."""
        if self.thread is None or not self.thread.is_alive():
            with self.starting:
                if self.thread is None or not self.thread.is_alive():
                    self.thread = threading.Thread(target=self._read_when_wanted, name="contentversion", daemon=True)
                    self.thread.start()

    def _read_when_wanted(self):
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
                self.failed, self.asking_since = True, None
                connection.close()
                time.sleep(self.FRESH)
                continue
            with self.answered:
                self.number, self.read_at = number, started
                self.failed, self.asking_since = False, None
                self.answered.notify_all()
        connection.close()

    def stop(self):
        """Give the connection back."""
        self.stopped = True
        self.wanted.set()
        if self.thread:
            self.thread.join()


def reader(databases):
    """Return the way to read the version that fits the default database of `databases`."""
    default = databases["default"]
    if default["ENGINE"].endswith("sqlite3"):
        return SQLiteVersion(default["NAME"])
    return PolledVersion()


class _Version:
    """The one reader of this process, made on the first use, when the settings are there."""

    def __init__(self):
        self.read = None

    def __call__(self):
        if self.read is None:
            self.read = reader(connections.databases)
        return self.read()

    def is_away(self):
        """Whether the database is known to hang. A file cannot: there an error says so at once."""
        if not isinstance(self.read, PolledVersion):
            return False
        self.read()
        return self.read.hangs()


version = _Version()
