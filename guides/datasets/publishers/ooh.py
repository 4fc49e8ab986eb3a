"""The Occupational Outlook Handbook of the Bureau of Labor Statistics: its table of occupations."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from guides.models import Figure

from .. import codes, periods
from ..faults import ImportFault
from ..files import cells, tables
from ..files.columns import Column
from ..models import Dataset, HandbookEntry, ImportedObservation
from ..progress import Progress
from ..storing import Found

COLUMNS = [
    Column("title", "title|occupation|occupation_title|name"),
    Column("slug", "slug|entry|occupation_slug"),
    Column("soc_code", "soc_code|soc|occ_code|occupation_code"),
    Column("median_pay_annual", r"median_pay_annual|median_annual_pay|median_annual_wage|annual_median"),
    Column("entry_education", "entry_education|entry_level_education|typical_entry_level_education"),
    Column("projected_employment_<year>", r"(?:projected_employment|projected_jobs|employment_projected)_(\d{4})"),
    Column("num_jobs_<year>", r"(?:num_jobs|number_of_jobs|jobs|employment)_(\d{4})"),
    Column("outlook_pct", "outlook_pct|outlook_percent|percent_change|employment_change_percent"),
    Column("employment_change", "employment_change|employment_change_numeric|numeric_change|change_in_jobs"),
    Column("openings", "openings|annual_openings|openings_a_year|openings_per_year", required=False),
    Column("url", "url|address|link"),
]
JOBS, PROJECTED = "num_jobs_<year>", "projected_employment_<year>"
SLUG = re.compile(r"[a-z0-9-]{1,120}")
# Not a statement of its own: the Handbook's page gives one for each occupation that the entry covers.
SEE_PAGE = "See How to Become One"
is_address = URLValidator(["https", "http"])


def read(path: Path, pay_period: str | None = None, progress: Progress | None = None) -> Found:
    """Return what the table at `path` says. Raises ImportFault.

    The table does not say of which May its pay is: without `pay_period` it is taken for that of the base year.
    """
    imported: Found | None = None
    slugs: set[str] = set()
    empty: Counter[str] = Counter()
    mapped = set(HandbookEntry.objects.values_list("slug", flat=True))
    for number, row, recognised in tables.rows(path, COLUMNS, progress=progress):
        where = f"{path}: line {number}"
        if imported is None:
            imported, timing = start(path, recognised.years, pay_period)
        common = parse_names(row, where)
        if common["entry"] in slugs:
            raise ImportFault(f"{where}: the entry {common['entry']} stands twice.")
        slugs.add(common["entry"])
        if not common["codes"] and common["entry"] not in mapped:
            imported.unmapped.append(common["entry"])
        observations = list(parse_figures(row, where, common, timing))
        empty["entries without any figure"] += not observations
        imported.observations += observations
    if imported is None:
        raise ImportFault(f"{path}: has no rows.")
    imported.skipped = +empty
    return imported


def start(path: Path, years: dict[str, int], pay_period: str | None) -> tuple[Found, dict[str, str]]:
    """Return an empty find, and the period of each kind of figure."""
    base, end = years[JOBS], years[PROJECTED]
    if not base < end < base + 100:
        raise ImportFault(f"{path}: jobs of {base} are projected to {end}: the years run the wrong way.")
    pay_period = pay_period or f"May {base}"
    if periods.form(pay_period) != periods.MONTH:
        raise ImportFault(f"{pay_period!r} is not a survey's period: give it as in --pay-period 'May 2024'.")
    edition = periods.span(base, end)
    return Found(Dataset.Form.OOH, edition), {"pay": pay_period, "base": str(base), "projection": edition}


def parse_names(row: dict[str, str], where: str) -> dict[str, str]:
    """Return the entry's name, codes and address."""
    slug, title, code, url = (row[name].strip() for name in ("slug", "title", "soc_code", "url"))
    if not SLUG.fullmatch(slug):
        raise ImportFault(f"{where}, column slug: {cells.shown(slug)} is not the name of an entry.")
    if not title or len(title) > 200:
        raise ImportFault(f"{where}, column title: a title of 1 to 200 characters is needed.")
    if code and not codes.is_known(code):
        raise ImportFault(f"{where}, column soc_code: {cells.shown(code)} is not an occupation code.")
    try:
        is_address(url)
    except ValidationError:
        raise ImportFault(f"{where}, column url: {cells.shown(url)} is not a web address.") from None
    return {"entry": slug, "title": title, "codes": code, "url": url[:500]}


def parse_figures(
    row: dict[str, str], where: str, common: dict[str, Any], timing: dict[str, str]
) -> Iterator[ImportedObservation]:
    """Yield the row's observations; an empty cell is a figure that the Handbook does not have."""
    measures, statistics, units = Figure.Measure, Figure.Statistic, Figure.Unit
    base, projection = timing["base"], timing["projection"]
    numbers = [
        ("median_pay_annual", measures.PAY, statistics.MEDIAN, units.CURRENCY, timing["pay"]),
        (JOBS, measures.EMPLOYMENT, statistics.TOTAL, units.COUNT, base),
        (PROJECTED, measures.EMPLOYMENT, statistics.TOTAL, units.COUNT, projection),
        ("outlook_pct", measures.CHANGE, statistics.TOTAL, units.PERCENT, projection),
        ("employment_change", measures.CHANGE, statistics.TOTAL, units.COUNT, projection),
        ("openings", measures.OPENINGS, statistics.TOTAL, units.COUNT, projection),
    ]
    for name, measure, statistic, unit, period in numbers:
        try:
            value, mark = cells.number(row[name], rounded=unit == units.PERCENT)
        except ValueError as error:
            raise ImportFault(f"{where}, column {name}: {cells.shown(row[name])} {error}.") from None
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
