"""What a person asked, understood: the words set right, what they want to know, and the words that must be answered."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.datasets.areas import STATES
from guides.search import dictionary, spelling
from guides.search.words import STOP_WORDS, stem

from . import likeness, words
from .likeness import Likeness
from .passages import Body
from .words import Said, lexicon

# What stands in a question for the job's name, a state and a country.
JOB, STATE, ABROAD = "JOB", "STATE", "ABROAD"
COUNTRIES = frozenset(
    """canada germany france uk britain england scotland wales ireland australia japan china india mexico brazil spain
    italy europe asia africa dubai netherlands holland sweden norway denmark finland iceland switzerland austria
    belgium portugal greece poland ukraine russia romania bulgaria hungary croatia serbia czechia slovakia slovenia
    turkey israel egypt morocco kenya ghana ethiopia nigeria tanzania uganda zimbabwe pakistan bangladesh nepal
    afghanistan iran iraq jordan lebanon qatar kuwait oman bahrain emirates philippines vietnam thailand malaysia
    singapore indonesia cambodia taiwan korea mongolia kazakhstan argentina chile peru colombia venezuela ecuador
    bolivia cuba jamaica haiti guatemala honduras panama bahamas zealand paris berlin munich madrid rome lisbon dublin
    amsterdam vienna zurich london manchester toronto vancouver montreal sydney melbourne tokyo osaka seoul beijing
    shanghai delhi mumbai manila lagos nairobi moscow scandinavia estonia latvia lithuania luxembourg malta cyprus
    ontario quebec bavaria algeria tunisia senegal cameroon rwanda zambia botswana namibia uruguay paraguay""".split()
)
# Signs that a question may hold beside words.
PLAIN = re.compile(r"[^a-z0-9/ ]+")
# So long may a question be; what it says after so many words is not needed to answer it.
MOST_WORDS = 40
# A word of so few letters is taken for another one of as many only where two of them changed places.
SHORT = 4
# How many words an intent is worth that is asked for in words of its own.
SPECIFIC = 2.5
# What a word counts that most questions have.
LITTLE = 0.45
# What a word of an intent's pattern counts beside the likeness to its ways of asking; how like at least a question is
# without the pattern, and which share of the best intent another has at least.
PATTERN, LEAST_LIKE, WORTH = 0.15, 0.5, 0.4
# How much it matters at least that an answer speaks of a word that jobs are spoken of with.
OF_THE_TRADE = 0.3


@dataclass(frozen=True)
class Intent:
    """Something that people want to know (intents.toml)."""

    slug: str
    asks: re.Pattern[str]
    sections: Sequence[str]
    parts: Sequence[str]
    figures: Sequence[str]
    # The stems of the words that `asks` names: what stands between them is not what it asks for.
    stems: frozenset[str]
    # The words of which a passage that answers it has one; empty where its section alone does.
    speaks_of: Said
    is_general: bool
    needs_evidence: bool
    # Stems of which a guide's passage, or one of an occupation's page, must have one to answer; none where any may do.
    says: frozenset[str] = frozenset()
    parts_say: frozenset[str] = frozenset()

    def answered_by(self, body: Body) -> Sequence[str]:
        """The sections of a guide, or the parts of an occupation's page, that answer it, the best first."""
        return self.sections if body.is_guide else self.parts


@dataclass(frozen=True)
class Wanted:
    """An intent that a question has, which of its words say so, and how much it is that which is asked, 1 at most."""

    intent: Intent
    places: frozenset[int]
    worth: float
    # Whether the words are those of `asks`, and not only like others that are asked with.
    is_said: bool


@dataclass(frozen=True)
class Term:
    """A word of a question that an answer must speak of: its stem, the groups that mean the same, its place."""

    word: str
    stem: str
    groups: frozenset[int]
    place: int
    # How much it matters that an answer speaks of it.
    importance: float = 1.0


@dataclass
class Question:
    """`text` is what was typed, `said` its words set right with JOB, STATE and ABROAD in them, `corrected` what was
    taken for another word."""

    text: str
    said: list[str] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)
    likeness: Likeness | None = None

    @property
    def best(self) -> Intent | None:
        """What it asks first of all, in words that say so; None where any passage that speaks of its words may do."""
        first = self.wanted[0].intent if self.wanted else None
        return first if first and not first.needs_evidence else None

    @property
    def line(self) -> str:
        return " ".join(self.said)


@cache
def intents() -> list[Intent]:
    """Return what can be asked, as intents.toml says."""
    return [
        Intent(
            each["slug"],
            re.compile("|".join(f"(?:{line})" for line in each["asks"].strip().splitlines())),
            each["sections"].split(),
            each.get("parts", "").split(),
            each.get("figures", "").split(),
            _named_in(each["asks"]),
            words.said(each.get("speaks_of", "")),
            each.get("general", False),
            each.get("evidence", False),
            words.said(each.get("says", "")).stems,
            words.said(each.get("parts_say", "")).stems,
        )
        for each in words.read("intents.toml")["intent"]
    ]


def _named_in(asks: str) -> frozenset[str]:
    """The stems of the words that regular expressions name; 'union(s|ized)?' counts as union."""
    return frozenset(map(stem, re.findall(r"[a-z0-9]+", re.sub(r"\\[a-z]", " ", asks))))


@cache
def _asked_with() -> frozenset[str]:
    """The words of intents.toml."""
    texts = " ".join(each["asks"] for each in words.read("intents.toml")["intent"])
    return frozenset(re.findall(r"[a-z]{3,}", re.sub(r"\\.", " ", texts)))


@cache
def _states() -> dict[tuple[str, ...], str]:
    return {tuple(state.name.lower().split()): state.name for state in STATES}


