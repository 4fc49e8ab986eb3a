"""Where somebody could go from the job they have: what is nearest and better in pay, outlook or schooling."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guides.models import Listing

from ..models import OccupationListing
from . import likeness, stored

# How many are listed.
SHOWN = 12
# From how much more on pay is better, as a share of what one has, and from how many percentage points an outlook.
BETTER_PAY, BETTER_OUTLOOK = 0.05, 1
# How many levels of schooling above what the present job asks for are within reach.
WITHIN_REACH = 1
# What has at least this share of another's points is about as near.
ABOUT = 0.85
LEVELS = [str(value) for value in Listing.Education.values]


@dataclass(frozen=True)
class Way:
    """An occupation to go to, or to come from: how near, what both share, and in what it is better."""

    listing: OccupationListing
    near: stored.Near
    # Dollars a year, cents an hour and percentage points by which it is better; None where it is not, or nobody knows.
    pay_more: int | None = None
    hourly_more: int | None = None
    change_more: float | None = None
    asks_less: bool = False
    # The guides to it, by the ladder: the quickest to get ready for first.
    guides: Sequence[Listing] = ()
    # By how many percent jobs change in the occupation one is in.
    own_change: float | None = None

    @property
    def reading(self) -> str:
        """What its points say."""
        return likeness.reading_of(self.near.points).value

    @property
    def falls_more(self) -> bool:
        """Whether jobs there fall, and by more than in the occupation one is in."""
        change = self.listing.change_percent
        return change is not None and self.own_change is not None and change < 0 and float(change) < self.own_change

    @property
    def is_better(self) -> bool:
        better = (self.pay_more, self.hourly_more, self.change_more)
        return self.asks_less or any(more is not None for more in better)


def onward(own: OccupationListing) -> list[Way]:
    """Return the nearest occupations that are better in something, with schooling within reach, the nearest first.

    One where jobs fall more stands behind others that are about as near.
    """
    ways = _ways(own, stored.nearest(own.code)[0])
    ways = [way for way in ways if way.is_better and is_within_reach(own, way.listing)]
    return sorted(ways, key=lambda way: -way.near.points * (ABOUT if way.falls_more else 1))[:SHOWN]


def inward(own: OccupationListing) -> list[Way]:
    """Return the occupations that people can come from most easily."""
    return _ways(own, stored.nearest(own.code)[1])[:SHOWN]


def is_within_reach(own: OccupationListing, other: OccupationListing) -> bool:
    """Whether the other occupation asks for at most a level more of schooling; what is not known is not refused."""
    if not own.education or not other.education:
        return True
    return LEVELS.index(other.education) <= LEVELS.index(own.education) + WITHIN_REACH


def _ways(own: OccupationListing, nearest: Iterable[stored.Near]) -> list[Way]:
    nearest = list(nearest)
    codes = [near.code for near in nearest]
    listings = {each.code: each for each in OccupationListing.objects.current().filter(code__in=codes)}
    guides: dict[str, list[Listing]] = defaultdict(list)
    for guide in sorted(Listing.objects.filter(occupation_code__in={code[:7] for code in codes}), key=_rung):
        guides[guide.occupation_code].append(guide)
    return [
        _way(own, listings[near.code], near, guides[listings[near.code].soc_code])
        for near in nearest
        if near.code in listings
    ]


def _rung(guide: Listing) -> tuple[float, float, str]:
    """Where a guide stands on the ladder of an occupation: by the months that it takes to get ready."""
    months = (guide.months_from, guide.months_to)
    soonest, longest = (float("inf") if each is None else each for each in months)
    return soonest, longest, guide.title


def _way(own: OccupationListing, other: OccupationListing, near: stored.Near, guides: Sequence[Listing]) -> Way:
    change = pay = hourly = None
    # Sums of two years, and of occupations that are counted together, are not held against each other.
    if own.pay_edition == other.pay_edition and own.pay_code != other.pay_code:
        pay = _more(own.median_pay, other.median_pay)
        # Where the Bureau publishes one of them by the hour alone, the hour is what both can be held by.
        if not own.median_pay or not other.median_pay:
            hourly = _more(own.median_hourly, other.median_hourly)
    if own.change_percent is not None and other.change_percent is not None:
        points = float(other.change_percent - own.change_percent)
        change = points if points >= BETTER_OUTLOOK and own.projection_code != other.projection_code else None
    known = own.education and other.education
    less = bool(known) and LEVELS.index(other.education) < LEVELS.index(own.education)
    own_change = None if own.change_percent is None else float(own.change_percent)
    return Way(other, near, pay, hourly, change, less, guides, own_change)


def _more(own: int | None, other: int | None) -> int | None:
    """By how much the other's pay is better, None where it is not, or one of them is not known."""
    return other - own if own and other and other - own >= own * BETTER_PAY else None
