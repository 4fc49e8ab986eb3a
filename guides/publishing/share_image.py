"""Drawing the pictures beside links to guides, occupations and tools, in the site's look, by typst."""

import json
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import typst
from django.utils.translation import gettext as _
from PIL import Image

from .. import formats
from ..models import Listing
from ..registry.tools import DOORS, SiteTool, Tool

FOLDER = Path(__file__).parent / "share"
# Pixels for each point of look.typ: 1200 by 630 of them.
SCALE = 2
# Flat colors and the edges of letters need no more, and the file is a third as large.
COLORS = 128
# What a card says of a job: a name, a value, and where it is from.
Fact = tuple[str, str, str]


def draw(listing: Listing) -> bytes:
    """Return the picture of a Listing as a PNG."""
    facts: list[Fact] = []
    if listing.median_pay is not None:
        note = f"{listing.pay_source}, {formats.dashes(listing.pay_period)}"
        facts.append((listing.pay_label, formats.money(listing.median_pay), note))
    if listing.change_percent is not None:
        note = f"{listing.change_source}, {formats.dashes(listing.change_period)}"
        facts.append((listing.change_label, formats.change(listing.change_percent), note))
    if listing.months_to:
        months = formats.months(listing.months_from, listing.months_to)
        facts.append((_("Time to get ready"), months, _("depending on the route")))
    line = _("The work, the pay, the way in")
    return draw_job(listing.title, line, listing.occupation_code, listing.short_title, facts)


def draw_job(title: str, line: str, code: str, short_title: str, facts: Sequence[Fact]) -> bytes:
    """Return the picture of a job as a PNG: its title, and a card with what is first asked of it."""
    job = {"title": title, "line": line, "code": code, "short": short_title, "facts": facts}
    return _draw("image.typ", json.dumps(job))


def draw_tool(tool: Tool | SiteTool) -> bytes:
    """Return the picture of a tool as a PNG: its name, a drawing of what it gives, and that in words."""
    return _draw(
        "tool.typ",
        json.dumps(
            {
                "title": str(tool.name),
                "line": str(tool.about),
                "under": str(tool.door.name if tool.door else _("Tools")),
                "drawing": tool.drawing,
                "gives": [str(each) for each in tool.gives],
            }
        ),
    )


def draw_site() -> bytes:
    """Return the picture of the site as a PNG: the four doors that its tools stand behind."""
    site = {
        "title": _("What a job is really like, and how to get it"),
        "line": _("Every figure with its source. Free, without an account."),
        "drawing": "",
        "gives": [str(door.name) for door in DOORS],
    }
    return _draw("tool.typ", json.dumps(site))


@lru_cache(maxsize=48)
def _draw(template: str, drawn: str) -> bytes:
    png: bytes = typst.compile(
        FOLDER / template,
        format="png",
        ppi=72 * SCALE,
        font_paths=[FOLDER / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"drawn": drawn},
    )
    smaller = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(
        smaller, "PNG", optimize=True
    )
    return smaller.getvalue()
