"""The picture beside a link to an occupation: what official data says of it first."""

from django.utils.translation import gettext as _

from guides import formats
from guides.publishing.share_image import Fact, draw_job

from .models import OccupationListing


def draw(listing: OccupationListing) -> bytes:
    """Return the picture of an occupation as a PNG."""
    return draw_job(listing.title, _("What official data says of it"), listing.soc_code, "", facts(listing))


def facts(listing: OccupationListing) -> list[Fact]:
    """What stands on its card: pay, change in jobs and education, as far as they are published."""
    rows: list[Fact] = []
    survey = _note("BLS OEWS", listing.pay_edition, listing)
    if listing.median_pay is not None:
        rows.append((_("Median pay a year"), formats.money(listing.median_pay), survey))
    elif listing.median_hourly is not None:
        rows.append((_("Median pay an hour"), formats.cents(listing.median_hourly), survey))
    projections = _note("BLS Projections", formats.dashes(listing.projection_edition), listing)
    if listing.change_percent is not None:
        rows.append((_("Change in jobs"), formats.percent(float(listing.change_percent)), projections))
    if listing.typical_education:
        rows.append((_("Typical entry education"), listing.typical_education, projections))
    return rows


def _note(survey: str, edition: str, listing: OccupationListing) -> str:
    if listing.is_counted_with_others:
        return _("%(survey)s, %(edition)s, with others") % {"survey": survey, "edition": edition}
    return f"{survey}, {edition}"
