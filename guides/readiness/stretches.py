"""Stages of a route in groups that run together, and how long each group takes.

A group takes its hours at the person's hours a week, and never less than its least time on the calendar; one of college
terms begins with a term, and a term holds its weeks' hours and no more.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from . import terms
from .models import Stage

# What a term counts for on the calendar where stages are weighed against each other: two fill a year.
WEEKS_OF_TERM = 26

Group = list[Stage]


@dataclass(frozen=True)
class Pace:
    """How fast one goes: hours a week, and whether stages take what is likely or the least."""

    hours_a_week: int
    is_likely: bool = False

    def weeks(self, stage: Stage) -> int:
        """The weeks that a stage takes on the calendar whatever the hours."""
        return max(stage.least_weeks, stage.likely_weeks) if self.is_likely else stage.least_weeks


@dataclass(frozen=True)
class Span:
    """When a group of stages could begin, begins, and ends; and when its hours alone would be done."""

    ready: date
    start: date
    end: date
    worked: date

    @property
    def is_by_calendar(self) -> bool:
        """Whether the calendar, not the hours, sets the end."""
        return self.end > self.worked


def grouped(stages: Iterable[Stage]) -> list[Group]:
    """Return stages that run together as groups, in order."""
    groups: list[Group] = []
    for stage in stages:
        if groups and stage.is_beside:
            groups[-1].append(stage)
        else:
            groups.append([stage])
    return groups


def ahead_of(groups: list[Group], chosen: Collection[str]) -> list[Group]:
    """Return the groups with the stages that someone who gave the answers `chosen` (slugs) has before them."""
    left = ([stage for stage in group if stage.is_for(chosen)] for group in groups)
    return [group for group in left if group]


def worth(group: Group) -> int:
    """How much of a route a group is, in weeks of calendar."""
    return max(max(stage.least_weeks, stage.terms * WEEKS_OF_TERM, 1) for stage in group)


def days_of(group: Group, hours_a_week: int) -> int:
    """How many days a group's hours take."""
    return -(-sum(stage.hours for stage in group) * 7 // hours_a_week)


def spans(groups: Iterable[Group], pace: Pace, start: date) -> list[Span]:
    """Return the Span of each group, one after the other from `start` on."""
    result: list[Span] = []
    ready = start
    for group in groups:
        begins = terms.next_term(ready) if any(stage.terms for stage in group) else ready
        end = end_of(group, begins, pace)
        result.append(Span(ready, begins, end, terms.after(ready, days_of(group, pace.hours_a_week))))
        ready = end
    return result


def end_of(group: Group, begins: date, pace: Pace) -> date:
    """The day on which a group that begins on a day is done: its hours, its least time and its terms all over."""
    calendar = terms.after(begins, max(pace.weeks(stage) for stage in group) * 7)
    if least := max(stage.terms for stage in group):
        hours = sum(stage.hours for stage in group)
        by_hours = -(-hours // (terms.WEEKS * pace.hours_a_week))
        return max(calendar, terms.end_of_terms(begins, max(least, by_hours)))
    return max(calendar, terms.after(begins, days_of(group, pace.hours_a_week)))


def closing(reached: list[Span], start: date) -> date:
    """The day on which the last of the spans ends; `start` where there is none."""
    return reached[-1].end if reached else start
