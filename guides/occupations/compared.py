"""Occupations in a comparison, beside guides or each other: official figures, and what sets each apart."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from guides.datasets import profiles
from guides.datasets.models import Area, Dataset, Projection, WageEstimate
from guides.datasets.publisher import publishers
from guides.models import Figure, Guide, Listing
from guides.reading.reader import Reading
from guides.registry import ComparedRow

from . import blocks, figures, related
from .models import OccupationListing

# How many fields of knowledge and products stand in a row.
KNOWLEDGE, PRODUCTS = 5, 8
# The parts of an occupation's page that a figure stands in, by what it measures; the others stand under pay.
PLACES = {
    Figure.Measure.CHANGE: "outlook",
    Figure.Measure.OPENINGS: "outlook",
    Figure.Measure.EDUCATION: "education",
}


@dataclass
class OfficialReading(Reading):
    """An occupation in the form of a guide that nobody has written: a title, a code and official figures.

    Its `guide` is not saved: nothing hangs from it.
    """

    occupation: OccupationListing | None = None
    # The title and the code of the Bureau's row that counts it with others, '' where it has one of its own.
    counted_as: str = ""
    # The Bureau's credit for each edition that its figures are of.
    bureau_credits: Sequence[str] = ()
    # The live guides to this very occupation.
    written: Sequence[Listing] = ()

    @property
    def is_guide(self) -> bool:
        return False

    @property
    def url(self) -> str:
        return self.occupation.get_absolute_url() if self.occupation else ""

    def history_url(self, figure: Figure) -> str:
        return f"{self.url}#{PLACES.get(Figure.Measure(figure.measure), 'pay')}"


def readings(keys: Sequence[str]) -> dict[str, Reading]:
    """Return an OfficialReading for each of `keys` that is the slug or the O*NET code of an occupation."""
    listings = list(OccupationListing.objects.current().filter(Q(slug__in=keys) | Q(code__in=keys)))
    wages = _wages([listing.pay_code for listing in listings])
    guides = list(Listing.objects.filter(occupation_code__in=[each.soc_code for each in listings]).order_by("title"))
    found: dict[str, Reading] = {}
    for listing in listings:
        guide = Guide(slug=listing.slug, title=listing.title, occupation_code=listing.soc_code)
        reading = OfficialReading(guide, None, occupation=listing)
        reading.written = related.written(listing, guides)
        reading.figures = figures.of_wages(wages[listing.pay_code])
        projection = Projection.objects.newest(listing.projection_code) if listing.projection_code else None
        if projection:
            # Guides say the change in percent; as a number of jobs it could not stand beside theirs.
            reading.figures += [
                figure
                for figure in figures.of_projection(projection)
                if (figure.measure, figure.unit) != (Figure.Measure.CHANGE, Figure.Unit.COUNT)
            ]
        datasets = [row.dataset for row in (next(iter(wages[listing.pay_code]), None), projection) if row]
        reading.bureau_credits = [dataset.credit for dataset in datasets]
        if listing.is_counted_with_others:
            reading.counted_as = _counted_as(wages[listing.pay_code], projection)
        found |= {key: reading for key in (listing.slug, listing.code) if key in keys}
    return found


def _counted_as(wages: Sequence[WageEstimate], projection: Projection | None) -> str:
    row = wages[0] if wages else projection
    return f"{row.title} ({row.code})" if row else ""


def _wages(codes: Sequence[str]) -> Mapping[str, list[WageEstimate]]:
    """The nation's rows of every edition by their code. One query."""
    rows = WageEstimate.objects.filter(
        area__kind=Area.Kind.NATION, code__in=filter(None, codes), dataset__in=Dataset.objects.installed()
    )
    by_code: dict[str, list[WageEstimate]] = defaultdict(list)
    for row in rows.select_related("area", "dataset").order_by("-dataset__edition"):
        by_code[row.code].append(row)
    return by_code


def rows(compared: Sequence[Reading]) -> Iterator[ComparedRow]:
    """Yield what O*NET says of each, guides too, where an occupation without a guide is among them."""
    if all(reading.is_guide for reading in compared):
        return
    known = [profiles.of(_code(reading)) for reading in compared]
    titles = [reading.title for reading in compared]
    knowledge = [_knowledge(profile) if profile else _("not surveyed") for profile in known]
    yield ComparedRow(_("Knowledge that matters most"), list(zip(titles, knowledge, strict=True)))
    software = [_software(profile) if profile else _("not surveyed") for profile in known]
    editions = {edition for profile in known if profile for edition in profile.editions}
    credits = [publishers()["onet"].credit_line(*editions)] if editions else []
    credits += [line for reading in compared if isinstance(reading, OfficialReading) for line in reading.bureau_credits]
    note = " ".join(dict.fromkeys(credits))
    yield ComparedRow(_("Software that adverts ask for"), list(zip(titles, software, strict=True)), note)


def _code(reading: Reading) -> str:
    """O*NET's code of what is compared."""
    if isinstance(reading, OfficialReading) and reading.occupation:
        return reading.occupation.code
    return f"{reading.guide.occupation_code}.00"


def _knowledge(profile: profiles.Profile) -> str:
    items = sorted(profile.knowledge.items, key=lambda each: -each.importance.value) if profile.knowledge else []
    return ", ".join(each.name for each in items[:KNOWLEDGE]) or _("not surveyed")


def _software(profile: profiles.Profile) -> str:
    tools = blocks.tools(profile)
    return ", ".join(tools.in_demand[:PRODUCTS]) if tools and tools.in_demand else _("none named")
