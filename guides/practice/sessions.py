"""Which five of a guide's questions are asked together: the same for everyone, by the number of the session."""

from collections.abc import Sequence
from dataclasses import dataclass

from guides.models import Guide
from guides.toolkit.models import InterviewQuestion

FIVE = 5


@dataclass(frozen=True)
class Session:
    """One session of a guide: its number from 1, of how many, and its questions in the order they are asked."""

    number: int
    count: int
    questions: Sequence[InterviewQuestion]

    @property
    def next_number(self) -> int:
        """The session with another five; the first after the last."""
        return self.number % self.count + 1


def asked(guide: Guide) -> list[InterviewQuestion]:
    """The questions that they ask; those that one asks them are no part of a session."""
    return [one for one in guide.interviewquestions.all() if one.is_theirs]


def find(guide: Guide, number: int) -> Session | None:
    """Return the session with that number, or None where the guide has none."""
    mixed = spread(asked(guide))
    count = -(-len(mixed) // FIVE)
    if not 1 <= number <= count:
        return None
    first = (number - 1) * FIVE
    # The last session is filled up with the first questions of all.
    chosen = [*mixed[first : first + FIVE], *mixed[: max(0, first + FIVE - len(mixed)) if number > 1 else 0]]
    order = InterviewQuestion.Difficulty.values
    return Session(number, count, sorted(chosen, key=lambda one: order.index(one.difficulty)))


def spread(questions: Sequence[InterviewQuestion]) -> list[InterviewQuestion]:
    """Return the questions so that each kind is spread evenly over all of them: any five in a row differ in kind."""
    places: list[tuple[float, int, InterviewQuestion]] = []
    for rank, group in enumerate(InterviewQuestion.Group.values):
        rows = [one for one in questions if one.group == group]
        places += [((number + 0.5) / len(rows), rank, one) for number, one in enumerate(rows)]
    return [one for _place, _rank, one in sorted(places, key=lambda place: place[:2])]
