"""Which ways of asking a question is like: it is held against every line of asked.toml, and no model but counts.

Two views are taken together. The nearest lines (cosine of their words, weighed by how few lines have them) know a
turn of phrase; the words that stand in an intent's lines more than in others (Bayes) know a question put together
anew. What is nearer to the lines `beside` is a question of something that guides do not speak of.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from guides.search.words import STOP_WORDS, stem

from . import words

# Words that stand for others, as they are written in asked.toml.
STANDING = frozenset({"JOB", "STATE", "ABROAD"})
# What two words side by side count, and a group of the lexicon, beside a word.
PAIR, GROUP = 0.6, 0.7
# Of the lines of an intent so many are looked at beyond the nearest, and what they count.
FURTHER, OF_FURTHER = 2, 0.3
# Lines that every intent is thought to have beside its own, spread as the words of all of them are.
SMOOTH = 8.0
# A question of so many words is also taken apart where these join its clauses; a clause of fewer words says little.
LONG, SHORTEST = 9, 3
JOINING = frozenset("and but so because if whether since then or when that".split())
# What the likeness of a clause counts beside that of the whole.
OF_CLAUSE = 0.9
# A word is an intent's own if this share of all lines that have it are the intent's.
OWN_SHARE = 0.06
# What a step of Bayes' view counts against the nearest line.
BAYES = 0.06


@dataclass(frozen=True)
class Likeness:
    """How like a question is to the ways of asking: `intents` by slug, 1 and a little more for the very same words.

    `near` is how near the nearest line of an intent is, `near_beside` the nearest of those that guides do not
    answer; `ahead` by how much the words speak for the best intent and against what is beside.
    """

    intents: Mapping[str, float]
    near: float
    near_beside: float
    ahead: float


Counts = Mapping[str, float]


@dataclass(frozen=True)
class Ways:
    """The lines of asked.toml, counted once a process."""

    kinds: Sequence[str]
    beside: frozenset[str]
    # (line, weight) of each feature, and of which kind each line is.
    lines: Mapping[str, Sequence[tuple[int, float]]]
    kind_of: Sequence[str]
    rarity: Mapping[str, float]
    # The kinds in whose lines a feature stands and how much that speaks for them; what a feature that does not speaks
    # against each.
    speaking: Mapping[str, Sequence[tuple[str, float]]]
    unspoken: Counts
    # The stems that stand in an intent's lines more than by chance.
    own: Mapping[str, frozenset[str]]
    # The stems of the words that intents are asked in.
    stems: frozenset[str]


@cache
def ways() -> Ways:
    """Return what asked.toml says."""
    content = words.read("asked.toml")
    read = [
        (slug, _features(_said(line)))
        for part in ("intents", "beside")
        for slug, lines in content[part].items()
        for line in lines.strip().splitlines()
    ]
    frequency = Counter(feature for _slug, features in read for feature in features)
    rarity = {feature: math.log(1 + len(read) / (1 + count)) for feature, count in frequency.items()}
    lines: dict[str, list[tuple[int, float]]] = defaultdict(list)
    counted: dict[str, dict[str, float]] = {}
    everywhere: dict[str, float] = defaultdict(float)
    for place, (slug, features) in enumerate(read):
        of_kind = counted.setdefault(slug, defaultdict(float))
        length = _length(features, rarity)
        for feature, weight in features.items():
            lines[feature].append((place, weight * rarity[feature] / length))
            of_kind[feature] += weight
            everywhere[feature] += weight
    beside = frozenset(content["beside"])
    total = sum(everywhere.values())
    speaking: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for slug, of_kind in counted.items():
        for feature, count in of_kind.items():
            speaking[feature].append((slug, math.log(1 + count * total / (SMOOTH * everywhere[feature]))))
    return Ways(
        tuple(counted),
        beside,
        lines,
        [slug for slug, _features in read],
        rarity,
        speaking,
        {slug: math.log(SMOOTH / (SMOOTH + sum(of_kind.values()))) for slug, of_kind in counted.items()},
        {
            slug: frozenset(
                each for each, count in of_kind.items() if " " not in each and count >= OWN_SHARE * everywhere[each]
            )
            for slug, of_kind in counted.items()
        },
        frozenset(
            feature for slug, features in read if slug not in beside for feature in features if " " not in feature
        ),
    )


@cache
def asked_with() -> frozenset[str]:
    """Return the words that intents are asked in, as they are written."""
    lines = "\n".join(words.read("asked.toml")["intents"].values())
    return frozenset(word for word in words.spoken(lines) if len(word) > 2 and word not in STOP_WORDS)


def of(said: Sequence[str]) -> Likeness:
    """Return the likeness of a question's words to the ways of asking."""
    known = ways()
    features = _features(said)
    near = _nearest(features, known)
    for clause in _clauses(said):
        for slug, value in _nearest(_features(clause), known).items():
            near[slug] = max(near.get(slug, 0.0), OF_CLAUSE * value)
    bayes = _bayes(features, known)
    inner = [slug for slug in known.kinds if slug not in known.beside]
    best = max((near.get(slug, 0.0) for slug in inner), default=0.0) or 1.0
    most = max(bayes[slug] for slug in inner)
    intents = {slug: near.get(slug, 0.0) / best + BAYES * (bayes[slug] - most) for slug in inner}
    outside = max(bayes[slug] for slug in known.beside)
    return Likeness(
        intents,
        max((value for slug, value in near.items() if slug not in known.beside), default=0.0),
        max((value for slug, value in near.items() if slug in known.beside), default=0.0),
        most - outside,
    )


