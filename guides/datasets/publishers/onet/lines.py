"""A row of one of O*NET's files, whatever form the file has: its cells by column, checked as they are asked for."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ... import codes
from ...faults import ImportFault
from ...files import cells
from ...files.cells import Cell

ONET_CODE = re.compile(r"(\d{2}-\d{4})\.\d{2}")
MONTH = re.compile(r"(0[1-9]|1[0-2])/(\d{4})|(\d{4})-(0[1-9]|1[0-2])-\d{2}")
# What the text edition writes into a cell that is empty in a workbook.
EMPTY = ("", "n/a", "NULL")


@dataclass(frozen=True, slots=True)
class Line:
    """A row's cells by column name, and where it stands: 'skills.xlsx: sheet 'Skills', row 7'."""

    where: str
    row: Mapping[str, Cell]

    def fault(self, column: str, problem: str) -> ImportFault:
        return ImportFault(f"{self.where}, column {column}: {problem}.")

    def cell(self, column: str) -> Cell:
        """Return a cell, None where it is empty."""
        value = self.row[column]
        if isinstance(value, str):
            value = value.strip()
            return None if value in EMPTY else value
        return value

    def text(self, column: str, limit: int, *, required: bool = True) -> str:
        """Return a cell's text of at most `limit` characters."""
        value = self.cell(column)
        text = "" if value is None else str(value)
        if len(text) > limit or (required and not text):
            raise self.fault(column, f"a text of {int(required)} to {limit} characters is needed")
        if "\0" in text:
            raise self.fault(column, "has a NUL character: the file is damaged")
        return text

    def code(self, column: str) -> str:
        """Return an O*NET code."""
        code = self.text(column, 40)
        match = ONET_CODE.fullmatch(code)
        if not match or not codes.is_known(match[1]):
            raise self.fault(column, f"{cells.quoted(code)} is not a known occupation code")
        return code

    def number(self, column: str, low: float, high: float) -> float | None:
        """Return a number from `low` to `high`, None where the cell is empty."""
        value = self.cell(column)
        if value is None:
            return None
        try:
            number = float(value) if isinstance(value, (int, float, str)) else math.nan
        except ValueError:
            number = math.nan
        if not low <= number <= high:  # nor is NaN
            raise self.fault(column, f"{cells.quoted(value)} is not a number from {low:g} to {high:g}")
        return int(number) if number.is_integer() else number

    def needed(self, column: str, low: float, high: float) -> float:
        """Return a number from `low` to `high`."""
        number = self.number(column, low, high)
        if number is None:
            raise self.fault(column, "is empty")
        return number

    def whole(self, column: str, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        number = self.needed(column, low, high)
        if not isinstance(number, int):
            raise self.fault(column, f"{number} is not a whole number")
        return number

    def count(self, column: str) -> int | None:
        """Return how many answered; None where the file does not say."""
        return None if self.cell(column) is None else self.whole(column, 0, 1_000_000)

    def flag(self, column: str) -> bool:
        """Whether a cell says Y; it may say N or nothing."""
        value = self.cell(column)
        if value not in ("Y", "N", None):
            raise self.fault(column, f"{cells.quoted(value)} is neither Y nor N")
        return value == "Y"

    def month(self, column: str) -> str:
        """Return a month as 2017-07, '' where the cell is empty."""
        value = self.cell(column)
        if value is None:
            return ""
        if isinstance(value, date):
            return f"{value:%Y-%m}"
        if not (match := MONTH.fullmatch(str(value))):
            raise self.fault(column, f"{cells.quoted(value)} is not a month such as 07/2017")
        return f"{match[2]}-{match[1]}" if match[1] else f"{match[3]}-{match[4]}"
