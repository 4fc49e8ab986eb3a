"""A posting's pay against what official data says of the same job in the same state."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides import formats
from guides.datasets import pay_by_state
from guides.occupations.models import OccupationListing

from .models import Posting


@dataclass(frozen=True)
class OfficialPay:
    """What official data says a job is paid in a place a year: in words, with its edition; and how a posting compares.

    `compares` is a sentence, '' where the posting gives no sum.
    """

    says: str
    place: str
    is_mean: bool
    source: str
    compares: str


def against(posting: Posting) -> OfficialPay | None:
    """Return what official data says of a posting's job, in its state where that is published, else in the nation."""
    if not posting.occupation:
        return None
    wages = pay_by_state.by_state(posting.occupation)
    state = posting.state_info
    wage = wages.of(state.slug) if wages and state else None
    if wages and wage and state and wage.value:
        source = _("BLS OEWS, %(edition)s") % {"edition": wages.dataset.edition}
        return OfficialPay(wage.says, state.name, wages.is_mean, source, _compares(posting, wage.value))
    listing = OccupationListing.objects.current().filter(code__startswith=posting.occupation).order_by("code").first()
    if listing is None or listing.median_pay is None:
        return None
    source = _("BLS OEWS, %(edition)s") % {"edition": listing.pay_edition}
    says, nation = formats.money(listing.median_pay), _("the United States")
    return OfficialPay(says, nation, False, source, _compares(posting, listing.median_pay))


def _compares(posting: Posting, official: int) -> str:
    """How the sums of a posting lie to the official one."""
    if not posting.year_low or not posting.year_high:
        return ""
    if posting.year_low > official:
        return _("What it offers begins above that.")
    if posting.year_high < official:
        return _("What it offers ends below that.")
    return _("That lies within what it offers.")
