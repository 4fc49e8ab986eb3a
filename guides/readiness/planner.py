"""Which route fits, and when it would be done: from the answers, hours a week, a start date and a budget.

A route's time is its stages' hours at the person's hours a week, but never less than the months that the
guide gives as the shortest: a course has a calendar of its own.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from . import skills_gap


@dataclass
class Fit:
    """A route, and the answers that speak for it."""

    route: object
    answers: list

    @property
    def votes(self):
        return len(self.answers)


@dataclass
class Dated:
    """A stage of the route with its first day and the day it is done; `end` is None where nobody can say."""

    title: str
    text: str
    hours: int | None
    start: date
    end: date | None


@dataclass
class Timeline:
    """The stages of a route with their dates. `latest` differs from `end` where only a range is known."""

    stages: list[Dated]
    start: date
    end: date | None
    latest: date | None
    hours: int = 0
    weeks: int = 0
    waits_for_calendar: bool = False
    is_longer_than_guide: bool = False


def fits(reading, result, budget=None):
    """Return (routes by fit, best first, those that cost more than `budget`), each a Fit.

    More answers speak for the better one; of equal ones the quicker stands first, then the guide's order.
    """
    within, too_dear = [], []
    for route in skills_gap.by_slug(reading, "routes").values():
        fit = Fit(route, [answer for answer in result.answers if route.slug in answer.option.route_slugs()])
        dear = budget is not None and (route.cost_from or 0) > budget
        (too_dear if dear else within).append(fit)
    return sorted(within, key=lambda fit: (-fit.votes, shortest(fit.route))), too_dear


def shortest(route):
    """The route's shortest time in months; one that nobody can say counts as the longest."""
    return 1_000 if route.months_from is None else route.months_from


def schedule(guide, route, hours_a_week, start):
    """Return the Timeline of `route` for someone with so many hours a week from `start` on."""
    stages = [stage for stage in guide.route_stages.all() if stage.route == route.slug]
    hours = sum(stage.hours for stage in stages)
    if not hours:
        return from_months(route, start)
    by_hours = -(-hours * 7 // hours_a_week)
    by_calendar = (add_months(start, route.months_from or 0) - start).days
    days = max(by_hours, by_calendar)
    end = start + timedelta(days)
    longest = add_months(start, route.months_to) if route.months_to is not None else end
    return Timeline(
        spread(stages, hours, start, days),
        start,
        end,
        end,
        hours,
        -(-hours // hours_a_week),
        waits_for_calendar=by_calendar > by_hours,
        is_longer_than_guide=end > longest,
    )


def spread(stages, hours, start, days):
    """Give each stage its share of `days`, by its hours; the next begins on the day the one before is done."""
    dated, done = [], 0
    for stage in stages:
        first = start + timedelta(days * done // hours)
        done += stage.hours
        dated.append(Dated(stage.title, stage.text, stage.hours, first, start + timedelta(days * done // hours)))
    return dated


def from_months(route, start):
    """Return the Timeline of a route of which only the months are known, or not even these."""
    end = None if route.months_from is None else add_months(start, route.months_from)
    latest = end if route.months_to is None else add_months(start, route.months_to)
    end = end or latest
    stage = Dated(route.name, _("How its hours are spread is up to you."), None, start, latest)
    return Timeline([stage], start, end, latest)


def add_months(day, months):
    """Return the same day of the month so many months on, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weeks(hours, hours_a_week):
    """How many weeks so many hours take, the last one counted whole."""
    return -(-hours // hours_a_week)
