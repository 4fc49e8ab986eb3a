"""The one place where reading code gets a guide from.

`live` and `of` give the same tree of model instances, thawed from an edition; templates cannot tell which.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from .. import freezing
from ..models import Edition, Figure, Guide, LinkVisit, Listing, PublishedSection, RelatedCareer, Section, Source
from . import thawed

_previewed: ContextVar[Edition | None] = ContextVar("previewed", default=None)


@dataclass
class Reading:
    """A guide as a page reads it: its top-level sections with their parts, and what stands on its card.

    What differs between requests stands here, by slug, and never on the rows, which others read too (thawed.py):
    `opened` are the sections that the page shows open, `folded` the parts that show their heading and answer alone,
    `live_related` the guides of related careers that are live.
    """

    guide: Guide
    edition: Edition | None
    sections: list[Section] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    opened: Collection[str] = frozenset()
    folded: Collection[str] = frozenset()
    live_related: Collection[str] = frozenset()
    _listing: Listing | None = None

    @property
    def published(self) -> Edition:
        """Its edition. Raises ValueError for a reading that was made of rows, not of an edition."""
        if self.edition is None:
            raise ValueError(f"{self.guide} is read from its rows: it has no edition.")
        return self.edition

    @cached_property
    def card(self) -> list[Figure]:
        """The figures of the key facts card, those that have an observation."""
        return [figure for figure in self.figures if figure.on_card and figure.leading]

    @property
    def title(self) -> str:
        return self.guide.title

    @property
    def is_guide(self) -> bool:
        """Whether someone has written it; an app may compare with guides what nobody has (Extension.compared)."""
        return True

    @property
    def url(self) -> str:
        return self.guide.get_absolute_url()

    def history_url(self, figure: Figure) -> str:
        """Where all that is known of one of its figures stands."""
        return f"{reverse('guides:sources', args=[self.guide.slug])}#figure-{figure.slug}"

    @property
    def listing(self) -> Listing | None:
        """What lists say of the guide, its dates of publishing included; None where it is not live. One query."""
        if self._listing is None and self.edition:
            self._listing = Listing.objects.filter(guide=self.edition.guide_id).first()
        return self._listing

    @cached_property
    def months(self) -> tuple[int | None, int | None]:
        """The shortest and the longest time of all routes in months, or (None, None)."""
        routes = [route for section in self.all_sections() for route in section.routes.all()]
        shortest = [route.months_from for route in routes if route.months_from is not None]
        longest = [route.months_to for route in routes if route.months_to is not None]
        return (min(shortest, default=None), max(longest, default=None))

    @property
    def months_from(self) -> int | None:
        return self.months[0]

    @property
    def months_to(self) -> int | None:
        return self.months[1]

    @property
    def median(self) -> Figure | None:
        """The card's median pay, or None."""
        return next((figure for figure in self.card if (figure.measure, figure.statistic) == ("pay", "median")), None)

    @property
    def change(self) -> Figure | None:
        """The card's projected change in jobs, or None."""
        return next((figure for figure in self.card if figure.measure == "change"), None)

    def all_sections(self) -> Iterator[Section]:
        """Every section and part, in reading order."""
        for section in self.sections:
            yield section
            yield from section.parts

    def find(self, slug: str) -> Section:
        """Return the section with that address. Raises Moved where it had that address once, else NoSuchSection."""
        for section in self.all_sections():
            if section.slug == slug:
                return section
        raise self._moved(slug) or NoSuchSection(self.guide)

    def _moved(self, slug: str) -> "Moved | None":
        """Return where readers of an address that a section had once are led, None where none had it. One query."""
        known = {section.slug: section for section in self.all_sections()}
        former = next((one for one in self.guide.former_addresses.all() if one.slug == slug), None)
        if former is None:
            published = PublishedSection.objects.filter(guide__slug=self.guide.slug, slug=slug).first()
            if published is None:
                return None
            leads_to = published.parent
        else:
            leads_to = former.leads_to
        return Moved((known.get(leads_to) or self.guide).get_absolute_url())

    def open(self, slugs: Collection[str] | None = None, part: str = "") -> "Reading":
        """Show the top-level sections with one of `slugs` open, and `part` whole; without slugs, all of them."""
        self.opened = {section.slug for section in self.sections} if slugs is None else slugs
        self.folded = set() if slugs is None else {slug for slug in self.folded if slug != part}
        return self

    def related_live(self) -> list[RelatedCareer]:
        """The related careers that have a live guide, which this one can be compared with."""
        return [career for career in self.guide.related_careers.all() if career.other in self.live_related]

    def cited(self) -> list[Source]:
        """The sources that its rows name and its texts link to, once each, by publisher."""
        return sorted(self.guide.sources, key=lambda source: (source.publisher, source.title))

    def credits(self) -> list[Source]:
        """The cited sources whose licence asks for credit wherever their data is: Creative Commons ones."""
        return [source for source in self.cited() if source.licence.startswith("CC ")]


