"""How a document may look: one table, which every writer reads. The text and its order are the same in each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

INK, SOFT = "#17211f", "#47534f"
SANS, SERIF = "Figtree", "Newsreader"
# What Word has of the kind of our fonts, whatever the machine.
WORD_FONTS = {SANS: "Calibri", SERIF: "Georgia"}


class Head(StrEnum):
    """Where the name stands: at the left, in the middle, below a band of color, or on a block of it."""

    LEFT = "left"
    MIDDLE = "middle"
    BAND = "band"
    BLOCK = "block"


class Headings(StrEnum):
    """How the heading of a part is set off: a line below it, lines around it, the margin beside it, or a wash."""

    LINE = "line"
    LINES = "lines"
    MARGIN = "margin"
    WASH = "wash"


@dataclass(frozen=True)
class Design:
    """A look: sizes are points, colors as in style sheets."""

    label: Any
    about: Any
    head: Head = Head.LEFT
    headings: Headings = Headings.LINE
    body: str = SANS
    display: str = SANS
    size: float = 10
    name_size: float = 20
    heading_size: float = 11
    accent: str = INK
    rule: str = "#9aa39f"
    wash: str = "#ffffff"

    def plain(self) -> dict[str, Any]:
        """The look as plain data, for the typesetter."""
        return {
            name: value
            for name, value in (vars(self) | {"ink": INK, "soft": SOFT}).items()
            if name not in {"label", "about"}
        }


DESIGNS = {
    "quiet": Design(_("Quiet"), _("Black on white, one clear face.")),
    "cloth": Design(
        _("Bookcloth"),
        _("A green band, and headings with serifs."),
        head=Head.BAND,
        display=SERIF,
        name_size=27,
        heading_size=14,
        accent="#195848",
        rule="#a67c1f",
    ),
    "classic": Design(
        _("Classic"),
        _("Serifs, the name in the middle: for schools and universities."),
        head=Head.MIDDLE,
        headings=Headings.LINES,
        body=SERIF,
        display=SERIF,
        size=10.5,
        name_size=24,
        heading_size=11.5,
    ),
    "margin": Design(
        _("Margin"),
        _("Headings stand out in a wide margin: easy to scan."),
        headings=Headings.MARGIN,
        name_size=26,
        heading_size=12.5,
        accent="#a63a2c",
        rule="#a63a2c",
    ),
    "block": Design(
        _("Block"),
        _("The name on a dark block, headings on a light one."),
        head=Head.BLOCK,
        headings=Headings.WASH,
        name_size=25,
        heading_size=11.5,
        accent="#22384a",
        rule="#22384a",
        wash="#e4ebf0",
    ),
}
USUAL = "quiet"
