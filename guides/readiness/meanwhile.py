"""What runs while something else goes on: two lanes of stages that share a person's hours.

The lane that comes first, such as a GED, gets three quarters of the hours as long as both have some to spend, and the
lane beside it, such as volunteering, a quarter: so its seasons pass, and the GED is not held up by much. An hour that
one lane cannot use goes to the other. Days are counted exactly, and rounded up where a date is made of them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from . import terms
from .stretches import Group, Pace, Span

FIRST, BESIDE = 3, 1


@dataclass
class Lane:
    """Groups of stages, one after the other, and how much of the hours they get beside another lane."""

    groups: Sequence[Group]
    pace: Pace
    share: int
    begun: Fraction = Fraction(0)
    hours_left: Fraction = Fraction(0)
    hours_done: Fraction = Fraction(0)
    ended: list[tuple[Fraction, Fraction, Fraction]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin(Fraction(0))

    @property
    def is_over(self) -> bool:
        return len(self.ended) == len(self.groups)

    @property
    def least(self) -> Fraction:
        """The day before which the group at hand does not end, whatever the hours."""
        return self.begun + 7 * max(self.pace.weeks(stage) for stage in self.groups[len(self.ended)])

    def begin(self, now: Fraction) -> None:
        """Begin the next group, if there is one."""
        self.begun = self.hours_done = now
        if not self.is_over:
            self.hours_left = Fraction(sum(stage.hours for stage in self.groups[len(self.ended)]))

    def spend(self, hours: Fraction, now: Fraction) -> None:
        """Count hours that are spent until `now`, and end every group that is done by then."""
        if self.is_over:
            return
        if hours:
            self.hours_left -= hours
            self.hours_done = now
        while not self.is_over and not self.hours_left and self.least <= now:
            self.ended.append((self.begun, now, self.hours_done))
            self.begin(now)

    def spans(self, start: date) -> list[Span]:
        """The Span of each group, counted from the day `start`."""
        result = []
        for exact in self.ended:
            begun, ended, worked = (terms.after(start, math.ceil(days)) for days in exact)
            result.append(Span(begun, begun, ended, worked))
        return result


def side_by_side(
    first: Sequence[Group], beside: Sequence[Group], pace: Pace, start: date
) -> tuple[list[Span], list[Span]]:
    """Return the Spans of both lanes, which begin on the same day. None of the groups has terms."""
    lanes = [Lane(first, pace, FIRST), Lane(beside, pace, BESIDE)]
    a_day = Fraction(pace.hours_a_week, 7)
    now = Fraction(0)
    while open_lanes := [lane for lane in lanes if not lane.is_over]:
        shares = sum(lane.share for lane in open_lanes if lane.hours_left)
        rates = [a_day * lane.share / shares if lane.hours_left else Fraction(0) for lane in open_lanes]
        step = min(
            lane.hours_left / rate if rate else max(lane.least - now, Fraction(0))
            for lane, rate in zip(open_lanes, rates, strict=True)
        )
        now += step
        for lane, rate in zip(open_lanes, rates, strict=True):
            lane.spend(rate * step, now)
    return lanes[0].spans(start), lanes[1].spans(start)
