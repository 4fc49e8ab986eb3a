"""A day by which someone wants to be in the job: whether the plan fits it, and what would make it fit."""

from dataclasses import dataclass
from datetime import date

from guides.models import Route
from guides.reading.reader import Reading

from . import planner
from .check import CheckResult
from .fitting import Fit, Ways
from .time_form import MOST_HOURS

# Who misses the wanted day by so many days at most is sent to no other job.
NEAR = 31


@dataclass(frozen=True)
class Deadline:
    """A wanted day against the days of a route, with the hours a week and the other route that would be in time."""

    wanted: date
    earliest: date
    likely: date
    hours_a_week: int | None = None
    route: Route | None = None
    route_end: date | None = None

    @property
    def fits(self) -> bool:
        """Whether the likelier day is in time too."""
        return self.likely <= self.wanted

    @property
    def fits_at_best(self) -> bool:
        """Whether the earliest day alone is in time."""
        return self.earliest <= self.wanted < self.likely

    @property
    def days_missing(self) -> int:
        """By how many days the earliest day is too late; 0 where it is in time."""
        return max(0, (self.earliest - self.wanted).days)

    @property
    def is_near(self) -> bool:
        """Whether a somewhat later day is all that it takes."""
        return self.days_missing <= NEAR


def of(reading: Reading, result: CheckResult, ways: Ways, wanted: date | None) -> Deadline | None:
    """Return the Deadline of the route that fits; None without a wanted day, or where nobody can say when it ends."""
    fit = ways.best
    if wanted is None or fit is None or fit.timeline.end is None or fit.timeline.likely is None:
        return None
    end, likely = fit.timeline.end, fit.timeline.likely
    if end <= wanted:
        return Deadline(wanted, end, likely)
    other = first_in_time(ways, fit, wanted)
    return Deadline(
        wanted,
        end,
        likely,
        hours_in_time(reading, result, fit, wanted),
        other.route if other else None,
        other.timeline.end if other else None,
    )


def hours_in_time(reading: Reading, result: CheckResult, fit: Fit, wanted: date) -> int | None:
    """The fewest hours a week with which the route ends by the wanted day at the earliest; None where none do."""

    def is_in_time(hours: int) -> bool:
        end = planner.schedule(reading.guide, fit.route, hours, fit.means.start, result.chosen).end
        return end is not None and end <= wanted

    too_few, enough = fit.means.hours_a_week, MOST_HOURS
    if too_few >= enough or not is_in_time(enough):
        return None
    while enough - too_few > 1:
        half = (too_few + enough) // 2
        too_few, enough = (too_few, half) if is_in_time(half) else (half, enough)
    return enough


def first_in_time(ways: Ways, best: Fit, wanted: date) -> Fit | None:
    """Of the other open routes within the budget the one that ends first, where that is by the wanted day."""
    open_ways = [fit for fit in ways.others if fit is not best and not fit.needs_more and fit.timeline.end]
    first = min(open_ways, key=lambda fit: fit.timeline.end or date.max, default=None)
    return first if first and first.timeline.end and first.timeline.end <= wanted else None
