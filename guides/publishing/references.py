"""Who refers to what: the places that name a term, a source, a section or a row, in drafts and in editions.

Deleting asks it, so that nothing is left that leads nowhere; so does the check before publishing. Whatever a row names
is named by a row's fields: a foreign key, a field that holds short names (see ContentModel), a link or a figure's name
in a text.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from .. import figures_in_texts, freezing
from ..models import Edition, Guide, Section
from ..registry import content_models
from . import links
from .links import Name
from .places import Place, Places, Plain, headings_in, part_of

State = Edition.State
# Editions that readers see, or will see without anybody touching them again.
TO_READERS = [State.LIVE, State.SUBMITTED, State.SCHEDULED]


def places(row: Model) -> list[Place]:
    """Return the places that refer to `row`, or to what would be deleted with it; what goes too does not count.

    Of very many in editions it is the first hundred: whoever has changed them is shown the next.
    """
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
    linking = Places()
    for other, plain, headings in _frozen_users_of(lost, edition.guide, [State.LIVE]):
        if other.guide.slug not in leaving:
            linking.add_frozen(other, plain, headings)
    return linking.all()


def linking_to(guide: Guide) -> list[Place]:
    """Return the places in other live guides that link to `guide`."""
    linking = Places()
    for other, plain, headings in _frozen_users_of({("guides.guide", guide.slug)}, guide, [State.LIVE]):
        linking.add_frozen(other, plain, headings)
    return linking.all()


def dangling(content: Plain) -> Iterator[tuple[str, Name]]:
    """Yield the part of a frozen guide and the name, for each row that it names by a short name and does not hold."""
    known, headings = names_in(content), headings_in(content["objects"])
    for plain in _known_objects(content):
        for name in sorted(_names_by_field(plain, _slug_in(content)) - known):
            yield part_of(plain, headings), name


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


def names_in(content: Plain) -> set[Name]:
    """The names of all that a frozen guide holds."""
    guide = _slug_in(content)
    slugs = [(plain["model"], plain["fields"].get("slug")) for plain in content["objects"]]
    return {(label, guide, slug) for label, slug in slugs if slug and label != "guides.guide"}


def section_slugs(content: Plain) -> set[str]:
    """The slugs of a frozen guide's sections."""
    return set(headings_in(content["objects"]))


def mentions(plain: Plain, guide: str, by_name_alone: bool = False, needles: Iterable[str] = ("",)) -> set[Name]:
    """Return what a row of the guide with the slug `guide`, as plain data, refers to; its parent left out.

    `by_name_alone` leaves out foreign keys, which follow a row whatever it is called. Texts that hold none of
    `needles` are not read.
    """
    model = apps.get_model(plain["model"])
    names = _names_by_field(plain, guide)
    for name in getattr(model, "markdown_fields", ()):
        text = plain["fields"].get(name) or ""
        if any(needle in text for needle in needles):
            names |= links.names(text, guide)
    names |= _figures_named_by(plain, guide)
    for key_field in [] if by_name_alone else _keys(model):
        if key := plain["fields"].get(key_field.name):
            label = key_field.related_model._meta.label_lower
            names.add((label, key[0], key[-1]) if content_models.content_of(key_field.related_model) else (label, *key))
    return names


def _names_by_field(plain: Plain, guide: str) -> set[Name]:
    """What a plain object names in fields that hold short names."""
    names = content_models.content_of(apps.get_model(plain["model"]))
    fields = names.names.items() if names else ()
    return {(label, guide, slug) for name, label in fields for slug in (plain["fields"].get(name) or "").split()}


def _figures_named_by(plain: Plain, guide: str) -> set[Name]:
    """The figures that a plain object's texts name, and the sections that they are named by."""
    names = [name for _field, text in freezing.prose(plain) for name in figures_in_texts.names_in(text)]
    return {("guides.figure", guide, name.slug) for name in names} | {
        ("guides.section", guide, name.section) for name in names
    }


