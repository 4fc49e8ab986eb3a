"""Which route fits, and when it would be done: from the answers, hours a week, a start date and a budget.

A route is made of stages. One begins when those before it have ended, or together with the one before it ("beside");
what runs beside shares the person's hours. A stage takes its hours at the person's hours a week, and never less than
its least time on the calendar (a term, a season, an employer's weeks of hiring). A route takes never less than the
shortest time that the guide gives. Stages of no route of their own unlock every route, those that are needed first
unlock their own: they come first, for those whose answers call for them.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from guides.models import Guide, Route
from guides.reading.reader import Reading

from . import skills_gap
from .models import Stage


@dataclass
class Fit:
    """A route, and the answers that speak for it."""

    route: Route
    answers: list[Any]
    # Whether the route asks for something first that these answers lack, beyond what every route needs.
    needs_more: bool = False
    budget: int | None = None

    @property
    def votes(self) -> int:
        return len(self.answers)

    @property
    def may_cost_more(self) -> bool:
        """Whether the upper end of its cost is beyond the budget."""
        return self.budget is not None and (self.route.cost_to or 0) > self.budget

    @property
    def cost_is_unknown(self) -> bool:
        """Whether there is a budget and no sum to hold against it."""
        return self.budget is not None and self.route.cost_to is None


@dataclass
class Dated:
    """A stage of the route with its first day and the day it is done; `end` is None where nobody can say."""

    title: str
    text: str
    hours: int | None
    start: date
    end: date | None
    least_weeks: int = 0
    unlocks: bool = False
    is_beside: bool = False


@dataclass
class Timeline:
    """The stages of a route with their dates: done on `end` at the earliest, on `latest` by the guide's range."""

    stages: list[Dated]
    start: date
    end: date | None
    latest: date | None
    hours: int = 0
    weeks: int = 0
    waits_for_calendar: bool = False
    is_longer_than_guide: bool = False

    @property
    def unlocking(self) -> list[Dated]:
        """The stages that must be done before any route is open."""
        return [stage for stage in self.stages if stage.unlocks]


def fits(reading: Reading, result: Any, budget: int | None = None) -> tuple[list[Fit], list[Fit]]:
    """Return (routes by fit, best first, those that cost more than `budget`), each a Fit.

    One that is open stands before one that asks for something first; then the one that more answers speak for; of
    equal ones the quicker, then the guide's order.
    """
    chosen = {answer.option.slug for answer in result.answers}
    asking = {
        stage.route for stage in reading.guide.route_stages.all() if stage.is_requirement and stage.is_for(chosen)
    }
    within: list[Fit] = []
    too_dear: list[Fit] = []
    for route in skills_gap.by_slug(reading, "routes").values():
        speaking = [answer for answer in result.answers if route.slug in answer.option.route_slugs()]
        fit = Fit(route, speaking, route.slug in asking, budget)
        dear = budget is not None and (route.cost_from or 0) > budget
        (too_dear if dear else within).append(fit)
    return sorted(within, key=lambda fit: (fit.needs_more, -fit.votes, shortest(fit.route))), too_dear


def shortest(route: Route) -> int:
    """The route's shortest time in months; one that nobody can say counts as the longest."""
    return 1_000 if route.months_from is None else route.months_from


def stages_for(guide: Guide, route: Route, chosen: Collection[str]) -> list[Stage]:
    """The stages that someone who gave the answers `chosen` (slugs) has before them: what unlocks, then the route's."""
    own = [stage for stage in guide.route_stages.all() if stage.route in ("", route.slug) and stage.is_for(chosen)]
    return sorted(own, key=lambda stage: not stage.unlocks)


def schedule(guide: Guide, route: Route, hours_a_week: int, start: date, chosen: Collection[str] = ()) -> Timeline:
    """Return the Timeline of `route` for someone with so many hours a week from `start` on and the answers `chosen`."""
    stages = stages_for(guide, route, chosen)
    unlocking = spread(grouped(stage for stage in stages if stage.unlocks), hours_a_week, start)
    opens = unlocking[-1].end if unlocking else start
    groups = grouped(stage for stage in stages if not stage.unlocks)
    hours = sum(stage.hours for stage in stages)
    if not groups or not any(stage.hours for group in groups for stage in group):
        timeline = from_months(route, opens)
        timeline.stages, timeline.start, timeline.hours = [*unlocking, *timeline.stages], start, hours
        timeline.weeks = weeks(hours, hours_a_week)
        return timeline
    by_calendar = (add_months(opens, route.months_from or 0) - opens).days
    needed = sum(days_of(group, hours_a_week) for group in groups)
    own = spread(groups, hours_a_week, opens, max(needed, by_calendar))
    end = own[-1].end
    longest = add_months(opens, route.months_to) if route.months_to is not None else end
    by_hours = sum(weeks(sum(stage.hours for stage in group), hours_a_week) * 7 for group in groups)
    return Timeline(
        [*unlocking, *own],
        start,
        end,
        max(end, longest),
        hours,
        weeks(hours, hours_a_week),
        waits_for_calendar=max(needed, by_calendar) > by_hours,
        is_longer_than_guide=end > longest,
    )


def grouped(stages: Iterable[Stage]) -> list[list[Stage]]:
    """Return stages that run together as groups, in order."""
    groups: list[list[Stage]] = []
    for stage in stages:
        if groups and stage.is_beside:
            groups[-1].append(stage)
        else:
            groups.append([stage])
    return groups


def days_of(group: list[Stage], hours_a_week: int) -> int:
    """How many days a group takes: all its hours, and at least the longest of its least times."""
    by_hours = -(-sum(stage.hours for stage in group) * 7 // hours_a_week)
    return max(by_hours, *(stage.least_weeks * 7 for stage in group))


def spread(groups: list[list[Stage]], hours_a_week: int, start: date, days: int = 0) -> list[Dated]:
    """Date the groups one after the other from `start` on; what `days` are more than they need goes to each alike."""
    lengths = [days_of(group, hours_a_week) for group in groups]
    needed = sum(lengths)
    days = max(days, needed)
    dated: list[Dated] = []
    done = 0
    for group, length in zip(groups, lengths, strict=True):
        first, last = (start + timedelta(days * part // needed if needed else 0) for part in (done, done + length))
        dated += [
            Dated(
                stage.title,
                stage.text,
                stage.hours,
                first,
                last,
                stage.least_weeks,
                unlocks=stage.unlocks,
                is_beside=stage is not group[0],
            )
            for stage in group
        ]
        done += length
    return dated


def from_months(route: Route, start: date) -> Timeline:
    """Return the Timeline of a route of which only the months are known, or not even these."""
    end = None if route.months_from is None else add_months(start, route.months_from)
    latest = end if route.months_to is None else add_months(start, route.months_to)
    end = end or latest
    stage = Dated(route.name, _("How its hours are spread is up to you."), None, start, latest)
    return Timeline([stage], start, end, latest)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months on, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks(hours: int, hours_a_week: int) -> int:
    """How many weeks so many hours take, the last one counted whole."""
    return -(-hours // hours_a_week)
