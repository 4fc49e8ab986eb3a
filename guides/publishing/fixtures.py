"""Guides from fixture files into the rows: read everything, check everything, then load, or change nothing."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model

from .. import freezing, picture_files
from ..models import Guide, Source
from ..picture_errors import PictureRefused
from ..registry import content_models

# The folder beside fixture files that holds the files of their pictures.
PICTURES = "pictures"
# Rows by model and natural key, what a row is known by but for its number, and what it is known by.
Index = dict[tuple[type[Model], tuple[str, ...]], Any]
Group = tuple[type[Model], Any]
Identity = tuple[type[Model], Any, int]


class FixtureFault(str):
    """A sentence on what is wrong: with file, object and field, and beside it the plain object."""

    plain: Any = None


class FixtureErrors(Exception):
    """What is wrong with the files: `lines`, one sentence each."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines

    @property
    def faults(self) -> list[FixtureFault]:
        """Those lines that say what is wrong with an object."""
        return [line for line in self.lines if isinstance(line, FixtureFault)]


@dataclass
class FixtureObject:
    """One object of a fixture file, and where it stands, for messages."""

    file: str
    number: int
    plain: Any  # the form is not checked yet

    def problem(self, text: str, field_name: str | None = None) -> FixtureFault:
        """Return one line: file, object, field and what is wrong."""
        plain = self.plain if isinstance(self.plain, dict) else {}
        fields = plain.get("fields")
        fields = fields if isinstance(fields, dict) else {}
        name = next((fields[key] for key in ("slug", "title", "name", "label", "period") if fields.get(key)), "")
        what = (
            f"{plain.get('model', 'object')} {json.dumps(name, ensure_ascii=False)[:60]}"
            if name
            else plain.get("model", "object")
        )
        where = f"{field_name}: " if field_name else ""
        fault = FixtureFault(" ".join(f"{self.file}: object {self.number} ({what}): {where}{text}".split()))
        fault.plain = self.plain
        return fault


@dataclass
class Fixtures:
    """Everything read from the files: what guides share, each guide's objects by the guide's slug, and the files of
    pictures by name, each with the object that has it.
    """

    shared: list[FixtureObject] = field(default_factory=list)
    guides: dict[str, list[FixtureObject]] = field(default_factory=lambda: defaultdict(list))
    pictures: dict[str, tuple[FixtureObject, Path]] = field(default_factory=dict)


def read(paths: Iterable[Path | str]) -> Fixtures:
    """Read fixture files and check their form. Raises FixtureErrors with every fault found."""
    fixtures = Fixtures()
    faults: list[str] = []
    for path in paths:
        try:
            entries = _entries(Path(path))
        except FixtureErrors as errors:
            faults += errors.lines
            continue
        slugs = _guide_slugs(entries)
        for entry in entries:
            if fault := _fault_of_form(entry):
                faults.append(fault)
            elif entry.plain["model"] in content_models.SHARED:
                fixtures.shared.append(entry)
            elif slug := _guide_of(entry, slugs):
                fixtures.guides[slug].append(entry)
                name = entry.plain["fields"].get("file") if entry.plain["model"] == "guides.picture" else None
                if isinstance(name, str):
                    fixtures.pictures[name] = entry, Path(path).parent / PICTURES / Path(name).name
            else:
                faults.append(entry.problem("no guide: the file holds no guides.guide object that it belongs to."))
    if faults:
        raise FixtureErrors(faults)
    return fixtures


