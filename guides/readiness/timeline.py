"""A route with its dates: what the planner makes, and the pages show."""

from dataclasses import dataclass, field
from datetime import date

from .models import Stage


@dataclass
class DatedStage:
    """A stage with its first day and the day it is done, at the earliest and more likely; None where nobody can say."""

    title: str
    start: date
    end: date | None
    likely_start: date
    likely_end: date | None
    stage: Stage | None = None
    text: str = ""
    is_beside: bool = False
    # Whether it runs while what comes first, such as a GED, is still going on; and whether two such share the hours.
    is_meanwhile: bool = False
    shares_hours: bool = False
    # The day from which on it could have begun, had it not to wait for a term.
    ready: date | None = None

    @property
    def unlocks(self) -> bool:
        return self.stage is not None and self.stage.unlocks

    @property
    def has_range(self) -> bool:
        """Whether the likely end is another day than the earliest."""
        return self.likely_end != self.end

    @property
    def weeks(self) -> int | None:
        """In how many weeks it is done, part of one counted as a whole; None where nobody can say."""
        return max(1, -(-(self.end - self.start).days // 7)) if self.end else None

    @property
    def least_weeks(self) -> int:
        """The least time on the calendar where that, and not the hours, says how long it takes; else 0."""
        least = self.stage.least_weeks if self.stage else 0
        return least if self.weeks is None or self.weeks <= least else 0

    @property
    def waits_for_term(self) -> bool:
        """Whether its term begins two weeks or more after it could begin."""
        return self.ready is not None and not self.is_beside and (self.start - self.ready).days >= 14


@dataclass
class Timeline:
    """The stages of a route with their dates: at the end of it on `end` at the earliest, on `likely` more likely."""

    stages: list[DatedStage]
    start: date
    end: date | None
    likely: date | None
    # What comes after being hired.
    training: list[DatedStage] = field(default_factory=list)
    hours: int = 0
    # How much of the route lies ahead, out of all of it.
    ahead: int = 1
    whole: int = 1
    months_are_training: bool = False
    kept_by_guide: bool = False
    waits_for_calendar: bool = False
    is_longer_than_guide: bool = False

    @property
    def unlocking(self) -> list[DatedStage]:
        """The stages that must be done before the route is open."""
        return [dated for dated in self.stages if dated.unlocks]

    @property
    def first(self) -> list[DatedStage]:
        """Those of them that nothing runs ahead of."""
        return [dated for dated in self.unlocking if not dated.is_meanwhile]

    @property
    def has_meanwhile(self) -> bool:
        return any(dated.is_meanwhile for dated in self.stages)

    @property
    def years(self) -> int:
        """Whole years from the start to the earliest end, the last one counted from its half on."""
        return round((self.end - self.start).days / 365.25) if self.end else 0

    @property
    def is_partly_done(self) -> bool:
        return self.ahead < self.whole
