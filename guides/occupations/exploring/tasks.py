"""Which tasks of an occupation are something that one may like, and which of them says it best.

The best is the task that shares most with the activity: its words, the rarer the more and those at the task's beginning
before all, and the work that `activities.toml` names first. Of equals a core task goes before one that few do.
"""

import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from guides.datasets.profiles import Profile, Task

from ..nearness.words import in_order
from . import activities
from .activities import ActivityGroup, LikedActivity

# What a word counts that stands further back than the first so many, which hold the verb and its object.
FIRST, FURTHER_BACK = 6, 0.4
# What a word counts that is not the activity's own, but one of those by which activities.toml knows it.
KNOWN_BY = 0.5
# What is added for the work that is named first, less the further back it is named, and for a core task.
NAMED_FIRST, CORE = 0.25, 0.1


class Said(NamedTuple):
    """How many tasks of an occupation are an activity, and the one that says it best, without its full stop."""

    tasks: int
    best: str


def masks_of(profile: Profile) -> dict[str, int]:
    """For each detailed activity of an occupation, by number, its tasks as a mask: bit 0 is the first task."""
    places = {task.id: place for place, task in enumerate(profile.tasks.items)} if profile.tasks else {}
    found = profile.activities.items if profile.activities else ()
    return {each.id: sum(1 << places[task] for task in set(each.tasks) & places.keys()) for each in found}


def count(surveyed: Iterable[Profile]) -> dict[str, dict[str, Said]]:
    """Count for each activity, and each group of them, by slug, the tasks that are such work, by occupation."""
    surveyed = list(surveyed)
    texts = [task.text for profile in surveyed if profile.tasks for task in profile.tasks.items]
    rarity = Rarity(texts)
    found: dict[str, dict[str, Said]] = {choice: {} for choice in activities.labels()}
    for profile in surveyed:
        occupation = OccupationTasks(profile, rarity)
        for group in activities.groups():
            for choice, said in occupation.said_of(group).items():
                found[choice][profile.code] = said
    return found


class Rarity:
    """How rare each word is among tasks."""

    def __init__(self, texts: list[str]) -> None:
        self.tasks = len(texts)
        self.with_word = Counter(word for text in texts for word in set(in_order(text)))

    def of(self, word: str) -> float:
        """The natural logarithm of (all tasks ÷ those with the word)."""
        return math.log(self.tasks / self.with_word.get(word, 1))


class OccupationTasks:
    """The tasks of one occupation, and the work that each is linked to."""

    def __init__(self, profile: Profile, rarity: Rarity) -> None:
        self.rarity = rarity
        self.tasks: tuple[Task, ...] = tuple(profile.tasks.items) if profile.tasks else ()
        masks = masks_of(profile)
        self.by_title: dict[str, int] = {}
        for activity in profile.activities.items if profile.activities else ():
            title = activity.title.rstrip(".")
            self.by_title[title] = self.by_title.get(title, 0) | masks[activity.id]

    def mask(self, liked: LikedActivity) -> int:
        """The tasks at which something is done, as a mask."""
        linked = 0 if liked.work else (1 << len(self.tasks)) - 1
        for title in liked.work:
            linked |= self.by_title.get(title, 0)
        places = (place for place in range(len(self.tasks)) if linked >> place & 1)
        return sum(1 << place for place in places if liked.is_done_in(self.tasks[place].text))

    def said_of(self, group: ActivityGroup) -> dict[str, Said]:
        """What is said of each activity of a group that is done here, and of the group, by slug."""
        said, scores, of_group = {}, [], 0
        for liked in group.activities:
            if mask := self.mask(liked):
                score, text = self.best(liked, mask)
                said[liked.slug] = Said(mask.bit_count(), text)
                scores.append((score, text))
                of_group |= mask
        return said | {group.slug: Said(of_group.bit_count(), max(scores)[1])} if said else {}

    def best(self, liked: LikedActivity, mask: int) -> tuple[float, str]:
        """The task of a mask that says best that something is done, with how well it does."""
        scores = [
            (self._likeness(liked, task.text) + self._named(liked, place) + CORE * task.is_core, -place)
            for place, task in enumerate(self.tasks)
            if mask >> place & 1
        ]
        score, place = max(scores)
        return score, self.tasks[-place].text.rstrip(".")

    def _likeness(self, liked: LikedActivity, text: str) -> float:
        """How much a task shares with the activity's words, from 0 to 1."""
        own = set(in_order(liked.text))
        length = shared = 0.0
        for place, word in enumerate(dict.fromkeys(in_order(text))):
            weight = self.rarity.of(word) ** 2 * (1 if place < FIRST else FURTHER_BACK)
            length += weight
            if word in own:
                shared += weight
            elif liked.words and liked.words.match(word):
                shared += KNOWN_BY * weight
        whole = sum(self.rarity.of(word) ** 2 for word in own)
        return shared / math.sqrt(length * whole) if length and whole else 0.0

    def _named(self, liked: LikedActivity, place: int) -> float:
        """What is added for the first work of the list that a task is linked to."""
        links = (n for n, title in enumerate(liked.work) if self.by_title.get(title, 0) >> place & 1)
        first = next(links, None)
        return 0.0 if first is None else NAMED_FIRST * (1 - first / len(liked.work))
