"""What `building` counted, read with a query for what is the same for all and one for what is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guides.datasets.packing import unpack

from . import activities
from .models import ExploringData, ExploringPart


@dataclass(frozen=True)
class Candidate:
    """An occupation that was surveyed: how many tasks it has, of what kinds, what it asks for and what it pays.

    Education is the band of the guides' list, experience and training are the Bureau's words; '' is not published.
    Pay is the nation's median in US dollars a year, openings are those a year.
    """

    code: str
    slug: str
    title: str
    tasks: int
    # Tasks that O*NET calls communicating and interacting (without animals); with teaching, coaching, advising.
    communicating: int
    with_people: int
    physical: int
    education: str
    typical_education: str
    experience: str
    training: str
    median_pay: int | None
    is_top_pay: bool
    pay_code: str
    pay_edition: str
    openings: int | None
    projection_code: str
    projection_edition: str
    is_counted_with_others: bool
    # How well each of Holland's six interests describes the work, from 1 to 7, by its element.
    interests: Mapping[str, float]

    @property
    def soc_code(self) -> str:
        return self.code[:7]


@dataclass(frozen=True)
class Data:
    """All that is the same for everybody."""

    candidates: tuple[Candidate, ...]
    # Editions of O*NET that it is of, and how many occupations nobody surveyed.
    editions: tuple[str, ...]
    unsurveyed: int
    # Interests that each activity is an example of, by slug; what is not among them O*NET does not list.
    interests: Mapping[str, list[str]]
    # The edition of pay by state, '' where there is none, and whether it is 'median' or 'mean'.
    state_edition: str
    state_statistic: str


@dataclass(frozen=True)
class Parts:
    """What is counted for the answers: masks of tasks by choice and occupation, and the state's pay by code."""

    tasks: Mapping[str, Mapping[str, int]]
    pay: Mapping[str, int]


def data() -> Data | None:
    """Return what is the same for everybody, None where the clock has not counted it yet. One query."""
    row = ExploringData.objects.first()
    if row is None or not row.packed:
        return None
    content = unpack(row.packed)
    candidates = tuple(Candidate(**each) for each in content.pop("candidates"))
    return Data(candidates, tuple(content.pop("editions")), **content)


def parts(like: Iterable[str], state: str) -> Parts:
    """Return what is counted for these choices, each an activity's or a group's slug, and a state. One query."""
    meant = {choice: list(activities.slugs_of(choice)) for choice in like}
    keys = {slug for slugs in meant.values() for slug in slugs} | ({state} if state else set())
    rows = ExploringPart.objects.filter(key__in=keys).values_list("key", "packed") if keys else ()
    found: dict[str, dict[str, Any]] = {key: unpack(packed) for key, packed in rows}
    tasks: dict[str, dict[str, int]] = {}
    for choice, slugs in meant.items():
        joined: dict[str, int] = {}
        for slug in slugs:
            for code, mask in found.get(slug, {"tasks": {}})["tasks"].items():
                joined[code] = joined.get(code, 0) | mask
        tasks[choice] = joined
    return Parts(tasks, found.get(state, {"pay": {}})["pay"])
