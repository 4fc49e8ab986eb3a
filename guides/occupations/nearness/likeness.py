"""The arithmetic of nearness: points for what two occupations share, and what their sum says.

In each of five parts the two are vectors, and their likeness is the cosine between them, from 0 to 1. One part is
likened more easily than another, so each likeness is divided by that which one pair in a hundred of different major
groups reaches (`Part.usual`, over all pairs of O*NET 30.2), counted three times at most, and multiplied by what the
part counts. O*NET's own list of related occupations adds to it, and what is quickly learned where something of each
carries over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .traits import Traits, Vector, product, unit
from .weights import Weights

# A part counts at most so many times what one pair in a hundred reaches.
MOST = 3.0


@dataclass(frozen=True)
class Part:
    """One of the five things that are compared."""

    slug: str
    name: str | Promise
    # The likeness that one pair in a hundred of different major groups reaches.
    usual: float
    # By what the quotient is multiplied.
    counts: float


PARTS = (
    Part("activities", _("The same detailed activities"), 0.061, 1.5),
    Part("kinds", _("Activities of the same kind"), 0.286, 1.0),
    Part("tasks", _("Tasks in like words"), 0.159, 2.0),
    Part("knowledge", _("Knowledge above or below the ordinary"), 0.74, 1.0),
    Part("technologies", _("Technology that few use"), 0.549, 0.5),
)
BY_SLUG = {part.slug: part for part in PARTS}
# What O*NET's list of related occupations adds, in either direction: the closest five, the next five.
RELATED = {"Primary-Short": 2.0, "Primary-Long": 0.5}
# What it adds that the rest is learned on the job, and what of the parts must be shared for that, in times the usual.
QUICKLY_LEARNED = 3.0
SHARED_FOR_THAT = {"activities": 0.3, "kinds": 0.6, "tasks": 0.6}


class Reading(StrEnum):
    """What the points say."""

    NEAR = "near"
    PART = "part"
    FAR = "far"


# From how many points on.
NEAR, PART = 6.4, 3.5


def reading_of(points: float) -> Reading:
    """Return what so many points say."""
    return Reading.NEAR if points >= NEAR else Reading.PART if points >= PART else Reading.FAR


@dataclass(frozen=True)
class Line:
    """One line of the sum."""

    part: Part
    # The cosine, None where one of the two was not surveyed about it.
    likeness: float | None

    @property
    def times(self) -> float:
        """How many times what one pair in a hundred reaches, at most MOST."""
        return round(min(max(self.likeness or 0.0, 0.0) / self.part.usual, MOST), 2)

    @property
    def is_capped(self) -> bool:
        return (self.likeness or 0.0) / self.part.usual > MOST

    @property
    def points(self) -> float:
        return round(self.times * self.part.counts, 2)


@dataclass(frozen=True)
class Nearness:
    """How near an occupation is to another: the lines of the sum, what is added, and what the sum says."""

    lines: tuple[Line, ...]
    # Points for O*NET's own list, and for what is learned on the job.
    related: float = 0.0
    quickly_learned: float = 0.0

    @property
    def points(self) -> float:
        return round(sum(line.points for line in self.lines) + self.related + self.quickly_learned, 2)

    @property
    def reading(self) -> Reading:
        return reading_of(self.points)


def vectors(traits: Traits) -> dict[str, Vector]:
    """Return an occupation's vectors by the slug of their part, each of length one; empty where nobody was asked."""
    return {part.slug: unit(getattr(traits, part.slug)) for part in PARTS}


def compare(source: Traits, target: Traits, weights: Weights) -> Nearness:
    """Return how near `source` is to `target`."""
    here, there = vectors(source), vectors(target)
    likenesses = {slug: product(here[slug], there[slug]) if here[slug] and there[slug] else None for slug in here}
    return summed(likenesses, related(source, target), target.code in weights.quickly_learned)


def summed(likenesses: Mapping[str, float | None], tier: str, is_quickly_learned: bool) -> Nearness:
    """Return the sum of these likenesses, by part, with what the list of related occupations and training add."""
    lines = tuple(Line(part, likenesses[part.slug]) for part in PARTS)
    times = {line.part.slug: line.times for line in lines}
    shares = all(times[slug] >= least for slug, least in SHARED_FOR_THAT.items())
    return Nearness(lines, RELATED.get(tier, 0.0), QUICKLY_LEARNED if is_quickly_learned and shares else 0.0)


def related(one: Traits, other: Traits) -> str:
    """Return the closer of the tiers in which O*NET lists either of two occupations beside the other, or ''."""
    return closer(one.related.get(other.code, ""), other.related.get(one.code, ""))


def closer(*tiers: str) -> str:
    """Return the tier that adds most, '' where none adds anything."""
    return max((tier for tier in tiers if tier in RELATED), key=RELATED.__getitem__, default="")
