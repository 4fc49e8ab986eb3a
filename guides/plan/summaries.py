"""What the plan's pages show: its items arranged for reading, nothing stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Edition
from .item_types import Items, ItemType, all_items, items_of
from .models import Application, ApplicationPart, Plan, PlanDate, PlanItem, SavedGuide, SavedStep, Task, name_from

SMALL = 12  # items: a plan of so few is shown whole
ON_A_CARD = 50
ROWS_A_PAGE = 100
MOST_GUIDES_NAMED = 3


@dataclass(frozen=True)
class Tasks:
    """Tasks of a plan that stand together, such as the gaps of one career: what is open, and what is done."""

    name: str
    all: Sequence[Task]

    @property
    def open(self) -> list[Task]:
        """What is still to be done; where they come in no order, what is worth most first."""
        return sorted(
            (task for task in self.all if not task.done_on), key=lambda task: -task.worth * (not task.in_order)
        )

    @property
    def done(self) -> list[Task]:
        return [task for task in self.all if task.done_on]


def by_career(tasks: Iterable[Task]) -> list[Tasks]:
    """Return tasks by the career that they are for, each career where its first task stands."""
    careers: dict[str, list[Task]] = {}
    for task in tasks:
        careers.setdefault(task.career, []).append(task)
    return [Tasks(rows[0].career_name, rows) for rows in careers.values()]


@dataclass
class GuideOfPlan:
    """A guide of the plan with its saved steps. `saved` is None where steps were saved without their guide."""

    slug: str
    name: str
    saved: SavedGuide | None = None
    is_live: bool = False
    steps: list[SavedStep] = field(default_factory=list)

    @property
    def tasks(self) -> Tasks:
        """Its steps, as tasks."""
        return Tasks(self.name, self.steps)


@dataclass(frozen=True)
class Panel:
    """What a plan holds of one kind, for its page. `parts` are its tasks by career, where they are tasks."""

    item_type: ItemType
    items: list[PlanItem]

    @property
    def parts(self) -> list[Tasks]:
        return by_career(item for item in self.items if isinstance(item, Task))


def panels(items: Items) -> tuple[list[Panel], list[Panel]]:
    """Return a Panel for each kind that has one on the plan's page: what is to be done, and the rest."""
    shown = [Panel(kind, rows) for kind, rows in items.items() if kind.panel and (rows or kind.add)]
    to_do = [panel for panel in shown if issubclass(panel.item_type.model, Task)]
    return to_do, [panel for panel in shown if panel not in to_do]


def is_small(items: Items) -> bool:
    """Whether a plan holds so little that its page shows all of it unfolded."""
    return sum(map(len, items.values())) <= SMALL


def guides_of(items: Items) -> list[GuideOfPlan]:
    """Return the guides of a plan, each with its steps in the order they were saved. One query."""
    result: dict[str, GuideOfPlan] = {}
    for saved in items_of(items, SavedGuide):
        result[saved.guide] = GuideOfPlan(saved.guide, saved.name, saved)
    for step in items_of(items, SavedStep):
        result.setdefault(step.guide, GuideOfPlan(step.guide, name_from(step.guide))).steps.append(step)
    live = set(Edition.objects.live().filter(guide__slug__in=result).values_list("guide__slug", flat=True))
    for guide in result.values():
        guide.is_live = guide.slug in live
    return list(result.values())


def plan_in_words(plan: Plan) -> str:
    """Say which plan it is, so that the person who made it knows it from another."""
    items = all_items(plan)
    count = sum(len(rows) for rows in items.values())
    names = [guide.name for guide in guides_of(items)][:MOST_GUIDES_NAMED]
    begun = date_format(timezone.localtime(plan.created_at), "DATE_FORMAT")
    text = ngettext(
        "begun on %(begun)s, with %(count)d thing in it", "begun on %(begun)s, with %(count)d things in it", count
    ) % {"begun": begun, "count": count}
    return text if not names else _("%(plan)s: %(names)s") % {"plan": text, "names": ", ".join(names)}


def checklists(items: Items) -> list[tuple[str | Promise, list[PlanItem]]]:
    """Return what else of a plan is to be done, by kind: pairs of the kind's name and its tasks."""
    kinds = [kind for kind in items if issubclass(kind.model, Task) and kind.model is not SavedStep]
    return [(kind.name, items[kind]) for kind in kinds]


def by_urgency(applications: Iterable[Application]) -> list[Application]:
    """Applications, overdue first, then by the next date that asks for something, then the newest."""

    def urgency(application: Application) -> tuple[bool, bool, date, int]:
        soonest = min((dated.on for dated in application.next_dates()), default=None)
        return (application.is_closed, soonest is None, soonest or timezone.localdate(), -application.pk)

    return sorted(applications, key=urgency)


@dataclass(frozen=True)
class BoardColumn:
    """One status of the board: some of its applications, and how many there are in all."""

    status: Application.Status
    applications: list[Application]
    count: int

    @property
    def hidden(self) -> int:
        return self.count - len(self.applications)


def board(applications: Sequence[Application]) -> list[BoardColumn]:
    """Return a column for every status; a long one is cut, the table has all."""
    columns = []
    for status in Application.Status:
        here = [application for application in applications if application.status == status]
        columns.append(BoardColumn(status, here[:ON_A_CARD], len(here)))
    return columns


def table(applications: Sequence[Application], page: int | None) -> "Page[Application]":
    """Return one page of the table."""
    return Paginator(applications, ROWS_A_PAGE).get_page(page or 1)


@dataclass(frozen=True)
class Month:
    """A month of the search: what was done in it, by day."""

    slug: str
    name: str
    dates: list[PlanDate]

    def applications(self) -> list[tuple[PlanDate, Application]]:
        """Each date with the application that it is of."""
        return [(dated, application) for dated in self.dates if (application := _application(dated.item))]


def _application(item: PlanItem) -> Application | None:
    """The application that an item is, or belongs to."""
    if isinstance(item, ApplicationPart):
        return item.its_application
    return item if isinstance(item, Application) else None


def record(applications: Iterable[Application]) -> list[Month]:
    """Return the months of the search, newest first: what was sent, held and answered until today."""
    today = timezone.localdate()
    done = [dated for item in applications for dated in item.all_dates() if dated.evidence and dated.on <= today]
    done.sort(key=lambda dated: (dated.on, dated.item.pk))
    months = [
        Month(slug, date_format(dates[0].on, "YEAR_MONTH_FORMAT"), dates)
        for slug, dates in ((slug, list(group)) for slug, group in groupby(done, lambda dated: f"{dated.on:%Y-%m}"))
    ]
    return months[::-1]
