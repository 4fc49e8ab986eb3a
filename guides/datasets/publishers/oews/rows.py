"""A row of the survey: its columns under the names they are known by, and what it says of an occupation in an area."""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from ... import areas, codes
from ...faults import ImportFault
from ...files import cells
from ...files.cells import Cell
from ...files.columns import Column
from ...models.wages import NUMBERS, PERCENTILES, Area

IDENTIFYING = [
    Column("OCC_CODE", "occ_code|soc_code|occupation_code|occ|soc"),
    Column("OCC_TITLE", "occ_title|soc_title|occupation_title|occupation"),
]
PLACES = [
    Column("AREA", "area|area_code", required=False),
    # Until 2018 files of states had ST and STATE, without a type of area.
    Column("AREA_TITLE", "area_title|area_name|state", required=False),
    Column("AREA_TYPE", "area_type", required=False),
    Column("PRIM_STATE", "prim_state|primary_state|st", required=False),
    Column("I_GROUP", "i_group|ind_group|industry_group", required=False),
]
# The publisher's column of each of NUMBERS, and how the words of its later names begin and end.
PUBLISHED = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "median": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}
WORDS = {
    "mean": "mean|mean_wage",
    "p10": "pct10|p10|10th_percentile_wage",
    "p25": "pct25|p25|25th_percentile_wage",
    "median": "median|pct50|median_wage",
    "p75": "pct75|p75|75th_percentile_wage",
    "p90": "pct90|p90|90th_percentile_wage",
}
COLUMN_OF = {"employment": "TOT_EMP"} | {
    f"{time}_{name}": f"{time[0].upper()}_{PUBLISHED[name]}" for time in ("hourly", "annual") for name in PERCENTILES
}
# The mean may stand with its words in another order: mean_annual_wage.
PATTERNS = {"employment": "tot_emp|total_employment|employment"} | {
    f"{time}_{name}": rf"(?:{time[0]}|{time})_(?:{WORDS[name]})|{name}_{time}_wage"
    for time in ("hourly", "annual")
    for name in PERCENTILES
}


def _columns(required: set[str]) -> list[Column]:
    numbers = [Column(COLUMN_OF[name], PATTERNS[name], required=name in required) for name in NUMBERS]
    return [*IDENTIFYING, *numbers, *PLACES]


# The publisher's own form, and a table that a third party cut down to means.
COLUMNS = _columns({"employment", "annual_mean", "annual_p10", "annual_median", "annual_p90"})
MEANS = _columns({"annual_mean"})

AREA_TYPES = {
    "1": Area.Kind.NATION,
    "2": Area.Kind.STATE,
    "3": Area.Kind.TERRITORY,
    "4": Area.Kind.METROPOLITAN,
    # A metropolitan division, in files before that of May 2024.
    "5": Area.Kind.METROPOLITAN,
    "6": Area.Kind.OTHER,
}
NATIONAL = {"u.s.", "us", "united states", "national"}
ALL_INDUSTRIES = "cross-industry"
# An annual wage is the hourly one of a year of 2,080 hours, each rounded by itself: hours to cents, years to tens.
HOURS_A_YEAR, ROUNDING = 2080, 20


class Place(NamedTuple):
    """An area as a row names it."""

    code: str
    kind: str
    name: str
    state: str


class Estimate(NamedTuple):
    """What a row says: the occupation, and the numbers in the order of NUMBERS with the publisher's marks."""

    title: str
    numbers: tuple[int | None, ...]
    marks: str


NATION = Place(areas.NATION_CODE, Area.Kind.NATION, "United States", "US")


def is_of_all_industries(row: Mapping[str, Cell]) -> bool:
    """Whether a row counts all industries together; the national files of industries have others."""
    return _text(row["I_GROUP"]).casefold() in ("", ALL_INDUSTRIES)


