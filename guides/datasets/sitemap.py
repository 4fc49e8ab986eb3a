"""The pages of imported data that search engines should know."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from guides.models import Listing

from . import pay_by_state


def pages() -> Iterator[tuple[str, datetime | None]]:
    """Yield the address of each live guide's pay by state, where it is known."""
    listings = Listing.objects.filter(occupation_code__in=pay_by_state.codes())
    for slug in listings.values_list("slug", flat=True):
        yield reverse("datasets:pay", args=[slug]), None
