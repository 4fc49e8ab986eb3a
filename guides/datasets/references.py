"""What O*NET's terms mean: its elements, job zones, work activities, and what each interest is about.

A term's meaning is the same for all occupations, so it stands once and not in every profile. What has not been
imported is an empty dict. The texts are O*NET's, CC BY 4.0: show the credit of `edition(name)` wherever you show them.
"""

from dataclasses import dataclass
from typing import Any

from .models import OccupationBlock
from .packing import unpack


@dataclass(frozen=True)
class Element:
    """A skill, a field of knowledge, a work style or an interest, by its number in the content model."""

    element: str
    name: str
    description: str


@dataclass(frozen=True)
class Preparation:
    """What a job zone means: how much preparation its jobs need."""

    number: int
    name: str
    experience: str
    education: str
    training: str
    examples: str


@dataclass(frozen=True)
class WorkActivity:
    """The general activity (element, name) and the group within it that a detailed work activity belongs to."""

    id: str
    element: str
    name: str
    group: str


def elements() -> dict[str, Element]:
    """Return every element by its number, such as 2.A.1.a."""
    return {row[0]: Element(*row) for row in _rows("elements")}


def job_zones() -> dict[int, Preparation]:
    """Return what each job zone means, by its number."""
    return {row[0]: Preparation(*row) for row in _rows("job_zones")}


def work_activities() -> dict[str, WorkActivity]:
    """Return what each detailed work activity (profiles.Activity.id) belongs to."""
    return {row[0]: WorkActivity(*row) for row in _rows("work_activities")}


def basic_activities() -> list[tuple[str, str]]:
    """Return the activities that illustrate basic interests, each with the number of its interest, such as 1.B.3.c.

    Items of O*NET's own test are not among them.
    """
    return [(basic, text) for basic, _name, text in _rows("interest_activities")]


def basic_interests() -> dict[str, list[str]]:
    """Return the numbers of the interests, of the six such as 1.B.1.d, that each basic interest belongs to."""
    by_basic: dict[str, list[str]] = {}
    for basic, general in _rows("basic_interests"):
        by_basic.setdefault(basic, []).append(general)
    return by_basic


def interest_activities() -> dict[str, list[str]]:
    """Return activities that illustrate each of the six interests, by its number: those of its basic interests."""
    activities: dict[str, list[str]] = {}
    for basic, text in basic_activities():
        activities.setdefault(basic, []).append(text)
    by_interest: dict[str, list[str]] = {}
    for basic, generals in basic_interests().items():
        for general in generals:
            by_interest.setdefault(general, []).extend(activities.get(basic, []))
    return by_interest


def edition(name: str) -> str:
    """Return the edition that a reference or another block is of, '' where it has not been imported."""
    return OccupationBlock.objects.filter(name=name).values_list("dataset__edition", flat=True).first() or ""


def _rows(name: str) -> list[Any]:
    packed = OccupationBlock.objects.filter(name=name).values_list("packed", flat=True).first()
    rows: list[Any] = unpack(packed)["rows"] if packed else []
    return rows
