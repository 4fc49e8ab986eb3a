"""Which occupations fit the answers, in which order, and the arithmetic of it.

Each thing that somebody likes is worth a point for every tenth of an occupation's tasks that are such work, begun
tenths too, and three at most, so that an occupation that has some of everything goes before one that has all of one
thing. What is equal is put in order by the interest scores, then by the openings a year. Every other answer only leaves
out: what is liked widens the list, everything else narrows it. What is not known is left out, and counted.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from . import young
from .activities import labels, slugs_of
from .answers import Answers, Body, Company, School, Start
from .stored import Candidate, Data, Parts, StatePay

# A point for each begun tenth, so many at most for one thing.
TENTH, MOST_POINTS = 0.1, 3
# With people, and physical: at least this share of the tasks. Nothing is both one answer and its opposite.
SOME_PEOPLE, SOME_PHYSICAL = 0.1, 0.1
# The Bureau's words for what asks for nothing.
NO_EXPERIENCE = "None"
LEARNED_AT_ONCE = ("None", "Short-term on-the-job training")
NO_DIPLOMA, HIGH_SCHOOL = "none", "school"

# Whether something fits an answer; None where nobody knows.
Verdict = bool | None


@dataclass(frozen=True)
class Line:
    """One thing that is liked: how many of the occupation's tasks are such work, and the points for it."""

    choice: str
    tasks: int
    # The task that says it best, and how many tasks there are.
    best: str
    of: int

    @property
    def name(self) -> str:
        return labels()[self.choice]

    @property
    def percent(self) -> int:
        """The share of the tasks in whole percent."""
        return round(100 * self.tasks / self.of)

    @property
    def points(self) -> int:
        return points_of(self.tasks, self.of)


@dataclass(frozen=True)
class Fit:
    """An occupation that fits: a line for each thing that is liked, and what decides among equals."""

    candidate: Candidate
    lines: tuple[Line, ...]
    # The mean of its interest scores, from 1 to 7, over what is liked; None where there is none.
    interest: float | None
    state_pay: StatePay | None = None

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def pay_there(self) -> int | None:
        """About what the state pays now, in US dollars a year."""
        return self.state_pay.now(self.candidate.median_pay) if self.state_pay else None

    @property
    def order(self) -> tuple[float, float, int, str]:
        return (-self.points, -(self.interest or 0), -(self.candidate.openings or 0), self.candidate.code)


@dataclass(frozen=True)
class Found:
    """All that fits, in order; and how many would, if more were known of them."""

    fitting: list[Fit]
    unknown: int
    # What would fit, but is mostly done from 18 on (young.py).
    held: list[Candidate]
    # What has something that is liked and fits all else, but does not pay enough, in order.
    too_little: list[Fit]


