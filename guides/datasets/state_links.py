"""The links by state that a guide holds, or a live guide of the same field of work where it holds none itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from guides.models import Guide
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


def for_state(reading: reader.Reading, state: State) -> StateHelp | None:
    """Return what is known for the people of `state`, None where no guide of the field has links. Two queries at most.

    A job line or a state library serves every job of its field: a guide without links borrows those of another.
    """
    guide, links = reading.guide, of(reading.guide)
    if not links and (other := _neighbor(guide)):
        guide, links = other, of(other)
    return StateHelp(_for(links, state.abbreviation), _for(links, ""), guide) if links else None


def _for(links: Iterable[StateLink], abbreviation: str) -> list[StateLink]:
    return [link for link in links if link.state == abbreviation]


def _neighbor(guide: Guide) -> Guide | None:
    """The first live guide of the same field of work, by title, that holds links."""
    rows = StateLink.objects.filter(section__guide__field_of_work=guide.field_of_work)
    slugs = rows.order_by("section__guide__title").values_list("section__guide__slug", flat=True)
    readings = reader.several(list(dict.fromkeys(slugs)))
    return next((reading.guide for reading in readings if of(reading.guide)), None)
