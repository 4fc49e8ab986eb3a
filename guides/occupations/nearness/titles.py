"""Which occupation somebody means by what they typed: a title, a code or a page; never a guess in silence."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Q
from rapidfuzz import fuzz

from guides.datasets.models import Occupation, OccupationTitle
from guides.models import Listing
from guides.search.words import fold, stem, words

from .. import informal
from ..models import OccupationListing

LONGEST = 200
# How many occupations are offered at most: 'teacher' stands under 26.
OFFERED = 30
# How many titles are fetched, for how many words, and how much of each must agree; how many of them are offered.
LOOKED_THROUGH, MOST_WORDS, BEGINNING, LOOKED_AT = 3000, 4, 5, 24
# How like a word of a title must be to one that was typed, from 0 to 100.
LIKE_WORDS = 70
# A title may have a second one in brackets.
BRACKETS = re.compile(r"[()]")
# A title, and the code that it stands under.
Row = tuple[str, str]


@dataclass(frozen=True)
class Offer:
    """An occupation that may be meant, and the title that says so."""

    listing: OccupationListing
    title: str
    # What people in it do, in O*NET's words.
    description: str = ""


@dataclass(frozen=True)
class Meant:
    """What was meant: one occupation, perhaps by way of a guide to it; or those that it may be."""

    typed: str
    listing: OccupationListing | None = None
    guide: Listing | None = None
    # Where it is nobody's title, or several occupations'.
    offers: list[Offer] = field(default_factory=list)
    is_title: bool = False
    # Whether the offers are what comes nearest to a name that is no title, each with the reason.
    is_called: bool = False

    @property
    def name(self) -> str:
        """What to call it: the guide's title, what was typed where it is a title, or the occupation's."""
        return self.guide.title if self.guide else self.listing.title if self.listing else self.typed

    @property
    def written(self) -> str:
        """What stands in the form: for a page's address or a code its title, else what was typed."""
        if self.guide and self.typed == self.guide.slug:
            return self.guide.title
        codes = (self.listing.slug, self.listing.code, self.listing.soc_code) if self.listing else ()
        return self.listing.title if self.listing and self.typed in codes else self.typed

    @property
    def key(self) -> str:
        """What stands for it in an address."""
        return self.guide.slug if self.guide else self.listing.slug if self.listing else self.typed


def meant(typed: str, by_guides: bool = False) -> Meant:
    """Return what `typed` means: a guide's or occupation's slug, a code, one of O*NET's titles.

    `by_guides` also by the names that guides give the job, before anything else.
    """
    typed = " ".join(typed.split())
    if not typed:
        return Meant(typed)
    if guide := _guide(typed, by_guides):
        return Meant(typed, listing_of(guide), guide, is_title=True)
    if listing := _listing(typed):
        return Meant(typed, listing, is_title=True)
    if called := _called(typed):
        return Meant(typed, offers=called, is_called=True)
    rows = _by_index(typed) or _with_words(typed)
    said = fold(typed)
    titled = _offers((title, code) for title, code in rows if is_named(title, typed))
    # 'Cashier' stands under four: cashiers go first. What nobody has surveyed, such as 'all other', leads to no answer.
    titled.sort(
        key=lambda offer: (offer.listing.is_indexed, fuzz.token_sort_ratio(said, fold(offer.listing.title))),
        reverse=True,
    )
    if len(titled) == 1:
        return Meant(typed, titled[0].listing, is_title=True)
    return Meant(typed, offers=titled or _offers(_most_like(rows, said)), is_title=bool(titled))


def listing_of(guide: Listing) -> OccupationListing | None:
    """Return the occupation that a guide is about, None where official data does not know it."""
    return OccupationListing.objects.current().filter(code=f"{guide.occupation_code}.00").first()


def _guide(typed: str, by_name: bool) -> Listing | None:
    """The guide of that slug; `by_name`, also the one that has it as its title or another name of the job."""
    if not by_name:
        return Listing.objects.filter(slug=typed).first()
    said = typed.casefold()
    guides = list(Listing.objects.all())
    named = ([guide.slug, *guide.names()] for guide in guides)
    return next((guide for guide, names in zip(guides, named, strict=True) if said in map(str.casefold, names)), None)


