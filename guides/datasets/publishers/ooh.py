"""The Occupational Outlook Handbook of the Bureau of Labor Statistics: its table of occupations."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from guides.models import Figure

from .. import codes, periods
from ..faults import ImportFault
from ..files import cells, tables
from ..files.columns import Column
from ..models import HandbookEntry, ImportedObservation
from ..progress import Progress
from ..publisher import CitedSource, Option, Publisher, size
from ..storing import Found
from . import bureau

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
JOBS, JOBS_AHEAD = "num_jobs_<year>", "projected_employment_<year>"
SLUG = re.compile(r"[a-z0-9-]{1,120}")
# Not a statement of its own: the Handbook's page gives one for each occupation that the entry covers.
SEE_PAGE = "See How to Become One"
# The Handbook prints the projections; its pay and education are its own pages' words.
PROJECTED = {Figure.Measure.EMPLOYMENT, Figure.Measure.CHANGE, Figure.Measure.OPENINGS}
is_address = URLValidator(["https", "http"])


def read(path: Path, progress: Progress, pay_period: str | None = None) -> Found:
    """Return what the table at `path` says. Raises ImportFault.

    The table does not say of which May its pay is: without `pay_period` it is taken for that of the base year.
    """
    progress.total = size(path)
    imported: Found | None = None
    unmapped: list[str] = []
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
            unmapped.append(common["entry"])
        observations = list(parse_figures(row, where, common, timing))
        empty["entries without any figure"] += not observations
        imported.observations += observations
    if imported is None:
        raise ImportFault(f"{path}: has no rows.")
    imported.skipped = +empty
    if unmapped:
        imported.notes.append(tell_unmapped(unmapped))
    return imported


def tell_unmapped(entries: list[str]) -> str:
    """Return the sentence on entries without a code, for editors to map."""
    titles = ", ".join([*entries[:5], "..."] if len(entries) > 5 else entries)
    return (
        f"Without an occupation code, so that no figure is held against them: {len(entries)} ({titles}). "
        "Add codes to the Handbook entries in the admin."
    )


def start(path: Path, years: dict[str, int], pay_period: str | None) -> tuple[Found, dict[str, str]]:
    """Return an empty find, and the period of each kind of figure."""
    base, end = years[JOBS], years[JOBS_AHEAD]
    if not base < end < base + 100:
        raise ImportFault(f"{path}: jobs of {base} are projected to {end}: the years run the wrong way.")
    pay_period = pay_period or f"May {base}"
    if periods.form(pay_period) != periods.MONTH:
        raise ImportFault(f"{pay_period!r} is not a survey's period: give it as in --pay-period 'May 2024'.")
    edition = periods.span(base, end)
    return Found(path.name, edition), {"pay": pay_period, "base": str(base), "projection": edition}


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


def cite(imported: ImportedObservation) -> CitedSource:
    """Return the source of a figure: the entry's page, or the projections that it prints."""
    if imported.measure in PROJECTED:
        return bureau.cite_projections(imported)
    return CitedSource(
        slug=f"bls-ooh-{imported.entry[:45]}-{imported.year}",
        short_name="BLS Handbook",
        title=f"Occupational Outlook Handbook: {imported.title}",
        url=imported.url,
    )


PUBLISHER = Publisher(
    slug="ooh",
    label=_("BLS Occupational Outlook Handbook"),
    organisation=bureau.ORGANISATION,
    credit="Source: U.S. Bureau of Labor Statistics, Occupational Outlook Handbook, {edition}.",
    licence=bureau.LICENCE,
    licence_url=bureau.LICENCE_URL,
    read=read,
    cite=cite,
    options=[Option("pay_period", "the month its pay is of, where it is not May of the projections' first year")],
    quotes=True,
)
