"""The pay strip: from the lowest tenth to the highest, with the middle half and the median, against all jobs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from ...models import Figure, Observation
from . import bars

ALL_JOBS = "00-0000"
PAY = Figure.Measure.PAY
Statistic = Figure.Statistic
# Nearer to an end than this, a number stands beside its mark and not over it, so that it stays in the chart.
EDGE = 18


@dataclass(frozen=True)
class Place:
    """Where something stands, in percent of the chart's width, and which part of its text stands there."""

    x: str
    anchor: str


@dataclass(frozen=True)
class Spread:
    """How pay is spread among some jobs: observations of one period and source, and where they stand out of 100."""

    range: Observation
    middle: Observation | None
    median: Observation | None
    band: bars.Bar
    half: bars.Bar | None
    mark: Place | None

    @property
    def has_room_before(self) -> bool:
        """Whether its low end stands far enough from the chart's edge for a number before it."""
        return float(self.band.x) >= EDGE

    @property
    def has_room_behind(self) -> bool:
        """Whether its high end does, for a number behind it."""
        return float(self.high.x) <= bars.WIDTH - EDGE

    @property
    def low(self) -> Place:
        return Place(self.band.x, "end")

    @property
    def high(self) -> Place:
        return Place(f"{float(self.band.x) + float(self.band.width):.1f}", "start")


@dataclass(frozen=True)
class Strip:
    """Pay of a guide's job, of all jobs where the guide has it, and by the hour; the scale runs from zero to `top`."""

    own: Spread
    all_jobs: Spread | None
    hourly: Observation | None
    top: int

    @property
    def origins(self) -> list[Observation]:
        return [self.own.range]


def strip(figures: Iterable[Figure], top: int | None = None, range_of: Observation | None = None) -> Strip | None:
    """Return the Strip of a guide's figures, None where they have no range of official pay with both its ends.

    `range_of` asks for the strip of that observation instead of the leading one, `top` for a scale that others share.
    """
    figures = [figure for figure in figures if figure.leading and not figure.career_level]
    own = range_of.figure if range_of else _figure(figures, Statistic.RANGE)
    spread = range_of or (own.leading if own else None)
    if own is None or spread is None or not _is_whole(spread) or own.currency != "USD":
        return None
    if spread.basis != Observation.Basis.OFFICIAL:
        return None
    codes = own.occupation_codes
    whole = _figure(figures, Statistic.RANGE, ALL_JOBS)
    of_all = _same(whole, spread)
    # Room for the number behind the band.
    with_number = (spread.high or 0) * bars.WIDTH // (bars.WIDTH - EDGE)
    scale_top = top or bars.scale([with_number, of_all.high if of_all else None], (10_000, 20_000, 50_000))[0]
    hourly = next(
        (one for one in figures if one.measure == Figure.Measure.HOURLY and one.occupation_codes == codes), None
    )
    return Strip(
        own=_spread(spread, _of(figures, codes, spread), scale_top),
        all_jobs=_spread(of_all, _of(figures, ALL_JOBS, spread), scale_top) if of_all and _is_whole(of_all) else None,
        hourly=_same(hourly, spread),
        top=scale_top,
    )


def card_strip(figure: Figure, figures: Iterable[Figure]) -> Strip | None:
    """Return the Strip of `figure` for the key facts card: None where it is not official pay from low to high."""
    is_range = (figure.measure, figure.statistic) == (PAY, Statistic.RANGE)
    return strip(figures, range_of=figure.leading) if is_range and figure.leading else None


def _figure(figures: Iterable[Figure], statistic: str, codes: str = "") -> Figure | None:
    """The figure of pay a year with that statistic: for `codes`, else the first official one that is not all jobs."""
    for figure in figures:
        if figure.measure != PAY or figure.statistic != statistic or figure.unit != Figure.Unit.CURRENCY:
            continue
        if figure.occupation_codes == codes if codes else figure.occupation_codes not in ("", ALL_JOBS):
            return figure
    return None


def _of(figures: list[Figure], codes: str, like: Observation) -> tuple[Observation | None, Observation | None]:
    """The middle half and the median of the jobs with `codes`, of the same period and source as `like`."""
    return (
        _same(_figure(figures, Statistic.MIDDLE, codes), like),
        _same(_figure(figures, Statistic.MEDIAN, codes), like),
    )


def _same(figure: Figure | None, like: Observation) -> Observation | None:
    """What the figure says of the period and by the source of `like`."""
    key = (like.period, like.source.slug)
    return next((each for each in figure.history if (each.period, each.source.slug) == key), None) if figure else None


def _is_whole(observation: Observation) -> bool:
    return observation.low is not None and observation.high is not None and not observation.high_is_open


def _spread(spread: Observation, inside: tuple[Observation | None, Observation | None], top: int) -> Spread:
    middle, median = inside
    # Both ends are known: see _is_whole.
    band = cast(bars.Bar, bars.bar(spread.low, spread.high, top))
    half = bars.bar(middle.low, middle.high, top) if middle and _is_whole(middle) else None
    return Spread(spread, middle, median, band, half, place(median.value, top) if median and median.value else None)


def place(value: int, top: int) -> Place:
    """Return where `value` stands on a scale from zero to `top`."""
    x = bars.WIDTH * value / top
    return Place(f"{x:.1f}", "start" if x < EDGE else "end" if x > bars.WIDTH - EDGE else "middle")
