"""What the pages of other guides, and of occupations, show of a guide: where that stays as it was, a publishing
concerns the guide's own pages alone.

Lists, the feed and whatever else may tell of any change are made anew with each (guides/registry/concerns.py).
"""

from typing import Any

from .. import freezing
from ..models import Guide, Listing
from ..registry import content_models
from ..registry.concerns import EVERYTHING, pages_of

# Days of a listing, which lists alone show.
DAYS = {"published_at", "reviewed_on"}


def shown_of(guide: Guide) -> Any:
    """Return all of a guide as readers have it now that others show, to be compared; None where it is not live."""
    fields = [field.attname for field in Listing._meta.concrete_fields if field.name not in DAYS]
    listing = Listing.objects.filter(guide=guide).values(*fields).first()
    edition = guide.editions.live().first()
    if listing is None or edition is None:
        return None
    labels = {content.label for content in content_models.CONTENT_MODELS if content.is_shown_elsewhere}
    rows: list[freezing.Plain] = []
    if any(plain["model"] in labels for plain in edition.content["objects"]):
        rows = [plain["fields"] for plain in freezing.as_read(edition.content) if plain["model"] in labels]
    return listing, rows


def concern_of(guide: Guide, before: Any) -> str:
    """Return whom a publishing concerns, by what `shown_of` gave before it."""
    return pages_of(guide.slug) if before is not None and before == shown_of(guide) else EVERYTHING
