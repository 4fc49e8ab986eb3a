"""Where a phrase stands among the words of a sentence, in any form of its words.

The signs of a phrase: ~ any word, # a number in digits, #age a number that can be an age, +ed a verb of the past
that says what was done, =word a word as it is written here, <kin> a word of the class `kin`, [kin] the same or nothing,
and $ the end of the sentence. static/js/practice-counting.js finds phrases in the same way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from .words import Token, stem

SIGNS = "~#+=<[$"
YOUNGEST, OLDEST = 16, 99


class Place(NamedTuple):
    """The words from `start` up to, and without, `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Classes of words by name, numbers in words with what they are, verbs of the past, and those that are no deed."""

    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()


def is_number(token: Token) -> bool:
    """Whether a word is written in digits."""
    return "0" <= token.low[0] <= "9"


def places(words: Sequence[Token], phrase: str, lexicon: Lexicon) -> Iterator[Place]:
    """Where a phrase stands among `words`, from the first place to the last."""
    parts = _parts(phrase)
    first = parts[0]
    # Most phrases begin with a word that does not stand there at all.
    starts = (
        range(len(words)) if first[0] in SIGNS else [place for place, token in enumerate(words) if token.stem == first]
    )
    for start in starts:
        end = _end(words, start, parts, 0, lexicon)
        if end > start:
            yield Place(start, end)


def stands(words: Sequence[Token], phrases: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether one of the phrases stands among `words`."""
    return any(True for phrase in phrases for _place in places(words, phrase, lexicon))


@lru_cache(maxsize=10_000)
def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(part if part[0] in SIGNS else stem(part) for part in phrase.split())


def _end(words: Sequence[Token], place: int, parts: tuple[str, ...], number: int, lexicon: Lexicon) -> int:
    """Where the phrase ends whose part `number` begins at `place`; -1 where it does not stand there."""
    if number == len(parts):
        return place
    part = parts[number]
    if part == "$":
        return place if place == len(words) else -1
    is_there = place < len(words)
    if part[0] == "[":
        if is_there and words[place].stem in lexicon.classes[part[1:-1]]:
            end = _end(words, place + 1, parts, number + 1, lexicon)
            if end >= 0:
                return end
        return _end(words, place, parts, number + 1, lexicon)
    length = _length(words, place, part, lexicon) if is_there else 0
    return _end(words, place + length, parts, number + 1, lexicon) if length else -1


def _length(words: Sequence[Token], place: int, part: str, lexicon: Lexicon) -> int:
    """How many words one part of a phrase takes at a place; 0 where they are not like it."""
    token = words[place]
    if part == "#age":
        return _age(words, place, lexicon)
    if part == "#":
        return int(is_number(token))
    if part == "+ed":
        is_past = token.low in lexicon.past or (len(token.low) > 3 and token.low.endswith("ed"))
        return int(is_past and token.low not in lexicon.states)
    if part[0] == "=":
        return int(token.low == part[1:])
    if part[0] == "<":
        return int(token.stem in lexicon.classes[part[1:-1]])
    return int(part in {"~", token.stem})


def _age(words: Sequence[Token], place: int, lexicon: Lexicon) -> int:
    """How many words say a number that can be the age of somebody who works: 58, nineteen, fifty-eight."""
    low = words[place].low
    if len(low) == 2 and low.isascii() and low.isdigit():
        return int(YOUNGEST <= int(low) <= OLDEST)
    kind = lexicon.numbers.get(low)
    if kind != "tens":
        return int(kind == "teen" and low in {"sixteen", "seventeen", "eighteen", "nineteen"})
    follows = lexicon.numbers.get(words[place + 1].low) if place + 1 < len(words) else None
    return 2 if follows in {"one", "unit"} else 1
