"""What carries over from one occupation to another, and what is missing, by name.

Activities and technologies carry over where both have the same; an activity also where the present job has another of
the same kind, or does the same by another name (alike.py), and a task where a task of the present job says nearly the
same, its verb or object among it, in at least two words that not every occupation uses. What more than a third of all
occupations use or do is named as ordinary, apart. Of technologies only those count that are evident in an occupation:
O*NET lists many by one program alone, such as Apache Spark for nurses.
"""

from dataclasses import dataclass
from functools import cached_property

from guides.datasets.profiles import Activity, Product, Task, Technology

from .alike import is_said, works_of
from .traits import Traits, Vector, product
from .weights import Weights
from .words import beginning

# From which share of all occupations on a technology tells nothing.
ORDINARY = 1 / 3
# A technology is evident in an occupation whose employers ask for one of its products, or where it has so many of them;
# where none has, fewer do.
PRODUCTS = (3, 2, 1)
# How alike two tasks must be: the cosine, where they share two words of some weight; a lower one where they share more.
LIKE_TASKS, OF_MORE_WORDS = 0.3, 0.22
# From which likeness on it does not matter where in the two tasks the words stand.
SURELY_ALIKE = 0.5
WORD_WEIGHS = 1.0
# Importance of knowledge, from 1 to 5: far enough above the median to tell, high enough to matter, far enough apart.
ABOVE, MATTERS, LACKS = 0.3, 2.5, 0.5


@dataclass(frozen=True)
class SharedActivity:
    """An activity of both, and how many of all occupations do it."""

    activity: Activity
    occupations: int


@dataclass(frozen=True)
class LikeActivity:
    """An activity of the other job, and those of the present one that are of the same kind."""

    activity: Activity
    yours: tuple[Activity, ...]
    occupations: int


@dataclass(frozen=True)
class LikeTask:
    """A task of the other job, and the one of the present job that is most like it."""

    task: Task
    yours: Task
    likeness: float


@dataclass(frozen=True)
class Knowledge:
    """A field of knowledge: its importance in the present job, in the other, and the median of all; from 1 to 5."""

    element: str
    name: str
    here: float
    there: float
    usual: float


@dataclass(frozen=True)
class UsedTechnology:
    """A kind of technology of the other job, and how many of all occupations use it."""

    technology: Technology
    occupations: int

    @property
    def is_in_demand(self) -> bool:
        """Whether employers ask for one of its products in their adverts for this occupation."""
        return any(each.is_in_demand for each in self.technology.products)

    def is_told_by(self, products: int) -> bool:
        """Whether employers ask for it or it has so many products; a lone one that others ask for tells nothing."""
        own = self.technology.products
        is_from_elsewhere = len(own) == 1 and own[0].is_hot
        return self.is_in_demand or (len(own) >= products and not is_from_elsewhere)

    @property
    def products(self) -> tuple[Product, ...]:
        """Those that employers ask for in this occupation, else those that they ask for anywhere, else the first."""
        all_of_them = self.technology.products
        asked = [each for each in all_of_them if each.is_in_demand] or [each for each in all_of_them if each.is_hot]
        return tuple((asked or all_of_them)[:3])


