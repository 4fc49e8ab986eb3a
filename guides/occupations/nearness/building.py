"""The weights and each occupation's nearest, reckoned from all profiles after official data has changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from guides.datasets import profiles
from guides.datasets.models import Projection
from guides.datasets.packing import pack
from guides.publishing.content_version import content_changed

from .. import listings
from ..models import OccupationListing
from .carrying import evident
from .likeness import BY_SLUG, PART, PARTS, RELATED, closer, summed, vectors
from .models import NearnessWeights, NearOccupations
from .traits import Traits, Vector, product
from .weights import Weights

# Of each thing, the places of the vectors that have it, and how much.
Index = dict[str, list[tuple[int, float]]]
# How many of the nearest are kept of each occupation, each way.
KEPT = 40
# How many of the things that two occupations share are named in a list.
NAMED = 3
# What likeness of knowledge can add at most. What is quickly learned adds only where more than that is shared.
MOST_OF_KNOWLEDGE = BY_SLUG["knowledge"].counts / BY_SLUG["knowledge"].usual
# What the Bureau calls the schooling, experience and training that ask for little.
LITTLE_SCHOOLING = ("No formal educational credential", "High school diploma or equivalent")
NO_EXPERIENCE = "None"
LITTLE_TRAINING = ("None", "Short-term on-the-job training")


def is_needed() -> bool:
    """Whether official data, or the list of occupations, has changed since. Three quick questions to the database."""
    row = NearnessWeights.objects.first()
    return not listings.is_needed() and listings.editions() != (row.editions if row else "[]")


def build() -> int:
    """Reckon all anew, and return how many occupations were compared. Nothing is written before all is reckoned."""
    editions = listings.editions()
    weights = Weights.over(profiles.each(), quickly_learned())
    surveyed = [traits for profile in profiles.each() if (traits := Traits.of(profile, weights)).is_surveyed]
    near = list(_packed(surveyed, weights))
    with transaction.atomic():
        NearnessWeights.objects.all().delete()
        NearOccupations.objects.all().delete()
        NearOccupations.objects.bulk_create(near, batch_size=200)
        NearnessWeights.objects.create(editions=editions, packed=pack(weights.packed()) if surveyed else b"")
        content_changed()
    return len(surveyed)


def quickly_learned() -> list[str]:
    """The codes of occupations that ask for at most high school, no experience and at most a month of training."""
    rows = Projection.objects.filter(
        education__in=LITTLE_SCHOOLING, experience=NO_EXPERIENCE, training__in=LITTLE_TRAINING
    )
    asks_little = set(rows.values_list("dataset__edition", "code"))
    listed = OccupationListing.objects.current().values_list("code", "projection_edition", "projection_code")
    return [code for code, edition, row in listed if (edition, row) in asks_little]


def _packed(surveyed: list[Traits], weights: Weights) -> Iterator[NearOccupations]:
    """Yield the nearest of each occupation, ready to be written."""
    codes = [traits.code for traits in surveyed]
    onward: dict[str, list[tuple[float, str]]] = {code: [] for code in codes}
    inward: dict[str, list[tuple[float, str]]] = {code: [] for code in codes}
    for source, target, points in _pairs(surveyed, weights):
        onward[source].append((points, target))
        inward[target].append((points, source))
    by_code = {traits.code: traits for traits in surveyed}
    names = _names(surveyed)
    told = {traits.code: [str(used.technology.commodity) for used in evident(traits)] for traits in surveyed}
    for code in codes:
        content: dict[str, Any] = {}
        for way, pairs in (("to", onward[code]), ("from", inward[code])):
            closest = sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[:KEPT]
            content[way] = [
                [other, points, shared(by_code[code], by_code[other], told[code], told[other], names)]
                for points, other in closest
            ]
        yield NearOccupations(code=code, packed=pack(content))


def _pairs(surveyed: list[Traits], weights: Weights) -> Iterator[tuple[str, str, float]]:
    """Yield (source, target, points) of each pair that is near at least in part."""
    quick = set(weights.quickly_learned)
    tiers = {(traits.code, code): tier for traits in surveyed for code, tier in traits.related.items()}
    lengths = [vectors(traits) for traits in surveyed]
    indexes: dict[str, Index] = {part.slug: {} for part in PARTS if part.slug != "knowledge"}
    for place, target in enumerate(surveyed):
        here = lengths[place]
        rows = {slug: _products(here[slug], index, place) for slug, index in indexes.items()}
        for slug, index in indexes.items():
            for name, value in here[slug].items():
                index.setdefault(name, []).append((place, value))
        scales = [(row, part.counts / part.usual) for part in PARTS if (row := rows.get(part.slug))]
        for other, source in enumerate(surveyed[:place]):
            pair = source.code, target.code
            tier = closer(tiers.get(pair, ""), tiers.get(pair[::-1], ""))
            # Most pairs have no chance whatever the rest says, and are left out at once.
            if sum(row[other] * scale for row, scale in scales) + MOST_OF_KNOWLEDGE + RELATED.get(tier, 0.0) < PART:
                continue
            likenesses: dict[str, float | None] = {slug: row[other] for slug, row in rows.items()}
            likenesses["knowledge"] = product(here["knowledge"], lengths[other]["knowledge"])
            # Nearness is the same both ways but for what is quickly learned.
            for one, to in (pair, pair[::-1]):
                points = summed(likenesses, tier, to in quick).points
                if points >= PART:
                    yield one, to, points


def _products(vector: Vector, index: Index, count: int) -> list[float]:
    """Return the product of a vector with each of the `count` that are in an index."""
    sums = [0.0] * count
    for name, value in vector.items():
        for place, other in index.get(name, ()):
            sums[place] += value * other
    return sums


def _names(surveyed: list[Traits]) -> dict[str, str]:
    """What activities and technologies are called, by activity and commodity."""
    names: dict[str, str] = {}
    for traits in surveyed:
        if traits.profile.activities:
            names.update((activity.id, activity.title) for activity in traits.profile.activities.items)
        if traits.profile.technology:
            names.update((str(each.commodity), each.name) for each in traits.profile.technology.items)
    return names


def shared(
    one: Traits, other: Traits, told: Sequence[str], told_of_other: Sequence[str], names: Mapping[str, str]
) -> list[str]:
    """Return some of what two occupations share, by name: activities by which people know both, then technologies.

    `told` are the technologies that are evident in each (carrying.py), those that fewest use first.
    """
    also = {activity.id: place for place, activity in enumerate(other.typical_activities)}
    places = {
        activity.id: place + also[activity.id]
        for place, activity in enumerate(one.typical_activities)
        if activity.id in also
    }
    activities = sorted(places, key=lambda name: (places[name], name))
    return [names[name] for name in [*activities, *(name for name in told if name in told_of_other)]][:NAMED]
