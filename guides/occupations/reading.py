"""All that a page says of an occupation, with five queries however much there is: `of(listing)`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guides import formats
from guides.datasets import profiles
from guides.datasets.models import OccupationBlock, OccupationTitle, Projection
from guides.datasets.models.projections import Factor
from guides.datasets.pay_by_state import PayByState
from guides.datasets.profiles import Profile
from guides.datasets.publisher import publishers
from guides.datasets.tiles import Tile, tiles
from guides.models import Listing
from guides.reading.charts.jobs import Jobs, jobs

from . import blocks, figures
from .models import OccupationListing
from .pay import Pay, wages
from .related import NearGuide, Related, nearest, related, written

# The parts of a page by their ids, in the order that they stand in.
PARTS = {
    "work": _("What people in it do"),
    "pay": _("Pay"),
    "outlook": _("Outlook"),
    "education": _("Education"),
    "skills": _("Skills and knowledge"),
    "technology": _("Software"),
    "person": _("What kind of person likes it"),
    "related": _("Occupations like it"),
    "titles": _("Other titles"),
    "credits": _("Where this is from"),
}
# What of O*NET is no block of a profile, by the name of what says its edition.
OF_BLOCKS = {"titles": "alternate_titles", "description": "occupations"}
# Fewer states than this are no picture.
FEWEST_STATES = 10
# How many other titles stand open.
OPEN_TITLES = 12


@dataclass(frozen=True)
class Reason:
    """Why employers are expected to need more or fewer, in the Bureau's words, and in which industries."""

    text: str
    industries: Sequence[str]


@dataclass(frozen=True)
class Credit:
    """The line that must stand where a publisher's data is shown, and where its terms are."""

    line: str
    licence: str
    licence_url: str


@dataclass(frozen=True)
class OccupationReading:
    """An occupation as its page reads it."""

    listing: OccupationListing
    profile: Profile | None
    pay: Pay | None
    by_state: PayByState | None
    projection: Projection | None
    factors: Sequence[Factor]
    titles: Sequence[str]
    # Of which edition of O*NET the titles and the occupation's description are, by OF_BLOCKS.
    editions: Mapping[str, str]
    guides: Sequence[Listing]
    # Those of the related occupations, and those that the Bureau counts in one row with this one.
    others: Sequence[OccupationListing]

    @property
    def title(self) -> str:
        return self.listing.title

    @cached_property
    def written(self) -> list[Listing]:
        return written(self.listing, self.guides)

    @cached_property
    def nearest(self) -> NearGuide | None:
        return nearest(self.listing, self.profile, self.guides)

    @cached_property
    def related(self) -> list[Related]:
        return related(self.profile, self.listing, self.others) if self.profile else []

    @cached_property
    def state_rows(self) -> SafeString:
        """Each state that the survey has a row of: its name, its pay, and by how much it differs from the nation's.

        Written here and not in the template, which takes five times as long for fifty rows.
        """
        wages = self.by_state
        row = '<tr><th scope="row">{}</th><td>{}</td>{}</tr>\n      '
        if wages is None:
            return SafeString()
        differs = "<td>{}</td>" if wages.nation is not None else ""
        return format_html_join(
            "",
            row,
            (
                (wage.state.name, wage.says, format_html(differs, _difference(wage.percent)))
                for wage in wages.states
                if wage.estimate
            ),
        )

    @property
    def is_more_related(self) -> bool:
        """Whether O*NET lists occupations beyond the closest ten."""
        return any(not each.is_close for each in self.related)

    @cached_property
    def jobs(self) -> Jobs | None:
        if self.projection is None:
            return None
        return jobs(figures.of_projection(self.projection), self.projection.code)

    @cached_property
    def reasons(self) -> list[Reason]:
        """The reasons for a change in use, each once, with the industries it is given for."""
        industries = defaultdict(list)
        for factor in self.factors:
            industries[factor.text].append(factor.industry)
        return [Reason(text, names) for text, names in industries.items()]

    def _counted_with(self, name: str) -> list[OccupationListing]:
        code = getattr(self.listing, name)
        together = [other for other in self.others if getattr(other, name) == code and other.pk != self.listing.pk]
        return sorted(together, key=lambda other: other.code) if code else []

    @cached_property
    def paid_together(self) -> list[OccupationListing]:
        """The other occupations that the row of pay counts."""
        return self._counted_with("pay_code")

    @cached_property
    def projected_together(self) -> list[OccupationListing]:
        return self._counted_with("projection_code")

    @cached_property
    def duties(self) -> blocks.Duties | None:
        return blocks.duties(self.profile) if self.profile else None

    @cached_property
    def skills(self) -> blocks.Ranking | None:
        return blocks.by_importance(self.profile.skills) if self.profile else None

    @cached_property
    def knowledge(self) -> blocks.Ranking | None:
        return blocks.by_importance(self.profile.knowledge) if self.profile else None

    @cached_property
    def work_styles(self) -> blocks.Ranking | None:
        return blocks.by_importance(self.profile.work_styles) if self.profile else None

    @cached_property
    def education(self) -> blocks.Ranking | None:
        return blocks.required_education(self.profile) if self.profile else None

    @cached_property
    def tools(self) -> blocks.Tools | None:
        return blocks.tools(self.profile) if self.profile else None

    @cached_property
    def interests(self) -> blocks.Interests | None:
        return blocks.interests(self.profile) if self.profile else None

    @property
    def first_titles(self) -> Sequence[str]:
        return self.titles[:OPEN_TITLES]

    @property
    def other_titles(self) -> Sequence[str]:
        return self.titles[OPEN_TITLES:]

    @cached_property
    def tiles(self) -> list[Tile]:
        """The states as tiles, none where too few publish pay to be drawn."""
        if self.by_state is None or len(self.by_state.known) < FEWEST_STATES:
            return []
        return tiles(self.by_state.states)

    @property
    def contents(self) -> list[tuple[str, str | Promise]]:
        """The parts that the page has: the id of each and what it is called."""
        has = {
            "work": self.duties,
            "pay": self.pay or self.by_state,
            "outlook": self.projection,
            "education": self.education or (self.projection and self.projection.education),
            "skills": self.skills or self.knowledge,
            "technology": self.tools,
            "person": self.interests or self.work_styles,
            "related": self.related,
            "titles": self.titles,
            "credits": self.credits,
        }
        return [(name, PARTS[name]) for name in PARTS if has[name]]

    @cached_property
    def credits(self) -> list[Credit]:
        """The credit of what the page shows something of: O*NET's editions in one line, each other one in its own."""
        shown_of_onet = {*self.editions.values(), *(self.profile.editions if self.profile else ())} - {""}
        editions = [("onet", tuple(shown_of_onet))] if shown_of_onet else []
        editions += [("oews", (self.pay.editions,))] if self.pay else []
        shown = [self.by_state.dataset] if self.by_state else []
        shown += [self.projection.dataset] if self.projection else []
        editions += [(dataset.form, (dataset.edition,)) for dataset in shown]
        known = publishers()
        return [
            Credit(known[form].credit_line(*of_form), known[form].licence, known[form].licence_url)
            for form, of_form in dict.fromkeys(editions)
        ]


