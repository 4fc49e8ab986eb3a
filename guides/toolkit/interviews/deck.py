"""Practice for an interview: a deck of questions that the page carries along; weak ones come back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..models import InterviewQuestion

RATINGS = ("weak", "fair", "good")
COMES_BACK_AFTER = 3  # cards: how soon a weak one is asked again
MINUTES = (1, 2, 3, 5)


@dataclass
class Deck:
    """A practice under way. `waiting` and `done` are slugs; ratings are by slug."""

    waiting: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    ratings: dict[str, str] = field(default_factory=dict)
    minutes: int = 2

    @property
    def current(self) -> str | None:
        """The slug of the question that is asked now, or None at the end."""
        return self.waiting[0] if self.waiting else None

    def missing(self, answers: Mapping[str, str]) -> str | None:
        """The slug of the first question of those that are done that was never answered well, else of one for which
        nothing is written; None where each has its story."""
        fair = next((slug for slug in self.done if self.ratings.get(slug) != "good"), None)
        return fair or next((slug for slug in self.done if not answers.get(slug, "").strip()), None)

    def rate(self, rating: str) -> None:
        """Rate the current question and go on: a weak one comes back soon, a fair one at the end."""
        slug = self.waiting.pop(0)
        before, self.ratings[slug] = self.ratings.get(slug), rating
        if rating == "weak":
            self.waiting.insert(COMES_BACK_AFTER - 1, slug)
        elif rating == "fair" and before is None:
            self.waiting.append(slug)
        else:
            self.done.append(slug)

    def skip(self) -> None:
        """Ask the current question at the end."""
        self.waiting.append(self.waiting.pop(0))


def read(sent: Mapping[str, str], questions: Iterable[InterviewQuestion]) -> Deck:
    """Return the Deck that the page carried along; a question the guide no longer has is dropped."""
    known = {question.slug for question in questions}
    minutes = sent.get("minutes", "2")
    return Deck(
        [slug for slug in dict.fromkeys(sent.get("waiting", "").split()) if slug in known],
        [slug for slug in dict.fromkeys(sent.get("done", "").split()) if slug in known],
        {slug: rating for slug in known if (rating := sent.get(f"rating.{slug}", "")) in RATINGS},
        int(minutes) if minutes in map(str, MINUTES) else 2,
    )


def by_group(questions: Iterable[InterviewQuestion]) -> list[tuple[str, list[InterviewQuestion]]]:
    """Return pairs of a group's name and its questions, groups in the order of the model."""
    groups: dict[str, list[InterviewQuestion]] = {str(label): [] for label in InterviewQuestion.Group.labels}
    for question in questions:
        groups[question.get_group_display()].append(question)
    return [(label, rows) for label, rows in groups.items() if rows]
