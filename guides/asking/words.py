"""The words of questions and passages: stems, and what people and guides call differently and mean the same."""

import gzip
import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guides.search.clauses import Phrase
from guides.search.words import STOP_WORDS, every_word, stem

FOLDER = Path(__file__).parent
# Words that stand so often in the list’s corpus say little, words that stand less often than this say most.
COMMON, RARE = 400_000, 4_000
LEAST = 0.1
# The apostrophe of 'don't' parts no word.
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


@dataclass(frozen=True)
class Lexicon:
    """`same` gives the groups of a phrase of stems, by its first stem; `weak` words tell no answer from another;
    `meant` is what is written on a phone, and what it means."""

    same: Mapping[str, Sequence[tuple[Phrase, int]]]
    weak: frozenset[str]
    meant: Mapping[str, str]
    words: frozenset[str]


def read(name: str) -> dict[str, Any]:
    """Return what a file of this folder says."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def lexicon() -> Lexicon:
    """Return the words of lexicon.toml."""
    content = read("lexicon.toml")
    same: dict[str, list[tuple[Phrase, int]]] = {}
    known: set[str] = set()
    for number, line in enumerate(content["same"].strip().splitlines()):
        for text in line.split(","):
            known.update(spoken(text))
            phrase = tuple(map(stem, spoken(text)))
            if phrase:
                same.setdefault(phrase[0], []).append((phrase, number))
    meant = dict(pair.split(": ") for pair in content["meant"].strip().splitlines())
    weak = frozenset(content["weak"].split())
    return Lexicon(same, weak, meant, frozenset(known | weak))


def spoken(text: str) -> list[str]:
    """Return every word of a text, folded; 'don't' is one."""
    return every_word(APOSTROPHE.sub("", text))


@cache
def _counts() -> Mapping[str, int]:
    """How often each common word of English stands in the corpus of pyspellchecker's list."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return {word: count for word, count in json.loads(gzip.decompress(packed)).items() if count >= RARE}


def importance(word: str) -> float:
    """How much it matters that an answer speaks of a word: everyday words may stand in any question."""
    count = _counts().get(word, 0)
    if not count:
        return 1.0
    share = (math.log(COMMON) - math.log(count)) / (math.log(COMMON) - math.log(RARE))
    return min(1.0, max(LEAST, share))


def groups(stems: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return (start, end, group) of each phrase of the lexicon in `stems`, the longest of a place."""
    same = lexicon().same
    found: list[tuple[int, int, int]] = []
    for place, first in enumerate(stems):
        longest: dict[int, int] = {}
        for phrase, group in same.get(first, ()):
            if tuple(stems[place : place + len(phrase)]) == phrase:
                longest[group] = max(longest.get(group, 0), len(phrase))
        found += [(place, place + length, group) for group, length in longest.items()]
    return found


@dataclass(frozen=True)
class Said:
    """What a text says: its stems and the groups of the lexicon that it speaks of."""

    stems: frozenset[str]
    groups: frozenset[int]

    def __or__(self, other: "Said") -> "Said":
        return Said(self.stems | other.stems, self.groups | other.groups)


NOTHING = Said(frozenset(), frozenset())


def said(text: str) -> Said:
    """Return what `text` says."""
    stems = [stem(word) for word in spoken(text)]
    kept = frozenset(each for each in stems if each not in STOP_WORDS)
    return Said(kept, frozenset(group for _start, _end, group in groups(stems)))


def all_said(texts: Iterable[str]) -> Said:
    """Return what several texts say together."""
    together = NOTHING
    for text in texts:
        together |= said(text)
    return together
