"""The pages of occupations that search engines should know: the list, the way from another job, and those that somebody
has surveyed, each with its skills gap."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from .models import OccupationListing


def pages() -> Iterator[tuple[str, datetime | None]]:
    surveyed = OccupationListing.objects.current().filter(kind=OccupationListing.Kind.SURVEYED)
    slugs = list(surveyed.order_by("slug").values_list("slug", flat=True))
    if slugs:
        yield reverse("occupations:list"), None
        yield reverse("occupations:move"), None
        yield reverse("occupations:explore"), None
    for slug in slugs:
        yield reverse("occupations:occupation", args=[slug]), None
        yield reverse("occupations:gap", args=[slug]), None
