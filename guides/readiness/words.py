"""A text as words: what it looks like under its typography, its tokens, their roots, and what is a word at all."""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

from guides.search.words import stem

WORD = re.compile(r"[^\W\d_]+|\d+")
# The same with hyphenated words as one: inter-library is interlibrary.
JOINED = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*|\d+")
HYPHENS = re.compile(r"[-\u2010\u2011]")
# A soft hyphen and what has no width stand inside words and are not seen.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
# A word that goes on in the next line, after a hyphen.
BROKEN = re.compile(r"\b([^\W\d_]{2,})[-\u2010][ \t]*\r?\n[ \t]*([a-z]+)\b")
# A line that goes on in lower case is one sentence with the next.
SENTENCE = re.compile(r"[.!?;](?=\s|$)|[\u2022\u25cf]|\n(?!\s*[a-z(])|\n\s*\n")


@dataclass(frozen=True)
class Token:
    """A word: as it stands, in lower case, its root, and where it is in the text."""

    text: str
    low: str
    root: str
    start: int
    end: int


def readable(text: str) -> str:
    """Return `text` as a person reads it: ligatures as letters, words whole where a line breaks them, nothing unseen.

    A hyphen at the end of a line goes where the two parts are one word (cata-loging), and stays in well-known."""
    text = re.sub("\u00ad[ \t]*\r?\n[ \t]*", "", text).translate(UNSEEN).translate(LIGATURES)
    return BROKEN.sub(_mended, text)


def _mended(broken: re.Match[str]) -> str:
    first, second = broken.groups()
    joined = f"{first}{second}"
    return joined if is_word(joined.casefold()) else f"{first}-{second}"


def plain(text: str) -> str:
    """Return a readable text with wide letters, and other signs that are letters, as plain ones."""
    return unicodedata.normalize("NFKC", readable(text))


# Past forms that have no ending, with their verbs.
IRREGULAR = dict(
    pair.split("/")
    for pair in """bought/buy brought/bring built/build caught/catch chose/choose chosen/choose dealt/deal did/do
    drew/draw drove/drive found/find gave/give given/give got/get held/hold hung/hang kept/keep laid/lay
    led/lead lent/lend made/make met/meet oversaw/oversee overseen/oversee paid/pay ran/run rang/ring
    rebuilt/rebuild rewrote/rewrite sent/send sold/sell spoke/speak spoken/speak spun/spin stood/stand
    taken/take taught/teach told/tell took/take troubleshot/troubleshoot wrote/write written/write""".split()
)
# Words that say nothing of what was done; "s" is what an apostrophe leaves.
LEFT_OUT = frozenset("the a an this that these those our your their its his her my s".split())
# Words that Snowball gives the stem of another: digital and digitize, periodical and period.
WHOLE = frozenset(["digital", "periodical", "periodicals", "fines", "holds", "organizations", "organizational"])


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """The stem of a word as search takes it; one for an irregular verb, and for catalog and catalogue."""
    root = word if word in WHOLE else stem(IRREGULAR.get(word, word))
    return root.removesuffix("u") if root.endswith("ogu") else root


def tokens(text: str, pattern: re.Pattern[str] = WORD) -> list[Token]:
    """The words of `text`; letters and digits part, so that MARC21 and MARC 21 are the same."""
    result = []
    for word in pattern.finditer(text):
        low = HYPHENS.sub("", word[0]).casefold()
        result.append(Token(word[0], low, root(low), word.start(), word.end()))
    return result


@cache
def _dictionary() -> Mapping[str, str]:
    """The 160,000 English words that pyspellchecker ships, by their first two letters, each between line breaks.

    They are read when first needed. As a set of words they would take ten times the room.
    """
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    words = sorted(json.loads(gzip.decompress(packed)))
    return {start: "\n".join(["", *those, ""]) for start, those in groupby(words, key=lambda word: word[:2])}


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether a word, in lower case, or what is left of it without an ending, is in the dictionary."""
    forms = {word, *(word.removesuffix(ending) for ending in ("s", "es", "ed", "d", "ing", "ly"))}
    return any(len(form) > 2 and f"\n{form}\n" in _dictionary().get(form[:2], "") for form in forms)


def says_something(word: Token, text: str) -> bool:
    """Whether a word counts in a phrase: no article, and no number but one that is part of a word (CAT6)."""
    return word.low not in LEFT_OUT and not (word.low.isdigit() and not text[max(word.start - 1, 0)].isalpha())


def sentences(text: str) -> Iterable[tuple[int, int]]:
    """Where each sentence, or line of a list, begins and ends."""
    start = 0
    for end in SENTENCE.finditer(text):
        if text[start : end.start()].strip():
            yield start, end.start()
        start = end.end()
    if text[start:].strip():
        yield start, len(text)
