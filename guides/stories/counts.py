"""What can be counted of a text that is to be told. It is shown as it is: no score is made of it, no grade.

Stories and practice count by this; static/js/practice-counting.js does the same in the browser.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from .phrases import Lexicon, is_number, places
from .words import Token, sentences, stem, tokens

YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
CARDINALS = {"one", "unit", "teen", "tens"}


@cache
def basics() -> dict[str, Any]:
    """The content of words.toml."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def listed(text: str) -> list[str]:
    """Return the phrases of a text with commas between them; (a/b) in one makes two of it."""
    result: list[str] = []
    for phrase in text.split(","):
        pieces = [piece.split("/") for piece in re.split(r"[()]", " ".join(phrase.split()))]
        result += [" ".join(" ".join(each).split()) for each in product(*pieces)]
    return [phrase for phrase in dict.fromkeys(result) if phrase]


def classes_of(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Return classes of words with the words without their endings."""
    return {name: list(dict.fromkeys(stem(word) for word in listed(text))) for name, text in texts.items()}


@cache
def lexicon() -> Lexicon:
    """What phrases of words.toml are found by."""
    classes = {name: frozenset(words) for name, words in classes_of(basics()["classes"]).items()}
    return Lexicon(classes, number_words())


@cache
def number_words() -> dict[str, str]:
    """Numbers in words, each with what it is."""
    return {word: kind for kind, text in basics()["numbers"].items() for word in listed(text)}


@cache
def ages() -> tuple[str, ...]:
    """Phrases that say an age."""
    return (*own_ages(), *listed(basics()["ages"]))


@cache
def own_ages() -> tuple[str, ...]:
    """Phrases that say one's own age."""
    return tuple(listed(basics()["own_ages"]))


WORDS_A_MINUTE: int = basics()["words_a_minute"]
FIRST_PERSON, PLURAL, BEFORE_A_YEAR = (frozenset(listed(basics()[name])) for name in ("i", "we", "before_a_year"))


@dataclass(frozen=True)
class Counts:
    """Counts of one text. `numbers` are those that it gives, in figures or words, as they stand there."""

    words: int
    numbers: list[str]
    first_person: int
    plural: int

    @property
    def seconds(self) -> int:
        """How long it takes to say, at WORDS_A_MINUTE."""
        return (self.words * 60 + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE

    @property
    def speaking_time(self) -> tuple[int, int]:
        """The same in minutes and seconds."""
        return divmod(self.seconds, 60)


def count(text: str) -> Counts:
    """Return what can be counted of `text`."""
    return of_sentences(sentences(text))


def of_sentences(parts: Sequence[Sequence[Token]]) -> Counts:
    """Return what can be counted of a text that is taken apart already."""
    words = [token for part in parts for token in part]
    numbers: dict[str, str] = {}
    for number in (number for part in parts for number in numbers_in(part)):
        numbers.setdefault(number.lower(), number)
    return Counts(
        words=sum(not token.is_tied for token in words),
        numbers=list(numbers.values()),
        first_person=sum(token.low in FIRST_PERSON for token in words),
        plural=sum(token.low in PLURAL and token.text != "US" for token in words),
    )


def words_by_part(parts: Mapping[str, str]) -> dict[str, int]:
    """Return how many words each part of a story has; none where it is still to be written."""
    return {name: sum(not token.is_tied for token in tokens(text)) for name, text in parts.items()}


def numbers_in(words: Sequence[Token]) -> list[str]:
    """The numbers of a sentence, in figures or words, but for years of the calendar and ages: these are no result."""
    left_out = {number for phrase in ages() for place in places(words, phrase, lexicon()) for number in range(*place)}
    found, start = [], 0
    while start < len(words):
        end = start if start in left_out or _is_year(words, start) else _number_end(words, start)
        if end > start:
            said = [("-" if token.is_tied else " ") + token.text for token in words[start:end]]
            found.append("".join(said)[1:])
        start = max(end, start + 1)
    return found


def _is_year(words: Sequence[Token], place: int) -> bool:
    return bool(YEAR.fullmatch(words[place].low)) and (place == 0 or words[place - 1].low in BEFORE_A_YEAR)


def _kind(words: Sequence[Token], place: int) -> str:
    if place >= len(words):
        return ""
    return "digits" if is_number(words[place]) else number_words().get(words[place].low, "")


def _number_end(words: Sequence[Token], start: int) -> int:
    """Where the number ends that begins at `start`; there where none begins."""
    kind, end = _kind(words, start), start + 1
    if kind in {"", "part", "percent"} or (kind == "one" and _kind(words, end) not in {"scale", "group", "part"}):
        return start
    while following := _longer(kind, words, end):
        end += following
        kind = _kind(words, end - 1)
    return end


def _longer(kind: str, words: Sequence[Token], place: int) -> int:
    """By how many words a number goes on at `place`, after a word of that kind."""
    following = _kind(words, place)
    if following == "percent":
        return 1
    if following in {"scale", "group"}:
        return int(kind in CARDINALS | {"digits", "scale"})
    if following == "part":
        return int(kind in {"one", "unit"})
    if kind == "tens" and following in {"one", "unit"}:
        return int(words[place].low not in {"a", "an"})
    if kind != "scale":
        return 0
    joins = place < len(words) and words[place].low == "and"
    last = place + int(joins)
    if _kind(words, last) in CARDINALS and words[last].low not in {"a", "an"}:
        return 1 + int(joins)
    return 0
