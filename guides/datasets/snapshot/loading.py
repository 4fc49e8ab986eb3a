"""The shipped snapshot, into the database: each part in a transaction of its own, and never over a newer import."""

import json
import lzma
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from guides.publishing.content_version import content_changed

from ..faults import ImportFault, reading
from ..models import Dataset
from ..progress import Progress
from ..publisher import digest, publishers
from . import manifest, tables
from .manifest import Part

BATCH = 1_000
# The mark of an edition whose rows a backup left out: what loads them is the next run of the job.
LEFT_OUT = "left out"


def is_needed() -> bool:
    """Whether the release ships what this site does not have. Two quick questions to the database."""
    shipped = manifest.parts() if settings.OFFICIAL_DATA else []
    return bool(wanted(shipped) or _emptied(shipped))


def wanted(shipped: list[Part]) -> list[Part]:
    """Return the parts to load: what is not here, and what was loaded from another release's snapshot.

    What somebody imported stays, unless it is older than what takes its place.
    """
    known = publishers()
    here: dict[str, dict[str, str]] = {}
    for form, edition, mark in Dataset.objects.values_list("form", "edition", "snapshot"):
        here.setdefault(form, {})[edition] = mark
    return [part for part in shipped if part.publisher in known and _is_wanted(part, here.get(part.publisher, {}))]


def _is_wanted(part: Part, here: dict[str, str]) -> bool:
    """Whether to load a part where `here` has the marks of the publisher's editions; '' is somebody's import."""
    editions = [edition.edition for edition in part.editions]
    order = publishers()[part.publisher].edition_key
    imported = [edition for edition, mark in here.items() if not mark]
    if order is None:
        imported = [edition for edition in imported if edition in editions]
    elif imported:
        imported = [max(imported, key=order)] if order(max(imported, key=order)) >= max(map(order, editions)) else []
    return not imported and any(here.get(edition) != part.sha256 for edition in editions)


def load(progress: Progress) -> list[Part]:
    """Load what is wanted, and return it. Raises ImportFault; the parts before the one at fault stay loaded."""
    shipped = manifest.parts()
    for part in _emptied(shipped):
        Dataset.objects.filter(snapshot=part.sha256).update(snapshot=LEFT_OUT)
    loaded = wanted(shipped)
    progress.total = sum(sum(part.rows.values()) for part in loaded)
    for part in loaded:
        load_part(part, progress)
    return loaded


def _emptied(shipped: list[Part]) -> list[Part]:
    """Return the parts that were loaded but whose rows are gone from a table: a backup that left them out came back."""
    filled = {label for label, table in tables.tables().items() if table.model._base_manager.exists()}
    marks = set(Dataset.objects.exclude(snapshot="").values_list("snapshot", flat=True))
    return [part for part in shipped if part.sha256 in marks and part.rows.keys() - filled]


@transaction.atomic
def load_part(part: Part, progress: Progress) -> None:
    """Load a part in place of what is here of its editions."""
    path = manifest.folder() / part.file
    if digest(path) != part.sha256:
        raise ImportFault(f"{path}: is not the file that {manifest.NAME} names: it is damaged or of another release.")
    # One at a time: what another process has loaded meanwhile is not loaded again.
    list(Dataset.objects.select_for_update().filter(form=part.publisher))
    if part not in wanted([part]):
        return
    _delete(part)
    loader = _Loader(part.sha256, progress)
    for line in _lines(path):
        loader.take(line)
    loader.flush()
    content_changed()


def _delete(part: Part) -> None:
    """Delete what takes no place beside the part, the rows that refer to others first."""
    datasets = Dataset.objects.filter(form=part.publisher)
    if publishers()[part.publisher].edition_key is None:
        datasets = datasets.filter(edition__in=[edition.edition for edition in part.editions])
    keys = list(datasets.values_list("pk", flat=True))
    for table in reversed(tables.tables().values()):
        table.model._base_manager.filter(**{f"{table.path}__in": keys}).delete()


def _lines(path: Path) -> Iterator[Any]:
    with reading(path), lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


class _Loader:
    """Takes the lines of a part one by one, and writes rows a thousand at a time."""

    def __init__(self, mark: str, progress: Progress) -> None:
        self.mark, self.progress = mark, progress
        self.rows: list[Model] = []
        # The database's keys of what was written, in the snapshot's order; of what is shared, by what is unique of it.
        self.keys: dict[str, Any] = {}

    def take(self, line: Any) -> None:
        if isinstance(line, dict):
            self.flush()
            self.is_shared = "shared" in line
            self.label = line.get("shared") or line["table"]
            self.begin(line["columns"])
        else:
            self.rows.append(self.made(line))
            if len(self.rows) >= BATCH:
                self.flush()

    def begin(self, columns: list[str]) -> None:
        """Begin with the rows of another table."""
        from django.apps import apps

        self.model: Any = apps.get_model(self.label)
        self.keys[self.label] = {} if self.is_shared else []
        self.columns: list[tuple[str, Callable[[Any], Any]]] = []
        for _name, field, decode in tables.decoders(self.model, columns):
            if field.is_relation:
                decode = _key_of(self.keys[field.related_model._meta.label_lower])
            self.columns.append((field.attname, decode))

    def made(self, line: list[Any]) -> Model:
        cells = zip(self.columns, line, strict=True)
        row: Model = self.model(**{name: decode(value) for (name, decode), value in cells})
        if isinstance(row, Dataset):
            row.snapshot = self.mark
        return row

    def flush(self) -> None:
        """Write what was taken and not written yet."""
        if not self.rows:
            return
        if self.is_shared:
            self.find_or_write()
        else:
            self.keys[self.label] += [row.pk for row in self.model._base_manager.bulk_create(self.rows)]
            self.progress.advance(len(self.rows))
        self.rows = []

    def find_or_write(self) -> None:
        """What is shared may be there already."""
        name = tables.unique_field(self.model).attname
        values = [getattr(row, name) for row in self.rows]
        there = self.model._base_manager.filter(**{f"{name}__in": values})
        known = set(there.values_list(name, flat=True))
        self.model._base_manager.bulk_create([row for row in self.rows if getattr(row, name) not in known])
        self.keys[self.label] |= dict(there.values_list(name, "pk"))


def _key_of(keys: Any) -> Callable[[Any], Any]:
    """Return what gives the key of a row for its place in the snapshot, or of a shared one for what is unique of it."""
    return lambda place: None if place is None else keys[place]
