"""How many occupations there are to see, for the pages that lead to them."""

from django.utils.translation import ngettext

from guides import formats

from .models import OccupationListing


def any_listed() -> bool:
    """Whether official data is there."""
    return OccupationListing.objects.current().exists()


def in_short() -> str:
    """The number of occupations, in words."""
    count = OccupationListing.objects.current().count()
    return ngettext("%(number)s occupation", "%(number)s occupations", count) % {"number": formats.number(count)}
