"""What sets one occupation apart from the median of all."""

import math
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from guides.datasets.profiles import Activity, Profile, Task

from . import words
from .weights import Weights, kind_of

Vector = dict[str, float]


def unit(vector: Vector) -> Vector:
    """Return a vector of length one in the same direction, so that the product of two is the cosine between them."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {name: value / length for name, value in vector.items() if value} if length else {}


def product(one: Vector, other: Vector) -> float:
    """Return the sum over what both have, of the one's value times the other's."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[name] for name, value in one.items() if name in other)


@dataclass
class Traits:
    """An occupation's activities, kinds of activity, words of tasks, knowledge and technologies, each as it weighs."""

    profile: Profile
    activities: Vector
    kinds: Vector
    tasks: Vector
    # How far the importance of each field of knowledge is above or below the median of all occupations.
    knowledge: Vector
    technologies: Vector
    weights: Weights = field(repr=False)

    @classmethod
    def of(cls, profile: Profile, weights: Weights) -> Self:
        """Return the traits of a profile; what was not surveyed is empty."""
        ids = [activity.id for activity in profile.activities.items] if profile.activities else []
        used = [str(technology.commodity) for technology in profile.technology.items] if profile.technology else []
        ratings = profile.knowledge.items if profile.knowledge else ()
        tasks = profile.tasks.items if profile.tasks else ()
        said = Counter(word for task in tasks for word in words.of_task(task.text))
        return cls(
            profile,
            {name: weights.weigh(weights.activities, name) for name in ids},
            {name: weights.weigh(weights.kinds, name) for name in map(kind_of, ids)},
            {word: math.sqrt(count) * weights.weigh(weights.words, word) for word, count in said.items()},
            {
                rating.element: rating.importance.value - weights.knowledge[rating.element]
                for rating in ratings
                if rating.element in weights.knowledge
            },
            {name: weights.weigh(weights.technologies, name) for name in used},
            weights,
        )

    @property
    def code(self) -> str:
        return self.profile.code

    @cached_property
    def core_tasks(self) -> frozenset[int]:
        """Its core tasks, those that matter to nearly all who do the work, by their numbers."""
        return (
            frozenset(task.id for task in self.profile.tasks.items if task.is_core)
            if self.profile.tasks
            else frozenset()
        )

    def core_tasks_of(self, activity: Activity) -> int:
        """How many of its core tasks an activity is part of."""
        return len(self.core_tasks.intersection(activity.tasks))

    @cached_property
    def typical_activities(self) -> list[Activity]:
        """Its activities, those first by which people know the job: by core tasks × what the activity weighs.

        What few others do but no core task asks for stands behind all the rest, the rarest first.
        """

        def order(activity: Activity) -> tuple[float, float, str]:
            weight = self.activities[activity.id]
            return -self.core_tasks_of(activity) * weight, -weight, activity.title

        return sorted(self.profile.activities.items if self.profile.activities else (), key=order)

    @property
    def is_surveyed(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.activities)

    @property
    def related(self) -> dict[str, str]:
        """The occupations that O*NET lists beside it, each with its tier."""
        return {item.code: item.tier for item in self.profile.related.items} if self.profile.related else {}

    @cached_property
    def task_vectors(self) -> "list[tuple[Task, Vector]]":
        """Each task with its words as they weigh, of length one."""
        tasks = self.profile.tasks.items if self.profile.tasks else ()
        weigh, counts = self.weights.weigh, self.weights.words
        return [(task, unit({word: weigh(counts, word) for word in words.of_task(task.text)})) for task in tasks]
