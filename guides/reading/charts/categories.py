"""A number for each of several categories, as bars with the interval of each where a survey gives one."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...models import Figure, Observation
from ...models.categories import Category
from .bars import Bar, bar, scale


@dataclass(frozen=True)
class Line:
    """One category with its bar, and the bar of its interval or None."""

    category: Category
    bar: Bar | None
    interval: Bar | None


@dataclass(frozen=True)
class Categories:
    """A figure's leading observation, drawn."""

    observation: Observation
    lines: Sequence[Line]
    top: int

    @property
    def figure(self) -> Figure:
        return self.observation.figure

    @property
    def has_intervals(self) -> bool:
        return any(line.interval for line in self.lines)


def categories(figure: Figure) -> Categories | None:
    """Return the Categories of a figure, None where what leads lists none."""
    leading = figure.leading
    listed = leading.categories if leading else []
    if leading is None or not listed:
        return None
    ends = [round(each.high if each.high is not None else each.value) + 1 for each in listed]
    top, _step = scale(ends, (1, 2, 5, 10, 20, 1_000, 2_000, 5_000, 10_000, 20_000))
    lines = [
        Line(each, _bar(0, each.value, top), bar(each.low, each.high, top) if each.high is not None else None)
        for each in listed
    ]
    return Categories(leading, lines, top)


def _bar(low: float, high: float, top: int) -> Bar | None:
    # In hundredths, so that cents count.
    return bar(round(100 * low), round(100 * high), 100 * top)
