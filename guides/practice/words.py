"""Texts as words: as they were written, in small letters, and without their endings.

static/js/practice-counting.js takes texts apart in the same way.
"""

import re
from dataclasses import dataclass

WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?![A-Za-z0-9])|[A-Za-z0-9\u00c0-\u024f]+(?:'[A-Za-z\u00c0-\u024f]+)*")
SENTENCE_END = re.compile(r"[.!?;]+(?=[ \t\r\n]|\Z)|[\r\n]+")


@dataclass(frozen=True)
class Token:
    """A word as it was written, in small letters, and without its ending."""

    text: str
    low: str
    stem: str


def stem(word: str) -> str:
    """Return a word in small letters without its ending, roughly: 'shelves' and 'shelving' are one."""
    if "'" in word:
        return word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    base = word
    if len(word) > 5 and word.endswith("ing"):
        base = word[:-3]
    elif len(word) > 4 and word.endswith(("ed", "es")) and not word.endswith("eed"):
        base = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        base = word[:-1]
    if base != word and len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
        base = base[:-1]
    return base[:-1] if len(base) > 3 and base.endswith("e") else base


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    straight = text.replace("\u2019", "'").replace("\u2018", "'")
    return [Token(word, word.lower(), stem(word.lower())) for word in WORD.findall(straight)]


def sentences(text: str) -> list[list[Token]]:
    """The words of a text, sentence by sentence."""
    return [words for part in SENTENCE_END.split(text) if (words := tokens(part))]
