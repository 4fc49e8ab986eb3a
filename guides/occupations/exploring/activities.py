"""The activities that a reader can choose from, in their groups, and at which work each is done (activities.toml)."""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.utils.text import slugify

FILE = Path(__file__).with_name("activities.toml")
LONGEST_SLUG = 40


@dataclass(frozen=True)
class LikedActivity:
    """Something that one may like doing: O*NET's words, and the work at which it is done."""

    text: str
    group: str
    # Titles of detailed work activities, without the full stop.
    work: tuple[str, ...] = ()
    # Words of which a task must have one, other words of which it must have one too, and those that it must not have.
    words: re.Pattern[str] | None = field(default=None, repr=False)
    also: re.Pattern[str] | None = field(default=None, repr=False)
    but: re.Pattern[str] | None = field(default=None, repr=False)

    @cached_property
    def slug(self) -> str:
        """What stands for it in an address: its first words."""
        words = slugify(self.text)
        return words if len(words) <= LONGEST_SLUG else words[: LONGEST_SLUG + 1].rpartition("-")[0]

    @property
    def name(self) -> str:
        return self.text.rstrip(".")

    def is_done_in(self, task: str) -> bool:
        """Whether the words of a task that is linked to its work say so too."""
        has_all = all(words.search(task) for words in (self.words, self.also) if words)
        return has_all and not (self.but and self.but.search(task))


@dataclass(frozen=True)
class ActivityGroup:
    """Activities of one kind, which can be chosen one by one or all together."""

    slug: str
    title: str
    activities: tuple[LikedActivity, ...]


@cache
def groups() -> tuple[ActivityGroup, ...]:
    """Return the groups in the order in which they are offered."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_group(each) for each in content["group"])


@cache
def version() -> str:
    """Return what tells this list from another: what was counted by another one is counted anew."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:16]


@cache
def by_slug() -> dict[str, LikedActivity]:
    """Return every activity by its slug."""
    return {activity.slug: activity for group in groups() for activity in group.activities}


@cache
def labels() -> dict[str, str]:
    """Return the name of each thing that can be chosen, groups before the activities in them."""
    names: dict[str, str] = {}
    for group in groups():
        names[group.slug] = group.title
        names |= {activity.slug: activity.name for activity in group.activities}
    return names


def slugs_of(choice: str) -> Iterable[str]:
    """Return the slugs of the activities that a choice means: a group means all of its own."""
    group = next((each for each in groups() if each.slug == choice), None)
    return [activity.slug for activity in group.activities] if group else [choice]


def group_of(choice: str) -> str:
    """Return the slug of the group that an activity stands in; of a group its own."""
    activity = by_slug().get(choice)
    return activity.group if activity else choice


def _group(content: dict[str, Any]) -> ActivityGroup:
    activities = tuple(_activity(each, content) for each in content["activity"])
    return ActivityGroup(content["slug"], content["title"], activities)


def _activity(content: dict[str, Any], group: dict[str, Any]) -> LikedActivity:
    but = "|".join(filter(None, (group.get("but"), content.get("but"))))
    words, also = (_pattern(content.get(name, "")) for name in ("words", "also"))
    return LikedActivity(content["text"], group["slug"], tuple(content.get("work", ())), words, also, _pattern(but))


def _pattern(words: str) -> re.Pattern[str] | None:
    """A pattern of words that begin like one of these, divided by '|'; None where there are none."""
    return re.compile(rf"\b(?:{words})", re.IGNORECASE) if words else None
