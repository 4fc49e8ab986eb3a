"""An entry of the Handbook as figures: its names and numbers, whichever form they came in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from guides.models import Figure

from ... import codes, periods
from ...faults import ImportFault
from ...files import cells
from ...models import ImportedObservation

JOBS, JOBS_AHEAD = "num_jobs_<year>", "projected_employment_<year>"
SLUG = re.compile(r"[a-z0-9-]{1,120}")
# Not a statement of its own: the Handbook's page gives one for each occupation that the entry covers.
SEE_PAGE = "See How to Become One"
is_address = URLValidator(["https", "http"])

# An entry's texts by the names of the table's columns.
Entry = Mapping[str, str]


class Timing(NamedTuple):
    """The period of each kind of figure of an edition."""

    pay: str
    base: str
    projection: str


def find_timing(base: int, end: int, pay_period: str | None, where: object) -> Timing:
    """Return the periods of an edition whose jobs of the year `base` are projected to `end`."""
    if not base < end < base + 100:
        raise ImportFault(f"{where}: jobs of {base} are projected to {end}: the years run the wrong way.")
    pay_period = pay_period or f"May {base}"
    if periods.form(pay_period) != periods.MONTH:
        raise ImportFault(f"{pay_period!r} is not a survey's period: give it as in --pay-period 'May 2024'.")
    return Timing(pay_period, str(base), periods.span(base, end))


def parse_names(row: Entry, where: str) -> dict[str, str]:
    """Return the entry's name, codes and address."""
    slug, title, code, url = (row[name].strip() for name in ("slug", "title", "soc_code", "url"))
    if not SLUG.fullmatch(slug):
        raise ImportFault(f"{where}, column slug: {cells.quoted(slug)} is not the name of an entry.")
    if not title or len(title) > 200:
        raise ImportFault(f"{where}, column title: a title of 1 to 200 characters is needed.")
    if unknown := [each for each in code.split() if not codes.is_known(each)]:
        raise ImportFault(f"{where}, column soc_code: {cells.quoted(unknown[0])} is not an occupation code.")
    try:
        is_address(url)
    except ValidationError:
        raise ImportFault(f"{where}, column url: {cells.quoted(url)} is not a web address.") from None
    return {"entry": slug, "title": title, "codes": codes.in_order(code), "url": url[:500]}


def parse_figures(row: Entry, where: str, common: dict[str, Any], timing: Timing) -> Iterator[ImportedObservation]:
    """Yield the row's observations; an empty cell is a figure that the Handbook does not have."""
    measures, statistics, units = Figure.Measure, Figure.Statistic, Figure.Unit
    base, projection = timing.base, timing.projection
    numbers = [
        ("median_pay_annual", measures.PAY, statistics.MEDIAN, units.CURRENCY, timing.pay),
        (JOBS, measures.EMPLOYMENT, statistics.TOTAL, units.COUNT, base),
        (JOBS_AHEAD, measures.EMPLOYMENT, statistics.TOTAL, units.COUNT, projection),
        ("outlook_pct", measures.CHANGE, statistics.TOTAL, units.PERCENT, projection),
        ("employment_change", measures.CHANGE, statistics.TOTAL, units.COUNT, projection),
        ("openings", measures.OPENINGS, statistics.TOTAL, units.COUNT, projection),
    ]
    for name, measure, statistic, unit, period in numbers:
        value, mark = cells.number_at(where, name, row[name], rounded=unit == units.PERCENT)
        if value is not None and value < 0 and measure != measures.CHANGE:
            raise ImportFault(f"{where}, column {name}: {value} is below zero.")
        if value is not None or mark:
            yield ImportedObservation(
                measure=measure, statistic=statistic, unit=unit, value=value, withheld=mark,
                period=period, year=periods.year_of(period), **common,
            )  # fmt: skip
    education = row["entry_education"].strip()
    if education and education != SEE_PAGE:
        yield ImportedObservation(
            measure=measures.EDUCATION, statistic=statistics.TYPICAL, unit=units.TEXT, text=education[:300],
            period=base, year=int(base), **common,
        )  # fmt: skip
