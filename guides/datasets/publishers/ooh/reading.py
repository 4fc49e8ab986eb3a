"""The Handbook's files, in either form: a table of its entries, or the publisher's XML compilation."""

from collections import Counter
from pathlib import Path

from ...faults import ImportFault, reading
from ...files import tables, workbooks
from ...models import Dataset, HandbookEntry
from ...progress import Progress
from ...publisher import size
from ...storing import FileContent, Summary, refuse_older, store_figures
from .. import bureau
from . import compilation, table
from .figures import parse_figures, parse_names


def read(path: Path, progress: Progress, pay_period: str | None = None, older: bool = False) -> FileContent:
    """Return what the file at `path` says. Raises ImportFault."""
    progress.total = size(path)
    with reading(path), path.open("rb") as file:
        start = file.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(tables.WORKBOOK):
        with workbooks.opened(path) as workbook:
            bureau.refuse_other_workbook(path, workbook, "import_ooh")
        raise ImportFault(f"{path}: is an Excel workbook, where a table in text or the publisher's XML is wanted.")
    form = compilation if start.startswith(b"<") else table
    content: FileContent | None = None
    slugs: set[str] = set()
    unmapped: list[str] = []
    empty: Counter[str] = Counter()
    mapped = set(HandbookEntry.objects.values_list("slug", flat=True))
    for where, row, timing in form.entries(path, pay_period, progress):
        if content is None:
            content = FileContent(path.name, timing.projection)
            refuse_older("ooh", content.edition, older)
        common = parse_names(row, where)
        if common["entry"] in slugs:
            raise ImportFault(f"{where}: the entry {common['entry']} stands twice.")
        slugs.add(common["entry"])
        if not common["codes"] and common["entry"] not in mapped:
            unmapped.append(common["entry"])
        observations = list(parse_figures(row, where, common, timing))
        empty["entries without any figure"] += not observations
        content.observations += observations
    if content is None:
        raise ImportFault(f"{path}: has no rows.")
    content.skipped = +empty
    if unmapped:
        content.notes.append(tell_unmapped(unmapped))
    return content


def tell_unmapped(entries: list[str]) -> str:
    """Return the sentence on entries without a code, for editors to map."""
    titles = ", ".join([*entries[:5], "..."] if len(entries) > 5 else entries)
    return (
        f"Without an occupation code, so that no figure is held against them: {len(entries)} ({titles}). "
        "Add codes to the Handbook entries in the admin."
    )


def store(dataset: Dataset, content: FileContent, progress: Progress) -> list[Summary]:
    """Keep the figures found; what the form at hand has no place for stays as the other form gave it."""
    kinds = {(row.measure, row.unit, row.period) for row in content.observations}
    others = [row.pk for row in dataset.observations.all() if (row.measure, row.unit, row.period) not in kinds]
    return store_figures(dataset, content, progress, dataset.observations.exclude(pk__in=others))
