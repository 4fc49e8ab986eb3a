"""The words by which an answer is counted: those of words.toml, and what a guide calls its skills and duties."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypedDict, cast

from guides.formats import plain_text
from guides.models import Skill
from guides.readiness import matching, skills_gap
from guides.readiness.word_index import EVERYDAY
from guides.reading.reader import Reading
from guides.stories import counts
from guides.stories.counts import listed
from guides.stories.words import tokens
from guides.toolkit.job_descriptions.phrases import DUTIES

PARTS = ("situation", "task", "action", "result")
# So many words of a duty in one sentence name it, where it has as many.
ENOUGH = 3
MOST_QUOTES = 2


class SkillWords(TypedDict):
    """A skill: phrases that name it in any form, and words that name it only as they are written."""

    name: str
    phrases: list[str]
    exact: list[str]


class DutyWords(TypedDict):
    """A duty: the words that tell it from others, without their endings, and how many of them name it."""

    name: str
    words: list[str]
    enough: int


class CautionWords(TypedDict):
    """What a caution is known by: a sentence with a phrase of each list of `all` and none of `unless`.

    What `harms` somebody is credited with no skill.
    """

    slug: str
    harms: bool
    all: list[list[str]]
    unless: list[str]


class Vocabulary(TypedDict):
    """All that counting needs, as plain data: the page carries the same for the browser."""

    rate: int
    fillers: list[str]
    kinds: list[str]
    i: list[str]
    we: list[str]
    numbers: dict[str, str]
    before_a_year: list[str]
    ages: list[str]
    past: list[str]
    states: list[str]
    common: list[str]
    classes: dict[str, list[str]]
    parts: dict[str, list[str]]
    cautions: list[CautionWords]
    skills: list[SkillWords]
    duties: list[DutyWords]


@dataclass(frozen=True)
class Caution:
    """What is said of an answer that should not be given so: whose words that is, and what the guide says itself."""

    slug: str
    heading: str
    text: str
    sources: tuple[tuple[str, str], ...]  # names and addresses
    read_on: date
    quotes: tuple[tuple[str, str], ...] = ()


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def _phrases(text: str) -> list[str]:
    """Return the phrases of a text; @own_ages in it are those of stories."""
    return [each for one in listed(text) for each in (counts.own_ages() if one == "@own_ages" else [one])]


@cache
def _own() -> dict[str, Any]:
    """What is the same for every guide."""
    words, basics = _words(), counts.basics()
    return {
        "rate": basics["words_a_minute"],
        **{name: listed(basics[name]) for name in ("i", "we", "before_a_year")},
        **{name: listed(words[name]) for name in ("fillers", "kinds", "past", "states", "common")},
        "numbers": counts.number_words(),
        "ages": list(counts.ages()),
        "classes": counts.classes_of(basics["classes"] | words["classes"]),
        "parts": {name: listed(words["parts"][name]) for name in PARTS},
        "cautions": [
            {
                "slug": each["slug"],
                "harms": each.get("harms", False),
                "all": [_phrases(phrases) for phrases in each["all"]],
                "unless": listed(each["unless"]),
            }
            for each in words["caution"]
        ],
    }


def of_guide(reading: Reading) -> Vocabulary:
    """Return the words by which answers to this guide's questions are counted."""
    own = {"skills": [_skill(skill) for skill in skills_gap.all_skills(reading)], "duties": _duties(reading)}
    return cast(Vocabulary, _own() | own)


def _skill(skill: Skill) -> SkillWords:
    names = [name.strip() for name in matching.names_of(skill) if name.strip()]
    # 'Word', 'Excel' and 'ILL' are names as they are written, and other words in small letters.
    exact = [name for name in names if name.lower() in EVERYDAY and name != name.lower()]
    phrases = [" ".join(token.low for token in tokens(name)) for name in names if name.lower() not in EVERYDAY]
    return {"name": skill.name, "phrases": [each for each in dict.fromkeys(phrases) if each], "exact": exact}


def _duties(reading: Reading) -> list[DutyWords]:
    points = [point for section in reading.all_sections() if section.slug == DUTIES for point in section.points.all()]
    common = set(_own()["common"])
    stems = [
        list(
            dict.fromkeys(
                token.stem
                for token in tokens(f"{point.label} {plain_text(point.text_html)}")
                if len(token.low) > 3 and token.low not in common
            )
        )
        for point in points
    ]
    # What many duties speak of tells none from another.
    often = Counter(word for words in stems for word in words)
    result: list[DutyWords] = []
    for point, words in zip(points, stems, strict=True):
        own = [word for word in words if often[word] <= max(1, len(points) // 3)]
        name = point.label or plain_text(point.text_html)[:80]
        if own:
            result.append({"name": name, "words": own, "enough": min(ENOUGH, len(own))})
    return result


def cautions(reading: Reading) -> list[Caution]:
    """Return every caution, with what the guide itself says of it."""
    return [
        Caution(
            each["slug"],
            each["heading"],
            " ".join(each["text"].split()),
            tuple((name, address) for name, address in each["sources"]),
            each["read_on"],
            tuple(_quotes(reading, each["quoted"]))[:MOST_QUOTES] if "quoted" in each else (),
        )
        for each in _words()["caution"]
    ]


def _quotes(reading: Reading, pattern: str) -> Iterator[tuple[str, str]]:
    """What the guide says of it: sentences, each with the question, skill or duty that it stands at."""
    speaks = re.compile(pattern, re.IGNORECASE)
    for question in reading.guide.interviewquestions.all():
        if speaks.search(question.looked_for):
            yield question.question, question.looked_for
    for skill in skills_gap.all_skills(reading):
        if speaks.search(skill.detail):
            yield skill.name, skill.detail
