"""What is common to all occupations: how many have each activity, kind, technology and word, and the median knowledge.

A thing weighs the natural logarithm of (all occupations ÷ those that have it): what all have weighs nothing, what one
in a hundred has 4.6.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Self

from guides.datasets.profiles import Profile

from . import words


def kind_of(activity: str) -> str:
    """Return the kind (O*NET's intermediate activity) of a detailed activity: 4.A.1.a.1.I01 of 4.A.1.a.1.I01.D01."""
    return activity.rpartition(".")[0]


@dataclass(frozen=True)
class Weights:
    """Counts and medians over all occupations that were surveyed."""

    # How many occupations were counted.
    occupations: int
    # In how many of them each is: detailed activities and their kinds, technologies by commodity, words of tasks.
    activities: dict[str, int]
    kinds: dict[str, int]
    technologies: dict[str, int]
    words: dict[str, int]
    # Median importance of each field of knowledge, from 1 to 5, by its element.
    knowledge: dict[str, float]
    # The occupations that ask for no schooling beyond high school, no experience and at most a month of training.
    quickly_learned: list[str]

    @classmethod
    def over(cls, profiles: Iterable[Profile], quickly_learned: Iterable[str] = ()) -> Self:
        """Return the weights over these occupations; those without activities were not surveyed and do not count."""
        activities, kinds, technologies, said = (Counter[str]() for _each in range(4))
        importance: dict[str, list[float]] = {}
        count = 0
        for profile in profiles:
            if profile.activities is None:
                continue
            count += 1
            ids = {activity.id for activity in profile.activities.items}
            activities.update(ids)
            kinds.update({kind_of(activity) for activity in ids})
            if profile.technology:
                technologies.update({str(technology.commodity) for technology in profile.technology.items})
            if profile.tasks:
                said.update(frozenset().union(*(words.of_task(task.text) for task in profile.tasks.items)))
            for rating in profile.knowledge.items if profile.knowledge else ():
                importance.setdefault(rating.element, []).append(rating.importance.value)
        medians = {element: round(median(values), 3) for element, values in importance.items()}
        return cls(
            count, dict(activities), dict(kinds), dict(technologies), dict(said), medians, sorted(quickly_learned)
        )

    @classmethod
    def unpacked(cls, content: dict[str, Any]) -> Self:
        """Return what `packed` gave."""
        return cls(**content)

    def packed(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it."""
        return asdict(self)

    def weigh(self, counts: Mapping[str, int], name: str) -> float:
        """Return what something weighs by how many have it; what nobody was counted with weighs as if one had."""
        return math.log(self.occupations / counts.get(name, 1)) if self.occupations else 0.0
