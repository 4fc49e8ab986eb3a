"""The comparison as one table: a row a measure, a column a career, what differs marked, and which one fits whom."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guides.models import Observation

from .. import formats
from ..models import Figure
from ..registry import ComparedRow
from . import charts
from .comparison import GuideCell, MeasureRow, WayIn
from .reader import Reading

Measure = Figure.Measure
Whose = TypeVar("Whose")
# Measures of which the greatest number stands out, and how that is said in a cell.
# The first of several employers with their shares, and what is kept of a cost in words: the rest stands in the notes.
FIRST_SHARE = re.compile(r".*?[\d.]+\s?%")
LONGEST_COST = 40
GREATEST = {Measure.PAY: _("highest"), Measure.HOURLY: _("highest"), Measure.OPENINGS: _("most")}


@dataclass(frozen=True)
class TableCell:
    """What one career says to one measure. `says` stands where there is no observation; `standing` sets it apart.

    `short` is the beginning of a long answer, which then stands whole in the notes of the row.
    """

    title: str
    observation: Observation | None = None
    bar: charts.Bar | None = None
    strip: charts.Strip | None = None
    history_url: str = ""
    says: str = ""
    standing: str = ""
    short: str = ""


@dataclass
class TableRow:
    """One measure across the careers. `source` is what all cells have, if one; `notes` say what keeps them apart."""

    label: str | Promise
    cells: list[TableCell]
    ticks: Sequence[str] = ()
    source: str = ""
    notes: list[str] = field(default_factory=list)
    is_same: bool = False


def of_measure(row: MeasureRow) -> TableRow:
    """Return the row of one figure."""
    cells = [_cell(cell) for cell in row.cells]
    observations = [cell.observation for cell in cells if cell.observation]
    sources = {f"{each.source.short_name}, {formats.dashes(each.period)}" for each in observations}
    source = sources.pop() if len(sources) == 1 else ""
    same = _is_same([formats.amount(each) for each in observations], len(cells))
    cells = cells if same else _standing(cells)
    notes = [note for note in (row.note, *row.differences, *_in_full(cells)) if note]
    return TableRow(row.label, cells, row.ticks, source, notes, same)


def _cell(cell: GuideCell) -> TableCell:
    found = cell.observation
    shares = FIRST_SHARE.match(found.text) if found and found.figure.measure == Measure.EMPLOYERS else None
    short = shares[0] if shares and found and shares[0] != found.text else ""
    return TableCell(cell.reading.title, found, cell.bar, cell.strip, cell.history_url, cell.says, short=short)


def _in_full(cells: Sequence[TableCell]) -> list[str]:
    """Return what the cells say of which only the beginning stands in the table, each with its career."""
    said = [
        (cell.title, formats.amount(cell.observation) if cell.observation else cell.says)
        for cell in cells
        if cell.short
    ]
    return [f"{title}: {text.rstrip('.')}." for title, text in said]


def _cost(reading: Reading, cost: str) -> TableCell:
    """Return the cell of a cost; of several in words, the first stands in the table."""
    first, *others = re.split(r";\s*", cost)
    return TableCell(reading.title, says=cost, short=first if others and len(cost) > LONGEST_COST else "")


def _is_same(said: Sequence[str], count: int) -> bool:
    """Whether all the careers say one thing."""
    return len(said) == count and len(set(said)) == 1


def _standing(cells: list[TableCell]) -> list[TableCell]:
    """Return the cells with the greatest number marked, where one alone is and all are of one statistic."""
    given = [cell.observation for cell in cells if cell.observation]
    figures = [each.figure for each in given]
    word = GREATEST.get(Measure(figures[0].measure)) if figures else None
    if word is None or len({(figure.statistic, figure.unit) for figure in figures}) > 1 or len(given) < 2:
        return cells
    best = _only([(cell, cell.observation) for cell in cells if cell.observation])
    return [replace(cell, standing=word) if best and cell is best[0] else cell for cell in cells]


def of_ways(readings: Sequence[Reading], ways: charts.Chart[WayIn]) -> list[TableRow]:
    """Return the rows of the time and the money that it takes to get ready; only written guides know them."""
    known = {way.reading.guide.slug: way for way in ways.rows}
    each = [(reading, known.get(reading.guide.slug)) for reading in readings]
    unknown = _("not known")
    months = [
        TableCell(reading.title, bar=way.bar if way else None, says=(way.months if way else "") or unknown)
        for reading, way in each
    ]
    costs = [_cost(reading, (way.cost if way else "") or unknown) for reading, way in each]
    notes = [
        _("From the quickest way in to the longest. Bars run from 0 to %(top)s.")
        % {"top": formats.months(ways.top, ways.top)},
        _("Times and costs are estimates; each guide says after whom."),
    ]
    rows = [
        TableRow(_("Time to get ready"), months, ways.ticks, notes=notes),
        TableRow(_("Cost"), costs, notes=_in_full(costs)),
    ]
    for row in rows:
        row.is_same = _is_same([cell.says for cell in row.cells], len(readings))
    return [row for row in rows if any(cell.says != unknown for cell in row.cells)]


def of_added(row: ComparedRow) -> TableRow:
    """Return a row that an app adds."""
    cells = [TableCell(title, says=text) for title, text in row.texts]
    return TableRow(row.label, cells, notes=[row.note] if row.note else [])


@dataclass(frozen=True)
class Fit:
    """The one career that fits best whoever cares most for one thing; `why` is what it says there."""

    whom: str
    reading: Reading
    why: str


def fits(readings: Sequence[Reading], rows: Iterable[MeasureRow]) -> list[Fit]:
    """Return which career pays most, is entered soonest and has the best outlook, where one alone does."""
    found = []
    for row in rows:
        given = [(cell.reading, cell.observation) for cell in row.cells if cell.observation]
        if len(given) < len(readings):
            continue
        figures = [observation.figure for _reading, observation in given]
        kinds = {(figure.measure, figure.statistic, figure.unit) for figure in figures}
        whom = {
            (Measure.PAY, Figure.Statistic.MEDIAN): _("Pay counts most:"),
            (Measure.CHANGE, Figure.Statistic.TOTAL): _("There should be jobs in ten years, too:"),
        }.get((Measure(figures[0].measure), Figure.Statistic(figures[0].statistic)))
        if len(kinds) == 1 and whom and (best := _only(given)):
            found.append(Fit(whom, best[0], formats.amount(best[1])))
    if all(reading.is_guide and reading.months_from is not None for reading in readings):
        starts = [(reading.months_from, reading.months_to or 0) for reading in readings]
        if starts.count(min(starts)) == 1:
            soonest = readings[starts.index(min(starts))]
            found.append(Fit(_("You want to start soon:"), soonest, formats.months(*soonest.months)))
    return found


def _only(given: Sequence[tuple[Whose, Observation]]) -> tuple[Whose, Observation] | None:
    """Return the pair with the greatest number, None where it is not known of all or is shared."""
    values = [_number(observation) for _reading, observation in given]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or known.count(max(known)) > 1:
        return None
    return given[values.index(max(known))]


def _number(observation: Observation) -> int | None:
    return formats.usd_ends(observation)[1] if observation.figure.currency else observation.value