def _entries(path: Path) -> list[FixtureObject]:
    """Return the file's objects as entries."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FixtureErrors([f"{path}: cannot be read: {error.strerror}."]) from error
    except UnicodeDecodeError as error:
        raise FixtureErrors([f"{path}: is not UTF-8 text (byte {error.start})."]) from error
    except json.JSONDecodeError as error:
        raise FixtureErrors(
            [f"{path}: line {error.lineno}, column {error.colno}: invalid JSON: {error.msg}."]
        ) from error
    except RecursionError as error:
        raise FixtureErrors([f"{path}: is nested too deeply."]) from error
    if not isinstance(data, list):
        raise FixtureErrors([f"{path}: must hold a list of objects."])
    return [FixtureObject(path.name, number, plain) for number, plain in enumerate(data, start=1)]


def _models() -> set[str]:
    return {*content_models.SHARED, "guides.guide", *(content.label for content in content_models.CONTENT_MODELS)}


def _fault_of_form(entry: FixtureObject) -> FixtureFault | None:
    """Return what is wrong with the form of one object, or None."""
    plain = entry.plain
    if not isinstance(plain, dict) or not isinstance(plain.get("fields"), dict):
        return entry.problem('must be an object with "model" and "fields".')
    if plain.get("model") not in _models():
        return entry.problem(f"unknown model {plain.get('model')!r}.", "model")
    model = apps.get_model(plain["model"])
    allowed = {field.name: field for field in freezing.fields_of(model)}
    for name, value in plain["fields"].items():
        if name not in allowed:
            return entry.problem("there is no such field.", name)
        if isinstance(allowed[name], ForeignKey):
            if value is not None and not (isinstance(value, list) and all(isinstance(part, str) for part in value)):
                return entry.problem('must be a list of names, such as ["library-technical-assistant", "pay"].', name)
        elif isinstance(value, (dict, list)) or (isinstance(value, str) and "\0" in value):
            return entry.problem("must be a plain value without NUL characters.", name)
    parents = {content.label: content.parent for content in content_models.CONTENT_MODELS}
    parent = parents.get(plain["model"])
    return entry.problem("is missing.", parent) if parent and not plain["fields"].get(parent) else None


def _guide_slugs(entries: Iterable[FixtureObject]) -> set[str]:
    """The slugs of the guides that a file's objects make."""
    plains = [entry.plain for entry in entries if isinstance(entry.plain, dict)]
    guides = [
        plain["fields"]
        for plain in plains
        if plain.get("model") == "guides.guide" and isinstance(plain.get("fields"), dict)
    ]
    return {fields["slug"] for fields in guides if fields.get("slug")}


def _guide_of(entry: FixtureObject, slugs: Collection[str]) -> str | None:
    """Return the slug of the guide that an object belongs to, or None where its file has no such guide."""
    fields = entry.plain["fields"]
    if entry.plain["model"] == "guides.guide":
        own: str | None = fields.get("slug")
        return own
    content = next(content for content in content_models.CONTENT_MODELS if content.label == entry.plain["model"])
    slug: str = fields[content.parent][0]
    return slug if slug in slugs else None


@transaction.atomic
def load(fixtures: Fixtures) -> list[Guide]:
    """Put what is shared and every guide of `fixtures` into the rows, each guide replaced whole; return the guides.

    Raises FixtureErrors, having changed nothing, where any object is not valid.
    """
    faults = take_in_pictures(fixtures)
    shared = [apps.get_model(label) for label in content_models.SHARED]
    index: Index = {(model, row.natural_key()): row for model in shared for row in model.objects.all()}
    for entry in fixtures.shared:
        row = _build(entry, index, faults)
        if row is not None:
            known = index.get((type(row), row.natural_key()))
            row.pk = known.pk if known else None
            row._state.adding = known is None
            _check_and_save(entry, row, index, faults)
    guides = [_load_guide(slug, entries, index, faults) for slug, entries in fixtures.guides.items()]
    if faults:
        raise FixtureErrors(faults)
    return [guide for guide in guides if guide]


def take_in_pictures(fixtures: Fixtures) -> list[FixtureFault]:
    """Keep the files of pictures that lie beside the fixtures; return what is wrong with them."""
    faults = []
    for name, (entry, path) in fixtures.pictures.items():
        try:
            if path.is_file():
                picture_files.take_in(name, path.read_bytes())
        except (PictureRefused, OSError) as error:
            faults.append(entry.problem(str(error), "file"))
    return faults


