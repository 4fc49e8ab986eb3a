"""What search finds of the occupations: each under all the titles that O*NET lists, with the places of its page."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import formats
from guides.datasets import profiles
from guides.datasets.models import OccupationTitle
from guides.models import Listing
from guides.registry import NearestGuide, SearchEntry, SearchPlace, SearchSource
from guides.registry.search_sources import SearchList

from . import related
from .models import ListedData, OccupationListing
from .reading import PARTS

Kind = OccupationListing.Kind
# No occupation has more openings a year than ten to the power of this.
MOST_OPENINGS = 6
# How much less people mean a part of an occupation, what is counted with others, and what no occupation counts.
PART, JOINT, REST = 0.8, 0.8, 0.5
SHOWN_TASKS = 2


def entries() -> Iterator[SearchEntry]:
    """Every occupation of the newest edition of O*NET."""
    names: dict[str, list[str]] = defaultdict(list)
    rows = OccupationTitle.objects.order_by("pk").values_list("occupation__code", "title", "short")
    for code, title, short in rows.iterator(5_000):
        names[code] += filter(None, (title, short))
    listings = {listing.code: listing for listing in OccupationListing.objects.current()}
    for profile in profiles.each(["tasks"]):
        if listing := listings.get(profile.code):
            tasks = [task.text for task in profile.tasks.items] if profile.tasks else []
            yield SearchEntry(
                listing.code,
                listing.title,
                listing.get_absolute_url(),
                " ".join([profile.description, *tasks]),
                names[listing.code],
                listing.code,
                _weight(listing),
                list(_places(listing, tasks)),
            )


def _weight(listing: OccupationListing) -> float:
    """How often people mean it: by how many jobs open up in it."""
    weight = math.log10(max(listing.openings or 0, 1)) / MOST_OPENINGS
    if not listing.code.endswith(".00"):
        weight *= PART
    if listing.projection_code != listing.soc_code:
        weight *= JOINT
    return round(weight if listing.kind == Kind.SURVEYED else weight * REST, 3)


def _places(listing: OccupationListing, tasks: list[str]) -> Iterator[SearchPlace]:
    """The blocks of its page that answer what people ask, where it has them."""
    if tasks:
        yield _place("work", " ".join(tasks[:SHOWN_TASKS]))
    if listing.pay_code:
        yield _place("pay", _pay(listing))
    if listing.projection_code:
        yield _place("outlook", _outlook(listing))
    if listing.typical_education:
        said = _("Typical at entry: %(education)s. BLS Employment Projections, %(edition)s.")
        text = said % {"education": listing.typical_education, "edition": listing.projection_edition}
        yield _place("education", text, topic="degree")
    if listing.kind == Kind.SURVEYED:
        yield from map(_place, ("skills", "technology", "person", "related"))


def _place(part: str, text: str = "", topic: str = "") -> SearchPlace:
    return SearchPlace(str(PARTS[part]), text, part, topic or part)


def _pay(listing: OccupationListing) -> str:
    if listing.median_pay is None:
        return _("BLS OEWS, %(edition)s.") % {"edition": listing.pay_edition}
    said = {"sum": formats.money(listing.median_pay), "edition": listing.pay_edition}
    text = _("Median pay: %(sum)s a year. BLS OEWS, %(edition)s.") % said
    return text if not listing.is_counted_with_others else f"{text} {_('Counted together with others.')}"


def _outlook(listing: OccupationListing) -> str:
    source = _("BLS Employment Projections, %(edition)s.") % {"edition": listing.projection_edition}
    if listing.openings is None:
        return source
    return f"{_('Openings a year: %(count)s.') % {'count': formats.number(listing.openings)}} {source}"


def nearest(codes: Sequence[str]) -> dict[str, NearestGuide]:
    """The written guide nearest to each of these occupations, by code, where there is one and no guide to it."""
    guides = list(Listing.objects.only("slug", "title", "occupation_code").order_by("title", "slug"))
    found: dict[str, NearestGuide] = {}
    for listing in OccupationListing.objects.filter(code__in=codes):
        near = related.nearest(listing, profiles.of(listing.code, ["related"]), guides)
        if near and not related.written(listing, guides):
            found[listing.code] = NearestGuide(near.guide.title, near.guide.get_absolute_url(), near.why)
    return found


def version() -> str:
    """Which official data the listings were written from. One query."""
    listed = ListedData.objects.first()
    return hashlib.sha256((listed.editions if listed else "").encode()).hexdigest()


NO_DEGREE = "education=none&education=school&education=certificate&sort=pay"
SCHOOL = "education=none&education=school&sort=pay"
LISTS = [
    SearchList("pay", gettext_lazy("all occupations, the best paid first"), "occupations:list", "sort=pay"),
    SearchList("outlook", gettext_lazy("all occupations, the best outlook first"), "occupations:list", "sort=outlook"),
    SearchList(
        "degree",
        gettext_lazy("occupations that typically ask for no degree, the best paid first"),
        "occupations:list",
        NO_DEGREE,
    ),
    SearchList(
        "experience",
        gettext_lazy("occupations that typically ask for no school beyond high school, the best paid first"),
        "occupations:list",
        SCHOOL,
    ),
    SearchList("experience", gettext_lazy("what carries over from the job you have"), "occupations:move"),
]
SOURCES = [
    SearchSource(
        "occupations",
        gettext_lazy("occupation"),
        entries,
        version,
        nearest=nearest,
        page="occupations:list",
        page_name=gettext_lazy("all occupations, by field, pay and schooling"),
        lists=LISTS,
    )
]
