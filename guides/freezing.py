"""A whole guide to plain data and back: the one form that fixtures, editions and exports share.

`freeze` reads the rows; `thaw` makes instances from plain data that templates cannot tell from rows. Figures that texts
name stay names in rows and plain data; in instances their values stand (figures_in_texts.py).
How thawed instances are made and wired stands in thawed_rows.py.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q
from django.utils.html import escape

from . import figures_in_texts, texts_filled_in
from .models import Figure, Guide, Picture, Section, Source, edition_formats
from .models.markdown import RendersMarkdown
from .registry import content_models
from .thawed_rows import NOWHERE, fill_caches, layout_of

# A row as a fixture has it, a whole guide as an edition has it: JSON.
Plain = dict[str, Any]
Frozen = dict[str, Any]
# Rows of whichever models are registered, by what they are and their parent's key.
Children = dict[tuple[content_models.ContentModel, Any], list[Any]]
# A row by its model and its natural key.
Reference = tuple[type[Model], tuple[str, ...]]


def fields_of(model: type[Model]) -> "list[Field[Any, Any]]":
    """The fields of `model` that stand in a fixture, derived HTML left out."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


def derived_of(model: type[Model]) -> list[str]:
    """The names of the fields of `model` that hold rendered Markdown."""
    return [f"{name}_html" for name in getattr(model, "markdown_fields", ())]


def to_plain(instance: Model, derived: bool = False) -> Plain:
    """Return `instance` as a fixture's object: fields at their default are left out."""
    values: dict[Field[Any, Any], Any] = {}
    for field in fields_of(type(instance)):
        if isinstance(field, ForeignKey):
            target = getattr(instance, field.name)
            values[field] = None if target is None else list(target.natural_key())
        else:
            values[field] = getattr(instance, field.attname)
    plain = {"model": instance._meta.label_lower, "fields": _told(values)}
    if derived and (names := derived_of(type(instance))):
        plain["derived"] = {name: getattr(instance, name) for name in names}
    return plain


def normal(plain: Plain) -> Plain:
    """Return a fixture's object as `to_plain` would write it. Raises ValidationError for a value of the wrong kind."""
    fields = plain["fields"]
    values = {
        field: fields[field.name] if isinstance(field, ForeignKey) else field.to_python(fields[field.name])
        for field in fields_of(apps.get_model(plain["model"]))
        if field.name in fields
    }
    return {"model": plain["model"], "fields": _told(values)}


def _told(values: "Mapping[Field[Any, Any], Any]") -> dict[str, Any]:
    """The values that are not their field's default, as JSON has them, by name."""
    return {
        field.name: value.isoformat() if hasattr(value, "isoformat") else value
        for field, value in values.items()
        if value != field.get_default()
    }


def collect(guide: Guide) -> tuple[Children, list[Source]]:
    """Return the guide's rows by parent, `{(content, parent pk): [rows]}`, and the sources they cite.

    A row cites the source that it names, and the one whose address its text links to or whose short name a footnote in
    it has. One query a registered model; foreign keys inside the guide are wired in memory.
    """
    known: dict[tuple[type[Model], Any], Model] = {(Guide, guide.pk): guide}
    children: Children = defaultdict(list)
    cited: set[int] = set()
    linked: set[str] = set()
    noted: set[str] = set()
    for content in content_models.CONTENT_MODELS:
        rows = list(content.model._default_manager.filter(**{content.guide_path: guide}))
        known.update({(content.model, row.pk): row for row in rows})
        for row in rows:
            for field in fields_of(content.model):
                if isinstance(field, ForeignKey) and field.related_model is Source:
                    cited.add(getattr(row, field.attname))
            if isinstance(row, RendersMarkdown):
                linked |= row.outside_addresses()
                noted |= row.source_notes()
            children[content, getattr(row, f"{content.parent}_id")].append(row)
    sources = list(Source.objects.filter(Q(pk__in=cited) | Q(url__in=linked) | Q(slug__in=noted)))
    known.update({(Source, source.pk): source for source in sources})
    for content in content_models.CONTENT_MODELS:
        for row in (row for (kind, _), rows in children.items() if kind is content for row in rows):
            _wire(row, known)
    return children, sorted(sources, key=lambda source: source.slug)


