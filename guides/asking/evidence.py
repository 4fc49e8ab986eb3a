"""Whether the best passage answers, or the right thing is to say that it is not said here.

Seven things are looked at, each of which anyone can follow, and summed up by weights. The weights were fitted once, by
logistic regression with ten-fold cross-validation, on the questions of tests/asking/data that are not the blind ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import likeness
from .passages import Body
from .questions import Question
from .ranking import Scored, asked_places, strength

# More points than this tell nothing more.
MOST_POINTS = 15.0
# The sum from which on a passage is shown: 0 would be as likely right as beside the point.
ENOUGH = 0.7
AT_FIRST = -2.42
# From here on a passage that does not answer is still near enough to be pointed at.
NEAR = -1.5


@dataclass(frozen=True)
class Evidence:
    """What speaks for a passage as the answer, and what against it.

    `near` is the likeness to the nearest way of asking that guides answer, `beside` to the nearest they do not, `ahead`
    how much more the words are those of the first; `share` is which part of what was asked the passage speaks of,
    `covered` the same where what it asks for counts, `strange` the weight of words that nothing here has, `points`
    how well the passage ranks, and `said` how surely the passage's section answers what the words say in so many words.
    """

    near: float
    beside: float
    ahead: float
    strange: float
    share: float
    covered: float
    points: float
    said: float

    @property
    def total(self) -> float:
        return AT_FIRST + float(sum(weight * getattr(self, name) for name, weight in WEIGHTS.items()))


WEIGHTS = {
    "near": 2.41,
    "beside": -4.01,
    "ahead": 0.047,
    "strange": -1.18,
    "share": 0.95,
    "covered": 1.05,
    "points": 0.28,
    "said": 0.87,
}


def answers(question: Question, ranked: Sequence[Scored], bodies: Sequence[Body]) -> bool:
    """Whether the best passage of `bodies` is to be shown."""
    return bool(ranked) and of(question, ranked[0], bodies).total >= ENOUGH


def is_near(question: Question, first: Scored, bodies: Sequence[Body]) -> bool:
    """Whether a passage that does not answer is worth pointing at: what comes nearest to nonsense is noise."""
    return of(question, first, bodies).total >= NEAR


def of(question: Question, first: Scored, bodies: Sequence[Body]) -> Evidence:
    """Return what speaks for the passage that ranks first."""
    passage, body = first.passage, first.body
    like = question.likeness or likeness.of(question.said)
    asked = asked_places(question, passage, body)
    total = spoken_of = strange = 0.0
    for term in question.terms:
        if term.stem in body.name_stems:
            continue
        total += term.importance
        if term.place in asked or strength(passage, term):
            spoken_of += term.importance
        elif term.stem not in likeness.ways().stems and not any(each.spread.get(term.stem) for each in bodies):
            strange += term.importance
    answering = [
        wanted.worth
        for wanted in question.wanted
        if wanted.is_said and passage.section in wanted.intent.answered_by(body)
    ]
    return Evidence(
        near=like.near,
        beside=like.near_beside,
        ahead=like.ahead,
        strange=strange,
        share=spoken_of / total if total else 1.0,
        covered=first.covered,
        points=min(first.points, MOST_POINTS),
        said=max(answering, default=0.0),
    )
