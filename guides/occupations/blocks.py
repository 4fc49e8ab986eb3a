"""The blocks of O*NET's profile as a page shows them: the largest first, with when and of how many each was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import formats
from guides.datasets import profiles
from guides.datasets.profiles import Block, Estimate, Profile
from guides.reading.charts import Bar, bar

# How many lines stand open; the others are folded.
OPEN = 10
HIGHEST_IMPORTANCE, HIGHEST_INTEREST = 5, 7
# O*NET's word for whom it asked.
ASKED = {
    "Incumbent": gettext_lazy("people who do this work"),
    "Occupational Expert": gettext_lazy("experts on this occupation"),
    "Analyst": gettext_lazy("O*NET’s analysts"),
    "Analyst - Preliminary": gettext_lazy("O*NET’s analysts, a first judgment"),
    "Analyst - Transition": gettext_lazy("O*NET’s analysts, from an older classification"),
    "Machine Learning": gettext_lazy("computed by machine learning: nobody was asked"),
}


class Line(NamedTuple):
    """One line of a list: what it is, its number in words, and its bar and interval on a scale from zero.

    A tuple, because templates take one apart in half the time: there are forty a page.
    """

    name: str
    says: str
    bar: Bar | None
    interval: Bar | None = None


@dataclass(frozen=True)
class Asked:
    """Of which edition a block is, when it was asked or assessed, of whom, and how many answered each question."""

    edition: str
    surveys: Sequence[str]
    answers: str

    @property
    def words(self) -> str:
        """All of it on one line."""
        said = [f"O*NET {self.edition}", *self.surveys]
        return "; ".join([*said, self.answers] if self.answers else said)


@dataclass(frozen=True)
class Ranking:
    """A block's lines, the most important first, and what O*NET advises not to use."""

    asked: Asked
    lines: Sequence[Line]
    left_out: Sequence[str] = ()

    @property
    def first(self) -> Sequence[Line]:
        return self.lines[:OPEN]

    @property
    def others(self) -> Sequence[str]:
        """The other lines, each in words: what it is and its number."""
        return [f"{line.name} {line.says}" for line in self.lines[OPEN:]]

    @property
    def has_intervals(self) -> bool:
        return any(line.interval for line in self.lines)


@dataclass(frozen=True)
class Duties:
    """Tasks, those that matter to nearly all who do the work first."""

    asked: Asked
    first: Sequence[profiles.Task]
    others: Sequence[profiles.Task]


@dataclass(frozen=True)
class Interests:
    """How well each of the six interests describes the work, and the two or three that do so best."""

    asked: Asked
    lines: Sequence[Line]
    best: Sequence[str]


@dataclass(frozen=True)
class Tools:
    """Kinds of software with their products: those that employers name most in adverts first."""

    asked: Asked
    in_demand: Sequence[str]
    # The name of each kind, and its products.
    first: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]]


def asked(block: Block[Any], estimates: Iterable[Estimate] = ()) -> Asked:
    """Return when and of whom a block was asked; `estimates` say how many answered."""
    surveys = [_survey(survey) for survey in block.surveys]
    counts = [estimate.answers for estimate in estimates if estimate.answers]
    return Asked(block.edition, surveys, _answers(counts))


def _survey(survey: profiles.Survey) -> str:
    whom = str(ASKED.get(survey.source, survey.source))
    return f"{month(survey.month)}, {whom}" if survey.month else whom


def month(day: date | None) -> str:
    """Return the month of a day, such as 'July 2017'; '' for none."""
    return f"{MONTHS[day.month]} {day.year}" if day else ""


def _answers(counts: list[int]) -> str:
    if not counts:
        return ""
    span = formats.span(min(counts), max(counts))
    return _("%(count)s answers to each question") % {"count": span} if max(counts) > 1 else _("1 answer")


def duties(profile: Profile) -> Duties | None:
    """Return the tasks of a profile, core tasks open."""
    block = profile.tasks
    if not block:
        return None
    core = [task for task in block.items if task.is_core] or list(block.items[:OPEN])
    others = [task for task in block.items if task not in core]
    counts = [task.answers for task in block.items if task.answers]
    about = Asked(block.edition, [_survey(survey) for survey in block.surveys], _answers(counts))
    return Duties(about, core[:OPEN], [*core[OPEN:], *others])


def by_importance(block: Block[profiles.Rating] | None) -> Ranking | None:
    """Return skills, fields of knowledge or work styles, the most important first."""
    if not block:
        return None
    kept = [rating for rating in block.items if not rating.importance.is_suppressed]
    kept.sort(key=lambda rating: -rating.importance.value)
    lines = [_line(rating.name, rating.importance, HIGHEST_IMPORTANCE) for rating in kept]
    left_out = [rating.name for rating in block.items if rating.importance.is_suppressed]
    return Ranking(asked(block, [rating.importance for rating in block.items]), lines, left_out)


def _line(name: str, estimate: Estimate, top: int) -> Line:
    return Line(name, formats.tenths(estimate.value), _bar(0, estimate.value, top))


def _bar(low: float, high: float, top: int) -> Bar | None:
    # Bars are of whole numbers: hundredths are.
    return bar(round(100 * low), round(100 * high), 100 * top)


def _interval(estimate: Estimate, top: int) -> Bar | None:
    if estimate.low is None or estimate.high is None:
        return None
    return _bar(estimate.low, estimate.high, top)


def required_education(profile: Profile) -> Ranking | None:
    """Return how many in a hundred say that a new hire needs each level, the lowest level first."""
    block = profile.education
    if not block:
        return None
    kept = [level for level in block.items if level.percent.value and not level.percent.is_suppressed]
    lines = [
        Line(
            level.name,
            f"{formats.tenths(level.percent.value)}%",
            _bar(0, level.percent.value, 100),
            _interval(level.percent, 100),
        )
        for level in kept
    ]
    left_out = [level.name for level in block.items if level.percent.is_suppressed]
    return Ranking(asked(block, [level.percent for level in block.items]), lines, left_out)


def interests(profile: Profile) -> Interests | None:
    block = profile.interests
    if not block:
        return None
    ordered = sorted(block.items, key=lambda interest: -interest.value)
    lines = [
        Line(
            interest.name,
            formats.tenths(interest.value),
            _bar(0, interest.value, HIGHEST_INTEREST),
        )
        for interest in ordered
    ]
    best = [interest.name for interest in sorted(block.items, key=lambda each: each.rank) if interest.rank]
    return Interests(asked(block), lines, best)


def tools(profile: Profile) -> Tools | None:
    """Return the technology of a profile: kinds with a product that employers ask for come first."""
    block = profile.technology
    if not block:
        return None
    in_demand = [product.name for kind in block.items for product in kind.products if product.is_in_demand]
    ordered = sorted(block.items, key=_demand, reverse=True)
    kinds = [(kind.name, ", ".join(product.name for product in kind.products)) for kind in ordered]
    return Tools(asked(block), list(dict.fromkeys(in_demand)), kinds[:OPEN], kinds[OPEN:])


def _demand(kind: profiles.Technology) -> tuple[int, int]:
    """How many products of a kind employers ask for in this occupation's adverts, and in any."""
    return sum(product.is_in_demand for product in kind.products), sum(product.is_hot for product in kind.products)