def _wire(row: Model, known: Mapping[tuple[type[Model], Any], Model]) -> None:
    """Put the rows that `row` refers to into its cache, so that no query fetches them again."""
    for field in fields_of(type(row)):
        if isinstance(field, ForeignKey) and (key := getattr(row, field.attname)) is not None:
            setattr(row, field.name, known[field.related_model, key])


def in_reading_order(sections: Sequence[Section]) -> Iterator[Section]:
    """Sections with each one's parts straight after it."""
    for section in sections:
        if section.parent_id is None:
            yield section
            yield from (part for part in sections if part.parent_id == section.pk)


def walk(row: Model, children: Children) -> Iterator[Model]:
    """Yield `row` and all below it, depth first, as a reader meets them."""
    yield row
    for content in content_models.below(type(row)):
        rows = children[content, row.pk]
        for child in in_reading_order(rows) if content.model is Section else rows:
            yield from walk(child, children)


def freeze(guide: Guide, derived: bool = True) -> Frozen:
    """Return the guide's rows as plain data: `{"format": 1, "sources": [...], "objects": [...]}`."""
    return freeze_rows(guide, derived)[0]


def freeze_rows(guide: Guide, derived: bool = True) -> tuple[Frozen, list[Model]]:
    """Return the guide's rows as plain data, and the row behind each of its objects."""
    children, sources = collect(guide)
    rows = list(walk(guide, children))
    frozen = {
        "format": edition_formats.FORMAT,
        "sources": [to_plain(source) for source in sources],
        "objects": [to_plain(row, derived) for row in rows],
    }
    return frozen, rows


def thaw(frozen: Frozen, dead: Collection[str] = ()) -> Guide:
    """Return the guide that `frozen` holds, its rows wired into a tree, with no query at all.

    No footnote leads to a source whose address is in `dead`.
    """
    frozen = edition_formats.bring_up_to_date(frozen)
    index: dict[Reference, Model] = {}
    rows: defaultdict[type[Model], list[Any]] = defaultdict(list)
    for place, plain in enumerate(in_loading_order([*frozen["sources"], *frozen["objects"]]), start=1):
        row = from_plain(plain, index)
        row.pk, row._state.adding, row._state.db = place, False, NOWHERE
        rows[type(row)].append(row)
        if hasattr(row, "natural_key"):
            index[type(row), row.natural_key()] = row
    fill_caches(rows)
    _fill_in_figures(rows)
    _fill_in_texts(rows, dead)
    guide: Guide = rows[Guide][0]
    guide.sources = rows[Source]
    return guide


def figures_of(guide: Guide) -> figures_in_texts.Figures:
    """Return the figures of a guide, thawed or with its rows prefetched, by the names that its texts know them by."""
    return {(section.slug, figure.slug): figure for section in guide.sections.all() for figure in section.figures.all()}


def as_read(frozen: Frozen) -> list[Plain]:
    """Return the objects of a frozen guide as a fixture has them, with what its figures say in its texts."""
    figures = figures_of(thaw(frozen))
    return [
        {"model": plain["model"], "fields": plain["fields"] | filled(plain, figures)} for plain in frozen["objects"]
    ]


def filled(plain: Plain, figures: figures_in_texts.Figures) -> dict[str, Any]:
    """The texts of a plain object that name figures, by field, filled in."""
    return {name: figures_in_texts.fill(text, figures) for name, text in prose(plain) if "{" in text}


