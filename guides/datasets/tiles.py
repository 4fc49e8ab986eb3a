"""The states as a grid of tiles, each about where it is on a map: no state is too small to be seen or touched."""

from collections.abc import Iterable
from dataclasses import dataclass

from .pay_by_state import StateWage

GRID = """
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. .. .. .. VT NH
WA ID MT ND MN WI .. MI NY RI MA
OR NV WY SD IA IL IN OH PA NJ CT
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
GU .. .. OK LA MS AL GA .. .. ..
HI .. .. TX .. .. .. .. FL PR VI
"""
# A tile and the gap after it, in units of the picture: on a phone of 360 px a unit is a pixel.
PITCH, SIZE = 30, 28
PLACES = {
    abbreviation: (column, row)
    for row, line in enumerate(GRID.strip().splitlines())
    for column, abbreviation in enumerate(line.split())
    if abbreviation != ".."
}


@dataclass(frozen=True)
class Tile:
    """A state's tile: where its corner is, and where its letters stand."""

    wage: StateWage
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + SIZE // 2

    @property
    def baseline(self) -> int:
        return self.y + 19


def tiles(wages: Iterable[StateWage]) -> list[Tile]:
    """Return a Tile for each state, in the order of the grid's rows."""
    placed = [(PLACES[wage.state.abbreviation], wage) for wage in wages]
    ordered = sorted(placed, key=lambda pair: (pair[0][1], pair[0][0]))
    return [Tile(wage, 1 + PITCH * column, 1 + PITCH * row) for (column, row), wage in ordered]
