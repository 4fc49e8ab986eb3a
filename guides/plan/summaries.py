"""What the plan's pages show: its items arranged for reading, nothing stored."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.dateformat import format as format_date

from ..models import Edition
from . import item_types
from .models import Application, SavedGuide, Task

AHEAD = 60  # days: what lies further ahead is on the timeline, not among what is next
ON_A_CARD = 50
ROWS_A_PAGE = 100


@dataclass
class GuideOfPlan:
    """A guide of the plan with its saved steps. `saved` is None where steps were saved without their guide."""

    slug: str
    name: str
    saved: SavedGuide | None = None
    is_live: bool = False
    steps: list = field(default_factory=list)

    @property
    def done(self):
        return sum(1 for step in self.steps if step.done_on)


def guides_of(items):
    """Return the guides of a plan, each with its steps in the order they were saved. One query."""
    result = {}
    for saved in items[item_types.all_types()["guides"]]:
        result[saved.guide] = GuideOfPlan(saved.guide, saved.name, saved)
    for step in items[item_types.all_types()["steps"]]:
        result.setdefault(step.guide, GuideOfPlan(step.guide, _title_from(step.guide))).steps.append(step)
    live = set(Edition.objects.live().filter(guide__slug__in=result).values_list("guide__slug", flat=True))
    for guide in result.values():
        guide.is_live = guide.slug in live
    return list(result.values())


def checklists(items):
    """Return what else of a plan is to be done, by kind: pairs of the kind's name and its tasks."""
    steps = item_types.all_types()["steps"]
    kinds = [kind for kind in items if issubclass(kind.model, Task) and kind is not steps]
    return [(kind.name, items[kind]) for kind in kinds]


def _title_from(slug: str):
    """A readable name where only the address is known."""
    return re.sub(r"[-_]+", " ", slug).capitalize()


def coming(dates):
    """Return what is next: overdue first, then what is due or happens soon."""
    return [dated for dated in dates if not dated.past and dated.days <= AHEAD]


def by_urgency(applications):
    """Applications, overdue first, then by the next date that asks for something, then the newest."""

    def urgency(application):
        open_dates = [dated.on for dated in application.dates() if dated.open]
        soonest = min(open_dates, default=None)
        return (application.is_closed, soonest is None, soonest or timezone.localdate(), -application.pk)

    return sorted(applications, key=urgency)


@dataclass(frozen=True)
class Column:
    """One status of the board: some of its applications, and how many there are in all."""

    status: Application.Status
    applications: list
    count: int

    @property
    def hidden(self):
        return self.count - len(self.applications)


def board(applications):
    """Return a Column for every status; a long one is cut, the table has all."""
    columns = []
    for status in Application.Status:
        here = [application for application in applications if application.status == status]
        columns.append(Column(status, here[:ON_A_CARD], len(here)))
    return columns


def table(applications, page):
    """Return one page of the table."""
    return Paginator(applications, ROWS_A_PAGE).get_page(page or 1)


@dataclass(frozen=True)
class Month:
    """A month of the search: what was done in it, by day."""

    slug: str
    name: str
    entries: list


def record(applications):
    """Return the months of the search, newest first: what was sent, held and answered until today."""
    today = timezone.localdate()
    done = [dated for item in applications for dated in item.dates() if dated.evidence and dated.on <= today]
    done.sort(key=lambda dated: (dated.on, dated.item.pk))
    months = [
        Month(slug, format_date(entries[0].on, "F Y"), entries)
        for slug, entries in ((slug, list(group)) for slug, group in groupby(done, lambda dated: f"{dated.on:%Y-%m}"))
    ]
    return months[::-1]
