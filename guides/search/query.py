"""What a person typed, understood: words that belong together, and all that each may stand for."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from rapidfuzz.distance import OSA

from ..models import Listing, Synonym, Word
from .clauses import Phrase
from .engines import engine
from .words import fold, phrase, stem, words

MOST_WORDS = 10
MOST_ENDINGS = 8
# What a match counts that is not the word itself.
SYNONYM, ENDING, CORRECTION = 0.9, 0.7, 0.8

# Every phrase that has synonyms, with those.
Synonyms = Mapping[Phrase, Iterable[Phrase]]


@dataclass
class Group:
    """A word or phrase that was typed, the phrases that match it with what each counts, and how rare it is."""

    typed: str
    phrases: dict[Phrase, float]
    rarity: float = 0.0

    def add(self, phrase: Phrase, counts: float) -> None:
        """Let `phrase`, a tuple of stems, match too."""
        self.phrases[phrase] = max(counts, self.phrases.get(phrase, 0))


@dataclass
class Query:
    """The groups of a query, what was corrected (typed word to meant word), and words that no guide knows."""

    groups: list[Group]
    corrected: dict[str, str]
    unknown: list[str]


def understand(text: str) -> Query:
    """Return `text` as a Query."""
    typed = list(dict.fromkeys(words(text)))[:MOST_WORDS]
    # The last word may be unfinished, unless something was typed after it.
    unfinished = bool(typed) and fold(text).rstrip("\"'”’)").endswith(typed[-1]) and len(typed[-1]) > 1
    same = _synonyms()
    groups = _grouped(typed, same)
    known = _known({phrase[0] for group in groups for phrase in group.phrases})
    if unfinished:
        _add_endings(groups[-1], typed[-1], same)
    query = Query([], {}, [])
    for group in groups:
        if not any(len(phrase) > 1 or phrase[0] in known for phrase in group.phrases):
            _correct(group, same, query)
        if group.phrases:
            query.groups.append(group)
    _weigh(query.groups)
    return query


def _synonyms() -> Synonyms:
    """Return every phrase that has synonyms, as stems, with those synonyms."""
    same: dict[Phrase, set[Phrase]] = {}
    for synonym in Synonym.objects.all():
        phrases = [phrase(text) for text in synonym.phrases()]
        for each in filter(None, phrases):
            same.setdefault(each, set()).update(other for other in phrases if other and other != each)
    return same


def _grouped(typed: Sequence[str], same: Synonyms) -> list[Group]:
    """Return a Group for each typed word, or for the longest run of words that has synonyms."""
    stems, start = [stem(word) for word in typed], 0
    groups: list[Group] = []
    longest = max(map(len, same), default=1)
    while start < len(stems):
        ends = range(min(len(stems), start + longest), start, -1)
        end = next((end for end in ends if tuple(stems[start:end]) in same), start + 1)
        run = tuple(stems[start:end])
        group = Group(" ".join(typed[start:end]), {run: 1.0})
        for other in same.get(run, ()):
            group.add(other, SYNONYM)
        groups.append(group)
        start = end
    return groups


def _known(stems: Iterable[str]) -> set[str]:
    return set(Word.objects.filter(stem__in=stems).values_list("stem", flat=True))


def _add_endings(group: Group, start: str, same: Synonyms) -> None:
    """Let the words that begin with `start` match too, and their synonyms."""
    for ending in dict.fromkeys(map(stem, engine().starting(start, MOST_ENDINGS))):
        group.add((ending,), ENDING)
        for other in same.get((ending,), ()):
            group.add(other, ENDING * SYNONYM)


def _correct(group: Group, same: Synonyms, query: Query) -> None:
    """Let the known words closest to a word that no guide uses match instead, unless it has endings that match."""
    word, unknown = group.typed, next(iter(group.phrases))
    del group.phrases[unknown]
    if group.phrases:
        return
    corrections = _closest(word)
    if not corrections:
        query.unknown.append(word)
        return
    query.corrected[word] = corrections[0]
    for meant in corrections:
        group.add((stem(meant),), CORRECTION)
        for other in same.get((stem(meant),), ()):
            group.add(other, CORRECTION * SYNONYM)


def _closest(word: str) -> list[str]:
    """Return the known words with the fewest slips between them and `word`, those of most guides first."""
    allowed = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    near = engine().near(word, 40) if allowed else []
    slips = {other: OSA.distance(word, other, score_cutoff=allowed) for other in near}
    fewest = min(slips.values(), default=allowed + 1)
    if fewest > allowed:
        return []
    closest = [other for other in near if slips[other] == fewest]
    spread = dict(Word.objects.filter(word__in=closest).values_list("word", "guides"))
    # People mistype a first letter less often than any other.
    return sorted(closest, key=lambda other: (other[0] != word[0], -spread.get(other, 0), other))[:3]


def _weigh(groups: Sequence[Group]) -> None:
    """Give each group its rarity: lowest for what every guide says, highest for what few guides say."""
    first = {phrase[0] for group in groups for phrase in group.phrases if len(phrase) == 1}
    rows = Word.objects.filter(stem__in=first).values_list("stem").annotate(Sum("guides")).order_by()
    spread, total = dict(rows), Listing.objects.count()
    for group in groups:
        # The commonest of what it may stand for: a rare synonym does not make a common word rare.
        most = max((spread.get(phrase[0], 0) for phrase in group.phrases if len(phrase) == 1), default=1)
        group.rarity = math.log(2 + (total + 1) / (min(most, total) + 1))
