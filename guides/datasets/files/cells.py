"""Numbers out of cells: counts, sums and percentages, and the publisher's marks for what it withholds."""

import math
from datetime import date, time, timedelta

from ..faults import ImportFault

# BLS: no wage estimate, no employment estimate, at or above the highest wage it publishes.
MARKS = ("*", "**", "#")
LARGEST = 10**12
# What a cell of a workbook may hold; in a table of text all are str.
Cell = str | float | date | time | timedelta | None


def number(cell: Cell, rounded: bool = False) -> tuple[int | None, str]:
    """Return a cell as `(whole number or None, mark)`; an empty cell is `(None, "")`.

    A fraction is refused unless `rounded`: in another unit (thousands of jobs) it would be wrong by far.
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
    if cell != round(cell) and not rounded:
        raise ValueError("is not a whole number")
    return round(cell), ""


def number_at(where: str, column: str, cell: Cell, rounded: bool = False) -> tuple[int | None, str]:
    """Return a cell as `number` does. Raises an ImportFault that names the place, such as 'file.csv: line 3'."""
    try:
        return number(cell, rounded)
    except ValueError as error:
        raise ImportFault(f"{where}, column {column}: {shown(cell)} {error}.") from None


def _from_text(text: str) -> float:
    """Return a number that a table holds as text, such as '39,970' or '-7'."""
    if len(text) > 20 or "_" in text:
        raise ValueError("is not a number")
    try:
        return float(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        raise ValueError("is not a number") from None


def shown(cell: Cell) -> str:
    """Return a cell's text as a message quotes it."""
    text = " ".join(str(cell).split())
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
