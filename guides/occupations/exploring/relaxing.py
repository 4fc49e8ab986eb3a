"""Where little fits: which answer to change, the nearest change first, and how many occupations that brings.

A change is a step of an answer that has an order (a longer school, less pay), or leaving an answer out. If no single
change brings anything, answers are left out one after the other until something fits.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guides import formats
from guides.datasets.areas import BY_ABBREVIATION

from . import activities, stored
from .answers import HOURS, Answers, Body, Company, School, Start
from .matching import Matching
from .stored import Parts

# So few are little.
FEW = 5
# How much less pay is a step.
LESS_PAY = (0.9, 0.75, 0.5)
# In which order answers are given up where one alone is not enough: needs go last.
GIVEN_UP = ("body", "company", "like", "state", "earn", "school", "start")


@dataclass(frozen=True)
class Offer:
    """A change of the answers, what to call it, and how many occupations fit then."""

    answers: Answers
    name: str
    count: int


def offers(matching: Matching, fitting: int) -> list[Offer]:
    """Return the changes that bring more, the nearest of each answer; a step of an answer before leaving one out."""
    given = matching.answers.given
    found = [offer for name in given if (offer := nearest_of(matching, name, fitting))]
    if not found and not fitting:
        found = [offer for offer in [_together(matching)] if offer]
    return sorted(found, key=_order)


def nearest_of(matching: Matching, name: str, fitting: int) -> Offer | None:
    """The smallest change of one answer that brings anything."""
    for changed, text in _changes(matching.answers, name):
        if (count := _count(matching, changed)) > fitting:
            return Offer(changed, text, count)
    return None


def nearest(matching: Matching) -> Offer | None:
    """Return the smallest change of the needs, whatever is liked, that brings anything; None where none does."""
    needs = [name for name in matching.answers.given if name != "like"]
    found = [offer for name in needs if (offer := nearest_of(matching, name, 0))]
    return min(found, key=_order, default=None)


def _order(offer: Offer) -> tuple[int, int]:
    return -len(offer.answers.given), -offer.count


def _count(matching: Matching, changed: Answers) -> int:
    """How many fit with other answers."""
    parts = matching.parts
    if changed.like != matching.answers.like:
        parts = stored.parts(changed.like, changed.state)
    elif changed.state != matching.answers.state:
        parts = Parts(parts.tasks, {})
    return len(matching.changed(changed, parts).fitting())


def _changes(answers: Answers, name: str) -> Iterator[tuple[Answers, str]]:
    """Yield changes of one answer, the smallest first, each with what to call it."""
    if name == "like":
        groups = dict.fromkeys(activities.group_of(choice) for choice in answers.like)
        wider = tuple(choice for choice in activities.labels() if choice in groups)
        if wider != answers.like:
            names = ", ".join(activities.labels()[choice] for choice in wider)
            yield answers.but(like=wider), _("Like anything of its kind: %(names)s") % {"names": names}
    if name == "school":
        later = list(School)[list(School).index(School(answers.school)) + 1 :]
        for school in later[:-1]:
            yield answers.but(school=str(school)), _("Go to school for longer: %(time)s") % {"time": school.label}
    if name == "earn" and answers.earn:
        for share in LESS_PAY:
            less = int(answers.earn * share) // 1_000 * 1_000
            if 0 < less < answers.earn:
                yield answers.but(earn=less), _("Need %(sum)s a year") % {"sum": formats.money(less)}
    if name == "start" and answers.start == Start.SCHOOL:
        if not answers.school:
            with_diploma = answers.but(start=str(Start.NEW), school=str(School.NONE))
            yield with_diploma, _("Look at what asks for a diploma, but no more school")
        changed = answers.but(start=str(Start.NEW))
        yield (
            changed,
            _("Look at what asks for a diploma too") if answers.school else _("Look at what asks for more school too"),
        )
    yield answers.without(name), _("Leave out: %(answer)s") % {"answer": said(answers, name)}


def _together(matching: Matching) -> Offer | None:
    """The first of the answers, in the order in which they are given up, without which something fits."""
    names: list[str] = []
    for name in (each for each in GIVEN_UP if each in matching.answers.given):
        names.append(name)
        changed = matching.answers.without(*names)
        if count := _count(matching, changed):
            given = "; ".join(said(matching.answers, each) for each in names)
            return Offer(changed, _("Leave out: %(answer)s") % {"answer": given}, count)
    return None


def said(answers: Answers, name: str) -> str:
    """Return an answer in words."""
    if name == "like":
        return ", ".join(activities.labels()[choice] for choice in answers.like)
    if name == "earn":
        a_year = answers.earn or 0
        sums = {"sum": formats.money(a_year), "wage": f"${a_year / HOURS:,.2f}", "hours": f"{HOURS:,}"}
        return _("%(sum)s a year (%(wage)s an hour, at %(hours)s hours a year)") % sums
    if name == "state":
        return BY_ABBREVIATION[answers.state].name
    choices = {"company": Company, "body": Body, "school": School, "start": Start}
    return str(choices[name](getattr(answers, name)).label)
