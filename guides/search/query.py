"""What a person typed, understood: words that belong together, all that each may stand for, and what is asked."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from . import conditions, dictionary, spelling
from .clauses import Phrase
from .conditions import Conditions
from .engines import engine
from .rows import select
from .topics import DEFINITION, Asked, Topic, asked
from .words import STOP_WORDS, every_word, fold, phrase, stem

MOST_WORDS = 10
MOST_ENDINGS = 8
# What a match counts that is not the word itself. Of a word that is known, longer ones are hardly meant.
SYNONYM, ENDING, FRAGMENT, CORRECTION = 0.9, 0.7, 0.3, 0.8
# An occupation code of the SOC or O*NET: 25-4031, 25-4031.00, 254031.
CODE = re.compile(r"(?<![\d-])(\d{2})[-–]?(\d{4})(\.\d{2})?(?![\d-])")
# Words that people add and that tell no answer from another.
FILLERS = frozenset(
    """being best careers career find get good hiring information info job jobs list near need needed occupation
    occupations position positions profession professions someone tell title titles want work working""".split()
)

# In how many entries each of these stems stands, and by an empty one how many entries there are.
SPREAD = (
    "SELECT stem, SUM(entries) FROM guides_word WHERE stem IN ({}) GROUP BY stem "
    "UNION ALL SELECT '', COUNT(*) FROM guides_entry"
)

# Every phrase that has synonyms, with those.
Synonyms = Mapping[Phrase, Iterable[Phrase]]


@dataclass
class Group:
    """A word or phrase that was typed, the phrases that match it with what each counts, and how rare it is.

    `is_weak`: it says what is asked of a job, or says little; no job needs to have it in its name.
    """

    typed: str
    phrases: dict[Phrase, float]
    is_weak: bool = False
    # Whether it tells no answer from another unless it is part of a name: 'jobs', 'stand' in 'what does it stand for'.
    is_filler: bool = False
    rarity: float = 0.0
    # Which of the phrases are synonyms of the words typed.
    synonyms: set[Phrase] = field(default_factory=set)
    # What it is corrected to, the likeliest first.
    meant: list[str] = field(default_factory=list)

    def counts(self, phrase: Phrase) -> float:
        """What a match of one of its phrases counts."""
        return self.phrases[phrase]

    @cached_property
    def written(self) -> list[tuple[str, float, Phrase]]:
        """Each of its phrases as it stands in a text's stems, and what it counts: once all are there."""
        return [(f" {' '.join(phrase)} ", counts, phrase) for phrase, counts in self.phrases.items()]

    def said_in(self, text: str) -> list[tuple[float, Phrase]]:
        """Those of its phrases, with what each counts, that stand in stems with a space on either side of each."""
        return [(counts, phrase) for written, counts, phrase in self.written if written in text]

    def add(self, phrase: Phrase, counts: float, *, is_same: bool = False) -> None:
        """Let `phrase`, a tuple of stems, match too; `is_same`: as a synonym of what was typed."""
        if is_same and phrase not in self.phrases:
            self.synonyms.add(phrase)
        self.phrases[phrase] = max(counts, self.phrases.get(phrase, 0))


@dataclass
class Query:
    """The groups of a query and what it asks about, the surest first.

    `corrected` and `offered` give the meant word by the typed one: taken for it, and only thought of. `unknown` are
    words that nothing found uses; `codes` occupation codes; `is_foreign` that it is in another language. `conditions`
    are what is asked of all jobs, where no job is named beside them.
    """

    groups: list[Group] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    is_foreign: bool = False
    conditions: Conditions = field(default_factory=Conditions)

    @property
    def topics(self) -> list[Topic]:
        """The topics that it asks about."""
        return [each.topic for each in self.asked]

    @property
    def strong(self) -> list[Group]:
        """The groups that may name something."""
        return [group for group in self.groups if not group.is_weak]

    def claim(self, groups: Iterable[Group]) -> None:
        """Take these groups for a name: 'software' asks for no technology in 'software developer'."""
        for group in groups:
            group.is_weak = group.is_filler = False
        named = {word for group in self.strong for word in group.typed.split()}
        self.asked = [each for each in self.asked if not named.issuperset(each.words)]


def understand(text: str) -> Query:
    """Return `text` as a Query."""
    query = Query(codes=["".join([match[1], "-", match[2], match[3] or ""]) for match in CODE.finditer(text)])
    rest = CODE.sub(" ", text)
    all_words = every_word(rest)
    query.asked = asked(all_words)
    said = FILLERS.union(*(each.words for each in query.asked))
    typed = [word for word in dict.fromkeys(all_words) if word not in STOP_WORDS][:MOST_WORDS]
    wanted = conditions.asked(rest)
    if wanted.name and not query.codes and wanted.words.union(said).issuperset(typed):
        query.conditions = wanted
        # A sum of money is in no text that is looked for.
        typed = [word for word in typed if word not in wanted.words or (word.isalpha() and len(word) > 1)]
    # The last word may be unfinished, unless something was typed after it.
    unfinished = bool(typed) and fold(rest).rstrip("\"'”’)").endswith(typed[-1]) and len(typed[-1]) > 1
    same = _synonyms()
    groups = _grouped(typed, same, said)
    known = _known({phrase[0] for group in groups for phrase in group.phrases})
    unknown = [group for group in groups if not any(len(each) > 1 or each[0] in known for each in group.phrases)]
    strangers = [group.typed for group in unknown if _is_foreign(group.typed)]
    small = [word for word in all_words if word in dictionary.SMALL_WORDS]
    ours = [group for group in groups if group not in unknown and group.typed not in small]
    query.is_foreign = bool(strangers) and len({*strangers, *small}) > len(ours)
    if query.is_foreign:
        strange = [word for word in strangers if word not in small]
        groups = [] if strange else [group for group in groups if group not in unknown]
        unknown, query.unknown = [], strange
    if unfinished and groups and groups[-1].typed.endswith(typed[-1]):
        _add_endings(groups[-1], typed[-1], same, is_known=groups[-1] not in unknown)
    for group in groups:
        if group in unknown:
            _correct(group, same, query)
        if group.phrases:
            query.groups.append(group)
    if query.corrected:
        _ask_again(query, all_words)
    _tell_fillers(query)
    _weigh(query.groups)
    return query


