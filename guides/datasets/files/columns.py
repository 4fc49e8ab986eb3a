"""Columns recognized by their headers: publishers reorder and rename them from one edition to the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from ..faults import ImportFault
from .cells import Cell

Kind = TypeVar("Kind", bound=Cell)


@dataclass(frozen=True)
class Column:
    """A column we read: its name in the newest edition, and a pattern for all the names it is known by.

    A pattern's group, if it has one, is kept: the year in num_jobs_2024.
    """

    name: str
    pattern: str
    required: bool = True

    def match(self, header: Cell) -> re.Match[str] | None:
        plain = re.sub(r"[^a-z0-9]+", "_", str(header or "").casefold()).strip("_")
        return re.fullmatch(self.pattern, plain)


class Recognized:
    """Where each column stands in a table: `places` by name, and the year in its header in `years`."""

    def __init__(self, columns: Sequence[Column], headers: Sequence[Cell]) -> None:
        self.columns = columns
        self.places: dict[str, int] = {}
        self.years: dict[str, int] = {}
        self.twice: list[str] = []
        for place, header in enumerate(headers):
            for column in columns:
                if not (match := column.match(header)):
                    continue
                if column.name in self.places:
                    self.twice.append(column.name)
                self.places.setdefault(column.name, place)
                if match.groups():
                    self.years.setdefault(column.name, int(match[1]))
                break

    @property
    def missing(self) -> list[str]:
        """The names of required columns that no header fits."""
        return [column.name for column in self.columns if column.required and column.name not in self.places]

    def check(self, where: str) -> Self:
        """Raise an ImportFault that names what is missing or stands twice."""
        if self.missing:
            raise ImportFault(f"{where}: missing columns: {', '.join(self.missing)}.")
        if self.twice:
            raise ImportFault(f"{where}: more than one column looks like {self.twice[0]}.")
        return self

    def pick(self, cells: Sequence[Kind], absent: Kind) -> dict[str, Kind]:
        """Return a row's cells by column name, with `absent` for a column that the table does not have."""
        row = dict.fromkeys((column.name for column in self.columns), absent)
        return row | {name: cells[place] if place < len(cells) else absent for name, place in self.places.items()}
