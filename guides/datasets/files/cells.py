"""Numbers out of cells: counts, sums and percentages, and the publisher's marks for what it withholds."""

import math
import re
from datetime import date, time, timedelta

from ..faults import ImportFault

# BLS: no wage estimate, no employment estimate, at or above the highest wage it publishes.
MARKS = ("*", "**", "#")
LARGEST = 10**12
SEPARATED = re.compile(r"[-\N{MINUS SIGN}]?\d{1,3}(,\d{3})+(\.\d*)?")
# What a cell of a workbook may hold; in a table of text all are str.
Cell = str | float | date | time | timedelta | None


def number(cell: Cell, rounded: bool = False, times: int = 1) -> tuple[int | None, str]:
    """Return a cell as `(whole number or None, mark)`; an empty cell is `(None, "")`.

    `times` takes it into a smaller unit: 100 for dollars as cents, 1,000 for thousands of jobs. A fraction that is
    left is refused unless `rounded`: in another unit it would be wrong by far.
    Raises ValueError with the reason, to follow the cell's text.
    """
    if isinstance(cell, str):
        cell = cell.strip()
        if cell in MARKS:
            return None, cell
        if not cell:
            return None, ""
        cell = _from_text(cell)
    if cell is None:
        return None, ""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not math.isfinite(cell):
        raise ValueError("is not a number")
    if abs(cell) > LARGEST:
        raise ValueError("is too large to be true")
    whole = round(cell * times)
    # A product of binary fractions misses the whole number by far less than anything that a publisher prints.
    if not rounded and not math.isclose(cell * times, whole, abs_tol=1e-6 * times):
        raise ValueError("is not a whole number" if times == 1 else f"has more digits than 1/{times}")
    return whole, ""


def number_at(where: str, column: str, cell: Cell, rounded: bool = False, times: int = 1) -> tuple[int | None, str]:
    """Return a cell as `number` does. Raises an ImportFault that names the place, such as 'file.csv: line 3'."""
    try:
        return number(cell, rounded, times)
    except ValueError as error:
        raise ImportFault(f"{where}, column {column}: {quoted(cell)} {error}.") from None


def _from_text(text: str) -> float:
    """Return a number that a table holds as text, such as '39,970' or '-7'."""
    # Commas stand before groups of three: '39,97' is a number that was cut off.
    if len(text) > 20 or "_" in text or ("," in text and not SEPARATED.fullmatch(text)):
        raise ValueError("is not a number")
    try:
        return float(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        raise ValueError("is not a number") from None


def quoted(cell: Cell) -> str:
    """Return a cell's text as a message quotes it."""
    text = " ".join(str(cell).split())
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
