"""The links by state that a guide holds, or a live guide of the same field of work where it holds none itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guides.models import Guide, Listing
from guides.reading import reader

from .areas import State
from .models import StateLink


@dataclass(frozen=True)
class StateHelp:
    """Where somebody in one state looks for work and finds help: its own links, those of every state, and the guide
    that they stand in."""

    own: list[StateLink]
    everywhere: list[StateLink]
    guide: Guide


def of(guide: Guide) -> list[StateLink]:
    """The links of a guide that freezing thawed, in reading order."""
    return [link for section in guide.sections.all() for link in section.statelinks.all()]


@dataclass(frozen=True)
class Links:
    """All links that serve a guide's readers, and the guide that they stand in."""

    links: Sequence[StateLink]
    guide: Guide

    def for_state(self, state: State) -> StateHelp | None:
        """Return what is known for the people of `state`, None where no guide of the field has links."""
        own, everywhere = (_for(self.links, name) for name in (state.abbreviation, ""))
        return StateHelp(own, everywhere, self.guide) if self.links else None


def serving(reading: reader.Reading) -> Links:
    """Return the links that serve the readers of a guide. Two queries at most.

    A job line or a state library serves every job of its field: a guide without links borrows those of another.
    """
    guide, links = reading.guide, of(reading.guide)
    if not links and (other := _neighbor(guide)):
        guide, links = other, of(other)
    return Links(links, guide)


def for_state(reading: reader.Reading, state: State) -> StateHelp | None:
    """Return what is known for the people of `state`, None where no guide of the field has links. Two queries."""
    return serving(reading).for_state(state)


@lru_cache(maxsize=8)
def kept(slug: str, version: int) -> Links:
    """Return the links that serve a live guide's readers, for pages that show nothing else of it: read once at a
    content version. Raises Http404."""
    return serving(reader.live(slug))


def _for(links: Iterable[StateLink], abbreviation: str) -> list[StateLink]:
    return [link for link in links if link.state == abbreviation]


def _neighbor(guide: Guide) -> Guide | None:
    """The first live guide of the same field of work, by title, whose readers have links. Two queries."""
    listed = Listing.objects.filter(field_of_work=guide.field_of_work).exclude(slug=guide.slug)
    readings = reader.several(list(listed.order_by("title", "slug").values_list("slug", flat=True)))
    return next((reading.guide for reading in readings if of(reading.guide)), None)
