"""What the release at hand ships, and what the first one shipped, in pieces: each guide, source, term and synonym."""

import hashlib
import json
import lzma
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey

from .. import freezing
from ..models import ShippedContent, Source, edition_formats
from ..models.markdown import outside_addresses, render
from ..models.markdown_parser import source_notes
from ..registry import content_models
from . import fixtures
from .alignment import Plain

GUIDE = "guides.guide"
Name = tuple[str, str]
Pieces = dict[Name, ShippedContent]

# What sites hold that were set up before upgrades brought anything: the base of their first one.
FIRST = "first_release.json.xz"


def digest() -> str:
    """Return what tells the files in fixtures/ from any others: asked at every start, so they are not taken apart."""
    whole = hashlib.sha256()
    for path in _files():
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _files() -> list[Path]:
    return sorted(Path(settings.FIXTURES_DIR).glob("*.json"))


def shipped() -> tuple[Pieces, list[str]]:
    """Return what the files in fixtures/ hold, not saved, by model and slug, and a sentence for each fault.

    A file with a fault is left out whole, the others stand.
    """
    objects: list[Plain] = []
    faults: list[str] = []
    for path in _files():
        try:
            objects += _read(path)
        except fixtures.FixtureErrors as errors:
            faults += errors.lines
    pieces, missing = in_pieces(objects, edition_formats.FORMAT, settings.RELEASE)
    return pieces, [*faults, *missing]


def first() -> Pieces:
    """Return what the first release shipped, not saved, by model and slug; nothing where its file is not there."""
    path = Path(settings.FIXTURES_DIR) / FIRST
    if not path.exists():
        return {}
    archive = json.loads(lzma.decompress(path.read_bytes()))
    return in_pieces(archive["objects"], archive["format"], "")[0]


def _read(path: Path) -> list[Plain]:
    """Return the objects of a fixture file in the form that rows would give. Raises FixtureErrors."""
    content = fixtures.read([path])
    objects: list[Plain] = []
    faults: list[str] = [*fixtures.take_in_pictures(content)]
    for entry in [*content.shared, *(entry for entries in content.guides.values() for entry in entries)]:
        try:
            objects.append(freezing.normal(entry.plain))
        except ValidationError as error:
            faults.append(entry.problem(" ".join(error.messages)))
    if faults:
        raise fixtures.FixtureErrors(faults)
    return objects


def in_pieces(objects: Iterable[Plain], written_format: int, release: str) -> tuple[Pieces, list[str]]:
    """Return plain objects as ShippedContent, and a sentence for each guide that cites a source which is not there."""
    groups = defaultdict(list)
    for plain in objects:
        groups[_piece_of(plain)].append(plain)
    sources = {slug: rows[0] for (label, slug), rows in groups.items() if label == "guides.source"}
    addresses = {plain["fields"]["url"]: slug for slug, plain in sources.items() if plain["fields"].get("url")}
    pieces, faults = {}, []
    for name, rows in groups.items():
        cited = sorted({slug for plain in rows for slug in _cited(plain, addresses)})
        if missing := [slug for slug in cited if slug not in sources]:
            faults.append(f"{name[1]}: cites the source '{missing[0]}', which is not shipped.")
            continue
        frozen = {"format": written_format, "sources": [sources[slug] for slug in cited], "objects": rows}
        pieces[name] = ShippedContent(model=name[0], slug=name[1], release=release)
        pieces[name].content = frozen
    return pieces, faults


def _piece_of(plain: Plain) -> Name:
    """The model and slug of the shared row that a plain object is, or of the guide that it is part of."""
    label, fields = plain["model"], plain["fields"]
    if label in content_models.SHARED or label == GUIDE:
        return label, fields["slug"]
    above = next(content.parent for content in content_models.CONTENT_MODELS if content.label == label)
    return GUIDE, fields[above][0]


def _cited(plain: Plain, addresses: Mapping[str, str]) -> set[str]:
    """The slugs of the sources that a plain object refers to; `addresses` has those that a text may link to."""
    model = apps.get_model(plain["model"])
    fields = model._meta.concrete_fields
    names = [field.name for field in fields if isinstance(field, ForeignKey) and field.related_model is Source]
    texts = [plain["fields"].get(name, "") for name in getattr(model, "markdown_fields", ())]
    linked = {address for text in texts if "](" in text for address in outside_addresses(render(text))}
    cited = {plain["fields"][name][0] for name in names if plain["fields"].get(name)}
    noted = {slug for text in texts for slug in source_notes(text)}
    return cited | noted | {addresses[address] for address in linked if address in addresses}


def is_older(release: str, other: str) -> bool:
    """Whether the number `release` comes before `other`: 0.9.1 before 0.10."""
    return _parts(release) < _parts(other)


def _parts(release: str) -> list[int]:
    return [int(part) if part.isdecimal() else 0 for part in release.split(".")]
