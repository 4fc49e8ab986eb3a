"""Which openings are near a place: by the degrees that postings give, or by its name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, Value
from django.db.models.functions import Lower

from . import places
from .models import Posting, PostingQuerySet

# Of one degree of latitude, and of one of longitude at the equator.
MILES_A_DEGREE = 69.1


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Near:
    """A place that is looked for: what postings call it, in small letters, and where it is if any of them says so."""

    names: Sequence[str]
    point: Point | None


def near_of(near: str) -> Near:
    """Return what a place is called, and where it is by the newest posting that gives degrees.

    A city without a state that postings know in several states is not on the map: nobody can say which is meant.
    """
    names = places.names_of(near)
    # In whatever letters, as the index has it: a place that nobody knows is not looked for in every posting.
    known = Posting.objects.open().alias(lower=Lower("place")).filter(lower__in=names)
    newest = known.filter(latitude__isnull=False).newest().first()
    is_one = len(names) == 1 or (newest and not known.exclude(state=newest.state).exists())
    if newest is None or not is_one:
        return Near(names, None)
    return Near(names, Point(newest.latitude or 0.0, newest.longitude or 0.0))


def close_to(postings: PostingQuerySet, near: Near, miles: int) -> PostingQuerySet:
    """Those within so many miles, and those that name the place and give no degrees."""
    named = Q(lower__in=near.names)
    postings = postings.alias(lower=Lower("place"))
    if near.point is None:
        return postings.filter(named)
    return _within(postings, near.point, miles, or_else=named & Q(latitude__isnull=True))


def _within(postings: PostingQuerySet, point: Point, miles: int, or_else: Q) -> PostingQuerySet:
    """Those within so many miles, as the crow flies; near enough for a hundred miles, and no sphere is needed."""
    narrowing = max(math.cos(math.radians(point.latitude)), 0.1)
    high, wide = miles / MILES_A_DEGREE, miles / MILES_A_DEGREE / narrowing
    north, east = F("latitude") - Value(point.latitude), (F("longitude") - Value(point.longitude)) * Value(narrowing)
    away = north * north + east * east
    boxed = Q(
        latitude__range=(point.latitude - high, point.latitude + high),
        longitude__range=(point.longitude - wide, point.longitude + wide),
        away__lte=high**2,
    )
    return postings.alias(away=away).filter(boxed | or_else)
