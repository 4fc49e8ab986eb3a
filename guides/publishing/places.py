"""Places that refer to something, in words: the guide, the part of it, the row, and in which of its states."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..models import Edition, Guide
from ..registry import content_models

# Where a row's own words stand, the first that is filled.
OWN_WORDS = ("heading", "title", "name", "label", "question", "skill", "period", "text", "slug")
# Nobody changes more places than these before looking again, and a site may have thousands of guides.
MANY = 100

Plain = dict[str, Any]


@dataclass
class Place:
    """A place that refers to something: the guide, the part of it, the row in words, and in which of its states.

    `row` is the draft's row, `edition` the edition, whichever there is.
    """

    guide: str
    part: str
    subject: str
    states: list[str] = field(default_factory=list)
    row: Model | None = None
    edition: Edition | None = None

    def __str__(self) -> str:
        where = ", ".join(filter(None, [self.part, self.subject]))
        return f"{self.guide}: {where} ({', '.join(self.states)})"


def headings_in(objects: Iterable[Plain]) -> dict[str, str]:
    """The headings of a frozen guide's sections by slug, in reading order."""
    sections = [plain["fields"] for plain in objects if plain["model"] == "guides.section"]
    return {section["slug"]: section["heading"] for section in sections}


class Places:
    """Places by where they are: the same row in a draft and in an edition is one place."""

    def __init__(self) -> None:
        self.by_place: dict[tuple[int | str, str, str], Place] = {}

    def add_row(self, row: Model, plain: Plain) -> None:
        guide = content_models.guide_of(row)
        headings = dict(guide.sections.values_list("slug", "heading"))
        self._add(guide, plain, headings, _("draft"), row=row)

    def add_frozen(self, edition: Edition, plain: Plain, headings: dict[str, str]) -> None:
        state = f"{edition.get_state_display()}, {_('edition')} {edition.number}"
        self._add(edition.guide, plain, headings, state, edition=edition)

    def add_shared(self, origin: Model, plain: Plain) -> None:
        """Add a row that stands beside guides; `origin` is the row, or the edition that readers have it from."""
        model = apps.get_model(plain["model"])
        row = model._default_manager.filter(slug=plain["fields"]["slug"]).first() or origin
        app, subject = str(apps.get_app_config(model._meta.app_label).verbose_name), subject_of(plain)
        place = Place(app, "", subject, [_("readers see it")], row=row)
        self.by_place.setdefault((plain["model"], plain["fields"]["slug"], subject), place)

    def _add(self, guide: Guide, plain: Plain, headings: dict[str, str], state: str, **where: Any) -> None:
        part, subject = part_of(plain, headings), subject_of(plain)
        place = self.by_place.setdefault((guide.pk, part, subject), Place(str(guide), part, subject, **where))
        if state not in place.states:
            place.states.append(state)

    def are_many(self) -> bool:
        return len(self.by_place) >= MANY

    def all(self) -> list[Place]:
        return list(self.by_place.values())


def part_of(plain: Plain, headings: dict[str, str]) -> str:
    """The heading of the section that a plain object stands in, else the part of the guide."""
    app = apps.get_app_config(plain["model"].partition(".")[0])
    content = content_models.content_of(apps.get_model(plain["model"]))
    if plain["model"] == "guides.section":
        return headings[plain["fields"]["slug"]]
    if content and "section" in content.guide_path.split("__"):
        return headings.get(plain["fields"][content.parent][1], "")
    return _("Guide details") if app.label == "guides" else str(app.verbose_name)


def subject_of(plain: Plain) -> str:
    """A plain object in words; nothing of a section, whose heading is the part."""
    if plain["model"] == "guides.section":
        return ""
    words = next((str(plain["fields"][name]) for name in OWN_WORDS if plain["fields"].get(name)), "")
    return f"{apps.get_model(plain['model'])._meta.verbose_name} “{Truncator(words).chars(60)}”"
