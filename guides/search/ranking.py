"""Which passage answers best: what is named first, then what is in a heading, then the rest.

A query mostly names a job and a thing to know about it: 'library clerk salary'. For each entry the words that name it
are told apart from the others, and its passages are weighed by the others and by the topic that is asked about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..models import Passage
from ..registry import search_sources
from .query import FRAGMENT, Group, Query
from .rows import FoundEntry, Place, Stems
from .topics import CALLED, DEFINITION

# What a match of the whole query's rarest word counts, by where it stands.
TITLE, CONTEXT, TEXT = 3.0, 1.5, 1.0
# A title that the query says in full, against one of which it says little.
EXACTNESS = 1.5
NAMED, OTHER_NAME = 5.0, 0.9
# The name of what is no job, such as a term, is one of many things that one may want to know of it.
NO_JOB = 1.0
# A named entry, of whatever else was asked, counts for something.
LEAST = 0.1
# A written guide stands before what official data says of the same job; what is meant more often, before the rest.
GUIDE, WEIGHT = 1.25, 6.0
# What the section that answers the topic of the query counts; each after the best, so much less.
ASKED, NEXT = 15.0, 0.85
# What such a section counts still that says nothing of the rest of the query.
HALF = 0.4
# What counts that is called so by a list of ours, with its reason, against one that has it among many titles.
CALLED_SO = 12.0
# How many of an entry's passages are looked through for what it says of the query.
BEST = 3
# A question of which the query says nearly all, and this many words that do not name the job, is that question.
SAME_QUESTION, MOST_OF_IT, FEWEST_WORDS = 25.0, 0.9, 2


@dataclass
class Naming:
    """How far the query names an entry: a score, the indexes of the groups that do so, the stems of the name that they
    say, whether these are the whole name, whether that is its title, and which share of the name they are."""

    score: float
    groups: frozenset[int]
    stems: frozenset[str] = frozenset()
    is_whole: bool = False
    is_title: bool = False
    share: float = 1.0


UNNAMED = Naming(0.0, frozenset())


# Passages with what each counts; an entry's score, the entry and its passages.
Scored = list[tuple[float, Place]]
Ranked = list[tuple[float, FoundEntry, Scored]]


def naming(stems: str, is_title: bool, groups: Sequence[Group]) -> Naming:
    """Return the Naming of an entry by one of its names."""
    own = Stems(stems)
    said = {}
    for index, group in enumerate(groups):
        # What asks for something is part of a name as it was typed alone: 'degree' is no 'college librarian'.
        matches = group.said_in(own.text)
        if group.is_weak:
            matches = [match for match in matches if match[0] == 1]
        if matches:
            said[index] = max(matches)
    covered = {part for _counts, each in said.values() for part in each}
    if not covered:
        return UNNAMED
    share = len(covered) / len(own.known)
    # Half a name says much less than half of what the name says.
    total = share**2 * sum(groups[index].rarity * counts for index, (counts, _each) in said.items())
    total *= 1 if is_title else OTHER_NAME
    # A job of the same name as a synonym is hardly the one that is meant; nor a nursemaid, where a nurse is.
    is_whole = share == 1 and not any(
        counts <= FRAGMENT or each in groups[index].synonyms for index, (counts, each) in said.items()
    )
    return Naming(total, frozenset(said), frozenset(covered), is_whole, is_title, share)


def strength_of(fields: Iterable[tuple[Stems, float]], group: Group) -> float:
    """Return how strongly a passage, its `fields` with their weights, speaks of `group`; 0 where it does not."""
    best = 0.0
    for field, weight in fields:
        for written, counts, _phrase in group.written:
            if weight * counts > best and written in field.text:
                best = weight * counts
    return best


def exactness(title: Stems, groups: Iterable[Group]) -> float:
    """Return which share of a passage's title the query says, from 0 to 1."""
    said = {part for group in groups for _counts, each in group.said_in(title.text) for part in each}
    return len(said) / len(title.known) if title.known else 0.0