def prose(plain: Plain) -> Iterator[tuple[str, str]]:
    """Yield the texts of a plain object that may name figures, with their fields; nothing of an app that is gone."""
    if content_models.is_known(plain["model"]):
        model: type[Model] = apps.get_model(plain["model"])
        for field in figures_in_texts.prose_fields(model):
            if text := plain["fields"].get(field.name):
                yield field.name, text


def instances(plains: Iterable[Plain], sources: Iterable[Plain]) -> Iterator[tuple[Plain, Model | Reference]]:
    """Yield each plain object of a guide with its instance, what is referred to first.

    Where what it refers to is missing, that reference takes the instance's place: a model and a natural key.
    """
    index: dict[Reference, Model] = {}
    row: Model | Reference
    for plain in [*sources, *in_loading_order(plains)]:
        try:
            row = from_plain(plain, index)
        except KeyError as missing:
            row = missing.args[0]
        else:
            if hasattr(row, "natural_key"):
                index[type(row), row.natural_key()] = row
        if plain["model"] != "guides.source":
            yield plain, row


def in_loading_order(plains: Iterable[Plain]) -> list[Plain]:
    """Return plain objects so that what is referred to comes first; otherwise as they stand.

    Those of an app that is not installed any more are left out: an edition that holds them is still read.
    """
    labels = ["guides.source", "guides.guide", *(content.label for content in content_models.CONTENT_MODELS)]
    order = {label: place for place, label in enumerate(labels)}
    known = [plain for plain in plains if plain["model"] in order]
    return sorted(known, key=lambda plain: (order[plain["model"]], bool(plain["fields"].get("parent"))))


def from_plain(plain: Plain, index: Mapping[Reference, Model]) -> Model:
    """Return the instance that `plain` describes; references are looked up in `index` by natural key."""
    layout = layout_of(plain["model"])
    values = layout.defaults()
    referred: list[tuple[ForeignKey[Any, Any], Model]] = []
    for name, value in plain["fields"].items():
        place, field, to_python, refers_to = layout.fields[name]
        if not refers_to:
            values[place] = to_python(value)
        elif value is not None:
            target = index[refers_to, tuple(value)]
            referred.append((field, target))
            values[place] = target.pk
    for name, value in plain.get("derived", {}).items():
        values[layout.fields[name].place] = value
    # Values in the fields' order take a third of the time that they take by name.
    row = layout.model(*values)
    for field, target in referred:
        field.set_cached_value(row, target)
    return row


def _fill_in_figures(rows: Mapping[type[Model], Sequence[Any]]) -> None:
    """Let every text say what the figures that it names say."""
    figures = {figure.natural_key()[1:]: figure for figure in rows.get(Figure, ())}
    for model, instances_of_it in rows.items():
        plain_names = [field.attname for field in figures_in_texts.prose_fields(model)]
        derived_names = derived_of(model)
        for row in instances_of_it if plain_names else ():
            for name in plain_names:
                if "{" in (text := getattr(row, name)):
                    setattr(row, name, figures_in_texts.fill(text, figures))
            for name in derived_names:
                if "{" in (html := getattr(row, name)):
                    setattr(row, name, figures_in_texts.fill(html, figures, escape))


def _fill_in_texts(rows: Mapping[type[Model], Sequence[Any]], dead: Collection[str]) -> None:
    """Let every rendered text show its pictures and sources, and its footnotes have names of their own."""
    guide = rows[Guide][0]
    sources = {source.slug: source for source in rows.get(Source, ())}
    pictures = {picture.slug: picture for picture in rows.get(Picture, ())}
    for model, instances_of_it in rows.items():
        derived_names = derived_of(model)
        for place, row in enumerate(instances_of_it if derived_names else (), start=1):
            for name in derived_names:
                if texts_filled_in.needs_filling(html := getattr(row, name)):
                    own = f"{guide.slug}-{model._meta.model_name}-{getattr(row, 'slug', place)}"
                    setattr(row, name, texts_filled_in.fill(html, own, sources, pictures, dead))
