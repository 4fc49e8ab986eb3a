"""What an import found, into the database: all of it or nothing, and nothing where nothing is new."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from .faults import ImportFault
from .models import Dataset, ImportedObservation
from .progress import Progress

BATCH = 500

Row = TypeVar("Row")


@dataclass
class Found:
    """What was read from a file, and what of it was left out and why."""

    form: str
    edition: str
    observations: list[ImportedObservation] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    unmapped: list[str] = field(default_factory=list)


@dataclass
class Summary:
    """What storing did, in numbers of rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __str__(self) -> str:
        parts = [f"{self.added:,} added", f"{self.changed:,} changed", f"{self.unchanged:,} as before"]
        return ", ".join([*parts, f"{self.removed:,} removed"] if self.removed else parts)

    @property
    def is_news(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def edition_of(form: str, edition: str, file_name: str) -> Dataset:
    """Return the edition's row, held until the transaction ends; new where it is the first import."""
    Dataset.objects.get_or_create(form=form, edition=edition, defaults={"file_name": file_name})
    return Dataset.objects.select_for_update().get(form=form, edition=edition)


def stamp(dataset: Dataset, file_name: str, *summaries: Summary) -> None:
    """Say when and from which file the edition was last changed; a run that changes nothing leaves no trace."""
    if any(summary.is_news for summary in summaries):
        dataset.file_name, dataset.imported_at = file_name, timezone.now()
        dataset.save(update_fields=["file_name", "imported_at"])


def refuse_cut_off(file_name: str, gone: int, before: int, what: str) -> None:
    """Refuse a file that has lost more than a tenth of what its edition had: no publisher corrects so much."""
    if gone * 10 > before:
        raise ImportFault(f"{file_name}: lacks {gone:,} of the {before:,} {what} that this edition has: cut off?")


@transaction.atomic
def store(imported: Found, file_name: str, progress: Progress) -> Summary:
    """Store the observations found and return a Summary. What the same edition's file no longer has is removed."""
    dataset = edition_of(imported.form, imported.edition, file_name)
    known = {row.key: row for row in dataset.observations.all()}
    before_all, summary, new, changed = len(known), Summary(), [], []
    for row in imported.observations:
        row.dataset, before = dataset, known.pop(row.key, None)
        if before is None:
            new.append(row)
        elif before.content != row.content:
            row.pk = before.pk
            changed.append(row)
        else:
            summary.unchanged += 1
    refuse_cut_off(file_name, len(known), before_all, "figures")
    summary.added, summary.changed, summary.removed = len(new), len(changed), len(known)
    progress.total = len(new) + len(changed)
    dataset.observations.filter(pk__in=[row.pk for row in known.values()]).delete()
    in_batches(new, ImportedObservation.objects.bulk_create, progress)
    in_batches(
        changed, lambda rows: ImportedObservation.objects.bulk_update(rows, ImportedObservation.CONTENT), progress
    )
    stamp(dataset, file_name, summary)
    return summary


def in_batches(rows: list[Row], write: Callable[[list[Row]], Any], progress: Progress) -> None:
    """Write rows a few hundred at a time."""
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        write(batch)
        progress.advance(len(batch))
