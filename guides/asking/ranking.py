"""Which passages come nearest to answering a question, and how near; `evidence.py` says whether that is enough.

A passage is weighed by what the question asks for (its section answers one of its intents, and it speaks of that) and
by the words of the question that it speaks of.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .fitting import may_answer
from .passages import Body, Passage
from .questions import Question, Term, Wanted
from .words import NOTHING

# What a section counts that answers the first intent of a question; each further section and intent so much less.
ASKED, NEXT_SECTION, NEXT_INTENT = 5.0, 0.86, 1.5
MOST_INTENTS = 4
# What of that a passage counts that does not say, in its title, what the intent asks for: it says so in its text, in
# other words, not at all; or nothing is known of what it would say.
IN_ITS_TEXT, OTHER_WORDS, UNSPOKEN, UNTOLD = 0.9, 0.8, 0.55, 0.9
# What a word counts by where it stands, and what another word for it counts.
IN_TITLE, IN_HEADING, IN_TEXT, IN_ALIAS = 1.7, 1.25, 1.0, 1.2
SAME = 0.8
# What it counts of a sentence that it speaks of what the intent asks for.
OF_INTENT = 1.0
# What the words of a question count beside what it asks for.
SPOKEN_OF = 1.8
# What a question of the guide's own counts that is this very question.
SAME_QUESTION = 4.0
# A figure where a figure was asked for.
FIGURE = 4.0
# What a section's opening sentences count beside its other passages.
SUMMARY = 0.35
# What a section counts still that speaks of nothing else that was asked.
LEFT = 0.4
# Sections that speak of many things, each in a row of its own.
OF_EVERYTHING = frozenset("questions terms cons pros postings compared pros-and-cons from-another-job".split())
# What it counts of a question that what it asks for is answered, by words that many questions have or by its own.
SAID_GENERAL, SAID = 0.6, 0.7


@dataclass(frozen=True)
class Scored:
    """A passage, what it counts, and which share of what was asked it speaks of."""

    passage: Passage
    body: Body
    points: float
    covered: float


def rank(question: Question, bodies: Sequence[Body], *, fitting_only: bool = True) -> list[Scored]:
    """Return the best passage of each section of `bodies` that may answer, the best first; with `fitting_only` off of
    all, to point at."""
    best: dict[tuple[str, str], Scored] = {}
    for body in bodies:
        rarity = _rarity(question, bodies)
        bonus = _sections(question, body)
        for passage in body.passages:
            if not passage.text and not passage.figure:
                # A section may open without a sentence: its heading alone is no answer.
                continue
            if passage.kind == "summary" and passage.section == "questions":
                # It names what the questions below it are of, and answers none.
                continue
            if fitting_only and not may_answer(question, passage, body):
                continue
            scored = _score(passage, body, question, rarity, bonus)
            key = (body.key, passage.section)
            if scored and (key not in best or scored.points > best[key].points):
                best[key] = scored
    return sorted(best.values(), key=lambda each: (-each.points, each.body.title, each.passage.section))


def most_telling(question: Question, bodies: Sequence[Body]) -> list[Body]:
    """Return guides by how much they say of the question's words, the most first."""
    return sorted(bodies, key=lambda body: (-sum(body.spread.get(term.stem, 0) for term in question.terms), body.title))


def _rarity(question: Question, bodies: Sequence[Body]) -> Mapping[str, float]:
    """How much each word of the question tells: little where every passage has it."""
    total = sum(len(body.passages) for body in bodies) or 1
    rarity = {}
    for term in question.terms:
        count = sum(body.spread.get(term.stem, 0) for body in bodies)
        rarity[term.stem] = math.log(1 + total / (1 + count)) / math.log(1 + total)
    return rarity


def _sections(question: Question, body: Body) -> dict[str, list[tuple[float, Wanted]]]:
    """For each section what it counts that answers an intent of the question."""
    counts: dict[str, list[tuple[float, Wanted]]] = {}
    for wanted in question.wanted[:MOST_INTENTS]:
        answering = wanted.intent.answered_by(body)
        there = [section for section in answering if section in body.sections]
        for rank_, section in enumerate(there):
            worth = ASKED * NEXT_SECTION**rank_ * wanted.worth**NEXT_INTENT
            counts.setdefault(section, []).append((worth, wanted))
    return counts


def _worth(passage: Passage, counts: Sequence[tuple[float, Wanted]], matched: int) -> float:
    """What a passage counts for what is asked: less where it does not speak of it."""
    worths = [0.0]
    for worth, wanted in counts:
        if wanted.intent.needs_evidence and not matched:
            continue
        worths.append(worth * _spoken(passage, wanted))
    return max(worths)


def _spoken(passage: Passage, wanted: Wanted) -> float:
    """How much a passage speaks of what an intent asks for: most where its title does."""
    asked = wanted.intent.speaks_of
    if not asked.stems:
        return UNTOLD
    if passage.in_title.stems & asked.stems or passage.in_heading.stems & asked.stems:
        return 1.0
    if passage.all_in_it.stems & asked.stems:
        return IN_ITS_TEXT
    return UNSPOKEN if asked.groups.isdisjoint(passage.all_in_it.groups) else OTHER_WORDS


