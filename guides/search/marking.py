"""Texts cut to what answers, with the words that were asked for marked."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import islice
from string import ascii_letters, digits
from typing import NamedTuple

from .clauses import Phrase
from .words import POSSESSIVE, STOP_WORDS, WORD, fold, stem

# An excerpt is about this many characters long.
LENGTH = 190
LEAD = 60

# Where a word starts and stops, and its stem.
WordPlace = tuple[int, int, str]


class MarkedPart(NamedTuple):
    """A stretch of text, and whether it is to be marked."""

    text: str
    marked: bool = False


def marked(text: str, phrases: Collection[Phrase]) -> list[MarkedPart]:
    """Return `text` as Parts: where it holds one of `phrases`, tuples of stems, the words are marked."""
    parts: list[MarkedPart] = []
    end = 0
    for start, stop, _stem in _places(text, phrases):
        parts += [MarkedPart(text[end:start]), MarkedPart(text[start:stop], True)]
        end = stop
    return [part for part in [*parts, MarkedPart(text[end:])] if part.text]


def excerpt(text: str, phrases: Collection[Phrase]) -> list[MarkedPart]:
    """Return the stretch of `text` with the most different marked words, as Parts; the start where there are none."""
    if len(text) <= LENGTH:
        return marked(text, phrases)
    places = _places(text, phrases)
    best = max(zip(_variety(places), (-place[0] for place in places), strict=True), default=(0, 0))[1] * -1
    start = text.find(" ", best - LEAD) + 1 if best > LEAD else 0
    stop = _word_end(text, start + LENGTH)
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    return [part for part in [MarkedPart(before), *marked(text[start:stop], phrases), MarkedPart(after)] if part.text]


def _places(text: str, phrases: Collection[Phrase]) -> list[WordPlace]:
    """Return `(start, stop, stem)` of each word of `text` that is part of one of `phrases`."""
    plain = POSSESSIVE.sub("  ", text)
    # Most texts are as long in small letters; then only words with accents need more.
    low = plain.lower()
    if len(low) != len(plain):
        low = plain
    starts: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        starts.setdefault(phrase[0], []).append(phrase)
    wanted: dict[int, WordPlace] = {}
    # A word has the first letter of its stem: most words need not be cut to theirs.
    for match in _begun_with("".join(sorted({start[0] for start in starts}))).finditer(low):
        word = _folded(match)
        for phrase in () if word in STOP_WORDS else starts.get(stem(word), ()):
            wanted.update((place[0], place) for place in _run(low, match, phrase))
    return [wanted[start] for start in sorted(wanted)]


@lru_cache(maxsize=1_000)
def _begun_with(letters: str) -> re.Pattern[str]:
    """Return what finds the words that begin with one of `letters`, or with one that English does not have."""
    others = "".join(sorted({*ascii_letters, *digits} - {*letters, *letters.upper()}))
    first = f"(?![{others}])" if others else ""
    return re.compile(rf"(?<![^\W\d_]){first}[^\W\d_]+|(?<!\d){first}\d+")


def _run(text: str, first: re.Match[str], phrase: Phrase) -> list[WordPlace]:
    """Return the places of the words of `phrase` where its first one stands, none where others follow."""
    run = [(*first.span(), phrase[0])]
    if len(phrase) == 1:
        return run
    words = WORD.finditer(text, first.end())
    for wanted in phrase[1:]:
        match = next((match for match in words if _folded(match) not in STOP_WORDS), None)
        if match is None or stem(_folded(match)) != wanted:
            return []
        run.append((*match.span(), wanted))
    return run


def _folded(match: re.Match[str]) -> str:
    word = match[0]
    return word if word.isascii() and word.islower() else fold(word)


def _variety(places: Sequence[WordPlace]) -> list[int]:
    """How many different words to be marked stand in the excerpt that would begin near each of `places`."""
    counts = []
    for index, (begins, _stop, _stem) in enumerate(places):
        said = set()
        for start, _stop, word in islice(places, index, None):
            if start >= begins + LENGTH - LEAD:
                break
            said.add(word)
        counts.append(len(said))
    return counts


def _word_end(text: str, place: int) -> int:
    end = text.find(" ", place)
    return len(text) if end < 0 or len(text) - end < 15 else end
