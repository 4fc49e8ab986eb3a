"""Counts how often each ready page is sent, by day. A page and a number: nothing of whoever asked is looked at.

The page store calls `count` with the path; once a minute a thread adds what has come together to the database.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import date
from time import sleep

from django.conf import settings
from django.db import Error, connection

from guides.models.feedback import PageCount, add_counts, today

WRITTEN_EVERY = 60.0  # seconds
LONGEST = PageCount._meta.get_field("page").max_length or 0

logger = logging.getLogger(__name__)


def is_page(path: str) -> bool:
    """Whether it is worth a row: static files are sent from the same store, and no page's path is longer."""
    return len(path) <= LONGEST and not path.startswith(settings.STATIC_URL)


class PageCounts:
    """What this process has sent since it wrote last. `write` puts a day's counts away for good."""

    def __init__(
        self, write: Callable[[date, Mapping[str, int]], None] = add_counts, every: float = WRITTEN_EVERY
    ) -> None:
        self.write, self.every = write, every
        self.counts: dict[str, int] = {}
        self.thread: threading.Thread | None = None

    def count(self, path: str) -> None:
        """Count one sending of the page at `path`. Two threads at the same instant may count as one: it is a count
        of readers, not of money, and a lock would cost every one of them."""
        counts = self.counts
        counts[path] = counts.get(path, 0) + 1
        if self.thread is None:
            self.thread = threading.Thread(target=self.keep_writing, name="pagecounts", daemon=True)
            self.thread.start()

    def keep_writing(self) -> None:
        """Write until nothing has come for a while; the next page sent then begins anew."""
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
            self.write(today(), {path: count for path, count in taken.items() if is_page(path)})
        except Error:
            logger.warning("Page counts are not written: they wait.", exc_info=True)
            for path, count in taken.items():
                self.counts[path] = self.counts.get(path, 0) + count
