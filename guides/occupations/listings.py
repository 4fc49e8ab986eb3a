"""The occupations' addresses and lists, written anew after official data has changed; an address stays for good."""

import json
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import transaction
from django.utils.text import slugify

from guides.datasets.models import Dataset, Occupation, OccupationTitle, Projection, WageEstimate
from guides.datasets.packing import unpack
from guides.models import Listing
from guides.publishing.content_version import content_changed
from guides.publishing.listings import OUTLOOK_ENDS, PAY_ENDS, band, education

from .fields import MILITARY
from .joint_rows import row_that_counts
from .models import ListedData, OccupationListing

Kind = OccupationListing.Kind
Row = TypeVar("Row", WageEstimate, Projection)
KEPT = {"id", "slug", "code"}


def editions() -> str:
    """What official data is here, and since when. One query."""
    rows = Dataset.objects.installed().order_by("form", "edition").values_list("form", "edition", "imported_at")
    return json.dumps([[form, edition, moment.isoformat()] for form, edition, moment in rows])


def is_needed() -> bool:
    """Whether official data has changed since the listings were written. Two quick questions to the database."""
    listed = ListedData.objects.first()
    return editions() != (listed.editions if listed else "[]")


def write() -> int:
    """Write the listings of what official data is here, and return how many occupations that are.

    A slug is made once and never changed. An occupation that O*NET has dropped keeps its row, and leads to another.
    Where there are no occupations at all nothing is dropped: they are being loaded.
    """
    # All is reckoned before the database is touched: on SQLite, whoever writes waits for the transaction.
    now = editions()
    occupations = list(Occupation.objects.order_by("code").values_list("code", "title", "profile__packed"))
    known = {listing.code: listing for listing in OccupationListing.objects.all()} if occupations else {}
    listings = _described(occupations, known)
    with transaction.atomic():
        listed = ListedData.objects.select_for_update().first() or ListedData()
        if editions() != now:
            return 0  # it has changed meanwhile, and is listed when the clock asks again
        if occupations:
            _drop(known, listings)
            _store([*listings.values(), *(known[code] for code in known.keys() - listings.keys())])
            content_changed()
        listed.editions = now
        listed.save()
    return len(occupations)


def _described(
    occupations: Iterable[tuple[str, str, bytes | memoryview | None]], known: dict[str, OccupationListing]
) -> dict[str, OccupationListing]:
    """Return the listing of each occupation by its code, not saved."""
    taken = {listing.slug for listing in known.values()}
    listings: dict[str, OccupationListing] = {}
    for code, title, packed in occupations:
        slug = known[code].slug if code in known else _new_slug(title, code, taken)
        taken.add(slug)
        group = code[:2]
        is_surveyed = bool(packed and unpack(packed))
        kind = Kind.SURVEYED if is_surveyed else Kind.MILITARY if group == MILITARY else Kind.ALL_OTHER
        listings[code] = OccupationListing(slug=slug, code=code, title=title, kind=kind, major_group=group)
    _add_pay(listings)
    _add_projections(listings)
    return listings


def _new_slug(title: str, code: str, taken: set[str]) -> str:
    slug = slugify(title)[:100].strip("-") or slugify(code)
    return slug if slug not in taken else f"{slug}-{slugify(code.replace('.', '-'))}"


def _add_pay(listings: dict[str, OccupationListing]) -> None:
    """Say of each what the newest edition of the wage survey that counts it publishes for the nation."""
    for listing, row in _rows_that_count(listings, _wages()):
        listing.pay_code, listing.pay_edition = row.code, row.dataset.edition
        listing.median_pay, listing.median_hourly = row.annual_median, row.hourly_median
        listing.is_top_pay = row.mark("annual_median") == "#"
        top = Listing.Pay.HIGHEST.value if listing.is_top_pay else ""
        listing.pay_band = band(row.annual_median, PAY_ENDS, Listing.Pay) or top


def _add_projections(listings: dict[str, OccupationListing]) -> None:
    for listing, row in _rows_that_count(listings, _projections()):
        listing.projection_code, listing.projection_edition = row.code, row.dataset.edition
        listing.change_percent, listing.openings = row.change_percent, row.openings
        listing.typical_education = row.education
        listing.education = education(row.education)
        change = row.change_percent
        listing.outlook = band(None if change is None else float(change), OUTLOOK_ENDS, Listing.Outlook)


def _wages() -> Iterator[dict[str, WageEstimate]]:
    """The nation's wages by code, an edition after the other, the newest first."""
    nation = WageEstimate.objects.in_nation()
    for dataset in nation.filter(dataset__in=Dataset.objects.installed()).editions():
        yield {row.code: row for row in nation.filter(dataset=dataset).select_related("dataset")}


def _projections() -> Iterator[dict[str, Projection]]:
    """The projections of occupations by code, an edition after the other, the newest first."""
    rows = Projection.objects.filter(is_group=False, dataset__in=Dataset.objects.installed())
    for dataset in Dataset.objects.filter(pk__in=rows.order_by().values("dataset")).order_by("-edition"):
        yield {row.code: row for row in rows.filter(dataset=dataset).select_related("dataset")}


def _rows_that_count(
    listings: dict[str, OccupationListing], editions: Iterator[dict[str, Row]]
) -> Iterator[tuple[OccupationListing, Row]]:
    """Yield each listing with the row of the newest edition that counts it; those that none counts are left out."""
    occupations = {listing.soc_code for listing in listings.values()}
    left = list(listings.values())
    for rows in editions:
        found = {code: row_that_counts(code, rows.keys(), occupations) for code in {one.soc_code for one in left}}
        yield from ((listing, rows[row]) for listing in left if (row := found[listing.soc_code]))
        left = [listing for listing in left if not found[listing.soc_code]]


def _drop(known: dict[str, OccupationListing], listings: dict[str, OccupationListing]) -> None:
    """Say of each occupation that O*NET has dropped which other one takes its place, if one can be told."""
    dropped = [listing for code, listing in known.items() if code not in listings]
    titles = OccupationTitle.objects.filter(title__in={listing.title for listing in dropped})
    lists_it: dict[str, list[str]] = {}
    for title, code in titles.values_list("title", "occupation__code") if dropped else ():
        lists_it.setdefault(title, []).append(code)
    by_title = {listing.title: listing.code for listing in listings.values()}
    for listing in dropped:
        named = [by_title[listing.title]] if listing.title in by_title else lists_it.get(listing.title, [])
        code = named[0] if len(named) == 1 else f"{listing.soc_code}.00"
        listing.is_dropped = True
        listing.successor = listings[code].slug if code in listings else ""


def _store(listings: list[OccupationListing]) -> None:
    fields = [field.name for field in OccupationListing._meta.concrete_fields if field.name not in KEPT]
    for listing in listings:
        # Which row it is says its code; a key of its own would be in the way.
        listing.pk = None
    OccupationListing.objects.bulk_create(
        listings, update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=500
    )
