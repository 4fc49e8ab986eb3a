"""The workbook occupation.xlsx: tables 1.2, 1.10 and 1.12, found by their headers and held against each other."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ... import codes, periods
from ...faults import ImportFault
from ...files import cells, workbooks
from ...files.cells import Cell
from ...files.columns import Column
from ...models import Projection, UtilizationFactor
from ...progress import Progress
from ...storing import FileContent, refuse_older
from .. import bureau
from . import columns
from .figures import observations

if TYPE_CHECKING:
    from openpyxl import Workbook

# The publisher's sign for what does not apply, or is not published.
NOT_APPLICABLE = ("—", "–", "-")
# Jobs stand in thousands with one digit: a sum of rounded numbers may be off by one in the last.
THOUSAND, ROUNDING = 1000, 100
SPAN = re.compile(r"Employment change, numeric, (20\d\d)[–-](?:20)?(\d\d)")


@dataclass
class Workforce(FileContent):
    """What was read: a projection for each occupation code, and why its use changes."""

    projections: dict[str, Projection] = field(default_factory=dict)
    factors: list[UtilizationFactor] = field(default_factory=list)


def read(path: Path, progress: Progress, older: bool = False) -> Workforce:
    """Return what the workbook at `path` says. Raises ImportFault."""
    with workbooks.opened(path) as workbook:
        bureau.refuse_other_workbook(path, workbook, "import_projections")
        start, end = find_years(path, workbook)
        content = Workforce(path.name, periods.span(start, end))
        refuse_older("projections", content.edition, older)
        for where, row in _rows(path, workbook, columns.projections(start, end), progress):
            _take_projection(content, row, where)
        _take_separations(content, _rows(path, workbook, columns.separations(start, end), progress))
        for where, row in _rows(path, workbook, columns.FACTORS, progress):
            _take_factor(content, row, where)
    if not content.projections or not content.factors:
        raise ImportFault(f"{path}: its tables 1.2 and 1.12 have no rows.")
    for projection in content.projections.values():
        content.observations += observations(projection, str(start), content.edition)
    return content


def find_years(path: Path, workbook: "Workbook") -> tuple[int, int]:
    """Return the first and the last year of the edition, as the tables' headers have them."""
    spans = {match.groups() for text in workbooks.words(path, workbook) if (match := SPAN.search(text))}
    if not spans:
        sheets = ", ".join(workbook.sheetnames)[:120]
        raise ImportFault(f"{path}: is not the workbook of the Employment Projections; its sheets are: {sheets}.")
    if len(spans) > 1:
        raise ImportFault(f"{path}: its tables are of different years, so it is not one edition.")
    start, end = spans.pop()
    return int(start), int(start[:2] + end)


def _rows(
    path: Path, workbook: "Workbook", wanted: list[Column], progress: Progress
) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    """Yield `(where, row)` of a table; the notes below it, which stand in the first column alone, are left out."""
    sheet, recognized, rows = workbooks.find_table(path, workbook, wanted)
    for number, values in rows:
        progress.advance()
        if any(value not in (None, "") for value in values[1:]):
            yield f"{path}: sheet {sheet.title!r}, row {number}", recognized.pick(values, None)


def _take_projection(content: Workforce, row: Mapping[str, Cell], where: str) -> None:
    """Take up a row of table 1.2."""
    code, kind = _code(row, where), _text(row, columns.KIND)
    if code in content.projections:
        raise ImportFault(f"{where}: {code} stands twice in the table.")
    if kind not in ("Summary", "Line item"):
        raise ImportFault(f"{where}, column {columns.KIND.name}: {cells.quoted(kind)} is no Summary and no Line item.")
    base, ahead, change = (_jobs(row, name, where) for name in (columns.BASE, columns.AHEAD, columns.CHANGE.name))
    if base is not None and ahead is not None and change is not None and abs(ahead - base - change) > ROUNDING:
        raise ImportFault(f"{where}: {change:,} is not the change from {base:,} jobs to {ahead:,}.")
    content.projections[code] = Projection(
        code=code,
        title=_words(row, columns.TITLE, where, 200),
        is_group=kind == "Summary",
        employment=base,
        projected_employment=ahead,
        change=change,
        change_percent=_percent(row, columns.PERCENT, where),
        self_employed_percent=_percent(row, columns.SELF_EMPLOYED, where),
        openings=_jobs(row, columns.OPENINGS.name, where),
        education=_words(row, columns.EDUCATION, where, 80),
        experience=_words(row, columns.EXPERIENCE, where, 80),
        training=_words(row, columns.TRAINING, where, 80),
    )