def _ask_again(query: Query, words: Iterable[str]) -> None:
    """See what is asked once the words that were mistyped are others: 'sallary' asks for pay."""
    query.asked = asked([part for word in words for part in query.corrected.get(word, word).split()])
    said = FILLERS.union(*(each.words for each in query.asked))
    for group in query.groups:
        group.is_weak = said.issuperset(query.corrected.get(group.typed, group.typed).split())


def _tell_fillers(query: Query) -> None:
    """Say which groups tell nothing: fillers that ask for no topic, and the words that ask what something means."""
    defining = frozenset[str]().union(*(each.words for each in query.asked if each.topic.slug == DEFINITION))
    asking = frozenset[str]().union(*(each.words for each in query.asked if each.topic.slug != DEFINITION))
    for group in query.groups:
        group.is_filler = (FILLERS | defining).difference(asking).issuperset(group.typed.split())


def _is_foreign(word: str) -> bool:
    """Whether a folded word is of another language; short ones of Latin letters tell nothing."""
    return (len(word) > 3 or not word.isascii()) and not dictionary.is_english(word) and dictionary.is_foreign(word)


def _synonyms() -> Synonyms:
    """Return every phrase that has synonyms, as stems, with those synonyms."""
    rows = select("SELECT words FROM guides_synonym WHERE is_live ORDER BY slug")
    return _synonyms_of(tuple(words for (words,) in rows))


@lru_cache(maxsize=2)
def _synonyms_of(lists: Sequence[str]) -> Synonyms:
    """Return the synonyms of such lists, a phrase a line."""
    same: dict[Phrase, set[Phrase]] = {}
    for words in lists:
        phrases = [phrase(line.strip()) for line in words.splitlines() if line.strip()]
        for each in filter(None, phrases):
            same.setdefault(each, set()).update(other for other in phrases if other and other != each)
    return same


def _grouped(typed: Sequence[str], same: Synonyms, weak: frozenset[str]) -> list[Group]:
    """Return a Group for each typed word, for the longest run of words that has synonyms, or that is one word apart."""
    stems, start = [stem(word) for word in typed], 0
    groups: list[Group] = []
    longest = max(map(len, same), default=1)
    joined = spelling.joined(typed)
    while start < len(stems):
        ends = range(min(len(stems), start + longest), start, -1)
        end = next((end for end in ends if tuple(stems[start:end]) in same), start + 1)
        one = joined.get(tuple(typed[start : start + 2]))
        if one and end - start < 2:
            end = start + 2
        run = tuple(stems[start:end])
        group = Group(" ".join(typed[start:end]), {run: 1.0}, weak.issuperset(typed[start:end]))
        if one and end - start == 2:
            group.add((stem(one),), 1.0)
        for other in same.get(run, ()):
            group.add(other, SYNONYM, is_same=True)
        groups.append(group)
        start = end
    return groups


def _known(stems: Iterable[str]) -> set[str]:
    return {stem for (stem,) in select("SELECT DISTINCT stem FROM guides_word WHERE stem IN ({})", stems)}


def _add_endings(group: Group, start: str, same: Synonyms, *, is_known: bool) -> None:
    """Let the words that begin with `start` match too, and their synonyms."""
    if group.is_weak if is_known else len(start) > 4 and _is_foreign(start):
        return
    counts = FRAGMENT if is_known else ENDING
    for ending in dict.fromkeys(map(stem, engine().starting(start, MOST_ENDINGS))):
        group.add((ending,), counts)
        for other in same.get((ending,), ()):
            group.add(other, counts * SYNONYM, is_same=True)


def _correct(group: Group, same: Synonyms, query: Query) -> None:
    """Let the known words that a word was meant to be match instead, unless it has endings that match.

    A word of English that nothing uses is none that was mistyped: what it may have been is only offered.
    """
    word, unknown = group.typed, next(iter(group.phrases))
    del group.phrases[unknown]
    if group.phrases:
        return
    if parts := spelling.parted(word):
        query.corrected[word] = " ".join(parts)
        group.add(tuple(map(stem, parts)), 1.0)
        return
    corrections = [] if _is_foreign(word) else spelling.closest(word)
    if corrections and dictionary.is_english(word):
        query.offered[word] = corrections[0]
        corrections = []
    if not corrections:
        query.unknown.append(word)
        return
    query.corrected[word] = corrections[0]
    group.meant = corrections
    for meant in corrections:
        group.add((stem(meant),), CORRECTION)
        for other in same.get((stem(meant),), ()):
            group.add(other, CORRECTION * SYNONYM, is_same=True)


def _weigh(groups: Sequence[Group]) -> None:
    """Give each group its rarity: lowest for what every entry says, highest for what few say."""
    first = {phrase[0] for group in groups for phrase in group.phrases if len(phrase) == 1}
    spread: dict[str, int] = dict(select(SPREAD, first))
    total = spread.pop("")
    for group in groups:
        # The commonest of what it may stand for: a rare synonym does not make a common word rare.
        most = max((spread.get(phrase[0], 0) for phrase in group.phrases if len(phrase) == 1), default=1)
        group.rarity = math.log(2 + (total + 1) / (min(most, total) + 1))
