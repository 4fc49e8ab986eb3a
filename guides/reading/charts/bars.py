"""Bars beside numbers, on a scale that starts at zero: in an SVG 100 units wide, stretched to its cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ... import formats
from ...models import CareerLevel, Figure, Observation, Route, Source

WIDTH = 100
# A bar shorter than this cannot be seen.
THINNEST = 0.8
MOST_MARKS = 6

Subject = TypeVar("Subject")
Content = TypeVar("Content")
Line = TypeVar("Line")


@dataclass(frozen=True)
class Bar:
    """Where a bar starts and how long it is, out of 100."""

    x: str
    width: str


@dataclass(frozen=True)
class Row(Generic[Subject, Content]):
    """One line of a chart: what it is for, and the bars beside it (None where nothing is known)."""

    subject: Subject
    cells: Sequence[Content]


@dataclass(frozen=True)
class Cell:
    """A figure's leading observation and its bar; the bar is None where the observation is words."""

    figure: Figure
    observation: Observation
    bar: Bar | None


@dataclass(frozen=True)
class Chart(Generic[Line]):
    """Rows with the scale they share: `ticks` are positions, `top` is where the scale ends."""

    rows: Sequence[Line]
    columns: Sequence[str]
    ticks: Sequence[str]
    top: int
    sources: Sequence[Source] = ()

    @property
    def origins(self: "Chart[Row[str, Cell | None]]") -> list[Observation]:
        """One observation for each source, period and basis that the chart draws on."""
        observations = [cell.observation for row in self.rows for cell in row.cells if cell]
        first = {(each.source.slug, each.period, each.basis): each for each in reversed(observations)}
        return list(first.values())[::-1]


def bar(low: int | None, high: int | None, top: int) -> Bar | None:
    """Return the Bar from `low` to `high` on a scale from 0 to `top`; None for either end is that end of the scale."""
    if (low is None and high is None) or not top:
        return None
    start = WIDTH * (low or 0) / top
    length = WIDTH * (top if high is None else high) / top - start
    return Bar(f"{start:.1f}", f"{max(length, THINNEST):.1f}")


def scale(values: Iterable[int | None], steps: Sequence[int]) -> tuple[int, int]:
    """Return where a scale ends that holds all `values`, and its step: the first of `steps` that marks it sparingly."""
    largest = max((value for value in values if value is not None), default=0)
    step = next((step for step in steps if largest <= MOST_MARKS * step), steps[-1])
    return -(-largest // step) * step, step


def ticks(top: int, step: int) -> list[str]:
    """Return the positions of the scale's marks, without its two ends."""
    return [f"{WIDTH * value / top:.1f}" for value in range(step, top, step)]


def pay_levels(figures: Iterable[Figure]) -> Chart[Row[str, Cell | None]]:
    """Return the Chart of pay by career level: a row a level, a column a statistic, bars from zero."""
    known = [(figure, leading) for figure in figures if (leading := figure.leading)]
    statistics = sorted({figure.statistic for figure, _leading in known}, key=Figure.Statistic.values.index)
    top = max((formats.ends(leading)[1] or 0 for _figure, leading in known), default=0)
    levels: dict[str, dict[str, Cell]] = {}
    for figure, leading in known:
        subject = figure.career_level.title if figure.career_level else figure.label
        levels.setdefault(subject, {})[figure.statistic] = Cell(figure, leading, bar(0, formats.ends(leading)[1], top))
    rows: list[Row[str, Cell | None]] = [
        Row(subject, [cells.get(statistic) for statistic in statistics]) for subject, cells in levels.items()
    ]
    return Chart(rows, [str(Figure.Statistic(statistic).label) for statistic in statistics], [], top)


def pay_areas(figures: Iterable[Figure]) -> Chart[Row[str, Cell | None]]:
    """Return the Chart of pay by area: ranges on one scale, in US dollars."""
    known = [(figure, leading) for figure in figures if (leading := figure.leading)]
    ends = [end for _figure, leading in known for end in formats.usd_ends(leading)]
    top, step = scale(ends, (10_000, 20_000, 50_000, 100_000))
    rows: list[Row[str, Cell | None]] = [
        Row(figure.area, [Cell(figure, leading, bar(*formats.usd_ends(leading), top))]) for figure, leading in known
    ]
    return Chart(rows, [], ticks(top, step), top)


def routes(rows: Iterable[Route]) -> Chart[Row[Route, Bar | None]]:
    """Return the Chart of ways in: for each route the bar of its months, then that of its cost."""
    rows = list(rows)
    top, step = scale([end for row in rows for end in (row.months_from, row.months_to)], (6, 12, 24))
    dearest = max((row.cost_to or row.cost_from or 0 for row in rows), default=0)
    lines: list[Row[Route, Bar | None]] = [
        Row(row, [bar(row.months_from, row.months_to, top), bar(row.cost_from, row.cost_to, dearest)]) for row in rows
    ]
    sources = list({row.source.slug: row.source for row in rows}.values())
    return Chart(lines, [], ticks(top, step), top, sources)


def ladder(levels: Iterable[CareerLevel], figures: Sequence[Figure]) -> list[Row[CareerLevel, Figure]]:
    """Return a Row for each career level, its cells the figures (of the whole guide) that are its median pay."""
    return [
        Row(
            level,
            [
                figure
                for figure in figures
                if figure.career_level
                and figure.career_level.slug == level.slug
                and figure.statistic == Figure.Statistic.MEDIAN
                and figure.leading
            ],
        )
        for level in levels
    ]
