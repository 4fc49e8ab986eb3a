"""The readiness check: a score with every point's origin, a bar for each area, and what would raise it most.

The arithmetic: each answer has the points its editor gave it. The score is their sum as a share of the best
sum there is, in percent; where the best sum is 100, it is the sum itself.
"""

from dataclasses import dataclass

from .skills_gap import percent

CHANGES_SHOWN = 3


@dataclass
class Answer:
    """A question with the option that was chosen."""

    question: object
    option: object

    @property
    def points(self):
        return self.option.points

    @property
    def best(self):
        return max(option.points for option in self.question.options.all())

    @property
    def next(self):
        """The next better option, or None where there is none."""
        better = [option for option in self.question.options.all() if option.points > self.points]
        return min(better, key=lambda option: option.points, default=None)

    @property
    def gain(self):
        """The points that the next better option would add."""
        return self.next.points - self.points if self.next else 0


@dataclass
class AreaScore:
    """An area with its answers: one bar."""

    area: object
    answers: list[Answer]

    @property
    def points(self):
        return sum(answer.points for answer in self.answers)

    @property
    def best(self):
        return sum(answer.best for answer in self.answers)

    @property
    def share(self):
        """The bar's length out of 100."""
        return percent(self.points, self.best)


@dataclass
class Result:
    """All areas, and what they add up to."""

    areas: list[AreaScore]
    bands: list

    @property
    def answers(self):
        return [answer for area in self.areas for answer in area.answers]

    @property
    def points(self):
        return sum(area.points for area in self.areas)

    @property
    def best(self):
        return sum(area.best for area in self.areas)

    @property
    def score(self):
        return percent(self.points, self.best)

    @property
    def band(self):
        """The band the score falls into, or None where the guide has none for it."""
        return self.band_of(self.score)

    def band_of(self, score):
        started = [band for band in self.bands if band.starts_at <= score]
        return max(started, key=lambda band: band.starts_at, default=None)

    @property
    def changes(self):
        """The three answers whose next better option adds most; of equal ones, what takes fewer hours first."""
        open_answers = [answer for answer in self.answers if answer.gain]
        return sorted(open_answers, key=lambda answer: (-answer.gain, answer.option.hours or 10_000))[:CHANGES_SHOWN]

    @property
    def score_after(self):
        """The score with these changes made."""
        return percent(self.points + sum(answer.gain for answer in self.changes), self.best)

    @property
    def band_after(self):
        return self.band_of(self.score_after)


def areas(guide):
    """The guide's areas with the questions that can be answered: [(area, [question])]."""
    result = []
    for area in guide.readiness_areas.all():
        if questions := [question for question in area.questions.all() if question.options.all()]:
            result.append((area, questions))
    return result


def all_questions(guide):
    """Every question of the guide, in order."""
    return [question for _area, questions in areas(guide) for question in questions]


def assess(guide, choices):
    """Return the Result of `choices`, an option for every question, by the question's slug."""
    scores = [
        AreaScore(area, [Answer(question, choices[question.slug]) for question in questions])
        for area, questions in areas(guide)
    ]
    return Result(scores, list(guide.readiness_bands.all()))