def _clauses(said: Sequence[str]) -> list[list[str]]:
    """The parts of a long question: what is asked may stand in one of them, behind a story."""
    if len(said) < LONG:
        return []
    clauses: list[list[str]] = [[]]
    for word in said:
        if word in JOINING:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [clause for clause in clauses if len(clause) >= SHORTEST] if len(clauses) > 1 else []


def _said(line: str) -> list[str]:
    """The words of a line, those kept that stand for others."""
    return [part for word in line.split() for part in ([word] if word in STANDING else words.spoken(word))]


def _features(said: Iterable[str]) -> dict[str, float]:
    """What is looked at of a question: its stems, each two side by side, and the groups of the lexicon."""
    stems = [_feature(word) for word in said]
    features = dict.fromkeys(stems, 1.0)
    features |= {f"{left} {right}": PAIR for left, right in zip(["^", *stems], [*stems, "$"], strict=True)}
    features |= {f"same {group}": GROUP for _start, _end, group in words.groups(stems)}
    return features


def _feature(word: str) -> str:
    if word in STANDING:
        return word
    return "NUMBER" if word.isdigit() else "a" if word == "an" else stem(word)


def _length(features: Counts, rarity: Counts) -> float:
    return math.sqrt(sum((weight * rarity.get(each, 0.0)) ** 2 for each, weight in features.items())) or 1.0


def _nearest(features: Counts, known: Ways) -> dict[str, float]:
    """How near the nearest lines of each kind are, from 0."""
    unseen = math.log(1 + len(known.kind_of))
    rarity = {each: known.rarity.get(each, unseen) for each in features}
    length = _length(features, rarity)
    likeness: dict[int, float] = defaultdict(float)
    for each, weight in features.items():
        for line, in_line in known.lines.get(each, ()):
            likeness[line] += weight * rarity[each] / length * in_line
    by_kind: dict[str, list[float]] = defaultdict(list)
    for line, value in likeness.items():
        by_kind[known.kind_of[line]].append(value)
    near = {}
    for kind, values in by_kind.items():
        first, *further = sorted(values, reverse=True)[: 1 + FURTHER]
        near[kind] = first + OF_FURTHER * sum(further)
    return near


def _bayes(features: Counts, known: Ways) -> dict[str, float]:
    """For each kind, how much more the words stand in its lines than in all."""
    counted = {each: weight for each, weight in features.items() if each in known.speaking}
    together = sum(counted.values())
    total = {kind: together * known.unspoken[kind] for kind in known.kinds}
    for each, weight in counted.items():
        for kind, spoken in known.speaking[each]:
            total[kind] += weight * spoken
    return total
