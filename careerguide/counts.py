"""Counting in memory what a process does, and adding it to the database once a minute from a thread of its own."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import date
from time import sleep

from django.db import Error, connection

from guides.models.feedback import today

WRITTEN_EVERY = 60.0  # seconds

logger = logging.getLogger(__name__)


class Counts:
    """What this process has counted since it wrote last. `write` puts a day's counts away for good.

    Names for which `is_counted` says no are left out, when they are written: it may cost a little.
    """

    def __init__(
        self,
        write: Callable[[date, Mapping[str, int]], None],
        every: float = WRITTEN_EVERY,
        is_counted: Callable[[str], bool] = bool,
    ) -> None:
        self.write, self.every, self.is_counted = write, every, is_counted
        self.counts: dict[str, int] = {}
        self.thread: threading.Thread | None = None

    def count(self, name: str, by: int = 1) -> None:
        """Count `by` for `name`. Two threads at the same instant may count as one: it is a count of readers, not of
        money, and a lock would cost every one of them."""
        counts = self.counts
        counts[name] = counts.get(name, 0) + by
        if self.thread is None:
            self.thread = threading.Thread(target=self.keep_writing, name="counts", daemon=True)
            self.thread.start()

    def keep_writing(self) -> None:
        """Write until nothing has come for a while; what comes next begins anew."""
        while True:
            sleep(self.every)
            if not self.counts:
                self.thread = None
                return
            self.flush()
            connection.close()

    def flush(self) -> None:
        """Write what has come together. Where the database cannot be written it waits for the next time."""
        taken, self.counts = self.counts, {}
        try:
            self.write(today(), {name: count for name, count in taken.items() if self.is_counted(name)})
        except Error:
            logger.warning("Counts are not written: they wait.", exc_info=True)
            for name, count in taken.items():
                self.counts[name] = self.counts.get(name, 0) + count
