"""Who refers to what: the places that name a term, a source, a section or a row, in drafts and in editions.

Deleting asks it, so that nothing is left that leads nowhere; so does the check before publishing. Whatever a row names
is named by a row's fields: a foreign key, a field that holds short names (see ContentModel), or a link in a text.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q
from django.utils.translation import gettext as _

from .. import freezing
from ..models import Edition, Guide, Section
from ..registry import content_models
from . import links
from .links import Name

State = Edition.State
# Editions that readers see, or will see without anybody touching them again.
TO_READERS = [State.LIVE, State.SUBMITTED, State.SCHEDULED]
# Where a row's own words stand, the first that is filled.
OWN_WORDS = ("heading", "title", "name", "label", "question", "skill", "period", "text", "slug")

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


def places(row: Model) -> list[Place]:
    """Return the places that refer to `row`, or to what would be deleted with it; what goes too does not count."""
    doomed = _with_all_below(row)
    return _search(doomed, {name for name in map(name_of, doomed) if name}, row)


def places_by_name(row: Model) -> list[Place]:
    """Return the places that know `row` by its short name: with another one they would lose it."""
    name = name_of(row)
    return _search([], {name}, row, by_name_alone=True) if name else []


def left_behind(edition: Edition, leaving: Iterable[str] = ()) -> list[Place]:
    """Return the places in other live guides that link to what readers lose once `edition` is live.

    Guides whose slugs are in `leaving` do not count: they get another edition at the same moment.
    """
    before = edition.guide.editions.exclude(published_at=None).exclude(pk=edition.pk).order_by("-published_at").first()
    lost = names_in(before.content) - names_in(edition.content) if before else set()
    found = _Places()
    for other, plain in _frozen_users_of(lost, edition.guide, [State.LIVE]):
        if other.guide.slug not in leaving:
            found.add_frozen(other, plain)
    return found.all()


def linking_to(guide: Guide) -> list[Place]:
    """Return the places in other live guides that link to `guide`."""
    found = _Places()
    for other, plain in _frozen_users_of({("guides.guide", guide.slug)}, guide, [State.LIVE]):
        found.add_frozen(other, plain)
    return found.all()


def dangling(content: dict) -> Iterator[tuple[str, Name]]:
    """Yield the part of a frozen guide and the name, for each row that it names by a short name and does not hold."""
    known, headings = names_in(content), _headings_in(content)
    for plain in _known_objects(content):
        for name in sorted(_names_by_field(plain, _slug_in(content)) - known):
            yield _part(plain, headings), name


def described(name: Name) -> str:
    """A name in words, such as: skill 'cataloging'."""
    return f"{apps.get_model(name[0])._meta.verbose_name} '{name[-1]}'"


def name_of(row: Model) -> Name | None:
    """What `row` is known by to those that refer to it, or None where nothing can."""
    slug = getattr(row, "slug", None)
    if not slug:
        return None
    label = row._meta.label_lower
    return (label, _guide(row).slug, slug) if content_models.content_of(type(row)) else (label, slug)


def names_in(content: dict) -> set[Name]:
    """The names of all that a frozen guide holds."""
    guide = _slug_in(content)
    named = [(plain["model"], plain["fields"].get("slug")) for plain in content["objects"]]
    return {(label, guide, slug) for label, slug in named if slug and label != "guides.guide"}


def section_slugs(content: dict) -> set[str]:
    """The slugs of a frozen guide's sections."""
    return set(_headings_in(content))


def mentions(plain: Plain, guide: str, by_name_alone: bool = False) -> set[Name]:
    """Return what a row of the guide with the slug `guide`, as plain data, refers to; its parent left out.

    `by_name_alone` leaves out foreign keys, which follow a row whatever it is called.
    """
    model = apps.get_model(plain["model"])
    found = _names_by_field(plain, guide)
    for name in getattr(model, "markdown_fields", ()):
        found |= links.names(plain["fields"].get(name) or "", guide)
    for key_field in [] if by_name_alone else _keys(model):
        if key := plain["fields"].get(key_field.name):
            label = key_field.related_model._meta.label_lower
            found.add((label, key[0], key[-1]) if content_models.content_of(key_field.related_model) else (label, *key))
    return found


def _names_by_field(plain: Plain, guide: str) -> set[Name]:
    """What a plain object names in fields that hold short names."""
    names = content_models.content_of(apps.get_model(plain["model"]))
    fields = names.names.items() if names else ()
    return {(label, guide, slug) for name, label in fields for slug in (plain["fields"].get(name) or "").split()}


def _keys(model: type[Model]) -> list[ForeignKey]:
    """The foreign keys of a model's rows, but for the one to what they hang from."""
    content = content_models.content_of(model)
    keys = [one for one in freezing.fields_of(model) if isinstance(one, ForeignKey)]
    return [key for key in keys if content is None or key.name != content.parent]


def _search(rows: list[Model], wanted: set[Name], row: Model, by_name_alone: bool = False) -> list[Place]:
    """Return the places outside of `rows` that refer to them by key, or to `wanted` by name; `row` is what it is about.

    The editions of a row's own guide hold all that they refer to: they lose nothing.
    """
    gone = {(type(one), one.pk) for one in rows}
    is_shared = row._meta.label_lower in content_models.SHARED
    found = _Places()
    for user in _users_of(rows, wanted):
        plain = freezing.to_plain(user)
        if (type(user), user.pk) not in gone and mentions(plain, _guide(user).slug, by_name_alone) & wanted:
            found.add_row(user, plain)
    for edition, plain in _frozen_users_of(wanted, None if is_shared else _guide(row)):
        found.add_frozen(edition, plain)
    return found.all()


