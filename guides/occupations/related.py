"""Occupations beside this one, and in what each differs; and the written guides that are nearest to it, and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides import formats
from guides.datasets.profiles import Profile
from guides.models import Listing

from .fields import FIELDS
from .models import OccupationListing

# Closer than this, in percent, pay is about the same.
ABOUT = 5


@dataclass(frozen=True)
class Related:
    """An occupation that O*NET holds for similar, and in what it differs from the one that is read about."""

    listing: OccupationListing
    differences: Sequence[str]
    # Whether it is among the ten that O*NET holds for the closest.
    is_close: bool


@dataclass(frozen=True)
class NearGuide:
    """A written guide that is near an occupation, and why."""

    guide: Listing
    why: str


def related(profile: Profile, own: OccupationListing, listings: Iterable[OccupationListing]) -> list[Related]:
    """Return the related occupations of a profile that have a page here, in O*NET's order."""
    by_code = {listing.code: listing for listing in listings}
    return [
        Related(by_code[each.code], differences(own, by_code[each.code]), each.tier.startswith("Primary"))
        for each in (profile.related.items if profile.related else ())
        if each.code in by_code
    ]


def differences(own: OccupationListing, other: OccupationListing) -> list[str]:
    """Say in what `other` differs from `own`: pay, education to enter, the change in jobs, the field."""
    said = [_pay(own, other), _education(own, other), _outlook(own, other)]
    if any(said) and other.is_counted_with_others and own.pay_code != other.pay_code:
        said.append(_("BLS counts it together with others"))
    if own.major_group != other.major_group:
        said.append(_("another field: %(field)s") % {"field": FIELDS.get(other.major_group, other.major_group)})
    return [words for words in said if words]


def _pay(own: OccupationListing, other: OccupationListing) -> str:
    if own.pay_code and own.pay_code == other.pay_code:
        return _("counted together with this one in pay")
    # Sums of two years are not held against each other.
    if own.pay_edition != other.pay_edition:
        return ""
    if own.median_pay and other.median_pay:
        return _difference(own.median_pay, other.median_pay, _("%(sum)s a year more"), _("%(sum)s a year less"))
    if own.median_hourly and other.median_hourly:
        more, less = _("%(sum)s an hour more"), _("%(sum)s an hour less")
        return _difference(own.median_hourly, other.median_hourly, more, less, formats.cents)
    return ""


def _difference(own: int, other: int, more: str, less: str, write: Callable[[int], str] = formats.money) -> str:
    if abs(other - own) * 100 < ABOUT * own:
        return _("about the same pay")
    return (more if other > own else less) % {"sum": write(abs(other - own))}


def _education(own: OccupationListing, other: OccupationListing) -> str:
    if not own.typical_education or not other.typical_education or own.typical_education == other.typical_education:
        return ""
    return _("typically asks for: %(education)s") % {"education": other.typical_education}


def _outlook(own: OccupationListing, other: OccupationListing) -> str:
    if not own.outlook or not other.outlook or own.outlook == other.outlook:
        return ""
    if own.projection_code == other.projection_code:
        return ""
    return {
        Listing.Outlook.FEWER.value: _("fewer jobs ahead"),
        Listing.Outlook.SAME.value: _("about as many jobs ahead"),
        Listing.Outlook.MORE.value: _("more jobs ahead"),
    }[other.outlook]


def written(own: OccupationListing, guides: Iterable[Listing]) -> list[Listing]:
    """The live guides to this very occupation, by title."""
    return [guide for guide in guides if guide.occupation_code == own.soc_code]


def nearest(own: OccupationListing, profile: Profile | None, guides: Sequence[Listing]) -> NearGuide | None:
    """Return the written guide that is nearest to an occupation, None where none is near.

    O*NET's own list of similar occupations goes first, in its order; then the SOC's small groups. That both belong to
    one field, such as teaching and libraries do, makes no job near another.
    """
    by_code: dict[str, Listing] = {}
    for guide in guides:
        by_code.setdefault(guide.occupation_code, guide)
    for each in profile.related.items if profile and profile.related else ():
        if each.code[:7] in by_code:
            said = _("O*NET names %(title)s among the occupations most like this one") % {"title": each.title}
            return NearGuide(by_code[each.code[:7]], said)
    for digits in (6, 4):
        for code, guide in by_code.items():
            if code[:digits] == own.code[:digits]:
                return NearGuide(guide, _("the federal classification puts both in one small group"))
    return None
