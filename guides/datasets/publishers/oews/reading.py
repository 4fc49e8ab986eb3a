"""The survey's files: the publisher's workbooks, and tables cut down to means."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ... import areas, periods
from ...faults import ImportFault
from ...files import tables, workbooks
from ...files.cells import Cell
from ...models.wages import NUMBERS, Area
from ...progress import Progress
from ...publisher import size
from ...storing import FileContent
from .. import bureau
from .figures import observations
from .rows import COLUMN_OF, COLUMNS, MEANS, Estimate, Place, find_code, find_estimate, find_place, is_of_all_industries

if TYPE_CHECKING:
    from openpyxl import Workbook

Rows = Iterator[tuple[str, Mapping[str, Cell]]]
STATE_KINDS = (Area.Kind.STATE, Area.Kind.TERRITORY)


@dataclass
class Survey(FileContent):
    """What was read: an Estimate for each area and occupation code, and which of NUMBERS the file has columns for."""

    columns: frozenset[str] = frozenset()
    places: dict[str, Place] = field(default_factory=dict)
    estimates: dict[tuple[str, str], Estimate] = field(default_factory=dict)

    @property
    def kinds(self) -> set[str]:
        """The kinds of area that the file has rows of. Those of states and territories come in one file."""
        kinds = {place.kind for place in self.places.values()}
        return kinds | set(STATE_KINDS) if kinds & set(STATE_KINDS) else kinds


def read(path: Path, progress: Progress, period: str | None = None) -> Survey:
    """Return what the file at `path` says of all industries together. Raises ImportFault.

    `period` such as 'May 2024' is found in the file, or in its name, where it is not given.
    """
    if path.suffix.casefold() in (".csv", ".txt"):
        return _read_table(path, progress, period)
    with workbooks.opened(path) as workbook:
        bureau.refuse_other_workbook(path, workbook, "import_oews")
        sheet, recognized, rows = workbooks.find_table(path, workbook, COLUMNS)
        survey = _start(path, period or find_period(path, workbook), recognized.places)
        place = f"{path}: sheet {sheet.title!r}"
        _fill(survey, ((f"{place}, row {number}", recognized.pick(cells, None)) for number, cells in rows), progress)
    _check(survey, place, [sheet.title, path.name])
    return survey


def _read_table(path: Path, progress: Progress, period: str | None) -> Survey:
    """Return what a text file says, with commas or semicolons between its cells."""
    progress.total = size(path)
    survey: Survey | None = None
    delimiter = tables.find_delimiter(path)
    for number, row, recognized in tables.rows(path, MEANS, delimiter, progress, may_end_open=True):
        if survey is None:
            survey = _start(path, period or _one_period(path, [path.name]), recognized.places)
        _fill(survey, iter([(f"{path}: line {number}", row)]))
    if survey is None:
        raise ImportFault(f"{path}: has no rows.")
    _check(survey, str(path), [path.name])
    return survey


def _start(path: Path, period: str, columns: Mapping[str, int]) -> Survey:
    if periods.form(period) != periods.MONTH:
        raise ImportFault(f"{period!r} is not a survey's period: give it as in --period 'May 2024'.")
    return Survey(path.name, period, columns=frozenset(name for name in NUMBERS if COLUMN_OF[name] in columns))


def _fill(survey: Survey, rows: Rows, progress: Progress | None = None) -> None:
    """Take up the rows of all industries together; a code may stand twice only with the same numbers."""
    for where, row in rows:
        if progress:
            progress.advance()
        if not is_of_all_industries(row):
            survey.skipped["rows of single industries"] += 1
            continue
        place, code, estimate = find_place(row, where), find_code(row, where), find_estimate(row, where)
        survey.places.setdefault(place.code, place)
        if survey.estimates.setdefault((place.code, code), estimate)[1:] != estimate[1:]:
            of = "" if place.kind == Area.Kind.NATION else f" for {place.name}"
            raise ImportFault(f"{where}: {code} stands twice{of} in the sheet with different figures.")


def _check(survey: Survey, where: str, names: list[str]) -> None:
    """Refuse a file without rows of an area, or a state file without states; count the figures of the nation."""
    if not survey.estimates:
        raise ImportFault(f"{where} has no rows for the United States or a state.")
    states = {place.code for place in survey.places.values() if place.kind in STATE_KINDS}
    if not states and any(name.casefold().startswith("state") for name in names):
        raise ImportFault(f"{where} is named a file of states and has no row of a state.")
    if states and (missing := [state.name for state in areas.STATES if state.code not in states]):
        listed = ", ".join([*missing[:5], "..."] if len(missing) > 5 else missing)
        survey.notes.append(f"Without rows for {len(missing)} of {len(areas.STATES)} states and territories: {listed}.")
    for (area, code), estimate in survey.estimates.items():
        if area == areas.NATION_CODE:
            survey.observations += observations(code, estimate, survey.edition)


def find_period(path: Path, workbook: "Workbook") -> str:
    """Return the survey's month: sheets are named national_M2024_dl, and a note says 'May 2024'."""
    return _one_period(path, [*workbooks.words(path, workbook), path.name])


def _one_period(path: Path, texts: list[str]) -> str:
    years: set[str] = set()
    for text in texts:
        years |= set(re.findall(r"(?:\bMay |_M_?)(20\d\d)(?!\d)", text))
    if len(years) != 1:
        raise ImportFault(f"{path}: does not say which May it is of: add --period, such as --period 'May 2024'.")
    return f"May {years.pop()}"
