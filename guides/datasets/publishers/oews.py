"""The wage survey of the Bureau of Labor Statistics (OEWS): its national workbook."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from guides.models import Figure

from .. import codes, periods
from ..faults import ImportFault
from ..files import cells, workbooks
from ..files.cells import Cell
from ..files.columns import Column
from ..models import ImportedObservation
from ..progress import Progress
from ..publisher import CitedSource, Option, Publisher
from ..storing import Found
from . import bureau

COLUMNS = [
    Column("OCC_CODE", "occ_code|soc_code|occupation_code|occ|soc"),
    Column("OCC_TITLE", "occ_title|soc_title|occupation_title|occupation"),
    Column("TOT_EMP", "tot_emp|total_employment|employment"),
    Column("A_MEAN", "a_mean|annual_mean|annual_mean_wage|mean_annual_wage"),
    Column("A_PCT10", "a_pct10|a_p10|annual_pct10|annual_10th_percentile_wage"),
    Column("A_MEDIAN", "a_median|a_pct50|annual_median|annual_median_wage|median_annual_wage"),
    Column("A_PCT90", "a_pct90|a_p90|annual_pct90|annual_90th_percentile_wage"),
    Column("AREA_TITLE", "area_title|area_name", required=False),
    Column("I_GROUP", "i_group|ind_group|industry_group", required=False),
]
NATIONAL = {"u.s.", "us", "united states", "national"}
ALL_INDUSTRIES = "cross-industry"
NUMBERS = ("TOT_EMP", "A_MEAN", "A_PCT10", "A_MEDIAN", "A_PCT90")
# A row's numbers by column, each with the publisher's mark or ''.
Numbers = dict[str, tuple[int | None, str]]
PAY, EMPLOYMENT = Figure.Measure.PAY, Figure.Measure.EMPLOYMENT


def read(path: Path, progress: Progress, period: str | None = None) -> Found:
    """Return what the workbook at `path` says of the United States, all industries together.

    `period` such as 'May 2024' is found in the workbook where it is not given. Raises ImportFault.
    """
    with workbooks.opened(path) as workbook:
        sheet, recognised, rows = workbooks.find_table(path, workbook, COLUMNS)
        period = period or find_period(path, workbook)
        if periods.form(period) != periods.MONTH:
            raise ImportFault(f"{period!r} is not a survey's period: give it as in --period 'May 2024'.")
        known: dict[str, tuple[str, Numbers]] = {}
        skipped: Counter[str] = Counter()
        for number, row in ((number, recognised.pick(imported, None)) for number, imported in rows):
            progress.advance()
            where = f"{path}: sheet {sheet.title!r}, row {number}"
            if not is_national(row):
                skipped["rows of other areas or single industries"] += 1
                continue
            code, title, numbers = parse(row, where)
            if known.setdefault(code, (title, numbers))[1] != numbers:
                raise ImportFault(f"{where}: {code} stands twice in the sheet with different figures.")
    if not known:
        raise ImportFault(f"{path}: sheet {sheet.title!r} has no rows for the United States.")
    imported = Found(path.name, period, skipped=skipped)
    for code, (title, numbers) in known.items():
        imported.observations += observations(code, title, numbers, period)
    return imported


def find_period(path: Path, workbook: Workbook) -> str:
    """Return the survey's month: sheets are named national_M2024_dl, and a note says 'May 2024'."""
    years: set[str] = set()
    for text in [*workbooks.words(path, workbook), path.name]:
        years |= set(re.findall(r"(?:\bMay |_M)(20\d\d)\b", text.replace("_dl", "")))
    if len(years) != 1:
        raise ImportFault(f"{path}: does not say which May it is of: add --period, such as --period 'May 2024'.")
    return f"May {years.pop()}"


def is_national(row: dict[str, Cell]) -> bool:
    """Whether a row is of the whole country and all industries; older workbooks hold no others."""
    area, group = row["AREA_TITLE"], row["I_GROUP"]
    return (area is None or str(area).strip().casefold() in NATIONAL) and (
        group is None or str(group).strip().casefold() == ALL_INDUSTRIES
    )


def parse(row: dict[str, Cell], where: str) -> tuple[str, str, Numbers]:
    """Return a row's code, title and its numbers by column, each with the publisher's mark or ''."""
    code, title = str(row["OCC_CODE"] or "").strip(), str(row["OCC_TITLE"] or "").strip()
    if not codes.is_known(code):
        raise ImportFault(f"{where}, column OCC_CODE: {cells.shown(code)} is not an occupation code.")
    if not title or len(title) > 200:
        raise ImportFault(f"{where}, column OCC_TITLE: a title of 1 to 200 characters is needed.")
    numbers = {}
    for name in NUMBERS:
        try:
            value, mark = cells.number(row[name])
        except ValueError as error:
            raise ImportFault(f"{where}, column {name}: {cells.shown(row[name])} {error}.") from None
        if value is not None and value < 0:
            raise ImportFault(f"{where}, column {name}: {value} is below zero.")
        numbers[name] = value, mark
    low, high = numbers["A_PCT10"][0], numbers["A_PCT90"][0]
    if low is not None and high is not None and low > high:
        raise ImportFault(f"{where}: A_PCT10 ({low}) is above A_PCT90 ({high}).")
    return code, title, numbers


def observations(code: str, title: str, numbers: Numbers, period: str) -> Iterator[ImportedObservation]:
    """Return what a row says as observations; the range of pay is from the 10th to the 90th percentile."""
    common: dict[str, Any] = {
        "entry": code,
        "title": title,
        "codes": code,
        "period": period,
        "year": periods.first_year(period),
    }
    money, count = Figure.Unit.CURRENCY, Figure.Unit.COUNT
    singles = [
        ("TOT_EMP", EMPLOYMENT, Figure.Statistic.TOTAL, count),
        ("A_MEAN", PAY, Figure.Statistic.MEAN, money),
        ("A_MEDIAN", PAY, Figure.Statistic.MEDIAN, money),
    ]
    for name, measure, statistic, unit in singles:
        value, mark = numbers[name]
        if value is not None or mark:
            yield ImportedObservation(
                measure=measure, statistic=statistic, unit=unit, value=value, withheld=mark, **common
            )
    (low, low_mark), (high, high_mark) = numbers["A_PCT10"], numbers["A_PCT90"]
    # A range with one end blank and no mark says nothing to hold a figure against.
    if (low is not None or low_mark) and (high is not None or high_mark):
        yield ImportedObservation(
            measure=PAY, statistic=Figure.Statistic.RANGE, unit=money, low=low, high=high,
            withheld=low_mark or high_mark, **common,
        )  # fmt: skip


def cite(imported: ImportedObservation) -> CitedSource:
    """Return the source of a figure of the survey: one for each May."""
    return CitedSource(
        slug=f"bls-oews-{imported.year}",
        short_name="BLS OEWS",
        title=f"Occupational Employment and Wage Statistics, national estimates, {imported.period}",
        url="https://www.bls.gov/oes/tables.htm",
        note="A survey of employers. It does not count the self-employed.",
    )


PUBLISHER = Publisher(
    slug="oews",
    label=_("BLS wage survey (OEWS)"),
    organisation=bureau.ORGANISATION,
    credit="Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, {edition}.",
    licence=bureau.LICENCE,
    licence_url=bureau.LICENCE_URL,
    read=read,
    cite=cite,
    options=[Option("period", "the survey's month, where the workbook does not say it: 'May 2024'")],
)
