"""Ways in that a guide itself names for who has another job: what the arithmetic of nearness knows nothing of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from guides.models import Listing, Route
from guides.reading import reader
from guides.reading.reader import Reading
from guides.search.words import stems

from ..models import OccupationListing
from .titles import Meant

# Kinds of work as routes call them, and how the SOC codes begin of the occupations that are of it.
# Who serves the public: sales and food counters, desks, tellers, and those who look after guests.
SERVICE = (
    "41-2", "35-301", "35-302", "35-303", "43-3071", "43-4051", "43-4081", "43-4121", "43-4171", "39-3", "39-6",
    "53-2031",
)  # fmt: skip
KINDS_OF_WORK = (
    (re.compile(r"customer service|served? the public|serving (?:people|the public)", re.IGNORECASE), SERVICE),
    (re.compile(r"worked in an office|another office job", re.IGNORECASE), ("43-",)),
)
# Between the jobs that a title names; what follows a comma tells kinds of one apart.
AND = " and "


@dataclass(frozen=True)
class NamedRoute:
    """A route of a guide that names a job, or its kind of work, as a way in, and where it stands."""

    guide: Listing
    route: Route
    address: str


def naming(source: Meant, own: OccupationListing, target: Meant, other: OccupationListing) -> list[NamedRoute]:
    """Return the routes of the target's guides that name the job one has.

    Of the guide that is meant, or those to the same occupation; where none does, of the others in its field of work.
    """
    if own.soc_code == other.soc_code:
        return []
    guides = list(Listing.objects.order_by("title"))
    meant = [guide for guide in guides if target.guide == guide]
    meant = meant or [guide for guide in guides if guide.occupation_code == other.soc_code]
    fields = {guide.field_of_work for guide in meant}
    beside = [guide for guide in guides if guide.field_of_work in fields and guide not in meant]
    names = list(names_of(source, own))
    return _of_guides(meant, names, own) or _of_guides(beside, names, own)


def names_of(source: Meant, own: OccupationListing) -> Iterable[tuple[str, ...]]:
    """Yield the names of the job one has, as stems: what was typed, where it is a title, and each job of its title."""
    texts = [source.name, *own.title.partition(",")[0].split(AND)]
    yield from {phrase for text in texts if (phrase := tuple(stems(text)))}


def _of_guides(guides: Sequence[Listing], names: Sequence[tuple[str, ...]], own: OccupationListing) -> list[NamedRoute]:
    by_slug = {guide.slug: guide for guide in guides}
    readings = reader.several(list(by_slug)) if by_slug else []
    return [
        NamedRoute(by_slug[reading.guide.slug], route, f"{section_address}#route-{route.slug}")
        for reading in readings
        for section_address, route in _routes(reading)
        if is_named(route, names, own.soc_code)
    ]


def _routes(reading: Reading) -> Iterable[tuple[str, Route]]:
    for section in reading.all_sections():
        for route in section.routes.all():
            yield reverse("guides:section", args=[reading.guide.slug, section.slug]), route


def is_named(route: Route, names: Iterable[tuple[str, ...]], code: str) -> bool:
    """Whether the route's name, or whom it suits, says one of the names, or a kind of work that a SOC code is of."""
    said = f"{route.name}. {route.who_it_suits}"
    if any(kind.search(said) and code.startswith(codes) for kind, codes in KINDS_OF_WORK):
        return True
    words = tuple(stems(said))
    return any(
        words[start : start + len(name)] == name for name in names for start in range(len(words) - len(name) + 1)
    )
