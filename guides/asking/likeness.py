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
# What a step of Bayes' view counts against the nearest line.
BAYES = 0.12


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
    # How often each feature stands in the lines of a kind, in all, and how many each kind has.
    counted: Mapping[str, Counts]
    everywhere: Counts
    totals: Mapping[str, float]
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
    return Ways(
        tuple(counted),
        beside,
        lines,
        [slug for slug, _features in read],
        rarity,
        counted,
        everywhere,
        {slug: sum(of_kind.values()) for slug, of_kind in counted.items()},
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


def _said(line: str) -> list[str]:
    """The words of a line, those kept that stand for others."""
    return [part for word in line.split() for part in ([word] if word in STANDING else words.spoken(word))]


def _features(said: Iterable[str]) -> dict[str, float]:
    """What is looked at of a question: its stems, each two side by side, and the groups of the lexicon."""
    stems = [word if word in STANDING else "NUMBER" if word.isdigit() else stem(word) for word in said]
    features = dict.fromkeys(stems, 1.0)
    features |= {f"{left} {right}": PAIR for left, right in zip(["^", *stems], [*stems, "$"], strict=True)}
    features |= {f"same {group}": GROUP for _start, _end, group in words.groups(stems)}
    return features


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
    total = sum(known.everywhere.values())
    usual = {each: known.everywhere[each] / total for each in features if each in known.everywhere}
    return {
        kind: sum(
            features[each] * math.log((of_kind.get(each, 0.0) + SMOOTH * share) / (known.totals[kind] + SMOOTH) / share)
            for each, share in usual.items()
        )
        for kind, of_kind in known.counted.items()
    }
