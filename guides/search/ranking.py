"""Which passage answers best: job titles first, then what is in a heading, then the rest.

A query mostly names a job and a thing to know about it: 'library clerk salary'. For each guide the words that name it
are told apart from the others, and its passages are weighed by the others.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from ..models import Listing, Passage
from .clauses import Phrase
from .query import Group
from .words import phrase

# What a match of the whole query's rarest word counts, by where it stands.
TITLE, CONTEXT, TEXT = 3.0, 1.5, 1.0
# A title that the query says in full, against one of which it says little.
EXACTNESS = 1.5
NAMED, OTHER_NAME = 5.0, 0.85


@dataclass
class Naming:
    """How far the query names a guide: a score, and the indexes of the groups that do so."""

    score: float
    groups: frozenset[int]


UNNAMED = Naming(0.0, frozenset())


# Passages with what each counts; a guide's score, its listing and its passages.
Scored = list[tuple[float, Passage]]
Ranked = list[tuple[float, Listing, Scored]]


class Stems:
    """The stems of a text, ready to be asked for phrases."""

    def __init__(self, text: str) -> None:
        self.text, self.known = f" {text} ", frozenset(text.split())

    def __contains__(self, phrase: Phrase) -> bool:
        if len(phrase) == 1:
            return phrase[0] in self.known
        return self.known.issuperset(phrase) and f" {' '.join(phrase)} " in self.text


def naming(names: Sequence[str], groups: Sequence[Group], wanted: Set[str]) -> Naming:
    """Return the Naming of the one of a guide's `names` that the query says best; the first is its title.

    `wanted` is every stem of the query: most names hold none and cost nothing.
    """
    best = UNNAMED
    for place, name in enumerate(names):
        parts = phrase(name)
        if wanted.isdisjoint(parts):
            continue
        own = Stems(" ".join(parts))
        said = {}
        for index, group in enumerate(groups):
            matches = [(counts, each) for each, counts in group.phrases.items() if each in own]
            if matches:
                said[index] = max(matches)
        covered = {part for _counts, each in said.values() for part in each}
        share = len(covered) / len(own.known)
        # Half a name says much less than half of what the name says.
        score = share**2 * sum(groups[index].rarity * counts for index, (counts, _each) in said.items())
        score *= 1 if place == 0 else OTHER_NAME
        if score > best.score:
            best = Naming(score, frozenset(said))
    return best


def strength_of(fields: Iterable[tuple[Stems, float]], group: Group) -> float:
    """Return how strongly a passage, its `fields` with their weights, speaks of `group`; 0 where it does not."""
    best = 0.0
    for field, weight in fields:
        for each, counts in group.phrases.items():
            if weight * counts > best and each in field:
                best = weight * counts
    return best


def exactness(title: Stems, groups: Iterable[Group]) -> float:
    """Return which share of a passage's title the query says, from 0 to 1."""
    said = {part for group in groups for each in group.phrases if each in title for part in each}
    return len(said) / len(title.known) if title.known else 0.0


def score(passage: Passage, groups: Sequence[Group], own_naming: Naming) -> float:
    """Return how well `passage` answers the query, its guide's naming apart."""
    topic = [group for index, group in enumerate(groups) if index not in own_naming.groups]
    title = Stems(passage.title_stems)
    if not topic:
        # The query is the name of a job: the guide itself, or the name it is also known by.
        own_name = passage.kind in {Passage.Kind.GUIDE, Passage.Kind.NAME}
        return EXACTNESS * exactness(title, groups) if own_name else 0.0
    fields = [(title, TITLE), (Stems(passage.context_stems), CONTEXT), (Stems(passage.text_stems), TEXT)]
    strengths = [strength_of(fields, group) for group in topic]
    total = sum(group.rarity * strength for group, strength in zip(topic, strengths, strict=True))
    if not total:
        return 0.0
    # Who says all of it a little answers better than who says one word of it loudly.
    covered = sum(strength > 0 for strength in strengths) / len(topic)
    rarest = max(group.rarity for group in topic)
    return covered * (total + EXACTNESS * rarest * exactness(title, topic))


def rank(passages: Iterable[Passage], listings: Mapping[int, Listing], groups: Sequence[Group]) -> Ranked:
    """Return `[(score, listing, [(score, passage)])]`, the best guide first, each one's best passages first."""
    by_guide: dict[int, list[Passage]] = {}
    for passage in passages:
        by_guide.setdefault(passage.guide_id, []).append(passage)
    ranked: Ranked = []
    wanted = {part for group in groups for each in group.phrases for part in each}
    for guide_id, own in by_guide.items():
        if guide_id not in listings:
            continue
        own_naming = naming(listings[guide_id].names(), groups, wanted)
        readings = [weigh(own, groups, own_naming)]
        if len(own_naming.groups) == len(groups):
            # Who typed 'cataloging' may mean the job with it in its name, or the thing: the better answer counts.
            readings.append(weigh(own, groups, UNNAMED))
        total, scored = max(readings, key=lambda reading: reading[0])
        if scored:
            ranked.append((total, listings[guide_id], scored))
    ranked.sort(key=lambda entry: (-entry[0], entry[1].title, entry[1].slug))
    return ranked


def weigh(passages: Iterable[Passage], groups: Sequence[Group], own_naming: Naming) -> tuple[float, Scored]:
    """Return what a guide's answer counts, and the `[(score, passage)]` that say something, the best first."""
    scored = [(score(passage, groups, own_naming), passage) for passage in passages]
    scored = sorted(
        ((points, each) for points, each in scored if points), key=lambda pair: (-pair[0], pair[1].position)
    )
    return (NAMED * own_naming.score + scored[0][0] if scored else 0.0), scored
