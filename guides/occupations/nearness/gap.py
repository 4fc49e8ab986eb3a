"""An occupation's own skills gap: what sets it apart is asked about, and what an answer is worth.

Asked are the activities of most of its core tasks that fewest others do (Traits.typical_activities), the knowledge
furthest above the median, and the technologies that few use and of which there is evidence here (carrying.py). What at
most one occupation in fifty has is worth 6 points, at most one in ten 4, the rest 2, and so is an activity that no core
task asks for; knowledge is worth 6 from 1.5 above the median on, 4 from 0.75 on. 'At work' counts whole, 'a little'
half. Skills that nearly every occupation asks for, such as active listening, are named beside it and count nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.datasets.profiles import Activity

from .carrying import ABOVE, MATTERS, Carried
from .traits import Traits

# How many of each are asked about.
ACTIVITIES, KNOWLEDGE, TECHNOLOGIES = 10, 6, 6
# How many generic skills are named as context.
GENERIC = 6
# What something is worth that at most this share of all occupations has; knowledge, from so far above the median on.
WORTH_BY_SHARE = ((0.02, 6), (0.1, 4), (1.0, 2))
LEAST = WORTH_BY_SHARE[-1][1]
WORTH_BY_DISTANCE = ((1.5, 6), (0.75, 4), (0.0, 2))


class Level(models.IntegerChoices):
    """How well somebody knows something, in their own judgement."""

    NOT_YET = 0, _("Not yet")
    A_LITTLE = 1, _("A little")
    AT_WORK = 2, _("At work")


@dataclass(frozen=True)
class Asked:
    """One thing that is asked about: the name of its field, what it is, why it is asked, and what it is worth."""

    name: str
    label: str
    detail: str
    worth: int
    # How many occupations have it; None for knowledge, which all have in some measure.
    occupations: int | None = None
    # For an activity: of how many of the core tasks it is part.
    core_tasks: int | None = None
    # For knowledge: its importance here, and the median of all.
    importance: float | None = None
    usual: float | None = None


@dataclass(frozen=True)
class AskedGroup:
    """What is asked about on one part of the form."""

    slug: str
    heading: str | Promise
    items: list[Asked]


@dataclass(frozen=True)
class Rated:
    """Something that was asked about, with the answer; none counts as 'not yet'."""

    asked: Asked
    level: int | None

    @property
    def points(self) -> int:
        return self.asked.worth * (self.level or 0) // Level.AT_WORK

    @property
    def missing(self) -> int:
        return self.asked.worth - self.points

    @property
    def level_name(self) -> str | Promise:
        return _("Not rated") if self.level is None else Level(self.level).label


@dataclass
class GapResult:
    """All that was asked about, and what the answers add up to."""

    rated: list[Rated]

    @property
    def points(self) -> int:
        return sum(each.points for each in self.rated)

    @property
    def worth(self) -> int:
        return sum(each.asked.worth for each in self.rated)

    @property
    def score(self) -> int:
        """The points as a share of all there are, in percent, half rounded up."""
        return (200 * self.points + self.worth) // (2 * self.worth) if self.worth else 0

    @property
    def strengths(self) -> list[Rated]:
        """What is there, that of most worth first."""
        return sorted((each for each in self.rated if not each.missing), key=lambda each: -each.asked.worth)

    @property
    def gaps(self) -> list[Rated]:
        """What is missing, that of most worth first, then as it is asked."""
        lacking = [each for each in self.rated if each.missing]
        return sorted(lacking, key=lambda each: (-each.asked.worth, -each.missing))

    @property
    def unrated(self) -> int:
        return sum(each.level is None for each in self.rated)

    @property
    def by_worth(self) -> list[tuple[int, int, int, int]]:
        """For each worth: how many are of it, the points of the answers, and the points there are."""
        rows = []
        for worth in sorted({each.asked.worth for each in self.rated}, reverse=True):
            some = [each for each in self.rated if each.asked.worth == worth]
            rows.append((worth, len(some), sum(each.points for each in some), worth * len(some)))
        return rows


class Gap:
    """What an occupation's gap asks about."""

    def __init__(self, traits: Traits) -> None:
        self.traits = traits
        # An occupation beside itself: all of it is shared.
        self.own = Carried(traits, traits)

    @cached_property
    def groups(self) -> list[AskedGroup]:
        """The parts of the form that hold anything."""
        groups = [
            AskedGroup("activities", _("What people in it do, the core of the job first"), self._activities()),
            AskedGroup("knowledge", _("What they know more of than most"), self._knowledge()),
            AskedGroup("technologies", _("What they work with and few others"), self._technologies()),
        ]
        return [group for group in groups if group.items]

    @property
    def asked(self) -> list[Asked]:
        return [item for group in self.groups for item in group.items]

    @cached_property
    def generic(self) -> list[str]:
        """Skills that matter most in it and in nearly every other: named, not asked."""
        skills = self.traits.profile.skills
        ranked = sorted(skills.items, key=lambda each: -each.importance.value) if skills else []
        return [each.name for each in ranked[:GENERIC]]

    def assess(self, levels: Mapping[str, int]) -> GapResult:
        """Return the GapResult of these answers, levels by the name of their field."""
        return GapResult([Rated(each, levels.get(each.name)) for each in self.asked])

    def _activities(self) -> list[Asked]:
        return [
            Asked(
                f"a-{each.activity.id}",
                each.activity.title.rstrip("."),
                self._task_of(each.activity),
                self._worth(each.occupations) if core_tasks or not self.traits.core_tasks else LEAST,
                each.occupations,
                core_tasks,
            )
            for each in self.own.activities[:ACTIVITIES]
            for core_tasks in [self.traits.core_tasks_of(each.activity)]
        ]

    def _task_of(self, activity: Activity) -> str:
        """A task that an activity is part of, a core one where there is one; '' where none is known."""
        tasks = {task.id: task.text for task in self.traits.profile.tasks.items} if self.traits.profile.tasks else {}
        of_it = [number for number in activity.tasks if number in tasks]
        return tasks[min(of_it, key=lambda number: number not in self.traits.core_tasks)] if of_it else ""

    def _knowledge(self) -> list[Asked]:
        above = [each for each in self.own.knowledge if each.there >= max(each.usual + ABOVE, MATTERS)]
        return [
            Asked(
                f"k-{each.element}",
                each.name,
                "",
                _of(WORTH_BY_DISTANCE, each.there - each.usual),
                importance=each.there,
                usual=each.usual,
            )
            for each in above[:KNOWLEDGE]
        ]

    def _technologies(self) -> list[Asked]:
        return [
            Asked(
                f"t-{each.technology.commodity}",
                each.technology.name,
                ", ".join(product.name for product in each.products),
                self._worth(each.occupations),
                each.occupations,
            )
            for each in self.own.technologies[:TECHNOLOGIES]
        ]

    def _worth(self, occupations: int) -> int:
        share = occupations / self.traits.weights.occupations
        return next(worth for most, worth in WORTH_BY_SHARE if share <= most)


def _of(worths: tuple[tuple[float, int], ...], distance: float) -> int:
    return next(worth for least, worth in worths if distance >= least)


def carried_levels(gap: Gap, carried: Carried) -> dict[str, int]:
    """Return the answers that what carries over from another job suggests, by the name of their field."""
    levels = {f"a-{each.activity.id}": Level.AT_WORK for each in carried.activities}
    levels |= {f"a-{each.activity.id}": Level.A_LITTLE for each in carried.like_activities}
    levels |= {f"k-{each.element}": Level.AT_WORK for each in carried.knowledge}
    levels |= {f"t-{each.technology.commodity}": Level.AT_WORK for each in carried.technologies}
    return {each.name: levels[each.name] for each in gap.asked if each.name in levels}
