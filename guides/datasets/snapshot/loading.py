"""The shipped snapshot, into the database: each part in a transaction of its own, and never over a newer import."""

import json
import lzma
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists

from guides.publishing.content_version import content_changed

from ..faults import ImportFault, reading
from ..models import Dataset
from ..progress import Progress
from ..publisher import digest, publishers
from . import manifest, tables
from .manifest import Part

# What every database takes as it is. A reference is a place in the snapshot until its row is written.
PLAIN = {int, str, type(None)}
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
    names = {label: f"has_{table.model._meta.model_name}" for label, table in tables.tables().items()}
    has_rows = {names[label]: Exists(table.model._base_manager.all()) for label, table in tables.tables().items()}
    marked = Dataset.objects.exclude(snapshot="").annotate(**has_rows).values("snapshot", *has_rows)
    filled = {row["snapshot"]: {label for label, name in names.items() if row[name]} for row in marked}
    return [part for part in shipped if part.sha256 in filled and part.rows.keys() - filled[part.sha256]]


def load_part(part: Part, progress: Progress) -> None:
    """Load a part in place of what is here of its editions.

    All is read and packed before the database is touched: on SQLite, whoever writes waits for the transaction.
    """
    path = manifest.folder() / part.file
    if digest(path) != part.sha256:
        raise ImportFault(f"{path}: is not the file that {manifest.NAME} names: it is damaged or of another release.")
    read = _read(path)
    with transaction.atomic():
        # One at a time: what another process has loaded meanwhile is not loaded again.
        list(Dataset.objects.select_for_update().filter(form=part.publisher))
        if part not in wanted([part]):
            return
        _delete(part)
        keys: dict[str, Any] = {}
        for rows in read:
            keys[rows.label] = rows.got_or_written() if rows.is_shared else rows.written(keys, part.sha256)
        content_changed()
    progress.advance(sum(part.rows.values()))


def _delete(part: Part) -> None:
    """Delete what takes no place beside the part, the rows that refer to others first."""
    datasets = Dataset.objects.filter(form=part.publisher)
    if publishers()[part.publisher].edition_key is None:
        datasets = datasets.filter(edition__in=[edition.edition for edition in part.editions])
    keys = list(datasets.values_list("pk", flat=True))
    for table in reversed(tables.tables().values()) if keys else ():
        table.model._base_manager.filter(**{f"{table.path}__in": keys}).delete()


def _read(path: Path) -> list["_Rows"]:
    """Return the rows of a part's file, by table and as the database takes them but for their references."""
    read: list[_Rows] = []
    with reading(path), lzma.open(path, "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            if isinstance(line, dict):
                label = line.get("shared") or line["table"]
                read.append(_Rows(label, line["columns"], is_shared="shared" in line))
            else:
                read[-1].take(line)
    return read


class _Rows:
    """The rows of one table of a part."""

    def __init__(self, label: str, columns: list[str], *, is_shared: bool) -> None:
        self.label, self.is_shared = label, is_shared
        self.model: Any = apps.get_model(label)
        decoders = list(tables.decoders(self.model, columns))
        self.fields = [field for _name, field, _decode in decoders]
        self.decoders = [decode for _name, _field, decode in decoders]
        self.is_last = not is_shared and not self.model._meta.related_objects
        self.rows: list[list[Any]] = []

    def take(self, line: list[Any]) -> None:
        row = [decode(value) for decode, value in zip(self.decoders, line, strict=True)]
        if self.is_last:
            row = [
                value if type(value) in PLAIN else field.get_db_prep_save(value, connection)
                for field, value in zip(self.fields, row, strict=True)
            ]
        self.rows.append(row)

    def written(self, keys: dict[str, Any], mark: str) -> list[Any]:
        """Write them and return the database's keys of them, where others refer to them."""
        for place, field in enumerate(self.fields):
            if field.is_relation:
                known = keys[field.related_model._meta.label_lower]
                for row in self.rows:
                    row[place] = None if row[place] is None else known[row[place]]
        if self.is_last:
            self._insert()
            return []
        names = [field.attname for field in self.fields]
        instances = [self.model(**dict(zip(names, row, strict=True))) for row in self.rows]
        for row in instances:
            if isinstance(row, Dataset):
                row.snapshot = mark
        return [row.pk for row in self.model._base_manager.bulk_create(instances)]

    def _insert(self) -> None:
        """Write rows whose keys nobody asks for: ten times as fast as by the ORM, which would hold others up."""
        others = [field for field in tables.fields(self.model) if field not in self.fields]
        defaults = [field.get_db_prep_save(field.get_default(), connection) for field in others]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in [*self.fields, *others])
        values = ", ".join(["%s"] * (len(self.fields) + len(others)))
        insert = f"INSERT INTO {quote(self.model._meta.db_table)} ({columns}) VALUES ({values})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(insert, [[*row, *defaults] for row in self.rows])

    def got_or_written(self) -> dict[Any, Any]:
        """Write what editions share and is not there already; return the database's keys by what is unique of each."""
        unique = tables.unique_field(self.model)
        place = self.fields.index(unique)
        there = self.model._base_manager.filter(**{f"{unique.name}__in": [row[place] for row in self.rows]})
        known = set(there.values_list(unique.name, flat=True))
        names = [field.attname for field in self.fields]
        new = [self.model(**dict(zip(names, row, strict=True))) for row in self.rows if row[place] not in known]
        self.model._base_manager.bulk_create(new)
        return dict(there.values_list(unique.name, "pk"))