def understand(text: str, names: Sequence[Sequence[str]] = (), known: Sequence[Container[str]] = ()) -> Question:
    """Return `text` as a Question. `names` are what the job that it is about is called, each as folded words; `known`
    holds the stems of the words that each guide uses that is asked."""
    question = Question(text)
    typed = [lexicon().meant.get(word, word) for word in words.spoken(text)[:MOST_WORDS]]
    typed = [part for word in typed for part in word.split()]
    typed = [_set_right(word, question, known, names) for word in typed]
    question.said = _marked(typed, question, names)
    _find_intents(question)
    _find_terms(question)
    return question


def _set_right(word: str, question: Question, known: Sequence[Container[str]], names: Sequence[Sequence[str]]) -> str:
    """Return the word that was meant: one that is known, or else the one known word with the fewest slips."""
    own = lexicon().words
    named = {each for name in names for each in name}
    if (
        word in own
        or word in STOP_WORDS
        or word in named
        or word in _asked_with()
        or word in likeness.asked_with()
        or any(stem(word) in each for each in known)
        or not word.isalpha()
        or dictionary.is_english(word)
    ):
        return word
    most = spelling.allowed(word)
    if not most:
        return word
    candidates = [*own, *_asked_with(), *likeness.asked_with(), *named]
    if len(word) <= SHORT:
        # So short a word is near to many: a letter too few or two that changed places are a slip, another letter
        # makes another word.
        candidates = [each for each in candidates if len(each) != len(word) or sorted(each) == sorted(word)]
    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=most, limit=5)
    found = [each for each in found if each[0] and each[0][0] == word[0]] or found
    if not found:
        return word
    meant: str = min(found, key=lambda each: each[1])[0]
    question.corrected[word] = meant
    return meant


def _marked(typed: Sequence[str], question: Question, names: Sequence[Sequence[str]]) -> list[str]:
    """Return the words with JOB for each name of the job, STATE for a state and ABROAD for a country."""
    said: list[str] = []
    place = 0
    ordered = sorted({tuple(name) for name in names if name}, key=len, reverse=True)
    while place < len(typed):
        rest = tuple(typed[place:])
        name = next((name for name in ordered if _begins(rest, name)), None)
        state = next((name for name in _states() if rest[: len(name)] == name), None)
        if name:
            said.append(JOB)
            place += len(name)
        elif state:
            question.states.append(_states()[state])
            said.append(STATE)
            place += len(state)
        elif typed[place] in COUNTRIES:
            said.append(f"{typed[place]}")
            place += 1
        else:
            said.append(typed[place])
            place += 1
    return said


def _begins(rest: Sequence[str], name: Sequence[str]) -> bool:
    """Whether words begin with a name, its last word in the plural or not."""
    if tuple(rest[: len(name) - 1]) != tuple(name[:-1]) or len(rest) < len(name):
        return False
    last = rest[len(name) - 1]
    return last.removesuffix("s") == name[-1].removesuffix("s") or stem(last) == stem(name[-1])


def _find_intents(question: Question) -> None:
    """Find what is asked: by the words of each intent, and by the likeness to ways of asking for it."""
    said = [ABROAD if word in COUNTRIES else word for word in question.said]
    line = " ".join(said)
    starts, at = [], 0
    for word in said:
        starts.append(at)
        at += len(word) + 1
    question.likeness = like = likeness.of(said)
    stems = [stem(word) for word in said]
    found: list[tuple[float, Wanted]] = []
    for intent in intents():
        matches = list(intent.asks.finditer(line))
        value = like.intents.get(intent.slug, 0.0)
        if not matches and value < LEAST_LIKE:
            continue
        spans = [(match.start(), match.end()) for match in matches]
        asked_with = likeness.ways().own.get(intent.slug, frozenset())
        places = frozenset(
            place
            for place, start in enumerate(starts)
            if stems[place] in asked_with
            or (stems[place] in intent.stems and any(left <= start < right for left, right in spans))
        )
        if matches:
            best = max(matches, key=lambda match: len(match[0]))
            value += PATTERN * (_weight(best[0]) + (0 if intent.is_general else SPECIFIC))
        if intent.needs_evidence and not like.intents.get(intent.slug):
            value = 0.0
        found.append((value, Wanted(intent, places, value, bool(matches))))
    most = max((value for value, _wanted in found), default=0.0) or 1.0
    question.wanted = [
        replace(wanted, worth=max(value, 0.0) / most)
        for value, wanted in sorted(found, key=lambda each: -each[0])
        if value >= WORTH * most or wanted.intent.needs_evidence
    ]


def _weight(said: str) -> float:
    """How much a match says: long words of what is asked, short ones hardly."""
    weak = lexicon().weak | STOP_WORDS | {JOB}
    return sum(LITTLE if word in weak else 1.0 for word in said.split())


def _find_terms(question: Question) -> None:
    """Find the words that an answer must speak of."""
    stems = [stem(word) for word in question.said]
    of_place: dict[int, set[int]] = {}
    phrased: set[int] = set()
    for start, end, group in words.groups(stems):
        for place in range(start, end):
            of_place.setdefault(place, set()).add(group)
            if end - start > 1:
                phrased.add(place)
    weak = lexicon().weak
    for place, word in enumerate(question.said):
        if word in {JOB, STATE} or word in STOP_WORDS:
            continue
        if (word in weak and place not in phrased) or word.isdigit():
            continue
        meant = frozenset(of_place.get(place, ()))
        matters = max(words.importance(word), OF_THE_TRADE if meant else 0.0)
        question.terms.append(Term(word, stems[place], meant, place, matters))