def _difference(percent: float | None) -> str:
    return formats.DASH if percent is None else formats.percent(percent)


def of(listing: OccupationListing) -> OccupationReading:
    """Return what official data says of an occupation, which was asked for `with_profile`. Five queries."""
    profile = None
    if listing.packed_profile is not None:
        profile = profiles.read(listing.code, listing.onet_title, listing.onet_description, listing.packed_profile)
    pay, by_state = wages(listing)
    code = listing.projection_code
    projection, factors = Projection.objects.newest_explained(code) if code else (None, [])
    titles, editions = _titles(listing)
    codes = [each.code for each in profile.related.items] if profile and profile.related else []
    together = Q(code__in=codes)
    together |= Q(pay_code=listing.pay_code) if listing.pay_code else Q()
    together |= Q(projection_code=listing.projection_code) if listing.projection_code else Q()
    return OccupationReading(
        listing=listing,
        profile=profile,
        pay=pay,
        by_state=by_state,
        projection=projection,
        factors=factors,
        titles=titles,
        editions=editions,
        guides=list(Listing.objects.only("slug", "title", "occupation_code").order_by("title", "slug")),
        others=list(OccupationListing.objects.current().filter(together)),
    )


def _titles(listing: OccupationListing) -> tuple[list[str], dict[str, str]]:
    """The other titles of an occupation, those that people know first, and `editions`. One query."""
    titles = OccupationTitle.objects.filter(occupation__code=listing.code).exclude(title=listing.title)
    editions = {name: Subquery(_edition(block)) for name, block in OF_BLOCKS.items()}
    rows = list(titles.annotate(**editions).order_by("-is_shown", "-is_reported", "title").values("title", *editions))
    return [row["title"] for row in rows], {name: rows[0][name] or "" for name in OF_BLOCKS} if rows else {}


def _edition(block: str) -> "QuerySet[OccupationBlock, Any]":
    return OccupationBlock.objects.filter(name=block).values("dataset__edition")[:1]