def _load_guide(slug: str, entries: Iterable[FixtureObject], index: Index, faults: list[FixtureFault]) -> Guide | None:
    """Replace one guide's rows by `entries`, adding what is wrong to `faults`."""
    by_plain = {id(entry.plain): entry for entry in entries}
    existing = Guide.objects.filter(slug=slug).first()
    keys = _keys(existing) if existing else {}
    count: Counter[Group] = Counter()
    if existing:
        for content in content_models.below(Guide):
            content.model._default_manager.filter(**{content.parent: existing}).delete()
    for plain in freezing.in_loading_order([entry.plain for entry in entries]):
        entry = by_plain[id(plain)]
        row = _build(entry, index, faults)
        if row is None:
            continue
        if isinstance(row, Guide):
            if (Guide, row.natural_key()) in index:
                faults.append(entry.problem("the guide stands in the files twice.", "slug"))
                continue
            row.pk, row._state.adding = (existing.pk, False) if existing else (None, True)
        else:
            # An editor may have the row's screen open: it keeps its address and what it is known by.
            row.pk = keys.get(_identity(row, count))
        _check_and_save(entry, row, index, faults)
    return index.get((Guide, (slug,)))


def _identity(row: Any, count: Counter[Group]) -> Identity:
    """What a row is known by: its slug, or its parent, and its number among those of its kind, kept in `count`."""
    if hasattr(row, "slug"):
        group: Group = (type(row), row.slug)
    else:
        parent = next(content.parent for content in content_models.CONTENT_MODELS if content.model is type(row))
        group = (type(row), getattr(row, parent).natural_key())
    count[group] += 1
    return (*group, count[group])


def _keys(guide: Guide) -> dict[Identity, int]:
    """The primary keys of the guide's rows by identity."""
    children, _ = freezing.collect(guide)
    count: Counter[Group] = Counter()
    return {_identity(row, count): row.pk for rows in children.values() for row in rows}


def _build(entry: FixtureObject, index: Index, faults: list[FixtureFault]) -> Any:
    """Return the entry's instance, or None and a line in `faults`."""
    model = apps.get_model(entry.plain["model"])
    for name, value in entry.plain["fields"].items():
        target = model._meta.get_field(name)
        if isinstance(target, ForeignKey) and value is not None and (target.related_model, tuple(value)) not in index:
            kind = target.related_model._meta.verbose_name
            faults.append(entry.problem(f"there is no valid {kind} {'/'.join(value)}.", name))
            return None
        try:
            if not isinstance(target, ForeignKey):
                target.to_python(value)
        except ValidationError as error:
            faults.append(entry.problem(" ".join(error.messages), name))
            return None
    return freezing.from_plain(entry.plain, index)


def _check_and_save(entry: FixtureObject, row: Any, index: Index, faults: list[FixtureFault]) -> None:
    """Validate and save `row`, or add every fault to `faults`."""
    try:
        row.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            faults.extend(entry.problem(message, None if name == NON_FIELD_ERRORS else name) for message in messages)
        return
    row.save(force_insert=row._state.adding)
    if hasattr(row, "natural_key"):
        index[type(row), row.natural_key()] = row


def replace(slug: str, frozen: dict[str, Any]) -> Guide:
    """Load a frozen guide into the rows of the guide with that slug, sources that are missing included; return it."""
    missing = {source["fields"]["slug"] for source in frozen["sources"]} - set(
        Source.objects.values_list("slug", flat=True)
    )
    plains = [source for source in frozen["sources"] if source["fields"]["slug"] in missing]
    fixtures = Fixtures(shared=[FixtureObject("edition", number, plain) for number, plain in enumerate(plains, 1)])
    objects = [{"model": plain["model"], "fields": plain["fields"]} for plain in frozen["objects"]]
    fixtures.guides[slug] = [FixtureObject("edition", number, plain) for number, plain in enumerate(objects, 1)]
    return load(fixtures)[0]
