"""The states as a grid of tiles, each about where it is on a map: no state is too small to be seen or touched."""

from collections.abc import Iterable
from typing import NamedTuple

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


class Tile(NamedTuple):
    """A state's tile: what it says, its shade, where its corner is, and where its letters stand.

    Places are strings, as in charts. A tuple, because templates take one apart in half the time: there are 54 a page.
    """

    wage: StateWage
    # What it says to the pointer: the state and its pay.
    title: str
    letters: str
    # The band of its pay, from 1; '' where none is published.
    shade: str
    x: str
    y: str
    middle: str
    baseline: str


def tiles(wages: Iterable[StateWage]) -> list[Tile]:
    """Return a Tile for each state, in the order of the grid's rows."""
    placed = [(PLACES[wage.state.abbreviation], wage) for wage in wages]
    ordered = sorted(placed, key=lambda pair: (pair[0][1], pair[0][0]))
    return [_tile(wage, 1 + PITCH * column, 1 + PITCH * row) for (column, row), wage in ordered]


def _tile(wage: StateWage, x: int, y: int) -> Tile:
    state = wage.state
    title = f"{state.name}: {wage.says}" if wage.says else state.name
    shade = str(wage.band or "")
    return Tile(wage, title, state.abbreviation, shade, str(x), str(y), str(x + SIZE // 2), str(y + 19))
