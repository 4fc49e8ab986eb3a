"""What search finds of the occupations: each under all the titles that O*NET lists, with the places of its page."""

import hashlib
import math
import re
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

from . import informal, related
from .conditions import CONDITIONS, NO_DEGREE, SCHOOL
from .exploring.asked import QUESTIONS
from .models import ListedData, OccupationListing
from .reading import PARTS

Kind = OccupationListing.Kind
# A title and its short form, either of which O*NET puts into brackets; and a short form of a few capitals.
IN_BRACKETS = re.compile(r"(.+) \((.+)\)")
SHORT = re.compile(r"[A-Z]{2,5}")
# No occupation has more openings a year than ten to the power of this.
MOST_OPENINGS = 6
# How much less people mean a part of an occupation, what is counted with others, and what no occupation counts.
PART, JOINT, REST = 0.8, 0.8, 0.5
SHOWN_TASKS = 2


def entries() -> Iterator[SearchEntry]:
    """Every occupation of the newest edition of O*NET."""
    names = _names()
    called = informal.by_code()
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
                [(job.called, job.says(listing.title)) for job in called.get(listing.code, ())],
            )


def _names() -> dict[str, list[str]]:
    """Every title of each occupation by its code, and what is short for one of them wherever it is listed.

    O*NET lists 'NP (Nurse Practitioner)' under Clinical Nurse Specialists alone: NP is short for Nurse Practitioner
    where that is the title, too.
    """
    names: dict[str, list[str]] = defaultdict(list)
    short_for: dict[str, set[str]] = defaultdict(set)
    rows = OccupationTitle.objects.order_by("pk").values_list("occupation__code", "title", "short")
    for code, title, short in rows.iterator(5_000):
        names[code] += filter(None, (title, short))
        if short and (pair := IN_BRACKETS.fullmatch(title)):
            names[code] += pair.groups()
            for one, other in (pair.groups(), pair.groups()[::-1]):
                if SHORT.fullmatch(other):
                    short_for[_singular(one)].add(other)
    titles = dict(OccupationListing.objects.current().values_list("code", "title"))
    for code, title in titles.items():
        names[code] += sorted(short_for.get(_singular(title), ()))
    return names


def _singular(title: str) -> str:
    return title.casefold().removesuffix("s")


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
    if listing.median_pay is not None:
        words, median = _("Median pay: %(sum)s a year. BLS OEWS, %(edition)s."), formats.money(listing.median_pay)
    elif listing.median_hourly is not None:
        words, median = _("Median pay: %(sum)s an hour. BLS OEWS, %(edition)s."), formats.cents(listing.median_hourly)
    else:
        return _("BLS OEWS, %(edition)s.") % {"edition": listing.pay_edition}
    text = words % {"sum": median, "edition": listing.pay_edition}
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
    SearchList("experience", gettext_lazy("a few questions, and which occupations fit"), "occupations:explore"),
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
        questions=QUESTIONS,
        conditions=CONDITIONS,
        all_of_them=gettext_lazy("occupations"),
    )
]
