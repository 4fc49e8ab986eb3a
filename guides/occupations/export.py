"""An occupation for other programs: what its page shows, with edition, survey and credit, as JSON."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse

from guides.datasets.models import Projection, WageEstimate
from guides.datasets.models.wages import NUMBERS
from guides.datasets.profiles import Block
from guides.reading.linked_data import absolute

from .reading import OccupationReading

# Raised where the form changes.
FORMAT = 1
PROJECTED = (
    "employment", "projected_employment", "change", "change_percent", "openings", "exits", "transfers",
    "self_employed_percent", "education", "experience", "training",
)  # fmt: skip


def of_occupation(reading: OccupationReading) -> dict[str, Any]:
    """Return all that is known of an occupation. Hourly wages are in cents, annual ones in US dollars."""
    listing, profile = reading.listing, reading.profile
    return {
        "format": FORMAT,
        "url": absolute(listing.get_absolute_url()),
        "slug": listing.slug,
        "code": listing.code,
        "title": listing.title,
        "description": profile.description if profile else "",
        "kind": listing.kind,
        "guides": [absolute(guide.get_absolute_url()) for guide in reading.written],
        "pay": _pay(reading.pay.newest) if reading.pay else None,
        "pay_counts": [listing.code, *(other.code for other in reading.paid_together)] if reading.pay else [],
        "pay_by_state": _by_state(reading),
        "projection": _projection(reading.projection) if reading.projection else None,
        "reasons": [{"text": reason.text, "industries": list(reason.industries)} for reason in reading.reasons],
        "titles": list(reading.titles),
        "related": [
            {
                "code": each.listing.code,
                "title": each.listing.title,
                "url": absolute(reverse("occupations:occupation", args=[each.listing.slug])),
                "differences": list(each.differences),
            }
            for each in reading.related
        ],
        "profile": {name: _block(block) for name, block in profile.blocks.items()} if profile else {},
        "credits": [asdict(credit) for credit in reading.credits],
    }


def _pay(row: WageEstimate) -> dict[str, Any]:
    """A row of the wage survey; a number that the publisher gives a mark for is null."""
    numbers = {name: getattr(row, name) for name in NUMBERS}
    return {"code": row.code, "title": row.title, "edition": row.dataset.edition, "marks": row.marks, **numbers}


def _by_state(reading: OccupationReading) -> dict[str, Any] | None:
    wages = reading.by_state
    if wages is None:
        return None
    states = {wage.state.abbreviation: wage.value for wage in wages.states if wage.estimate}
    return {"edition": wages.dataset.edition, "column": wages.column, "states": states}


def _projection(row: Projection) -> dict[str, Any]:
    numbers = {name: getattr(row, name) for name in PROJECTED}
    return {"code": row.code, "title": row.title, "edition": row.dataset.edition, **numbers}


def _block(block: Block[Any]) -> dict[str, Any]:
    return {"edition": block.edition, "items": [asdict(item) for item in block.items]}