def _listing(typed: str) -> OccupationListing | None:
    """The occupation of that slug, code or title; of one that O*NET has dropped, what takes its place."""
    code = f"{typed}.00" if len(typed) == len("25-4031") else typed
    same = OccupationListing.objects.filter(Q(slug=typed) | Q(code=code) | Q(title__iexact=typed))
    found = same.order_by("is_dropped").first()
    if found is None or not found.is_dropped:
        return found
    return OccupationListing.objects.current().filter(slug=found.successor).first()


def is_named(title: str, typed: str) -> bool:
    """Whether a title is what was typed, in singular or plural; 'TA (Teaching Assistant)' is two names."""
    said = _singular(typed)
    return any(_singular(name) == said for name in (title, *BRACKETS.split(title)))


def _singular(name: str) -> str:
    return fold(name).strip().removesuffix("s")


def _called(typed: str) -> list[Offer]:
    """The occupations that are nearest to what people call so, under no title of O*NET's; each says why."""
    jobs = {job.code: job for job in informal.of(typed)}
    listings = OccupationListing.objects.current().filter(code__in=jobs) if jobs else ()
    return [Offer(each, jobs[each.code].called, jobs[each.code].says(each.title)) for each in listings]


def _by_index(typed: str) -> list[Row]:
    """The titles that are written as what was typed; the quick way."""
    forms = {typed, f"{typed}s", typed.removesuffix("s")}
    written = {form for each in forms for form in (each, each.title(), each.capitalize())}
    return _rows(Q(title__in=written))


def _with_words(typed: str) -> list[Row]:
    """The titles that have one of the longest words of what was typed, by how the words begin."""
    beginnings = _beginnings(typed)
    if not beginnings:
        return []
    any_word = Q()
    for beginning in beginnings:
        any_word |= Q(title__icontains=beginning)
    # A fragment within a word says nothing, and neither does a word that only begins alike.
    own_words = re.compile(rf"\b(?:{'|'.join(map(re.escape, beginnings))})\w*")
    said = words(typed)

    @cache
    def is_like(own: str) -> bool:
        return any(fuzz.ratio(own, word) >= LIKE_WORDS for word in said)

    return [row for row in _rows(any_word) if any(map(is_like, own_words.findall(fold(row[0]))))]


def _beginnings(typed: str) -> list[str]:
    """How the longest words of what was typed begin: 'cashi' finds cashiers, and a cashire that slipped."""
    return sorted({stem(word)[:BEGINNING] for word in words(typed)}, key=lambda word: (-len(word), word))[:MOST_WORDS]


def _most_like(rows: list[Row], said: str) -> list[Row]:
    """Those of the titles that are most like what was typed: words that few of them have tell most."""
    folded = [(title, code, fold(title)) for title, code in rows]
    having = {word: sum(word in title for _title, _code, title in folded) for word in _beginnings(said)}

    def likeness(title: str) -> float:
        told = sum(1 + math.log(len(rows) / count) for word, count in having.items() if count and word in title)
        return told + fuzz.token_sort_ratio(said, title) / 50

    best = sorted(folded, key=lambda row: (-likeness(row[2]), row[0]))
    return [(title, code) for title, code, _folded in best[:LOOKED_AT]]


def _rows(condition: Q) -> list[Row]:
    """Titles that meet the condition, each with the code that it stands under."""
    rows = OccupationTitle.objects.filter(condition).order_by("occupation__code", "title")
    return list(rows.values_list("title", "occupation__code")[:LOOKED_THROUGH])


def _offers(rows: Iterable[Row]) -> list[Offer]:
    """An offer for each occupation in these rows, in their order."""
    titles: dict[str, str] = {}
    for title, code in rows:
        titles.setdefault(code, title)
    listings = OccupationListing.objects.current().filter(code__in=list(titles)) if titles else ()
    by_code = {listing.code: listing for listing in listings}
    words_of = dict(Occupation.objects.filter(code__in=list(titles)).values_list("code", "description"))
    offers = [(by_code[code], title, words_of.get(code, "")) for code, title in titles.items() if code in by_code]
    return [Offer(*offer) for offer in offers[:OFFERED]]
