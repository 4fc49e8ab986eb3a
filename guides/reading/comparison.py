"""Careers side by side: the same figure of the same period for each, or a sentence that says what differs."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from guides.models import Observation, Point

from .. import formats
from ..models import Figure
from . import charts
from .reader import Reading

# How a route says in words that it costs nothing.
COSTS_NONE = re.compile(r"\bnone\b", re.IGNORECASE)


@dataclass(frozen=True)
class GuideCell:
    """What one guide says: an observation (None where it has none), and its bar or its pay strip.

    `says` is what stands where there is no observation, if more is known than that.
    """

    reading: Reading
    observation: Observation | None = None
    bar: charts.Bar | None = None
    strip: charts.Strip | None = None
    says: str = ""

    @property
    def history_url(self) -> str:
        """Where the history of what it says stands, '' where it says nothing."""
        return self.reading.history_url(self.observation.figure) if self.observation else ""


@dataclass
class MeasureRow:
    """One figure across the guides, and in words what keeps its cells from being the same thing."""

    label: str
    cells: list[GuideCell]
    differences: list[str] = field(default_factory=list)
    note: str = ""
    ticks: Sequence[str] = ()


def figure_of(reading: Reading, measure: str, statistics: Iterable[str]) -> Figure | None:
    """Return the guide's figure for all of the country: the first of `statistics` that it has, or None."""
    whole = [figure for figure in reading.figures if figure.measure == measure and not figure.career_level]
    whole = [figure for figure in whole if figure.leading and figure.area == Figure._meta.get_field("area").default]
    # What is split by employer or schooling is no figure of the whole; the card's may be the only one there is.
    whole = [figure for figure in whole if figure.unit != Figure.Unit.CATEGORY or figure.on_card]
    own = [figure for figure in whole if _counts(figure, reading)] or whole
    for statistic in statistics:
        for figure in sorted(own, key=lambda figure: not figure.on_card):
            if figure.statistic == statistic:
                return figure
    return None


def _counts(figure: Figure, reading: Reading) -> bool:
    """Whether the figure is about the guide's own occupation; guides quote others to compare."""
    return not figure.occupation_codes or reading.guide.occupation_code in figure.occupation_codes.split()


def same_period(figures: Sequence[Figure]) -> list[Observation | None]:
    """Return the observation of each figure that they can be compared by: one period and source for all, if there is
    one, else each one's leading one."""
    known = [
        {(observation.period, observation.source.slug): observation for observation in figure.history}
        for figure in figures
    ]
    for key in known[0] if known else {}:
        if all(key in history for history in known):
            return [history.get(key) for history in known]
    return [figure.leading for figure in figures]


def row(readings: Sequence[Reading], label: str, measure: str, statistics: Sequence[str]) -> MeasureRow | None:
    """Return the MeasureRow of one measure across `readings`, or None where no guide has it."""
    figures = [figure_of(reading, measure, statistics) for reading in readings]
    given = [figure for figure in figures if figure]
    if not given:
        return None
    chosen = dict(zip(map(id, given), same_period(given), strict=True))
    observations = [chosen.get(id(figure)) for figure in figures]
    cells = [GuideCell(reading, each) for reading, each in zip(readings, observations, strict=True)]
    return MeasureRow(label, cells, differences(cells))


def median_pay(readings: Sequence[Reading]) -> tuple[MeasureRow | None, MeasureRow | None]:
    """Return the rows of median pay a year, and an hour where the year's is not published of one of them.

    An hour's wage is not reckoned up to a year's: many in such jobs do not work all year.
    """
    measures = Figure.Measure
    by_year = row(readings, _("Median pay a year"), measures.PAY, ["median", "mean"])
    by_hour = row(readings, _("Median pay an hour"), measures.HOURLY, ["median"])
    if by_hour is None:
        return by_year, None
    paid_by_year = [bool(cell.observation) for cell in by_year.cells] if by_year else [False] * len(readings)
    hourly_alone = [
        bool(cell.observation) and not yearly for cell, yearly in zip(by_hour.cells, paid_by_year, strict=True)
    ]
    if not any(hourly_alone):
        return by_year, None
    if by_year:
        by_year.cells = [
            replace(cell, says=_("published by the hour alone")) if hourly else cell
            for cell, hourly in zip(by_year.cells, hourly_alone, strict=True)
        ]
        by_year.differences = differences(by_year.cells)
    return by_year, by_hour