def arrange(guide: Guide, edition: Edition | None = None) -> Reading:
    """Return `guide`, a thawed tree, as a Reading."""
    reading = Reading(guide, edition, [section for section in guide.sections.all() if section.parent_id is None])
    reading.figures = [figure for section in reading.all_sections() for figure in section.figures.all()]
    # Among figures, what explains them is a tap away: a phone has room for the numbers first.
    of_figures = (section for section in reading.sections if section.kind == "figures")
    reading.folded = {part.slug for section in of_figures for part in section.parts if part.kind != "figures"}
    return reading


def of(edition: Edition) -> Reading:
    """Return an edition, live or not, as readers would have it. Two queries."""
    reading = arrange(thawed.guide_of(edition, LinkVisit.objects.dead().values_list("url", flat=True)), edition)
    related = [career.other for career in reading.guide.related_careers.all() if career.other]
    # A guide has a listing while it is live.
    listings = list(Listing.objects.filter(Q(slug__in=related) | Q(guide=edition.guide_id)))
    reading._listing = next((listing for listing in listings if listing.guide_id == edition.guide_id), None)
    reading.live_related = {listing.slug for listing in listings}
    return reading


class Withdrawn(Http404):
    """Readers could read this guide once, and it was taken out.

    `guide` is what they read last, `edition` the edition of it, which says when it was taken out, and why.
    """

    def __init__(self, guide: Guide, edition: Edition) -> None:
        super().__init__("withdrawn")
        self.guide, self.edition = guide, edition


class NoSuchSection(Http404):
    """The live `guide` has no section with that address; an earlier edition of it may have had one."""

    def __init__(self, guide: Guide) -> None:
        super().__init__("no such section")
        self.guide = guide


class Moved(Http404):
    """What was read at this address is read elsewhere now.

    `url` is where; for a whole guide, `guide` is the slug it had and `url` that of the one that took its place.
    """

    def __init__(self, url: str, guide: str = "") -> None:
        super().__init__("moved")
        self.url, self.guide_slug = url, guide


def _not_live(slug: str) -> Http404:
    """Return why no guide with that address can be read. At most two queries."""
    published = Edition.objects.filter(guide__slug=slug, published_at__isnull=False).select_related("guide")
    last = published.order_by("-published_at", "-number").first()
    if last is None:
        return Http404()
    if other := Guide.objects.live().filter(slug=last.guide.replaced_by).first():
        return Moved(other.get_absolute_url(), slug)
    return Withdrawn(freezing.thaw(last.content), last)


def live_edition(slug: str) -> Edition:
    """Return the live edition of the guide with that address as it was frozen. One query.

    Raises Withdrawn where it was live once, Http404 where it never was.
    """
    edition = _previewed.get()
    if edition is None or edition.guide.slug != slug:
        edition = Edition.objects.live().filter(guide__slug=slug).first()
    if edition is None:
        raise _not_live(slug)
    return edition


def live(slug: str) -> Reading:
    """Return the live edition of the guide with that address; raises what `live_edition` does. Three queries."""
    return of(live_edition(slug))


@contextmanager
def previewing(edition: Edition) -> Iterator[None]:
    """Have `live` give `edition` meanwhile, in this request alone: the reading views then show its preview."""
    token = _previewed.set(edition)
    try:
        yield
    finally:
        _previewed.reset(token)


def shelf() -> list[Reading]:
    """Return every live guide, by title. One query."""
    editions = Edition.objects.live().order_by("guide__title", "guide__slug")
    return [arrange(freezing.thaw(edition.content), edition) for edition in editions]


def several(slugs: Sequence[str]) -> list[Reading]:
    """Return the live guides with those addresses, in that order; those that are not live are left out. One query."""
    editions = Edition.objects.live().filter(guide__slug__in=slugs).select_related("guide")
    readings = {edition.guide.slug: arrange(thawed.guide_of(edition), edition) for edition in editions}
    return [readings[slug] for slug in slugs if slug in readings]