def find_place(row: Mapping[str, Cell], where: str) -> Place:
    """Return the area of a row: by its type and code, or in a table without those by its name."""
    code, name, kind = _text(row["AREA"]), _text(row["AREA_TITLE"]), _text(row["AREA_TYPE"])
    if kind and kind not in AREA_TYPES:
        raise ImportFault(f"{where}, column AREA_TYPE: {cells.quoted(kind)} is not a type of area from 1 to 6.")
    is_nation = name.casefold() in NATIONAL or (not name and code in ("", areas.NATION_CODE))
    if AREA_TYPES.get(kind) == Area.Kind.NATION or (not kind and is_nation):
        return NATION
    if AREA_TYPES.get(kind) in (Area.Kind.METROPOLITAN, Area.Kind.OTHER):
        abbreviation = _text(row["PRIM_STATE"])
        if not code or not name or len(code) > 7 or len(abbreviation) != 2:
            raise ImportFault(f"{where}: an area needs its code, name and state (AREA, AREA_TITLE, PRIM_STATE).")
        return Place(code, AREA_TYPES[kind], name[:120], abbreviation)
    by_name, by_code = areas.BY_NAME.get(name.casefold()), areas.BY_CODE.get(code.zfill(2))
    state = by_name or by_code
    if state is None or (code and name and by_code != by_name):
        both = " ".join(cells.quoted(text) for text in (code, name) if text)
        raise ImportFault(f"{where}, column AREA_TITLE: {both} is not a state or territory.")
    kind = Area.Kind.TERRITORY if state.is_territory else Area.Kind.STATE
    return Place(state.code, kind, state.name, state.abbreviation)


def find_code(row: Mapping[str, Cell], where: str) -> str:
    """Return a row's occupation code."""
    code = _text(row["OCC_CODE"])
    if not codes.is_known(code):
        raise ImportFault(f"{where}, column OCC_CODE: {cells.quoted(code)} is not an occupation code.")
    return code


def find_estimate(row: Mapping[str, Cell], where: str) -> Estimate:
    """Return what a row says of its occupation."""
    title = _text(row["OCC_TITLE"])
    if not title or len(title) > 200:
        raise ImportFault(f"{where}, column OCC_TITLE: a title of 1 to 200 characters is needed.")
    numbers: dict[str, int | None] = {}
    marks = []
    for name in NUMBERS:
        column = COLUMN_OF[name]
        value, mark = cells.number_at(where, column, row[column], times=100 if name.startswith("hourly") else 1)
        if value is not None and value < 0:
            raise ImportFault(f"{where}, column {column}: {_text(row[column])} is below zero.")
        numbers[name] = value
        marks += [f"{name}={mark}"] if mark else []
    _check(numbers, where)
    return Estimate(title, tuple(numbers.values()), " ".join(marks))


def _check(numbers: Mapping[str, int | None], where: str) -> None:
    """Refuse percentiles that fall, and an annual wage that is not 2,080 times the hourly one."""
    for time in ("hourly", "annual"):
        rising = [(numbers[f"{time}_{name}"], COLUMN_OF[f"{time}_{name}"]) for name in PERCENTILES if name != "mean"]
        given = [(value, column) for value, column in rising if value is not None]
        for (lower, low), (higher, high) in pairwise(given):
            if lower > higher:
                raise ImportFault(
                    f"{where}: {low} ({_as_published(lower, time)}) is above {high} ({_as_published(higher, time)})."
                )
    for name in PERCENTILES:
        hourly, annual = numbers[f"hourly_{name}"], numbers[f"annual_{name}"]
        if hourly is None or annual is None or math.isclose(hourly * HOURS_A_YEAR / 100, annual, abs_tol=ROUNDING):
            continue
        column = COLUMN_OF[f"annual_{name}"]
        product = f"{HOURS_A_YEAR:,} times {hourly / 100:.2f} an hour"
        raise ImportFault(f"{where}, column {column}: {annual} is not {product}.")


def _as_published(value: int, time: str) -> str:
    return f"{value / 100:.2f}" if time == "hourly" else str(value)


def _text(cell: Cell) -> str:
    """Return a cell's text; a code that a workbook holds as a number is written without a fraction."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
