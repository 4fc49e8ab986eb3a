"""A snapshot of what was imported, written anew: the same data gives the same bytes."""

import json
import lzma
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.utils.text import slugify

from ..faults import ImportFault
from ..models import Dataset
from ..progress import Progress
from ..publisher import digest
from . import manifest, tables
from .manifest import Edition, Part, SourceFile

PIECE = 2_000
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]


def make(progress: Progress) -> list[Part]:
    """Write all that was imported into the snapshot's folder in place of what it holds, and return its parts.

    Raises ImportFault where it is larger than the project ships, or where an edition does not say what it was read
    from; then the old one stays.
    """
    folder = manifest.folder()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as drafts:
        parts = [_make_part(Path(drafts), datasets, progress) for datasets in _grouped()]
        if not parts:
            raise ImportFault("Nothing was imported: there is nothing to make a snapshot of.")
        size = sum(part.size for part in parts)
        if size > manifest.LARGEST:
            raise ImportFault(
                f"The snapshot is {size:,} bytes, {size - manifest.LARGEST:,} more than the project ships."
            )
        for part in parts:
            Path(drafts, part.file).replace(folder / part.file)
    manifest.write(parts)
    for old in set(folder.glob("*.xz")) - {folder / part.file for part in parts}:
        old.unlink()
    return parts


def _grouped() -> Iterator[list[Dataset]]:
    """Yield the editions that make a part each: one, or all of a publisher of whom the newest takes the place."""
    datasets = Dataset.objects.installed().prefetch_related("files").order_by("form", "edition")
    for _form, group in groupby(datasets, key=lambda dataset: dataset.form):
        of_one = list(group)
        yield from [of_one] if of_one[0].publisher.edition_key else [[dataset] for dataset in of_one]


def _make_part(folder: Path, datasets: list[Dataset], progress: Progress) -> Part:
    names = [datasets[0].form, *([slugify(datasets[0].edition)] if len(datasets) == 1 else [])]
    path = folder / f"{'-'.join(names)}.jsonl.xz"
    with lzma.open(path, "wt", filters=FILTERS, encoding="utf-8") as file:
        rows = _write(file, datasets, progress)
    editions = tuple(map(_edition, datasets))
    return Part(path.name, digest(path), path.stat().st_size, rows, editions)


def _edition(dataset: Dataset) -> Edition:
    files = tuple(SourceFile(file.name, file.sha256) for file in dataset.files.all())
    if not files:
        raise ImportFault(f"{dataset}: does not say which files it was read from: import it again.")
    publisher = dataset.publisher
    terms = publisher.licence, publisher.licence_url, publisher.credit_line(dataset.edition)
    return Edition(dataset.form, dataset.edition, files, *terms)


def _write(file: IO[str], datasets: list[Dataset], progress: Progress) -> dict[str, int]:
    """Write every row of these editions, and return how many there are by table."""
    # Places of rows by the key that the database has for them.
    places: dict[str, dict[Any, int]] = {}
    counts: dict[str, int] = {}
    keys = [dataset.pk for dataset in datasets]
    for label, table in tables.tables().items():
        rows = table.model._base_manager.filter(**{f"{table.path}__in": keys})
        if not rows.exists():
            # A new table of the app leaves the parts that have nothing in it as they were.
            continue
        order = "edition" if table.model is Dataset else "pk"
        shared = {other: _write_shared(file, other, rows) for other in tables.shared(table.model)}
        fields = tables.fields(table.model)
        _put(file, {"table": label, "columns": [field.name for field in fields]})
        places[label] = {}
        columns = rows.order_by(order).values_list("pk", *(field.attname for field in fields))
        for number, values in enumerate(columns.iterator(PIECE)):
            places[label][values[0]] = number
            _put(file, [_value(field, value, places, shared) for field, value in zip(fields, values[1:], strict=True)])
            progress.advance()
        counts[label] = len(places[label])
    return counts


def _write_shared(file: IO[str], model: Any, rows: Any) -> dict[Any, Any]:
    """Write what these rows refer to and share with other editions; return what is unique of each by its key."""
    unique, fields = tables.unique_field(model), tables.fields(model)
    name = next(field.name for field in rows.model._meta.concrete_fields if field.related_model is model)
    used = model._base_manager.filter(pk__in=rows.order_by().values(name)).order_by(unique.name)
    _put(file, {"shared": model._meta.label_lower, "columns": [field.name for field in fields]})
    for values in used.values_list(*(field.attname for field in fields)):
        _put(file, [tables.encoded(field, value) for field, value in zip(fields, values, strict=True)])
    return dict(used.values_list("pk", unique.attname))


def _value(field: Any, value: Any, places: dict[str, dict[Any, int]], shared: dict[Any, dict[Any, Any]]) -> Any:
    if value is None or not field.is_relation:
        return tables.encoded(field, value)
    if field.related_model in shared:
        return shared[field.related_model][value]
    return places[field.related_model._meta.label_lower][value]


def _put(file: IO[str], line: Any) -> None:
    file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
