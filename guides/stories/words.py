"""Texts as words: as they were written, in small letters, and without their endings.

static/js/practice-counting.js takes texts apart in the same way.
"""

import re
from dataclasses import dataclass

WORD = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*(?![A-Za-z0-9])|[A-Za-z0-9\u00c0-\u024f]+(?:'[A-Za-z\u00c0-\u024f]+)*")
HYPHENS = "-\u2010\u2011"
SENTENCE_END = re.compile(r"[.!?;]+(?=[ \t\r\n]|\Z)|[\r\n]+")


@dataclass(frozen=True)
class Token:
    """A word as written, in small letters, without its ending, and whether a hyphen ties it to the one before."""

    text: str
    low: str
    stem: str
    is_tied: bool = False


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
    found, end = [], -2
    for word in WORD.finditer(straight):
        low = word[0].lower()
        is_tied = word.start() == end + 1 and straight[end] in HYPHENS
        found.append(Token(word[0], low, stem(low), is_tied))
        end = word.end()
    return found


def sentences(text: str) -> list[list[Token]]:
    """The words of a text, sentence by sentence."""
    return [words for part in SENTENCE_END.split(text) if (words := tokens(part))]