class Matching:
    """The candidates held against the answers."""

    def __init__(self, data: Data, answers: Answers, parts: Parts) -> None:
        self.data, self.answers, self.parts = data, answers, parts
        self.checks = {name: check for name, check in CHECKS.items() if getattr(answers, name)}

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Those that have any of what is liked; all, where nothing was chosen."""
        if not self.answers.like:
            return list(self.data.candidates)
        codes = {code for tasks in self.parts.tasks.values() for code in tasks}
        return [each for each in self.data.candidates if each.code in codes]

    def changed(self, answers: Answers, parts: Parts) -> "Matching":
        """Return the same candidates held against other answers."""
        other = Matching(self.data, answers, parts)
        if answers.like == self.answers.like:
            other.candidates = self.candidates
        return other

    def liking(self, choice: str) -> "Matching":
        """Return the same candidates and needs, where nothing else is liked."""
        parts = Parts({choice: self.parts.tasks[choice]}, self.parts.pay)
        return self.changed(self.answers.but(like=(choice,)), parts)

    def fitting(self, *but: str) -> list[Candidate]:
        """The candidates that fit all of the answers, but for those that are named."""
        checks = [check for name, check in self.checks.items() if name not in but]
        return [each for each in self.candidates if all(check(each, self.answers, self.parts) for check in checks)]

    def fits(self, candidates: Iterable[Candidate]) -> list[Fit]:
        """What is said of these candidates, in order."""
        return sorted(map(self._fit, candidates), key=lambda fit: fit.order)

    def found(self) -> Found:
        rows = ([check(each, self.answers, self.parts) for check in self.checks.values()] for each in self.candidates)
        unknown = sum(None in row and False not in row for row in rows)
        return Found(self.fits(self.fitting()), unknown, self._held(), self._too_little())

    def _held(self) -> list[Candidate]:
        if self.answers.start != Start.SCHOOL:
            return []
        held = (each for each in self.fitting("start") if asks_nothing(each) and young.held_back(each.code))
        return sorted(held, key=lambda each: each.title)

    def _too_little(self) -> list[Fit]:
        if not self.answers.earn or not self.answers.like:
            return []
        failing = (each for each in self.fitting("earn") if _earn(each, self.answers, self.parts) is False)
        return self.fits(failing)

    def _fit(self, candidate: Candidate) -> Fit:
        lines = tuple(
            Line(choice, said[0], said[1], candidate.tasks)
            for choice, tasks in self.parts.tasks.items()
            if (said := tasks.get(candidate.code))
        )
        return Fit(candidate, lines, self._interest(candidate), self.parts.pay.get(candidate.pay_code))

    @cached_property
    def _elements(self) -> list[tuple[str, int]]:
        """The interests that what is liked is an example of, and of how many of the things."""
        slugs = [slug for choice in self.answers.like for slug in slugs_of(choice)]
        return list(Counter(element for slug in slugs for element in self.data.interests.get(slug, ())).items())

    def _interest(self, candidate: Candidate) -> float | None:
        scores = [(candidate.interests[each], times) for each, times in self._elements if each in candidate.interests]
        count = sum(times for _score, times in scores)
        return round(sum(score * times for score, times in scores) / count, 2) if count else None


def points_of(tasks: int, of: int) -> int:
    """The points for so many of the tasks: one for each tenth, begun ones too."""
    return min(MOST_POINTS, math.ceil(tasks * 10 / of)) if of else 0


def may_take_students(candidate: Candidate) -> bool:
    """Whether a diploma is typical, but little else is, and some employers take people who are still in school."""
    return (
        candidate.education == HIGH_SCHOOL
        and candidate.experience == NO_EXPERIENCE
        and candidate.training in LEARNED_AT_ONCE
        and young.may_take_students(candidate.code)
        and not young.held_back(candidate.code)
    )


def asks_nothing(candidate: Candidate) -> bool:
    """Whether it typically asks for no diploma and no experience, and is learned within a month."""
    return (
        candidate.education == NO_DIPLOMA
        and candidate.experience == NO_EXPERIENCE
        and candidate.training in LEARNED_AT_ONCE
    )


def _company(candidate: Candidate, answers: Answers, _parts: Parts) -> Verdict:
    share = candidate.with_people / candidate.tasks
    return share >= SOME_PEOPLE if answers.company == Company.PEOPLE else share < SOME_PEOPLE


def _body(candidate: Candidate, answers: Answers, _parts: Parts) -> Verdict:
    share = candidate.physical / candidate.tasks
    return share >= SOME_PHYSICAL if answers.body == Body.MOVING else share < SOME_PHYSICAL


def _school(candidate: Candidate, answers: Answers, _parts: Parts) -> Verdict:
    if not candidate.education:
        return True if answers.school == School.LONGER else None
    return answers.opens(candidate.education)


def _start(candidate: Candidate, answers: Answers, _parts: Parts) -> Verdict:
    if not candidate.education or not candidate.experience:
        return None
    if answers.start == Start.SCHOOL:
        return asks_nothing(candidate) and not young.held_back(candidate.code)
    return candidate.experience == NO_EXPERIENCE


def _earn(candidate: Candidate, answers: Answers, parts: Parts) -> Verdict:
    """The nation's median has to reach it, and where a state is given and publishes it, about what is paid there."""
    if answers.earn is None or candidate.is_top_pay:
        return True
    here = parts.pay.get(candidate.pay_code)
    now = here.now(candidate.median_pay) if here else None
    if now is not None and now < answers.earn:
        return False
    return None if candidate.median_pay is None else candidate.median_pay >= answers.earn


# Those that leave out most stand first.
CHECKS: dict[str, Callable[[Candidate, Answers, Parts], Verdict]] = {
    "start": _start,
    "earn": _earn,
    "school": _school,
    "body": _body,
    "company": _company,
}
