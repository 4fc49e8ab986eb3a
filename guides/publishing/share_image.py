"""Drawing the picture of a guide, in the site's look, by typst."""

import json
from functools import lru_cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from .. import formats
from ..models import Listing

FOLDER = Path(__file__).parent / "share"
# Pixels for each point of image.typ: 1200 by 630 of them.
SCALE = 2


def draw(listing: Listing) -> bytes:
    """Return the picture of a Listing as a PNG."""
    facts: list[tuple[str, str, str]] = []
    if listing.median_pay is not None:
        note = f"{listing.pay_source}, {formats.dashes(listing.pay_period)}"
        facts.append((listing.pay_label, formats.money(listing.median_pay), note))
    if listing.change_percent is not None:
        note = f"{listing.change_source}, {formats.dashes(listing.change_period)}"
        facts.append((listing.change_label, formats.change(listing.change_percent), note))
    if listing.months_to:
        months = formats.months(listing.months_from, listing.months_to)
        facts.append((_("Time to get ready"), months, _("depending on the route")))
    guide = {
        "title": listing.title,
        "line": _("The work, the pay, the way in"),
        "code": listing.occupation_code,
        "short": listing.short_title,
        "facts": facts,
    }
    return _draw(json.dumps(guide))


@lru_cache(maxsize=16)
def _draw(guide: str) -> bytes:
    png: bytes = typst.compile(
        FOLDER / "image.typ",
        format="png",
        ppi=72 * SCALE,
        font_paths=[FOLDER / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"guide": guide},
    )
    return png
