"""A figure over years: one source's observations in a line above zero, with the steps that are out of line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...models import Figure, Observation

# Fewer years are no line.
FEWEST = 4
# How many times the largest other step a step is before it is called out of line.
OUT_OF_LINE = 2
# Where the years stand, out of 100: the first and the last have room for their numbers.
LEFT, RIGHT = 5, 95
# Where zero and the largest value stand, out of 100 from the top; the numbers stand above the line.
BOTTOM, TOP = 82, 34


@dataclass(frozen=True)
class Point:
    """One year's observation, and where it stands: percent of the chart's width and height."""

    observation: Observation
    x: str
    y: str


@dataclass(frozen=True)
class Step:
    """From one year's point to the next: by how much it changed, in percent, and whether that is out of line."""

    start: Point
    end: Point
    percent: float
    is_out_of_line: bool


@dataclass(frozen=True)
class Line:
    """A figure's official observations of one series, oldest first."""

    figure: Figure
    points: Sequence[Point]
    steps: Sequence[Step]

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def percent(self) -> float:
        """By how much the last year differs from the first, in percent."""
        return _percent(self.first.observation, self.last.observation)

    @property
    def out_of_line(self) -> list[Step]:
        return [step for step in self.steps if step.is_out_of_line]

    @property
    def remarks(self) -> list[Observation]:
        """Notes of older years, which stand nowhere else on the page."""
        return [point.observation for point in self.points[:-2] if point.observation.note]

    @property
    def area(self) -> str:
        """The corners of what lies between the line and zero."""
        corners = [f"{point.x},{point.y}" for point in self.points]
        return " ".join([f"{self.first.x},{BOTTOM}", *corners, f"{self.last.x},{BOTTOM}"])


@dataclass(frozen=True)
class Years:
    """The lines of a section's figures."""

    lines: Sequence[Line]

    @property
    def out_of_line(self) -> list[Step]:
        return [step for line in self.lines for step in line.out_of_line]

    @property
    def remarks(self) -> list[Observation]:
        """What is to be known of a year before it is compared, each once."""
        noted = [observation for line in self.lines for observation in line.remarks]
        return list({(each.period, each.note): each for each in noted}.values())

    @property
    def origins(self) -> list[Observation]:
        """The newest observation of each source and period."""
        newest = [line.last.observation for line in self.lines]
        return list({(each.source.short_name, each.period): each for each in newest}.values())


def line(figure: Figure) -> Line | None:
    """Return the Line of a figure, None where its source has too few years of it one after the other."""
    observations = _series(figure)
    if len(observations) < FEWEST:
        return None
    first, last = observations[0].year, observations[-1].year
    top = max(observation.value or 0 for observation in observations)
    points = [
        Point(
            observation,
            f"{LEFT + (RIGHT - LEFT) * (observation.year - first) / (last - first):.1f}",
            f"{BOTTOM - (BOTTOM - TOP) * (observation.value or 0) / top:.1f}",
        )
        for observation in observations
    ]
    changes = [_percent(start, end) for start, end in pairwise(observations)]
    steps = [
        Step(points[place], points[place + 1], change, _is_out_of_line(place, changes))
        for place, change in enumerate(changes)
    ]
    return Line(figure, points, steps)


def _series(figure: Figure) -> list[Observation]:
    """The official observations of the leading one's series: same source by its short name, a year each, oldest first.

    From the newest back to where a year is missing, so that no line stands for a year that nobody counted.
    """
    leading = figure.leading
    if leading is None or leading.value is None or leading.basis != Observation.Basis.OFFICIAL:
        return []
    years = {
        each.year: each
        for each in reversed(figure.history)
        if each.basis == leading.basis and each.value and each.source.short_name == leading.source.short_name
    }
    series: list[Observation] = []
    for year in range(leading.year, min(years) - 1, -1):
        if year not in years:
            break
        series.insert(0, years[year])
    return series


def _percent(start: Observation, end: Observation) -> float:
    return 100 * ((end.value or 0) / (start.value or 1) - 1)


def _is_out_of_line(place: int, changes: Sequence[float]) -> bool:
    others = [abs(change) for other, change in enumerate(changes) if other != place]
    return abs(changes[place]) > OUT_OF_LINE * max(others)