def draw_bars(rows: Iterable[MeasureRow]) -> None:
    """Give the cells of `rows`, all of them pay, bars on one scale from zero, and say where it ends."""
    ends = [formats.usd_ends(cell.observation)[1] for each in rows for cell in each.cells if cell.observation]
    top, step = charts.scale(ends, (10_000, 20_000, 50_000, 100_000))
    for each in rows:
        each.ticks = charts.ticks(top, step)
        each.cells = [_drawn(cell, top) for cell in each.cells]
        each.note = _("Bars run from 0 to %(top)s.") % {"top": formats.money(top)}
        if any(cell.strip for cell in each.cells):
            each.note += " " + _(
                "The stronger color: the middle half. The lines mark the median, and, gray, that of all jobs."
            )


def _drawn(cell: GuideCell, top: int) -> GuideCell:
    """Return a cell of pay with its strip, where official pay is known from low to high, else with its bar."""
    observation = cell.observation
    strip = None
    if observation is None:
        return cell
    if observation.figure.statistic == Figure.Statistic.RANGE:
        strip = charts.strip(cell.reading.figures, top, observation)
    return GuideCell(cell.reading, observation, _bar(observation, top), strip)


def _bar(observation: Observation, top: int) -> charts.Bar | None:
    low, high = formats.usd_ends(observation)
    return charts.bar(0 if low == high else low, high, top) if high is not None else None


def differences(cells: Iterable[GuideCell]) -> list[str]:
    """Return sentences on what keeps `cells` from being the same thing: statistic, period, basis, who is counted."""
    given = [(cell.reading, cell.observation) for cell in cells if cell.observation]
    said = []
    if len({observation.figure.statistic for _reading, observation in given}) > 1:
        said.append(_("Not the same statistic: %(each)s.") % {"each": _each(given, _statistic)})
    if len({observation.period for _reading, observation in given}) > 1:
        said.append(_("Not the same period: %(each)s.") % {"each": _each(given, _period)})
    if len({observation.is_estimate for _reading, observation in given}) > 1:
        guessed = [reading.title for reading, observation in given if observation.is_estimate]
        said.append(_("Only an estimate: %(titles)s.") % {"titles": ", ".join(guessed)})
    said += [
        _("Counted together in official statistics, so the figure is the same: %(titles)s.") % {"titles": titles}
        for titles in _counted_together(given)
    ]
    said += [
        _("One figure of several occupations taken together (%(codes)s), not of each alone: %(titles)s.")
        % {"codes": codes, "titles": titles}
        for codes, titles in _taken_together(given)
    ]
    missing = [cell.reading.title for cell in cells if not cell.observation and not cell.says]
    if missing:
        said.append(_("No figure: %(titles)s.") % {"titles": ", ".join(missing)})
    return said


def _each(given: Iterable[tuple[Reading, Observation]], what: Callable[[Observation], str]) -> str:
    return "; ".join(f"{reading.title}, {what(observation)}" for reading, observation in given)


def _statistic(observation: Observation) -> str:
    return observation.figure.get_statistic_display()


def _period(observation: Observation) -> str:
    return formats.dashes(observation.period)