def _keys(model: type[Model]) -> "list[ForeignKey[Any, Any]]":
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
    places = Places()
    for user in _users_of(rows, wanted):
        plain = freezing.to_plain(user)
        if (type(user), user.pk) not in gone and mentions(plain, _guide(user).slug, by_name_alone) & wanted:
            places.add_row(user, plain)
    for edition, plain, headings in _frozen_users_of(wanted, None if is_shared else _guide(row)):
        if places.are_many():
            break
        places.add_frozen(edition, plain, headings)
    return places.all()


def _guide(row: Model) -> Guide:
    guide: Guide = content_models.guide_of(row)
    return guide


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
    may_name_figures = labels & {"guides.figure", "guides.section"}
    if may_name_figures:
        yield from Guide.objects.filter(_naming_figures(Guide), slug__in=guides)
    for content in content_models.CONTENT_MODELS:
        condition = _naming_figures(content.model) if may_name_figures else Q()
        if condition:
            condition &= Q(**{f"{content.guide_path}__slug__in": guides})
        for key in _keys(content.model):
            if keys := [row.pk for row in rows if isinstance(row, key.related_model)]:
                condition |= Q(**{f"{key.name}__in": keys})
        if labels & set(content.names.values()):
            condition |= Q(**{f"{content.guide_path}__slug__in": guides})
        for name in getattr(content.model, "markdown_fields", ()):
            for needle in _needles(wanted, in_own_guide=True):
                condition |= Q(**{f"{name}__contains": needle})
        if condition:
            yield from content.model._default_manager.filter(condition).select_related(content.guide_path)


def _naming_figures(model: type[Model]) -> Q:
    """The rows of a model with a figure's name in one of their texts; empty where they have no such texts."""
    condition = Q()
    for prose in figures_in_texts.prose_fields(model):
        condition |= Q(**{f"{prose.name}__contains": figures_in_texts.START})
    return condition


def _frozen_users_of(
    wanted: set[Name], own: Guide | None, states: Sequence[str] = TO_READERS
) -> Iterator[tuple[Edition, Plain, dict[str, str]]]:
    """Yield the plain objects of editions in `states` that refer to `wanted`, those of the guide `own` left out; with
    each its edition and the headings of that edition's sections.

    An edition holds all of its own guide: what its draft loses is none of its loss.
    """
    needles = _needles(wanted)
    editions = Edition.objects.filter(state__in=states).select_related("guide").order_by("guide__title", "number")
    for edition in editions.exclude(guide=own).iterator(chunk_size=20) if needles else ():
        # Far most editions name nothing of it, and unpacking the text costs a tenth of reading it.
        text = zlib.decompress(edition.packed)
        if any(needle.encode() in text for needle in needles):
            content = edition.content
            headings = headings_in(content["objects"])
            for plain in _known_objects(content):
                if mentions(plain, edition.guide.slug, needles=needles) & wanted:
                    yield edition, plain, headings


def _needles(wanted: set[Name], in_own_guide: bool = False) -> set[str]:
    """What stands, one or the other, in every text that links to one of `wanted`, and in every edition that cites it.

    Only the guide itself links to its sections by their place alone.
    """
    needles = set()
    for label, *path in wanted:
        if label == "guides.term":
            needles |= {f"glossary:{path[0]}", f"#{path[0]}"}
        elif label in content_models.SHARED:
            needles |= {f'"{path[0]}"', f"[^source:{path[0]}]"}
        else:
            needles.add(f"/guides/{path[0]}/")
            if in_own_guide and label == "guides.section":
                needles.add(f"#{path[1]}")
            elif in_own_guide and label == "guides.picture":
                needles.add(f"picture:{path[1]}")
    return needles


def _known_objects(content: Plain) -> list[Plain]:
    """The objects of a frozen guide, without those of an app that is not installed any more."""
    labels = {content.label for content in content_models.CONTENT_MODELS}
    return [plain for plain in content["objects"] if plain["model"] in labels]


def _slug_in(content: Plain) -> str:
    slugs: Iterator[str] = (plain["fields"]["slug"] for plain in content["objects"] if plain["model"] == "guides.guide")
    return next(slugs)
