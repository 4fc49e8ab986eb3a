"""Texts cut to what answers, with the words that were asked for marked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .clauses import Phrase
from .words import POSSESSIVE, STOP_WORDS, WORD, fold, stem

# An excerpt is about this many characters long.
LENGTH = 190
LEAD = 60

# Where a word starts and stops, and its stem.
WordPlace = tuple[int, int, str]


@dataclass(frozen=True)
class MarkedPart:
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
    best = max((place[0] for place in places), key=lambda start: (_variety(places, start), -start), default=0)
    start = text.find(" ", best - LEAD) + 1 if best > LEAD else 0
    stop = _word_end(text, start + LENGTH)
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    return [part for part in [MarkedPart(before), *marked(text[start:stop], phrases), MarkedPart(after)] if part.text]


def _places(text: str, phrases: Collection[Phrase]) -> list[WordPlace]:
    """Return `(start, stop, stem)` of each word of `text` that is part of one of `phrases`."""
    plain = POSSESSIVE.sub("  ", text)
    # Most texts are as long in small letters; then only words with accents need more.
    low = plain.lower()
    folded = [(match.span(), match[0]) for match in WORD.finditer(low if len(low) == len(plain) else plain)]
    matches = [(span, word if word.isascii() and word.islower() else fold(word)) for span, word in folded]
    places = [(*span, stem(word)) for span, word in matches if word not in STOP_WORDS]
    stems = [place[2] for place in places]
    wanted: set[int] = set()
    starts: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        starts.setdefault(phrase[0], []).append(phrase)
    for index, each in enumerate(stems):
        for phrase in starts.get(each, ()):
            if tuple(stems[index : index + len(phrase)]) == phrase:
                wanted.update(range(index, index + len(phrase)))
    return [places[index] for index in sorted(wanted)]


def _variety(places: Iterable[WordPlace], start: int) -> int:
    """How many different words to be marked stand in the excerpt that would begin near `start`."""
    return len({stem for left, _right, stem in places if start <= left < start + LENGTH - LEAD})


def _word_end(text: str, place: int) -> int:
    end = text.find(" ", place)
    return len(text) if end < 0 or len(text) - end < 15 else end