def _guide(row: Model) -> Guide:
    return content_models.guide_of(row)


def _with_all_below(row: Model) -> list[Model]:
    """Return `row` and every row that goes when it is deleted. One query a registered model, at most."""
    rows = defaultdict(list, {type(row): [row]})
    if isinstance(row, Section):
        rows[Section] += row.children.select_related("guide")
    # The registry names parents before their children.
    for content in content_models.CONTENT_MODELS:
        if above := rows[content.parent_model]:
            below = content.model._default_manager.filter(**{f"{content.parent}__in": above})
            rows[content.model] += below.select_related(content.guide_path)
    return list(chain.from_iterable(rows.values()))


def _users_of(rows: list[Model], wanted: set[Name]) -> Iterator[Model]:
    """Yield the rows of drafts that may refer to `rows` by key or to `wanted` by name; `mentions` tells which do."""
    labels, guides = {name[0] for name in wanted}, {name[1] for name in wanted if len(name) > 2}
    for content in content_models.CONTENT_MODELS:
        condition = Q()
        for key in _keys(content.model):
            if keys := [row.pk for row in rows if isinstance(row, key.related_model)]:
                condition |= Q(**{f"{key.name}__in": keys})
        if labels & set(content.names.values()):
            condition |= Q(**{f"{content.guide_path}__slug__in": guides})
        for name in getattr(content.model, "markdown_fields", ()):
            for needle in _needles(wanted):
                condition |= Q(**{f"{name}__contains": needle})
        if condition:
            yield from content.model._default_manager.filter(condition).select_related(content.guide_path)


def _frozen_users_of(
    wanted: set[Name], own: Guide | None, states: list[str] = TO_READERS
) -> Iterator[tuple[Edition, Plain]]:
    """Yield the plain objects of editions in `states` that refer to `wanted`, those of the guide `own` left out.

    An edition holds all of its own guide: what its draft loses is none of its loss.
    """
    needles = _needles(wanted)
    editions = Edition.objects.filter(state__in=states).select_related("guide").order_by("guide__title", "number")
    for edition in editions.exclude(guide=own).iterator(chunk_size=20) if needles else ():
        # Far most editions name nothing of it, and unpacking the text costs a tenth of reading it.
        text = zlib.decompress(edition.packed)
        if any(needle.encode() in text for needle in needles):
            for plain in _known_objects(edition.content):
                if mentions(plain, edition.guide.slug) & wanted:
                    yield edition, plain


def _needles(wanted: set[Name]) -> set[str]:
    """What stands in every text that refers to one of `wanted`."""
    return {name[-1] for name in wanted}


def _known_objects(content: dict) -> list[Plain]:
    """The objects of a frozen guide, without those of an app that is not installed any more."""
    labels = {content.label for content in content_models.CONTENT_MODELS}
    return [plain for plain in content["objects"] if plain["model"] in labels]


def _slug_in(content: dict) -> str:
    return next(plain["fields"]["slug"] for plain in content["objects"] if plain["model"] == "guides.guide")


def _headings_in(content: dict) -> dict[str, str]:
    """The headings of a frozen guide's sections by slug."""
    sections = [plain["fields"] for plain in content["objects"] if plain["model"] == "guides.section"]
    return {section["slug"]: section["heading"] for section in sections}


class _Places:
    """Places by where they are: the same row in a draft and in an edition is one place."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, str, str], Place] = {}

    def add_row(self, row: Model, plain: Plain) -> None:
        guide = _guide(row)
        headings = dict(guide.sections.values_list("slug", "heading"))
        self._add(guide, plain, headings, _("draft"), row=row)

    def add_frozen(self, edition: Edition, plain: Plain) -> None:
        state = f"{edition.get_state_display()}, {_('edition')} {edition.number}"
        self._add(edition.guide, plain, _headings_in(edition.content), state, edition=edition)

    def _add(self, guide: Guide, plain: Plain, headings: dict[str, str], state: str, **where: Any) -> None:
        part, subject = _part(plain, headings), _subject(plain)
        place = self.found.setdefault((guide.pk, part, subject), Place(str(guide), part, subject, **where))
        if state not in place.states:
            place.states.append(state)

    def all(self) -> list[Place]:
        return list(self.found.values())


def _part(plain: Plain, headings: dict[str, str]) -> str:
    """The heading of the section that a plain object stands in, else the part of the guide."""
    app = apps.get_app_config(plain["model"].partition(".")[0])
    content = content_models.content_of(apps.get_model(plain["model"]))
    if plain["model"] == "guides.section":
        return headings[plain["fields"]["slug"]]
    if content and "section" in content.guide_path.split("__"):
        return headings.get(plain["fields"][content.parent][1], "")
    return _("Guide details") if app.label == "guides" else str(app.verbose_name)


def _subject(plain: Plain) -> str:
    """A plain object in words; nothing of a section, whose heading is the part."""
    if plain["model"] == "guides.section":
        return ""
    words = next((str(plain["fields"][name]) for name in OWN_WORDS if plain["fields"].get(name)), "")
    return f"{apps.get_model(plain['model'])._meta.verbose_name} “{words[:60]}”"
