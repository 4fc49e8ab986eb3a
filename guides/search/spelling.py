"""Which known word a mistyped one was meant to be: a letter wrong, a space too many, a space too few."""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from ..models import Word
from .engines import engine
from .rows import select

MOST = 3
# Shorter parts of a word, and those of fewer names, are no words that were written together.
SHORTEST_PART, FEWEST_NAMES = 3, 5


def allowed(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 7 else 2


def closest(word: str) -> list[str]:
    """Return the known words with the fewest slips between them and `word`, at most MOST: the likeliest first."""
    most = allowed(word)
    near = engine().near(word, 40) if most else []
    slips = {other: OSA.distance(word, other, score_cutoff=most) for other in near}
    fewest = min(slips.values(), default=most + 1)
    if fewest > most:
        return []
    found = [other for other in near if slips[other] == fewest]
    spread = {
        name: (names, entries)
        for name, names, entries in Word.objects.filter(word__in=found).values_list("word", "names", "entries")
    }
    # People leave letters out more often than they take others, mistype a first letter less often than the rest, and
    # ask for jobs by their names.
    ranks = {other: (other[0] != word[0], not _is_left_out(word, other)) for other in found}
    likeliest = min(ranks.values())
    found = [other for other in found if ranks[other] == likeliest]
    return sorted(found, key=lambda other: (*(-count for count in spread[other]), other))[:MOST]


def _is_left_out(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with letters left out, or with one of its letters twice."""
    longer, shorter = (word, typed) if len(word) > len(typed) else (typed, word)
    letters = iter(longer)
    return len(longer) > len(shorter) and all(letter in letters for letter in shorter)


def joined(typed: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Return pairs of neighbours that names know as one word: 'fire fighter' is firefighter."""
    pairs = {left + right: (left, right) for left, right in pairwise(typed)}
    known = select("SELECT word FROM guides_word WHERE word IN ({}) AND names > 0", pairs) if pairs else []
    return {pairs[word]: word for (word,) in known}


def parted(word: str) -> tuple[str, ...]:
    """Return the two words of names that were written as one, such as truck and driver; () where there are none."""
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    halves = {half for place in places for half in (word[:place], word[place:])}
    names = (
        dict(Word.objects.filter(word__in=halves, names__gte=FEWEST_NAMES).values_list("word", "names"))
        if halves
        else {}
    )
    pairs = [(word[:place], word[place:]) for place in places if word[:place] in names and word[place:] in names]
    return max(pairs, key=lambda pair: min(names[half] for half in pair), default=())
