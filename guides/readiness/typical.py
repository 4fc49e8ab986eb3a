"""Three typical people, for editors: what the routes of a guide as it is being written would tell them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from guides.reading.reader import Reading

from . import check, fitting
from .models import Option


@dataclass(frozen=True)
class TypicalPerson:
    """One typical person, by a sentence, with all routes of the guide for them, best first."""

    who: str
    means: fitting.Means
    fits: list[fitting.Fit]


def people(reading: Reading, start: date) -> list[TypicalPerson]:
    """Return what the guide's routes are for someone who begins, someone half-way, and someone who is ready."""
    kinds: list[tuple[str, int, int | None, Callable[[list[Option]], Option]]] = [
        (_("Someone who begins: the lowest answers, 10 hours a week, $300"), 10, 300, lambda options: options[0]),
        (
            _("Someone half-way: the middle answers, 10 hours a week, $2,000"),
            10,
            2000,
            lambda options: options[len(options) // 2],
        ),
        (_("Someone who is ready: the best answers, 20 hours a week, any sum"), 20, None, lambda options: options[-1]),
    ]
    typical = []
    for who, hours, budget, choose in kinds:
        means = fitting.Means(hours, start, budget)
        choices = {
            question.slug: choose(sorted(question.options.all(), key=lambda option: option.points))
            for question in check.all_questions(reading.guide)
        }
        ways = fitting.ways(reading, check.assess(reading.guide, choices), means)
        typical.append(TypicalPerson(who, means, [*ways.within, *ways.beyond]))
    return typical
