"""Practice for an interview: a deck of questions that the page carries along; weak ones come back."""

from dataclasses import dataclass, field

from django.utils.translation import ngettext

from . import packing, texts
from .models import InterviewQuestion

RATINGS = ("weak", "fair", "good")
COMES_BACK_AFTER = 3  # cards: how soon a weak one is asked again
LONGEST_ANSWER = 5_000
MINUTES = (1, 2, 3, 5)


def by_group(questions):
    """Return pairs of a group's name and its questions, groups in the order of the model."""
    groups = {label: [] for label in InterviewQuestion.Group.labels}
    for question in questions:
        groups[question.get_group_display()].append(question)
    return [(label, rows) for label, rows in groups.items() if rows]


@dataclass
class Deck:
    """A practice under way. `waiting` and `done` are slugs; answers and ratings are by slug."""

    waiting: list = field(default_factory=list)
    done: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    ratings: dict = field(default_factory=dict)
    minutes: int = 2
    faults: dict = field(default_factory=dict)

    @property
    def current(self):
        """The slug of the question that is asked now, or None at the end."""
        return self.waiting[0] if self.waiting else None

    def rate(self, rating):
        """Rate the current question and go on: a weak one comes back soon, a fair one at the end."""
        slug = self.waiting.pop(0)
        before, self.ratings[slug] = self.ratings.get(slug), rating
        if rating == "weak":
            self.waiting.insert(COMES_BACK_AFTER - 1, slug)
        elif rating == "fair" and before is None:
            self.waiting.append(slug)
        else:
            self.done.append(slug)

    def skip(self):
        """Ask the current question at the end."""
        self.waiting.append(self.waiting.pop(0))


def read(posted, questions):
    """Return the Deck that the page carried along; a question the guide no longer has is dropped."""
    known = {question.slug for question in questions}
    minutes = posted.get("minutes", "2")
    deck = Deck(
        [slug for slug in dict.fromkeys(posted.get("waiting", "").split()) if slug in known],
        [slug for slug in dict.fromkeys(posted.get("done", "").split()) if slug in known],
        minutes=int(minutes) if minutes in map(str, MINUTES) else 2,
    )
    for slug in known:
        if answer := texts.clean(posted.get(f"answer.{slug}", "")):
            deck.answers[slug] = answer
            if len(answer) > LONGEST_ANSWER:
                deck.faults[f"answer.{slug}"] = ngettext(
                    "Keep it under %(most)d character.", "Keep it under %(most)d characters.", LONGEST_ANSWER
                ) % {"most": LONGEST_ANSWER}
        if (rating := posted.get(f"rating.{slug}")) in RATINGS:
            deck.ratings[slug] = rating
    if fault := packing.fault(posted):
        deck.faults[""] = fault
    return deck
