"""A posting's pay against what official data says of the same job in the same state.

Official pay is of a year of full-time work. What is paid by the hour, and what is part-time, is compared by the hour.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from guides import formats
from guides.datasets import pay_by_state
from guides.occupations.models import OccupationListing

from . import pay
from .models import Posting

Unit = Posting.Unit


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
    if not posting.is_part_time and posting.pay_unit != Unit.HOUR:
        return _lies(posting.year_low, posting.year_high, official)
    hour = pay.of_year(official, Unit.HOUR)
    offered = _an_hour(posting)
    if offered is None:
        return _("It is part-time and names no hours, so nobody can hold its pay against that.")
    by_hour = _("By the hour that is about %(pay)s.") % {"pay": pay.in_words(hour, None, Unit.HOUR)}
    said = f"{by_hour} {_lies(*offered, hour)}"
    if posting.is_part_time:
        said = f"{said} {_('It is part-time: a year of it brings less than a year of full-time work.')}"
    return said


def _an_hour(posting: Posting) -> tuple[Decimal, Decimal] | None:
    """What a posting pays an hour; None for part-time work that is paid otherwise and names no hours."""
    low, high = posting.pay_low, posting.pay_high
    if low is None or high is None:
        return None
    if posting.pay_unit == Unit.HOUR:
        return low, high
    if not posting.week_hours_low or not posting.week_hours_high:
        return None
    times = pay.TIMES[Unit(posting.pay_unit)]
    return low * times / 52 / posting.week_hours_high, high * times / 52 / posting.week_hours_low


def _lies(low: Decimal | int, high: Decimal | int, official: Decimal | int) -> str:
    if low > official:
        return _("What it offers begins above that.")
    if high < official:
        return _("What it offers ends below that.")
    return _("That lies within what it offers.")
