"""What readers see of exercises: the live editions, thawed. Nothing here asks for a row that is being edited."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from guides import freezing
from guides.models import LinkVisit
from guides.reading import dead_links
from guides.registry import Action

from .kinds import KINDS, Kind
from .models import Exercise, ExerciseEdition, ExerciseItem

IN_ORDER = ("exercise__position", "exercise__slug")


@dataclass(frozen=True)
class Live:
    """An exercise as readers see it, with its items in their order."""

    exercise: Exercise
    items: list[ExerciseItem]

    @property
    def kind(self) -> Kind:
        return KINDS[self.exercise.slug]

    def levels(self) -> list[tuple[str, list[ExerciseItem]]]:
        """The items by level, each level with its name."""
        return [
            (str(level.label), items)
            for level in ExerciseItem.Level
            if (items := [item for item in self.items if item.level == level])
        ]

    def find(self, slug: str) -> ExerciseItem:
        """Return the item at that address, or raise Http404."""
        item = next((item for item in self.items if item.slug == slug), None)
        if item is None:
            raise Http404
        return item

    def after(self, item: ExerciseItem) -> ExerciseItem | None:
        """The item that comes next, of this level or the one above; None after the last."""
        place = self.items.index(item) + 1
        return self.items[place] if place < len(self.items) else None


def live_editions() -> QuerySet[ExerciseEdition]:
    """What readers see: the live edition of each exercise."""
    return ExerciseEdition.objects.live().select_related("exercise")


# The edition that is previewed in this request.
_previewed: ContextVar[ExerciseEdition | None] = ContextVar("previewed_exercise", default=None)


@contextmanager
def previewing(edition: ExerciseEdition) -> Iterator[None]:
    """Have `live` give `edition` meanwhile, in this request alone: the reading views then show its preview."""
    token = _previewed.set(edition)
    try:
        yield
    finally:
        _previewed.reset(token)


def live(slug: str) -> Live:
    """Return the exercise at that address as readers see it, or raise Http404. Two queries."""
    edition = _previewed.get()
    if edition is None or edition.exercise.slug != slug:
        edition = live_editions().filter(exercise__slug=slug).first()
    if edition is None:
        raise Http404
    frozen = dead_links.strike(edition.content, set(LinkVisit.objects.dead().values_list("url", flat=True)))
    exercise, *items = (freezing.from_plain(plain, {}) for plain in frozen["objects"])
    for place, row in enumerate((exercise, *items), start=1):
        row.pk, row._state.adding = place, False
    return Live(cast(Exercise, exercise), cast(list[ExerciseItem], items))


def listed() -> list[ExerciseEdition]:
    """The live editions, without their content, in the order of lists."""
    return list(live_editions().defer("packed").order_by(*IN_ORDER))


def by_skill() -> dict[str, list[ExerciseEdition]]:
    """The live editions by the skills that they train. One query."""
    result = defaultdict(list)
    for edition in listed():
        for slug in edition.skills.split():
            result[slug].append(edition)
    return result


def next_actions(guide: Any) -> list[Action]:
    """What a reader of the guide may practice: the exercises that train one of its skills."""
    slugs = {skill.slug for section in guide.sections.all() for skill in section.skills.all()}
    return [
        Action(
            _("Practice: %(exercise)s") % {"exercise": edition.name},
            edition.exercise.get_absolute_url(),
            edition.summary,
        )
        for edition in (listed() if slugs else ())
        if slugs & set(edition.skills.split())
    ]


def sitemap() -> list[tuple[str, datetime | None]]:
    """The pages that search engines should know: the list and each exercise."""
    editions = listed()
    if not editions:
        return []
    pages = [(edition.exercise.get_absolute_url(), edition.published_at) for edition in editions]
    newest = max(moment for _address, moment in pages if moment)
    return [(reverse("exercises:list"), newest), *pages]
