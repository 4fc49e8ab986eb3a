"""Counts how often each ready page is sent, by day. A page and a number: nothing of whoever asked is looked at.

The page store calls `count` with the path of each page that it sends.
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.conf import settings

from guides.models.feedback import PageCount, add_counts

from .counts import WRITTEN_EVERY, Counts

LONGEST = PageCount._meta.get_field("page").max_length or 0


def is_page(path: str) -> bool:
    """Whether it is worth a row: static files are sent from the same store, and no page's path is longer."""
    return len(path) <= LONGEST and not path.startswith(settings.STATIC_URL)


class PageCounts(Counts):
    """How often this process has sent each page since it wrote last."""

    def __init__(
        self, write: Callable[[date, Mapping[str, int]], None] = add_counts, every: float = WRITTEN_EVERY
    ) -> None:
        super().__init__(write, every, is_page)
