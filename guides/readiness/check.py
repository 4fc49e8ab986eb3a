"""The readiness check: a score with every point's origin, a bar for each area, and what would raise it most.

The arithmetic: each answer has the points its editor gave it. The score is their sum as a share of the best sum there
is, in percent; where the best sum is 100, it is the sum itself. A question that is not answered counts on neither side:
a result that was kept before the question was written stays what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guides.models import Guide

from .models import Area, Band, Option, Question
from .skills_gap import percent

CHANGES_SHOWN = 3


@dataclass
class Answer:
    """A question with the option that was chosen."""

    question: Question
    option: Option

    @property
    def points(self) -> int:
        return self.option.points

    @property
    def best(self) -> int:
        return max(option.points for option in self.question.options.all())

    @property
    def next(self) -> Option | None:
        """The better option that the advice leads to, or None where there is none."""
        better = [option for option in self.question.options.all() if option.points > self.points]
        wanted = [option for option in better if option.slug == self.option.leads_to]
        return min(wanted or better, key=lambda option: option.points, default=None)

    @property
    def gain(self) -> int:
        """The points that the better option would add."""
        return self.next.points - self.points if self.next else 0

    @property
    def can_be_done(self) -> bool:
        """Whether doing what the advice says makes the answer better; else it takes time, or finding out."""
        return bool(self.gain) and self.option.changes_by == Option.ChangesBy.DOING

    @property
    def waits(self) -> bool:
        """Whether only time makes the answer better."""
        return bool(self.gain) and self.option.changes_by == Option.ChangesBy.TIME

    def weeks(self, hours_a_week: int) -> int | None:
        """In how many weeks the advice is done at these hours a week: never less than its least time."""
        if not self.option.hours and not self.option.least_weeks:
            return None
        return max(-(-(self.option.hours or 0) // hours_a_week), self.option.least_weeks)


@dataclass
class AreaScore:
    """An area with its answers: one bar."""

    area: Area
    answers: list[Answer]

    @property
    def points(self) -> int:
        return sum(answer.points for answer in self.answers)

    @property
    def best(self) -> int:
        return sum(answer.best for answer in self.answers)

    @property
    def share(self) -> int:
        """The bar's length out of 100."""
        return percent(self.points, self.best)


@dataclass
class CheckResult:
    """All areas, and what they add up to."""

    areas: list[AreaScore]
    bands: list[Band]
    unanswered: list[Question] = field(default_factory=list)

    @property
    def answers(self) -> list[Answer]:
        return [answer for area in self.areas for answer in area.answers]

    @property
    def chosen(self) -> set[str]:
        """The short names of the answers."""
        return {answer.option.slug for answer in self.answers}

    @property
    def points(self) -> int:
        return sum(area.points for area in self.areas)

    @property
    def best(self) -> int:
        return sum(area.best for area in self.areas)

    @property
    def score(self) -> int:
        return percent(self.points, self.best)

    @property
    def band(self) -> Band | None:
        """The band the score falls into, or None where the guide has none for it."""
        return self.band_of(self.score)

    def band_of(self, score: int) -> Band | None:
        started = [band for band in self.bands if band.starts_at <= score]
        return max(started, key=lambda band: band.starts_at, default=None)

    def changes(self, needed: frozenset[str] = frozenset()) -> list[Answer]:
        """The three answers that one can better oneself and that add most.

        Those that are `needed` (short names), because a route is closed until they are better, come first; of equal
        ones, what takes fewer hours.
        """
        able = [answer for answer in self.answers if answer.can_be_done]
        return sorted(
            able, key=lambda answer: (answer.option.slug not in needed, -answer.gain, answer.option.hours or 10_000)
        )[:CHANGES_SHOWN]

    @property
    def waiting(self) -> list[Answer]:
        """The answers that only time makes better."""
        return [answer for answer in self.answers if answer.waits]

    @property
    def to_find_out(self) -> list[Answer]:
        """The answers that become better or not by what one finds."""
        return [answer for answer in self.answers if answer.option.changes_by == Option.ChangesBy.FINDING_OUT]

    def score_after(self, changes: list[Answer]) -> int:
        """The score with these changes made."""
        return percent(self.points + sum(answer.gain for answer in changes), self.best)


def areas(guide: Guide) -> list[tuple[Area, list[Question]]]:
    """The guide's areas with the questions that can be answered: [(area, [question])]."""
    result = []
    for area in guide.readiness_areas.all():
        if questions := [question for question in area.questions.all() if question.options.all()]:
            result.append((area, questions))
    return result


def all_questions(guide: Guide) -> list[Question]:
    """Every question of the guide, in order."""
    return [question for _area, questions in areas(guide) for question in questions]


def assess(guide: Guide, choices: Mapping[str, Option]) -> CheckResult:
    """Return the CheckResult of `choices`, an option for each question that is answered, by the question's slug."""
    scores = [
        AreaScore(
            area, [Answer(question, choices[question.slug]) for question in questions if question.slug in choices]
        )
        for area, questions in areas(guide)
    ]
    unanswered = [question for question in all_questions(guide) if question.slug not in choices]
    return CheckResult([area for area in scores if area.answers], list(guide.readiness_bands.all()), unanswered)