def _counted_together(given: Iterable[tuple[Reading, Observation]]) -> Iterable[str]:
    """Return the titles of guides that share one figure, because its source counts what they are about as one.

    That is so where the figure is of one code, or their own code is the same; not where several codes are added up.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for reading, observation in given:
        if codes := observation.figure.occupation_codes:
            counted = reading.guide.occupation_code if " " in codes else codes
            key = (counted, codes, observation.source.slug, formats.amount(observation))
            groups.setdefault(key, []).append(reading.title)
    return (", ".join(titles) for titles in groups.values() if len(titles) > 1)


def _taken_together(given: Iterable[tuple[Reading, Observation]]) -> Iterable[tuple[str, str]]:
    """Return the codes that a figure adds up, and the titles of the guides to several of them that all quote it."""
    groups: dict[tuple[str, str], list[Reading]] = {}
    for reading, observation in given:
        codes = observation.figure.occupation_codes
        if " " in codes:
            groups.setdefault((codes, observation.source.slug), []).append(reading)
    for (codes, _source), readings in groups.items():
        if len({reading.guide.occupation_code for reading in readings}) > 1:
            yield ", ".join(codes.split()), ", ".join(reading.title for reading in readings)


def facts(readings: Sequence[Reading]) -> list[MeasureRow]:
    """Return the MeasureRows that stand in every comparison, those that some guide has a figure for."""
    measures = Figure.Measure
    by_year, by_hour = median_pay(readings)
    pay = [
        by_year,
        row(readings, _("Pay range a year"), measures.PAY, ["range"]),
    ]
    draw_bars([each for each in pay if each])
    rows = [
        by_year,
        by_hour,
        *pay[1:],
        row(readings, _("Change in jobs"), measures.CHANGE, ["total", "typical", "median"]),
        row(readings, _("Openings a year"), measures.OPENINGS, ["total", "typical"]),
        row(readings, _("Entry education"), measures.EDUCATION, ["typical"]),
        row(readings, _("Top employers"), measures.EMPLOYERS, ["total", "typical"]),
    ]
    return [each for each in rows if each]


@dataclass(frozen=True)
class WayIn:
    """The time and the money that the ways into one job take, with bars on the scale all guides share."""

    reading: Reading
    months: str
    bar: charts.Bar | None
    cost: str


def ways_in(readings: Sequence[Reading]) -> charts.Chart[WayIn]:
    """Return a WayIn for each guide, and the Chart they are drawn on."""
    top, step = charts.scale([end for reading in readings for end in reading.months], (6, 12, 24))
    ways = [
        WayIn(reading, formats.months(*reading.months), charts.bar(*reading.months, top), _cost(reading))
        for reading in readings
    ]
    return charts.Chart(ways, [], charts.ticks(top, step), top)


def _cost(reading: Reading) -> str:
    """The least and the most that the guide's routes cost, in dollars, and what those without a sum say of it.

    Of the routes that the time is of: those with months, where some have them. Empty where they say nothing.
    """
    routes = [route for section in reading.all_sections() for route in section.routes.all() if route.currency == "USD"]
    timed = [route for route in routes if route.months_from is not None or route.months_to is not None]
    routes = timed or routes
    sums = [each for route in routes for each in (route.cost_from, route.cost_to) if each is not None]
    in_words = [route for route in routes if route.cost_from is None and route.cost_to is None and route.cost_note]
    if not sums:
        return "; ".join(dict.fromkeys(route.cost_note for route in in_words))
    # "none", and "little or none", are at the least no dollar.
    free = [route for route in in_words if COSTS_NONE.search(route.cost_note)]
    others = [route.cost_note for route in in_words if route not in free]
    return "; ".join([formats.money(0 if free else min(sums), max(sums)), *dict.fromkeys(others)])


@dataclass(frozen=True)
class SkillSets:
    """Skills by where they are asked for: everywhere, in some guides (name and titles), in one alone."""

    shared: list[str]
    some: list[tuple[str, str]]
    apart: list[tuple[Reading, list[str]]]


def skills(readings: Sequence[Reading]) -> SkillSets:
    """Return the skills of `readings` in their sets; the same skill has the same slug in every guide."""
    names: dict[str, str] = {}
    guides: dict[str, list[Reading]] = {}
    for reading in readings:
        for section in reading.all_sections():
            for skill in section.skills.all():
                names.setdefault(skill.slug, skill.name)
                guides.setdefault(skill.slug, []).append(reading)
    return SkillSets(
        [names[slug] for slug, own in guides.items() if len(own) == len(readings)],
        [
            (names[slug], ", ".join(reading.title for reading in own))
            for slug, own in guides.items()
            if 1 < len(own) < len(readings)
        ],
        [(reading, [names[slug] for slug, own in guides.items() if own == [reading]]) for reading in readings],
    )


def points(reading: Reading, kind: str) -> list[Point]:
    """Return the points of the guide's sections of that kind, pros or cons."""
    return [point for section in reading.all_sections() if section.kind == kind for point in section.points.all()]
