"""Which charts the figures of a section make, and which figures are left to be read as numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...models import Figure, Section
from ..reader import Reading
from .categories import categories
from .jobs import jobs
from .pay import ALL_JOBS, strip
from .years import Years, line

Measure = Figure.Measure
FLOW = (Measure.EMPLOYMENT, Measure.OPENINGS, Measure.EXITS, Measure.TRANSFERS)
STRIP = (Figure.Statistic.RANGE, Figure.Statistic.MIDDLE, Figure.Statistic.MEDIAN)


@dataclass(frozen=True)
class Drawing:
    """A chart, and the template that shows it."""

    name: str
    chart: Any

    @property
    def template(self) -> str:
        return f"guides/charts/{self.name}.html"

    @property
    def table(self) -> str:
        """The template of its numbers as a table, empty where they stand beside it or among the section's figures."""
        return "guides/charts/_years_table.html" if self.name == "years" else ""


@dataclass(frozen=True)
class Drawn:
    """A section's figures: those charts say (`charted`), those that stand as numbers (`others`), and the charts."""

    drawings: Sequence[Drawing]
    charted: Sequence[Figure]
    others: Sequence[Figure]


def drawn(section: Section, reading: Reading) -> Drawn:
    """Return the charts of a section's figures. A chart draws only what the section holds itself."""
    figures = [figure for figure in section.figures.all() if figure.leading]
    drawings: list[Drawing] = []
    charted: set[str] = set()
    if spread := strip(figures):
        drawings.append(Drawing("strip", spread))
        charted |= {
            figure.slug
            for figure in figures
            if figure.occupation_codes == ALL_JOBS
            or (figure.measure, figure.unit) == (Measure.HOURLY, Figure.Unit.CENTS)
            or (
                figure.measure == Measure.PAY
                and figure.statistic in STRIP
                and figure.occupation_codes == spread.own.range.figure.occupation_codes
            )
        }
    if lines := [series for figure in _series(figures) if (series := line(figure))]:
        drawings.append(Drawing("years", Years(lines)))
        charted |= {series.figure.slug for series in lines}
    if counted := jobs(figures, reading.guide.occupation_code):
        drawings.append(Drawing("jobs", counted))
        # The same of other groups of occupations stands with them.
        charted |= {figure.slug for figure in figures if figure.measure in FLOW and figure.unit == Figure.Unit.COUNT}
    for figure in figures:
        if figure.unit == Figure.Unit.CATEGORY and (listed := categories(figure)):
            drawings.append(Drawing("categories", listed))
            charted.add(figure.slug)
    return Drawn(
        drawings,
        # What bars show has its source and note beside them.
        [figure for figure in figures if figure.slug in charted and figure.unit != Figure.Unit.CATEGORY],
        [figure for figure in figures if figure.slug not in charted],
    )


def _series(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that are told year by year: median pay and jobs."""
    wanted = [(Measure.PAY, Figure.Statistic.MEDIAN), (Measure.EMPLOYMENT, Figure.Statistic.TOTAL)]
    return [
        figure
        for figure in figures
        if (figure.measure, figure.statistic) in wanted and figure.occupation_codes != ALL_JOBS
    ]
