"""What is asked of all jobs at once, such as 'no degree' or '30 an hour': the lists that answer it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from ..registry import search_sources
from ..registry.search_sources import SearchCondition, SearchSource
from .words import every_word, fold

# Says that jobs are asked for, and not one of them.
OF_JOBS = re.compile(
    r"\b(?:jobs|careers|occupations|professions|positions|fields?|industry)\b|\b(?:job|career|work) in\b"
)
APOSTROPHE = re.compile("['’]")


@dataclass(frozen=True)
class Conditions:
    """The conditions that a query names, the list that keeps to them, and the words that say so."""

    name: str = ""
    address: str = ""
    words: frozenset[str] = frozenset()
    topics: frozenset[str] = field(default_factory=frozenset)


def asked(text: str) -> Conditions:
    """Return the conditions in what a person typed; the first source that knows any answers."""
    said = APOSTROPHE.sub(" ", fold(text))
    of_jobs = bool(OF_JOBS.search(said))
    for source in search_sources.SEARCH_SOURCES.values():
        if found := _of_source(source, said, of_jobs):
            return found
    return Conditions()


def _of_source(source: SearchSource, said: str, of_jobs: bool) -> Conditions | None:
    rest, names, query, topics = said, [], [], frozenset[str]()
    for condition in source.conditions:
        if condition.of_jobs and not of_jobs:
            continue
        if found := _first(condition, rest):
            match, (name, narrowed) = found
            rest = f"{rest[: match.start()]} | {rest[match.end() :]}"
            names.append(name)
            query.append(narrowed)
            topics |= condition.topics
    if not names:
        return None
    words = set(every_word(said)) - set(every_word(rest))
    parts = dict.fromkeys(part for narrowed in query for part in narrowed.split("&") if part)
    # The order that sorts stands last.
    ordered = sorted(parts, key=lambda part: part.startswith("sort="))
    address = f"{reverse(source.page)}?{'&'.join(ordered)}".rstrip("?")
    return Conditions(f"{source.all_of_them} {', '.join(names)}", address, frozenset(words), topics)


def _first(condition: SearchCondition, text: str) -> tuple[re.Match[str], tuple[str, Any]] | None:
    for match in condition.asked.finditer(text):
        if narrowed := condition.narrow(match):
            return match, narrowed
    return None