def _take_separations(content: Workforce, rows: Iterator[tuple[str, Mapping[str, Cell]]]) -> None:
    """Take up table 1.10, which must be of the same occupations and jobs as table 1.2."""
    missing = set(content.projections)
    for where, row in rows:
        code = _code(row, where)
        projection = content.projections.get(code)
        if projection is None or _jobs(row, columns.BASE, where) != projection.employment:
            raise ImportFault(f"{where}: {code} is not the same there and in table 1.2.")
        exits, transfers = _jobs(row, columns.EXITS.name, where), _jobs(row, columns.TRANSFERS.name, where)
        both = _jobs(row, columns.SEPARATIONS.name, where)
        if (
            exits is not None
            and transfers is not None
            and both is not None
            and abs(exits + transfers - both) > ROUNDING
        ):
            raise ImportFault(f"{where}: {both:,} is not {exits:,} who leave work with {transfers:,} who change.")
        projection.exits, projection.transfers = exits, transfers
        missing.discard(code)
    if missing:
        raise ImportFault(f"{content.file_name}: table 1.10 lacks {len(missing)} occupations of table 1.2: cut off?")


def _take_factor(content: Workforce, row: Mapping[str, Cell], where: str) -> None:
    """Take up a row of table 1.12."""
    code, text = _code(row, where), _words(row, columns.FACTOR, where, 600)
    if code not in content.projections:
        raise ImportFault(f"{where}: {code} is not in table 1.2.")
    content.factors.append(
        UtilizationFactor(
            code=code,
            industry_code=_words(row, columns.INDUSTRY_CODE, where, 12),
            industry=_words(row, columns.INDUSTRY, where, 200),
            kind=re.split(r"\s*-+ ", text, maxsplit=1)[0][:120],
            text=text,
        )
    )


def _code(row: Mapping[str, Cell], where: str) -> str:
    code = _text(row, columns.CODE)
    if not codes.is_known(code):
        raise ImportFault(f"{where}, column {columns.CODE.name}: {cells.quoted(code)} is not an occupation code.")
    return code


def _text(row: Mapping[str, Cell], column: Column) -> str:
    cell = row[column.name]
    return "" if cell is None else str(cell).strip()


def _words(row: Mapping[str, Cell], column: Column, where: str, length: int) -> str:
    """Return a cell's words, '' where they do not apply. A cell that is empty or too long is refused."""
    text = _text(row, column)
    if not text or len(text) > length:
        raise ImportFault(f"{where}, column {column.name}: a text of 1 to {length} characters is needed.")
    return "" if text in NOT_APPLICABLE else text


def _jobs(row: Mapping[str, Cell], name: str, where: str) -> int | None:
    """Return a number of jobs, which stands in thousands; None where it does not apply."""
    if str(row[name]).strip() in NOT_APPLICABLE:
        return None
    return cells.number_at(where, name, row[name], times=THOUSAND)[0]


def _percent(row: Mapping[str, Cell], column: Column, where: str) -> Decimal | None:
    """Return a percentage with one digit; None where it does not apply."""
    if _text(row, column) in NOT_APPLICABLE:
        return None
    tenths, _mark = cells.number_at(where, column.name, row[column.name], times=10)
    return None if tenths is None else Decimal(tenths) / 10
