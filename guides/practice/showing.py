"""Counts as a page and a plan show them: a row each, with its name and what it says where nothing was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides.toolkit.models import InterviewQuestion

from .counting import Counts, count
from .vocabulary import Caution, Vocabulary

# What is counted of a whole session: a story has its parts in one answer.
OF_SESSION = ("words", "aloud", "skills", "duties", "numbers", "voices", "fillers", "favorites")


@dataclass(frozen=True)
class Row:
    """One count: its key, its name, what it says, and what it says where nothing was found."""

    key: str
    label: str
    text: str
    none: str


@dataclass(frozen=True)
class Look:
    """A question of a session and, where it was answered, what is counted in the answer and to be said of it."""

    question: InterviewQuestion
    answer: str
    rows: list[Row]
    cautions: list[Caution]


def labels(rate: int) -> dict[str, tuple[str, str]]:
    """The names of all counts, and what each says for nothing."""
    nothing, silent = _("None"), _("No words that sound like it")
    aloud = _("Aloud, at %(rate)d words a minute (our assumption)")
    return {
        "words": (_("Words"), "0"),
        "aloud": (aloud % {"rate": rate}, "0:00"),
        "skills": (_("Skills of this guide that you named"), nothing),
        "duties": (_("Duties of this guide that you spoke of"), nothing),
        "situation": (_("Situation"), silent),
        "task": (_("Task"), silent),
        "action": (_("Action"), silent),
        "result": (_("Result"), silent),
        "numbers": (_("Numbers that you gave"), nothing),
        "voices": (_("“I” and “we”"), nothing),
        "fillers": (_("Fillers"), nothing),
        "favorites": (_("Words that came three times or more"), nothing),
        "weak": (_("Phrases that the weak example has too"), nothing),
    }


def rows(counts: Counts, vocabulary: Vocabulary, keys: Iterable[str] | None = None) -> list[Row]:
    """Return the rows of `counts`, all of them or those named."""
    named = labels(vocabulary["rate"])
    return [Row(key, *_said(named[key], counts.get(key, []))) for key in keys or named]


def _said(named: tuple[str, str], items: list[str]) -> tuple[str, str, str]:
    label, none = named
    return label, "; ".join(items) or none, none


def look(question: InterviewQuestion, answer: str, vocabulary: Vocabulary, cautions: Iterable[Caution]) -> Look:
    """Return what is counted in an answer, if there is one, and what is to be said of it."""
    counts = count(answer, vocabulary, question.weak) if answer else {}
    said = [caution for caution in cautions if caution.slug in counts.get("cautions", [])]
    return Look(question, answer, rows(counts, vocabulary) if answer else [], said)


def of_session(answers: Mapping[str, str], vocabulary: Vocabulary) -> list[Row]:
    """Return what is counted in all answers of a session together."""
    return rows(count("\n".join(answers.values()), vocabulary, ""), vocabulary, OF_SESSION)