def _score(
    passage: Passage,
    body: Body,
    question: Question,
    rarity: Mapping[str, float],
    bonus: Mapping[str, Sequence[tuple[float, Wanted]]],
) -> Scored | None:
    counts = bonus.get(passage.section, ())
    asked_for = _asked_for(question, passage, body)
    asked = asked_places(question, passage, body)
    own_name = body.name_stems
    total = said = asked_for if counts else 0.0
    points = 0.0
    matched = 0
    for term in question.terms:
        weight = rarity[term.stem]
        spoken = strength(passage, term)
        matched += spoken > 0
        points += weight * spoken
        # What says what is asked for is answered by the section, whatever its words.
        matters = term.importance if term.stem not in own_name else 0.0
        total += matters
        said += matters * min(1.0, max(spoken / SAME, 1.0 if term.place in asked else 0.0))
    worth = _worth(passage, counts, matched)
    if question.terms and passage.section in OF_EVERYTHING and not _is_meant(passage, question, matched, counts):
        # It speaks of many things: that one of them was asked for says nothing of this one.
        worth, said = 0.0, 0.0
    if not points and not worth:
        return None
    covered = said / total if total else 1.0
    points = worth * (LEFT + (1 - LEFT) * covered) + SPOKEN_OF * points * (0.5 + 0.5 * covered)
    if passage.kind == "question" and (alike := _alike(question, passage)) > 0.6:
        points += SAME_QUESTION * alike
    if passage.kind == "summary":
        points += SUMMARY
    if passage.figure and covered > 0.99 and (place := _figure_place(question, passage)) is not None:
        points += FIGURE * 0.8**place
    return Scored(passage, body, points, covered)


def _asked_for(question: Question, passage: Passage, body: Body) -> float:
    """How much of a question is said by what it asks for, where the passage's section answers that."""
    best = question.best
    if best is None:
        return 0.0
    if passage.section not in best.answered_by(body):
        return 0.0
    return SAID_GENERAL if best.is_general else SAID


def _is_meant(passage: Passage, question: Question, matched: int, counts: Sequence[tuple[float, Wanted]]) -> bool:
    """Whether one of many rows is the one that was asked for: it, or of a question its own words, speaks of it."""
    title = passage.in_title if passage.kind == "question" else passage.all_in_it
    for _worth, wanted in counts:
        if title.stems & wanted.intent.speaks_of.stems:
            return True
    if passage.kind != "question":
        return matched > 0
    return any(term.stem in title.stems or not term.groups.isdisjoint(title.groups) for term in question.terms)


def asked_places(question: Question, passage: Passage, body: Body) -> frozenset[int]:
    """Places of the words of those intents that the passage's section answers."""
    places: set[int] = set()
    for wanted in question.wanted:
        answering = wanted.intent.answered_by(body)
        if passage.section in answering and not wanted.intent.needs_evidence:
            places |= wanted.places
    return frozenset(places)


def strength(passage: Passage, term: Term) -> float:
    """How strongly a passage speaks of a word: 0 where it does not."""
    best = 0.0
    for in_field, weight in (
        (passage.in_title, IN_TITLE),
        (passage.in_heading, IN_HEADING),
        (passage.in_aliases, IN_ALIAS),
        (passage.in_text, IN_TEXT),
    ):
        if weight <= best:
            continue
        if term.stem in in_field.stems:
            best = weight
        elif weight * SAME > best and not term.groups.isdisjoint(in_field.groups):
            best = weight * SAME
    return best


def _alike(question: Question, passage: Passage) -> float:
    """Which share of a guide's own question the person's words say."""
    own = passage.in_title
    if not own.stems or not question.terms:
        return 0.0
    stems = {term.stem for term in question.terms}
    groups = {group for term in question.terms for group in term.groups}
    matched = sum(
        1 for term in question.terms if term.stem in own.stems or not term.groups.isdisjoint(own.groups)
    ) / len(question.terms)
    said = len(own.stems & stems) / len(own.stems)
    return matched * (0.6 + 0.4 * said) if groups or stems else 0.0


def _figure_place(question: Question, passage: Passage) -> int | None:
    """Which of the figures that are asked for this is, from 0; None where it is none of them."""
    best = question.best
    if best is None or not best.figures:
        return None
    wanted = best.figures
    for place, each in enumerate(wanted):
        if each == passage.measure or (each == "entry" and "entry" in passage.in_title.stems):
            return place
    return None


def best_sentence(passage: Passage, question: Question) -> int | None:
    """Return the place of the sentence that says most of what was asked; None where none says any of it."""
    asked = question.best.speaks_of if question.best else NOTHING
    strengths = []
    for in_sentence in passage.in_sentences:
        points = OF_INTENT if in_sentence.stems & asked.stems else 0.0
        for term in question.terms:
            if term.stem in in_sentence.stems:
                points += 1.0
            elif not term.groups.isdisjoint(in_sentence.groups):
                points += SAME
        strengths.append(points)
    best = max(range(len(strengths)), key=lambda place: (strengths[place], -place), default=None)
    return best if best is not None and strengths[best] else None
