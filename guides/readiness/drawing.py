"""The timeline as a drawing: where each bar lies on a line from the first day to the last, in percent."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from .timeline import DatedStage, Timeline

WIDTH = 100
# A bar shorter than this cannot be seen.
THINNEST = 1.2
# More than these run into each other on a phone.
MOST_TICKS = 4
# No one reads a line longer than this.
MOST_YEARS = 60


@dataclass(frozen=True)
class Bar:
    """A stage: the bar of its earliest days, and the paler one to its likely end. Strings, with a decimal point."""

    title: str
    kind: str
    x: str
    width: str
    likely_x: str
    likely_width: str


@dataclass(frozen=True)
class Tick:
    """A mark on the line: where, and the month or year that begins there."""

    x: str
    label: str


@dataclass(frozen=True)
class Drawing:
    """All bars on one line of time."""

    bars: list[Bar]
    ticks: list[Tick]


def draw(timeline: Timeline) -> Drawing | None:
    """Return the Drawing of a timeline, or None where it has no end, or none that anybody would live to see."""
    stages = [*timeline.stages, *timeline.training]
    ends = [dated.likely_end or dated.end for dated in stages]
    if not stages or not all(ends):
        return None
    last = max(end for end in ends if end)
    days = (last - timeline.start).days
    if not days or days > MOST_YEARS * 366:
        return None

    def place(day: date) -> float:
        return WIDTH * (day - timeline.start).days / days

    def bar(dated: DatedStage, kind: str) -> Bar:
        end = dated.end or last
        x, likely_x = place(dated.start), place(dated.likely_start)
        width = max(place(end) - x, THINNEST)
        likely = max(place(dated.likely_end or end) - likely_x, THINNEST)
        return Bar(
            dated.title,
            kind,
            *(f"{value:.1f}" for value in (min(x, WIDTH - width), width, min(likely_x, WIDTH - likely), likely)),
        )

    bars = [bar(dated, "first" if dated.unlocks else "own") for dated in timeline.stages]
    bars += [bar(dated, "hired") for dated in timeline.training]
    return Drawing(bars, [Tick(f"{place(day):.1f}", label) for day, label in marks(timeline.start, last)])


def marks(first: date, last: date) -> list[tuple[date, str]]:
    """The days that are marked between two days, with their names: years, or months in a short span."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months <= 24:
        step = next(step for step in (1, 2, 3, 6) if months <= step * MOST_TICKS)
        counted = [first.year * 12 + first.month - 1 + more for more in range(1, months + 1)]
        days = [_first_of(month) for month in counted if month % step == 0]
        return [(day, date_format(day, "M Y" if day.month == 1 else "M")) for day in days]
    years = range(first.year + 1, last.year + 1)
    step = -(-len(years) // MOST_TICKS)
    return [(date(year, 1, 1), str(year)) for year in years if (year - first.year - 1) % step == 0]


def _first_of(month: int) -> date:
    """The first day of a month, counted from the year 0."""
    year, rest = divmod(month, 12)
    return date(year, rest + 1, 1)