@dataclass
class Carried:
    """All that two occupations share and that the other has alone.

    Activities begin with those by which people know the other job (Traits.typical_activities), technologies with those
    that fewest occupations use.
    """

    source: Traits
    target: Traits

    @cached_property
    def activities(self) -> list[SharedActivity]:
        """What both do, in the same words of O*NET's."""
        there = self.target.typical_activities
        return [SharedActivity(each, self._doing(each)) for each in there if each.id in self.source.activities]

    @cached_property
    def like_activities(self) -> list[LikeActivity]:
        """What the other job does and the present one does in another form."""
        found = []
        for each in self.target.typical_activities:
            works = [work for work in works_of(each) if work in self._works and self._tells(work)]
            if works and each.id not in self.source.activities:
                found.append(LikeActivity(each, tuple(self._works[works[0]]), self._doing(each)))
        return found

    @cached_property
    def _works(self) -> dict[str, list[Activity]]:
        """What the present job does, by the works that it is of (alike.py)."""
        works: dict[str, list[Activity]] = {}
        for activity in _activities(self.source):
            for work in works_of(activity):
                works.setdefault(work, []).append(activity)
        return works

    @cached_property
    def tasks(self) -> list[LikeTask]:
        """Tasks of the other job that are like one of the present job, the most alike first; none stands twice."""
        pairs = [
            LikeTask(theirs, yours, likeness)
            for theirs, there in self.target.task_vectors
            for yours, here in self.source.task_vectors
            if (likeness := product(here, there)) >= OF_MORE_WORDS
            and self._share_enough(here, there, likeness)
            and (likeness >= SURELY_ALIKE or self._begin_alike(yours, theirs))
        ]
        chosen: list[LikeTask] = []
        for pair in sorted(pairs, key=lambda pair: (-pair.likeness, pair.task.id, pair.yours.id)):
            if not any(pair.task.id == other.task.id or pair.yours.id == other.yours.id for other in chosen):
                chosen.append(pair)
        return chosen

    @cached_property
    def knowledge(self) -> list[Knowledge]:
        """What both need to know more of than most, the furthest above the ordinary first."""
        both = [
            each
            for each in self._knowledge
            if min(each.here, each.there) >= each.usual + ABOVE and min(each.here, each.there) >= MATTERS
        ]
        return sorted(both, key=lambda each: min(each.here, each.there) - each.usual, reverse=True)

    @cached_property
    def technologies(self) -> list[UsedTechnology]:
        """What both use and few others."""
        own = {used.technology.commodity for used in evident(self.source)}
        return [each for each in evident(self.target) if each.technology.commodity in own]

    @cached_property
    def ordinary(self) -> list[UsedTechnology]:
        """What both use, and more than a third of all occupations."""
        weights = self.target.weights
        used = [each for each in _used(self.target) if not _is_rare(each, weights)]
        return [each for each in used if str(each.technology.commodity) in self.source.technologies]

    @cached_property
    def missing_activities(self) -> list[SharedActivity]:
        """What the other job does and the present one does in no form: neither as one of its kind, however many do
        that, nor in other words, nor in a task that reads alike.
        """
        done = {pair.task.id for pair in self.tasks}
        texts = [activity.title for activity in _activities(self.source)]
        texts += [task.text for task, _vector in self.source.task_vectors]
        return [
            SharedActivity(each, self._doing(each))
            for each in self.target.typical_activities
            if not any(work in self._works for work in works_of(each))
            and not done & set(each.tasks)
            and not is_said(each.title, texts, self.target.weights)
        ]

    @cached_property
    def missing_tasks(self) -> list[Task]:
        """Core tasks of the other job that are like none of the present job, nor part of an activity that it has."""
        missing = {each.activity.id for each in self.missing_activities}
        done = {pair.task.id for pair in self.tasks}
        done |= {number for each in _activities(self.target) if each.id not in missing for number in each.tasks}
        tasks = self.target.profile.tasks.items if self.target.profile.tasks else ()
        return [task for task in tasks if task.is_core and task.id not in done]

    @cached_property
    def missing_knowledge(self) -> list[Knowledge]:
        """What the other job needs to know more of than most, and clearly more than the present one."""
        lacks = [
            each
            for each in self._knowledge
            if each.there >= max(each.usual + ABOVE, MATTERS) and each.there - each.here >= LACKS
        ]
        return sorted(lacks, key=lambda each: each.there - each.here, reverse=True)

    @cached_property
    def missing_technologies(self) -> list[UsedTechnology]:
        """What the other job uses, few others and the present one not."""
        used = evident(self.target)
        return [each for each in used if str(each.technology.commodity) not in self.source.technologies]

    @property
    def has_any(self) -> bool:
        """Whether anything at all carries over."""
        return bool(self.activities or self.like_activities or self.tasks or self.knowledge or self.technologies)

    @property
    def is_known(self) -> bool:
        """Whether both were asked about what they know; some were surveyed about their work alone."""
        return bool(self.source.knowledge and self.target.knowledge)

    @cached_property
    def _knowledge(self) -> list[Knowledge]:
        """Every field of knowledge that both were asked about."""
        here = self.source.profile.knowledge.items if self.source.profile.knowledge else ()
        there = self.target.profile.knowledge.items if self.target.profile.knowledge else ()
        importance = {rating.element: rating.importance.value for rating in here}
        medians = self.target.weights.knowledge
        return [
            Knowledge(each.element, each.name, importance[each.element], each.importance.value, medians[each.element])
            for each in there
            if each.element in importance and each.element in medians
        ]

    def _doing(self, activity: Activity) -> int:
        return self.target.weights.activities.get(activity.id, 1)

    def _tells(self, kind: str) -> bool:
        """Whether few enough do something of a kind for it to tell anything; the works of alike.py all do."""
        weights = self.target.weights
        return weights.kinds.get(kind, 1) <= ORDINARY / 2 * weights.occupations

    def _share_enough(self, one: Vector, other: Vector, likeness: float) -> bool:
        weights = self.target.weights
        shared = [word for word in one.keys() & other.keys() if weights.weigh(weights.words, word) >= WORD_WEIGHS]
        return len(shared) > 2 or (len(shared) == 2 and likeness >= LIKE_TASKS)

    def _begin_alike(self, one: Task, other: Task) -> bool:
        """Whether they share a word of some weight where their verbs and objects stand, and not behind alone."""
        weights = self.target.weights
        shared = beginning(one.text) & beginning(other.text)
        return any(weights.weigh(weights.words, word) >= WORD_WEIGHS for word in shared)


def between(source: Traits, target: Traits) -> Carried:
    """Return what carries over from `source` to `target`, and what is missing."""
    return Carried(source, target)


def _activities(traits: Traits) -> tuple[Activity, ...]:
    return traits.profile.activities.items if traits.profile.activities else ()


def _used(traits: Traits) -> list[UsedTechnology]:
    """Its technologies: those that its employers ask for, then those that fewest occupations use."""
    used = traits.profile.technology.items if traits.profile.technology else ()
    counts = traits.weights.technologies
    all_of_them = [UsedTechnology(each, counts.get(str(each.commodity), 1)) for each in used]
    return sorted(all_of_them, key=lambda each: (not each.is_in_demand, each.occupations, each.technology.name))


def evident(traits: Traits) -> list[UsedTechnology]:
    """Those of its technologies that few others use and of which there is the best evidence that it has."""
    few = [each for each in _used(traits) if _is_rare(each, traits.weights)]
    told = ([each for each in few if each.is_told_by(products)] for products in PRODUCTS)
    return next(filter(None, told), [])


def _is_rare(used: UsedTechnology, weights: Weights) -> bool:
    return used.occupations <= ORDINARY * weights.occupations
