"""What an import found, into the database: all of it or nothing, and nothing where nothing is new."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from guides.publishing.content_version import content_changed

from .faults import ImportFault
from .models import Dataset, ImportedFile, ImportedObservation
from .progress import Progress
from .publisher import Publisher

BATCH = 500

Row = TypeVar("Row", bound=Model)
One = TypeVar("One")


@dataclass
class FileContent:
    """What was read from a file, what of it was left out and why, and what the person who imports it should know."""

    file_name: str
    edition: str
    observations: list[ImportedObservation] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    # The publisher's files that it was read from, each with its SHA-256.
    files: dict[str, str] = field(default_factory=dict)


@dataclass
class Summary:
    """What storing did to one kind of rows, in numbers, and in lines that say what stood there and what stands now."""

    what: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    lines: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"{self.added:,} added", f"{self.changed:,} changed", f"{self.unchanged:,} as before"]
        counts = ", ".join([*parts, f"{self.removed:,} removed"] if self.removed else parts)
        return f"{self.what}: {counts}"

    @property
    def is_news(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@transaction.atomic
def store(publisher: Publisher, file_content: FileContent, progress: Progress) -> list[Summary]:
    """Keep what was found and return what that did.

    Pages that show imported data are made anew where anything changed. Raises ImportFault.
    """
    dataset, _new = Dataset.objects.get_or_create(
        form=publisher.slug, edition=file_content.edition, defaults={"file_name": file_content.file_name}
    )
    # Held until the transaction ends: two imports of one edition never mix.
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    summaries = (publisher.store or store_figures)(dataset, file_content, progress)
    if any(summary.is_news for summary in summaries):
        # From now on it is somebody's import, which no release's snapshot goes over.
        dataset.file_name, dataset.imported_at, dataset.snapshot = file_content.file_name, timezone.now(), ""
        dataset.save(update_fields=["file_name", "imported_at", "snapshot"])
        for name, sha256 in file_content.files.items():
            ImportedFile.objects.update_or_create(dataset=dataset, name=name[-255:], defaults={"sha256": sha256})
        content_changed()
    return summaries


def refuse_cut_off(file_name: str, gone: int, before: int, what: str) -> None:
    """Refuse a file that has lost more than a tenth of what its edition had: no publisher corrects so much."""
    if gone * 10 > before:
        raise ImportFault(f"{file_name}: lacks {gone:,} of the {before:,} {what} that this edition has: cut off?")


def refuse_older(slug: str, edition: str, allowed: bool) -> None:
    """Refuse an edition older than one of that publisher that is here, unless it was asked for."""
    newer = Dataset.objects.filter(form=slug, edition__gt=edition).order_by("-edition").first()
    if newer and not allowed:
        raise ImportFault(f"{edition} is older than {newer.edition}, which is here already: add --older to import it.")


def store_figures(
    dataset: Dataset, file_content: FileContent, progress: Progress, kept: QuerySet[ImportedObservation] | None = None
) -> list[Summary]:
    """Keep the observations found. What the same edition's file no longer has of those `kept` is removed."""

    def tell(before: ImportedObservation, row: ImportedObservation) -> str:
        return f"{row.codes or row.entry} {row} ({row.get_statistic_display()}): {before.says} -> {row.says}"

    key = ImportedObservation.KEY
    kept = dataset.observations.all() if kept is None else kept
    return [
        store_rows(
            dataset, file_content.observations, kept, key, file_content.file_name, progress, what="figures", tell=tell
        )
    ]


def differences(before: Model, row: Model) -> str:
    """Return which fields of a row change, with what they said and what they say."""
    fields = (field for field in row._meta.concrete_fields if not field.primary_key and field.name != "dataset")
    pairs = ((field.verbose_name, getattr(before, field.attname), getattr(row, field.attname)) for field in fields)
    return f"{row}: " + ", ".join(f"{name} {was} -> {now}" for name, was, now in pairs if was != now)


def store_rows(
    dataset: Dataset,
    rows: Iterable[Row],
    kept: QuerySet[Row],
    key: Sequence[str],
    file_name: str,
    progress: Progress,
    *,
    what: str = "",
    tell: Callable[[Row, Row], str] = differences,
) -> Summary:
    """Keep `rows` in place of those `kept` of the edition, and return a Summary.

    `key` names the fields that tell a row from the others; `tell` says in a line what changes of a row.
    """
    what = what or str(kept.model._meta.verbose_name_plural)
    fields = [field.attname for field in kept.model._meta.concrete_fields if not field.primary_key]
    content = [name for name in fields if name not in (*key, "dataset_id")]
    key_of, content_of = values_of(key), values_of(content)
    known = {key_of(row): row for row in kept}
    before_all, summary, new, changed = len(known), Summary(what), [], []
    for row in rows:
        row.dataset, before = dataset, known.pop(key_of(row), None)  # type: ignore[attr-defined]
        if before is None:
            row.pk = None  # it may have had one in a dry run
            new.append(row)
        elif content_of(before) != content_of(row):
            row.pk = before.pk
            changed.append(row)
            summary.lines.append(tell(before, row))
        else:
            summary.unchanged += 1
    refuse_cut_off(file_name, len(known), before_all, what)
    summary.lines += [f"{row}: no longer there" for row in known.values()]
    summary.added, summary.changed, summary.removed = len(new), len(changed), len(known)
    progress.total = len(new) + len(changed)
    kept.model._default_manager.filter(pk__in=[row.pk for row in known.values()]).delete()
    in_batches(new, kept.model._default_manager.bulk_create, progress)
    in_batches(changed, lambda batch: kept.model._default_manager.bulk_update(batch, content), progress)
    return summary


def values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that gives those attributes of a row as a tuple, for one name too."""
    return attrgetter(*names) if len(names) > 1 else lambda row: (getattr(row, names[0]),)


def in_batches(rows: list[One], write: Callable[[list[One]], Any], progress: Progress) -> None:
    """Write rows a few hundred at a time."""
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        write(batch)
        progress.advance(len(batch))
