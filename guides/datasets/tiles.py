"""The states as a grid of tiles, each about where it is on a map: no state is too small to be seen or touched."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

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
    """A state's tile: what it says, its class with its shade, and its square with the state's letters, always the same.

    A tuple, because templates take one apart in half the time: there are 54 a page.
    """

    wage: StateWage
    # What it says to the pointer: the state and its pay.
    title: str
    shade: str
    drawn: SafeString


def tiles(wages: Iterable[StateWage]) -> list[Tile]:
    """Return a Tile for each state, in the order of the grid's rows."""
    return [_tile(wage) for wage in sorted(wages, key=lambda wage: ORDER[wage.state.abbreviation])]


def _tile(wage: StateWage) -> Tile:
    state = wage.state
    title = f"{state.name}: {wage.says}" if wage.says else state.name
    return Tile(wage, title, f"tile tile--{wage.band}" if wage.band else "tile", DRAWN[state.abbreviation])


def _drawn(letters: str, column: int, row: int) -> SafeString:
    """A square with letters in its middle."""
    x, y = 1 + PITCH * column, 1 + PITCH * row
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="3"/><text x="{}" y="{}">{}</text>',
        *(x, y, SIZE, SIZE, x + SIZE // 2, y + 19, letters),
    )


DRAWN = {letters: _drawn(letters, column, row) for letters, (column, row) in PLACES.items()}
ORDER = {letters: place for place, letters in enumerate(PLACES)}
