"""What an import found, into the database: all of it or nothing, and nothing where nothing is new."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from guides.publishing.content_version import content_changed

from .faults import ImportFault
from .models import Dataset, ImportedObservation
from .progress import Progress
from .publisher import Publisher

BATCH = 500

Row = TypeVar("Row")


@dataclass
class Found:
    """What was read from a file, what of it was left out and why, and what the person who imports it should know."""

    file_name: str
    edition: str
    observations: list[ImportedObservation] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


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
def store(publisher: Publisher, found: Found, progress: Progress, *, dry_run: bool = False) -> list[Summary]:
    """Keep what was found and return what that did; with `dry_run` all of it is taken back again.

    Pages that show imported data are made anew where anything changed. Raises ImportFault.
    """
    dataset, _new = Dataset.objects.get_or_create(
        form=publisher.slug, edition=found.edition, defaults={"file_name": found.file_name}
    )
    # Held until the transaction ends: two imports of one edition never mix.
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    summaries = (publisher.store or store_figures)(dataset, found, progress)
    if any(summary.is_news for summary in summaries):
        dataset.file_name, dataset.imported_at = found.file_name, timezone.now()
        dataset.save(update_fields=["file_name", "imported_at"])
        content_changed()
    if dry_run:
        transaction.set_rollback(True)
    return summaries


def refuse_cut_off(file_name: str, gone: int, before: int, what: str) -> None:
    """Refuse a file that has lost more than a tenth of what its edition had: no publisher corrects so much."""
    if gone * 10 > before:
        raise ImportFault(f"{file_name}: lacks {gone:,} of the {before:,} {what} that this edition has: cut off?")


def store_figures(dataset: Dataset, found: Found, progress: Progress) -> list[Summary]:
    """Keep the observations found. What the same edition's file no longer has is removed."""
    known = {row.key: row for row in dataset.observations.all()}
    before_all, summary, new, changed = len(known), Summary("figures"), [], []
    for row in found.observations:
        row.dataset, before = dataset, known.pop(row.key, None)
        if before is None:
            new.append(row)
        elif before.content != row.content:
            row.pk = before.pk
            changed.append(row)
            summary.lines.append(f"{told(row)}: {before.says} -> {row.says}")
        else:
            summary.unchanged += 1
    refuse_cut_off(found.file_name, len(known), before_all, "figures")
    summary.lines += [f"{told(row)}: {row.says} -> no longer there" for row in known.values()]
    summary.added, summary.changed, summary.removed = len(new), len(changed), len(known)
    progress.total = len(new) + len(changed)
    dataset.observations.filter(pk__in=[row.pk for row in known.values()]).delete()
    in_batches(new, ImportedObservation.objects.bulk_create, progress)
    in_batches(
        changed, lambda rows: ImportedObservation.objects.bulk_update(rows, ImportedObservation.CONTENT), progress
    )
    return [summary]


def told(row: ImportedObservation) -> str:
    """Return the name of a figure as the list of changes gives it."""
    return f"{row.codes or row.entry} {row} ({row.get_statistic_display()})"


def in_batches(rows: list[Row], write: Callable[[list[Row]], Any], progress: Progress) -> None:
    """Write rows a few hundred at a time."""
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        write(batch)
        progress.advance(len(batch))