def score(passage: Place, query: Query, own: Naming, asked: Mapping[str, float]) -> float:
    """Return how well `passage` answers the query, its entry's naming apart; `asked` is what its entry's sections count
    that answer a topic."""
    left = [group for index, group in enumerate(query.groups) if index not in own.groups]
    is_told = any(not group.is_filler for group in query.groups)
    rest = [group for group in left if not (is_told and group.is_filler)]
    title = passage.in_title
    if passage.section == CALLED and exactness(title, query.groups) < 1:
        # 'nurse' is no travel nurse.
        return 0.0
    bonus = asked.get(passage.section, 0.0) if passage.kind == Passage.Kind.SECTION else 0.0
    named_too = [group for group in rest if not group.is_weak]
    if not rest:
        # The query is the name of a job: the guide itself, or the name it is also known by.
        if passage.section == CALLED and own.is_whole:
            return CALLED_SO
        if own.is_whole and passage.kind == Passage.Kind.ENTRY:
            return bonus or EXACTNESS
        return bonus or (max(LEAST, EXACTNESS * exactness(title, query.groups)) if passage.is_entry else 0.0)
    fields = [(title, TITLE), (passage.in_context, CONTEXT), (passage.in_text, TEXT)]
    # What a section answers it speaks of, whatever its words.
    strengths = [max(TITLE if bonus and group.is_weak else 0.0, strength_of(fields, group)) for group in rest]
    total = sum(group.rarity * strength for group, strength in zip(rest, strengths, strict=True))
    if named_too:
        # 'pay in Canada': a section on pay that says nothing of Canada is half an answer.
        said = sum(strength > 0 for group, strength in zip(rest, strengths, strict=True) if not group.is_weak)
        bonus *= HALF + (1 - HALF) * said / len(named_too)
    if passage.kind == Passage.Kind.QUESTION and _is_same(title, query, rest):
        bonus = SAME_QUESTION
    if (
        passage.kind == Passage.Kind.TOOL
        and not own.score
        and len(rest) > 1
        and all(strengths)
        and exactness(title, rest) == 1
    ):
        bonus = SAME_QUESTION
    if not total:
        # Who names an entry and asks what it does not say is still led to it.
        return bonus or (LEAST if own.score and passage.is_entry else 0.0)
    # Who says all of it a little answers better than who says one word of it loudly.
    covered = sum(strength > 0 for strength in strengths) / len(rest)
    rarest = max(group.rarity for group in rest)
    return bonus + covered * (total + EXACTNESS * rarest * exactness(title, rest))


def _asked(passages: Iterable[Place], query: Query, own: Naming) -> dict[str, float]:
    """Return what the sections of an entry count that answer a topic the query asks about.

    Of an entry that the query names, the best one it has counts most; where it names none, the best there may be.
    """
    if not own.score and query.strong:
        return {}
    sections = {passage.section for passage in passages if passage.kind == Passage.Kind.SECTION}
    counts: dict[str, float] = {}
    for place, topic in enumerate(query.topics):
        answering = [section for section in topic.sections if section in sections or not query.strong]
        for rank, section in enumerate(answering):
            worth = ASKED * own.share * NEXT ** (rank + 2 * place)
            counts[section] = max(counts.get(section, 0.0), worth)
    return counts


def _is_same(title: Stems, query: Query, rest: Sequence[Group]) -> bool:
    words = {part for group in rest for _counts, each in group.said_in(title.text) for part in each}
    return len(words) >= FEWEST_WORDS and exactness(title, query.groups) >= MOST_OF_IT


def rank(
    passages: Iterable[Place], entries: Mapping[int, FoundEntry], namings: Mapping[int, Naming], query: Query
) -> Ranked:
    """Return `[(score, entry, [(score, passage)])]`, the best entry first, each one's best passages first."""
    by_entry: dict[int, list[Place]] = {}
    for passage in passages:
        by_entry.setdefault(passage.entry_id, []).append(passage)
    ranked: Ranked = []
    for key, own in by_entry.items():
        entry = entries[key]
        named = namings.get(key, UNNAMED)
        readings = [weigh(own, query, named, entry)]
        if len(named.groups) == len(query.groups):
            # Who typed 'cataloging' may mean the job with it in its name, or the thing: the better answer counts.
            readings.append(weigh(own, query, UNNAMED, entry))
        total, scored = max(readings, key=lambda reading: reading[0])
        if scored:
            ranked.append((total, entry, scored))
    ranked.sort(key=lambda found: (-found[0], found[1].title, found[1].key))
    return ranked


def weigh(passages: Iterable[Place], query: Query, own: Naming, entry: FoundEntry) -> tuple[float, Scored]:
    """Return what an entry's answer counts, and the `[(score, passage)]` that say something, the best first."""
    passages = list(passages)
    asked = _asked(passages, query, own)
    scored = [(score(passage, query, own, asked), passage) for passage in passages]
    scored = sorted(
        ((points, each) for points, each in scored if points), key=lambda pair: (-pair[0], pair[1].position)
    )
    if not scored:
        return 0.0, scored
    is_defined = any(topic.slug == DEFINITION for topic in query.topics)
    is_meant = bool(entry.code) or (is_defined and own.is_whole)
    named = NAMED * GUIDE if entry.is_guide else NAMED if is_meant else NO_JOB
    total = named * own.score + scored[0][0] + (WEIGHT * entry.weight * own.share if own.score else 0.0)
    counts = 1.0 if is_defined else search_sources.counts(entry.source)
    return total * _said(scored, query, own) * counts, scored


def _said(scored: Scored, query: Query, own: Naming) -> float:
    """Return which share of what the query names is said by the entry's names and best passages, by rarity."""
    total = said = 0.0
    for index, group in enumerate(query.groups):
        if not group.is_weak:
            total += group.rarity
            if index in own.groups or any(group.said_in(place.in_all.text) for _points, place in scored[:BEST]):
                said += group.rarity
    return said / total if total else 1.0
