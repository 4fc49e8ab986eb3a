"""What of a result is worth keeping in a plan, as plain data, and what changed since an earlier one.

A result is kept as the query string of its address: reading it again against the guide of that day gives
the result back, whatever has been added since. Nothing here writes anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models import Route, Step
from guides.plan.validators import LAST_DAY
from guides.reading import reader
from guides.reading.reader import Reading

from . import answers, check, skills_gap
from .fitting import Fit
from .forms import CheckForm, RatingsForm
from .models import KeptResult, Option


@dataclass(frozen=True)
class ResultToKeep:
    """A result: which tool of which guide, the query string of its address, and the score in percent."""

    tool: str
    guide: str
    query: str
    score: int


@dataclass(frozen=True)
class ToClose:
    """A gap as a thing to do: the skill's slug and name, how to close it, and about how many hours that takes."""

    skill: str
    name: str
    how: str
    hours: tuple[int, int] | None
    section: str = ""


@dataclass(frozen=True)
class Due:
    """A stage of the route, the day it is to be done at the earliest, the guide's section and the tool for it."""

    title: str
    on: date
    section: str = ""
    tool: str = ""


def keep_gap(reading: Reading, result: skills_gap.GapResult) -> ResultToKeep:
    """Return what to keep of a skills gap's result."""
    ratings = {row.skill.slug: row.level for row in result.rated if row.level is not None}
    query = urlencode({"a": answers.write_ratings(ratings, skills_gap.all_skills(reading))})
    return ResultToKeep("skills-gap", reading.guide.slug, query, result.score)


def keep_check(reading: Reading, result: check.CheckResult, query: Mapping[str, Any]) -> ResultToKeep:
    """Return what to keep of a readiness check's result, `query` being what its address holds, by name."""
    return ResultToKeep("readiness", reading.guide.slug, urlencode(query), result.score)


def gaps_to_close(result: skills_gap.GapResult) -> list[ToClose]:
    """Return the gaps of a skills gap's result as things to close, in order of weight."""
    return [
        ToClose(
            row.skill.slug,
            row.skill.name,
            row.practice.exercise if row.practice else "",
            row.hours,
            section_of(row.step or row.route),
        )
        for row in result.gaps
    ]


def section_of(row: Step | Route | None) -> str:
    """The short name of the section that a step or a route stands in; empty without one."""
    return row.section.slug if row else ""


def route_dates(fit: Fit) -> list[Due]:
    """Return the stages of a route that have an end that a plan takes, each with that day."""
    return [
        Due(dated.title, dated.end, section_of(fit.route), dated.stage.tool if dated.stage else "")
        for dated in fit.timeline.stages
        if dated.end and dated.end <= LAST_DAY and not fit.is_beyond_a_lifetime
    ]


def _read_gap(reading: Reading, kept: ResultToKeep | KeptResult) -> skills_gap.GapResult:
    """Return the result of the skills gap `kept`, read against today's guide."""
    query = QueryDict(kept.query).get("a", "")
    form = RatingsForm.from_address(skills_gap.all_skills(reading), query)
    form.is_valid()
    return skills_gap.assess(reading, form.given)


def _given(reading: Reading, kept: ResultToKeep | KeptResult) -> dict[str, Option]:
    """Return the answers of the readiness check `kept`, by question, read against today's guide."""
    query = QueryDict(kept.query).get("a", "")
    form = CheckForm.from_address(check.all_questions(reading.guide), query)
    form.is_valid()
    return form.given


def read(reading: Reading, kept: KeptResult) -> skills_gap.GapResult | check.CheckResult:
    """Return the result `kept`, read against today's guide."""
    if kept.tool == KeptResult.Tool.SKILLS_GAP:
        return _read_gap(reading, kept)
    return check.assess(reading.guide, _given(reading, kept))


def read_all(kept: Sequence[KeptResult]) -> list[tuple[KeptResult, skills_gap.GapResult | check.CheckResult | None]]:
    """Return each kept result with what it is against today's guide; None where its guide is not live. One query."""
    readings = {reading.guide.slug: reading for reading in reader.several(sorted({each.guide for each in kept}))}
    return [(each, read(readings[each.guide], each) if each.guide in readings else None) for each in kept]


def open_skills(reading: Reading, kept: ResultToKeep | KeptResult) -> set[str]:
    """Return the slugs of the skills that were missing in the skills gap `kept`."""
    return {row.skill.slug for row in _read_gap(reading, kept).gaps}


def since(
    reading: Reading, kept: ResultToKeep | KeptResult, result: skills_gap.GapResult | check.CheckResult
) -> list[str]:
    """Return what changed from the result `kept` to `result`, of the same tool and guide, one sentence each."""
    if isinstance(result, skills_gap.GapResult):
        rated = skills_gap.changes(_read_gap(reading, kept), result)
        lines = [(f"{new.skill.name}:", old.level_name, new.level_name) for old, new in rated]
    else:
        earlier = _given(reading, kept)
        pairs = [(earlier.get(new.question.slug), new) for new in result.answers]
        changed = [(old, new) for old, new in pairs if old and old.slug != new.option.slug]
        lines = [(new.question.text, old.text, new.option.text) for old, new in changed]
    score = _("Score: %(before)d, now %(after)d.") % {"before": kept.score, "after": result.score}
    sentence = _("%(what)s “%(before)s”, now “%(after)s”.")
    changes = [sentence % {"what": what, "before": before, "after": after} for what, before, after in lines]
    return ([score] if kept.score != result.score else []) + changes
