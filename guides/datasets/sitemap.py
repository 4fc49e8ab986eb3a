"""The pages of imported data that search engines should know."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from . import pay_by_state


def pages() -> Iterator[tuple[str, datetime | None]]:
    """Yield the address of each live guide's pay by state, where it is known."""
    for slug in pay_by_state.guides():
        yield reverse("datasets:pay", args=[slug]), None
