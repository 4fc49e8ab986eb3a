"""The packet: what of a plan, and of one of its guides, somebody chose to have on paper."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import qr_codes
from guides.models import Route, Section
from guides.reading import reader

from . import item_types, summaries, week
from .item_types import Items, ItemType
from .models import Application, Note, Plan, PlanDate, PlanItem, SavedStep, Task

MOST_ADDRESSES = 24
# On the summary, so that it stays on two pages.
MOST_GAPS, MOST_DAYS = 8, 10


class Part(TextChoices):
    """What a packet can hold, beside chosen sections of the guide."""

    SUMMARY = "summary", gettext_lazy("Summary of two pages: facts, route, gaps, this week")
    RESULTS = "results", gettext_lazy("Results of the checks, with their arithmetic")
    DOCUMENTS = "documents", gettext_lazy("Resumes and letters")
    STORIES = "stories", gettext_lazy("Stories")
    PLAN = "plan", gettext_lazy("All steps, dates and notes")
    LOG = "log", gettext_lazy("Application log")
    GUIDE = "guide", gettext_lazy("The whole guide")


@dataclass(frozen=True)
class Address:
    """A place on the web: its name, its full address, and a picture of it for a phone's camera."""

    name: str
    address: str

    @cached_property
    def picture(self) -> qr_codes.Picture | None:
        return qr_codes.picture(self.address)


@dataclass
class Packet:
    """A plan's packet: the parts and the sections of the guide that are in it."""

    plan: Plan
    items: Items
    parts: Collection[str]
    guides: Sequence[summaries.GuideOfPlan] = ()
    guide: summaries.GuideOfPlan | None = None
    sections: Collection[str] = ()
    key_address: str = ""
    reading: reader.Reading | None = field(default=None)

    def __post_init__(self) -> None:
        if self.guide and self.guide.is_live:
            self.reading = reader.live(self.guide.slug).open()

    @cached_property
    def week(self) -> week.Week:
        return week.this_week(self.items)

    @property
    def has_guide(self) -> bool:
        """Whether anything of the guide's text is in it."""
        return self.reading is not None and (Part.GUIDE in self.parts or bool(self.sections))

    @property
    def chosen_sections(self) -> list[Section]:
        """The sections of the guide that are in it."""
        sections = self.reading.sections if self.reading else []
        return [section for section in sections if Part.GUIDE in self.parts or section.slug in self.sections]

    def tasks(self, in_order: bool) -> list[Task]:
        """The open tasks beside saved steps for the guide: the stages of a route, in order, or its gaps by worth."""
        tasks = [
            task
            for kind, rows in self.items.items()
            if issubclass(kind.model, Task) and kind.model is not SavedStep and kind.model.in_order == in_order
            for task in rows
            if isinstance(task, Task) and not task.done_on and not task.waits_for_its_day
            if self.guide is None or task.career in ("", self.guide.slug)
        ]
        return tasks if in_order else sorted(tasks, key=lambda task: -task.worth)

    @property
    def stages(self) -> list[Task]:
        return self.tasks(in_order=True)

    @property
    def gaps(self) -> list[Task]:
        return self.tasks(in_order=False)[:MOST_GAPS]

    @property
    def routes(self) -> list[Route]:
        """The route that the stages belong to, with its time and cost; every route where none is chosen."""
        sections = self.reading.all_sections() if self.reading else ()
        rows = [route for section in sections for route in section.routes.all()]
        chosen = {getattr(task, "route", "") for task in self.stages}
        return [route for route in rows if route.slug in chosen] or rows

    @property
    def next_steps(self) -> list[Task]:
        return self.guide.tasks.open[:5] if self.guide else []

    @property
    def dates(self) -> list[PlanDate]:
        return item_types.all_dates(self.items)

    @property
    def days_ahead(self) -> list[PlanDate]:
        return [dated for dated in self.dates if not dated.past][:MOST_DAYS]

    @property
    def applications(self) -> list[Application]:
        return summaries.by_urgency(item_types.items_of(self.items, Application))

    @property
    def notes(self) -> list[Note]:
        return item_types.items_of(self.items, Note)

    @property
    def shown(self) -> list[tuple[ItemType, Sequence[PlanItem]]]:
        """The kinds of other apps that one of its parts shows, each by its own template."""
        return [(kind, rows) for kind, rows in self.items.items() if rows and kind.packet_part in self.parts]

    @property
    def addresses(self) -> list[Address]:
        """Where everything in it stands, once each."""
        known: dict[str, str] = {}
        for name, address in self._links():
            full = address if "://" in address else f"{settings.SITE_URL}{address}"
            known.setdefault(full, name)
        return [Address(name, address) for address, name in known.items()][:MOST_ADDRESSES]

    def _links(self) -> Iterator[tuple[str, str]]:
        """Yield a name and an address for each place that the packet speaks of, the plan's own first."""
        yield _("Open this plan"), self.key_address or reverse("plan:return")
        if self.reading:
            yield self.reading.title, self.reading.url
        for thing in self.week.things if Part.SUMMARY in self.parts else []:
            yield from ((f"{words}: {thing.name}", address) for words, address in thing.links)
        for _kind, rows in self.shown:
            yield from ((row.title, address) for row in rows if (address := row.web_address))
        for application in self.applications if {Part.SUMMARY, Part.LOG} & set(self.parts) else []:
            if application.link and not application.is_closed:
                yield str(application), application.link
