"""Openings that fit what a plan holds: by what the person saved, each with its reasons and what it lacks.

No score, and nothing learned from anybody else: openings stand in the order of how many reasons speak for them, then
of how soon they close.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from guides.openings.models import Posting
from guides.plan.models import Application, Plan, SavedGuide
from guides.readiness import answers
from guides.readiness.models import KeptResult
from guides.readiness.skills_gap import Level

from . import searches
from .models import Alert

# How many of the newest of each guide are looked at, and how many are shown.
MOST_LOOKED_AT, MOST_SHOWN = 200, 30
# From this level on a person said that they can do it.
ABLE = Level.AT_WORK


@dataclass
class Fitting:
    """An opening, why it fits, what speaks against it, and the application that the plan holds of it."""

    posting: Posting
    reasons: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    logged: Application | None = None


@dataclass
class Fit:
    """What was looked for, as sentences, and what was found."""

    looked_for: list[str]
    openings: list[Fitting]


def of(plan: Plan) -> Fit:
    """Return the openings that fit `plan`."""
    guides = dict(SavedGuide.objects.filter(plan=plan).values_list("guide", "name"))
    saved = list(Alert.objects.filter(plan=plan, subject=Alert.Subject.OPENINGS))
    fitting: dict[int, Fitting] = {}
    for slug, name in guides.items():
        for posting in Posting.objects.open().of_guide(slug).newest()[:MOST_LOOKED_AT]:
            _one(fitting, posting).reasons.append(_("You saved the guide to this job: %(guide)s.") % {"guide": name})
    for alert in saved:
        for posting in searches.found(alert.query).newest()[:MOST_LOOKED_AT]:
            _one(fitting, posting).reasons.append(_("Your saved search finds it: %(name)s.") % {"name": alert.name})
    _by_skills(plan, fitting.values())
    for one in fitting.values():
        one.lacks += _unsaid(one.posting)
    looked_for = [*guides.values(), *(alert.name for alert in saved)]
    shown = sorted(fitting.values(), key=_order)[:MOST_SHOWN]
    links = [one.posting.address for one in shown]
    logged = {each.link: each for each in Application.objects.filter(plan=plan, link__in=links)}
    for one in shown:
        one.logged = logged.get(one.posting.address)
    return Fit(looked_for, shown)


def _one(fitting: dict[int, Fitting], posting: Posting) -> Fitting:
    return fitting.setdefault(posting.pk, Fitting(posting))


def _order(one: Fitting) -> tuple[int, object, int]:
    return -len(one.reasons), one.posting.ends_on, -one.posting.pk


def _by_skills(plan: Plan, fitting: Iterable[Fitting]) -> None:
    """Say which of the skills that an opening names the person rated, and how."""
    levels = _levels(plan)
    for one in fitting:
        able: list[str] = []
        not_yet: list[str] = []
        rated = levels.get(one.posting.guide, {})
        for slug, name, _words in one.posting.skills:
            level = rated.get(answers.code(slug))
            if level is not None:
                (able if level >= ABLE else not_yet).append(name)
        if able:
            one.reasons.append(_("It names what you said you can do: %(skills)s.") % {"skills": _listed(able)})
        if not_yet:
            one.lacks.append(_("It names what you rated lower: %(skills)s.") % {"skills": _listed(not_yet)})


def _levels(plan: Plan) -> dict[str, dict[str, int]]:
    """How the person rated themselves, by guide: the level by the code of the skill."""
    levels: dict[str, dict[str, int]] = defaultdict(dict)
    kept = KeptResult.objects.filter(plan=plan, tool=KeptResult.Tool.SKILLS_GAP)
    for guide, query in kept.values_list("guide", "query"):
        ratings = dict(pair.partition("=")[::2] for pair in query.split("&")).get("a", "")
        levels[guide] = {code: int(level) for code, level in answers.RATING.findall(ratings)}
    return levels


def _unsaid(posting: Posting) -> list[str]:
    """What an opening leaves open, and when it closes, which matters most to somebody who must write a letter."""
    said = []
    if posting.is_unpaid:
        said.append(_("It is unpaid."))
    elif not posting.pay_stated:
        said.append(_("It states no pay."))
    if not posting.place:
        said.append(_("It names no place."))
    if posting.closes_on:
        said.append(_("It closes on %(day)s.") % {"day": date_format(posting.closes_on)})
    return said


def _listed(names: list[str]) -> str:
    return str(get_text_list(names, _("and")))
