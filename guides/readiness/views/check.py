"""The readiness check: the form, and the result, whose address holds the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.forms import render_form
from guides.models import Section, Step
from guides.reading import reader
from guides.registry.requests import CountedHttpRequest
from guides.registry.tools import TOOLS, Tool

from .. import answers, check, drawing, fitting, reasons, results, saving, skills_gap, sooner
from ..forms import HOURS, CheckForm, TimeForm
from ..models import Option, Stage
from ..timeline import DatedStage
from .common import kept_before, private, repeated

ROUTES_SHOWN = 3
# The section of a guide that says who may pay, the fuller one first.
WHO_MAY_PAY = ("who-may-pay", "what-it-costs")
# The parts of a result's address.
Parts = dict[str, Any]
Choices = Mapping[str, Option]


@require_safe
def readiness(request: CountedHttpRequest, guide: str) -> HttpResponse:
    """The form without a query string, the result with one; the form's own answers are first made compact."""
    reading, query = reader.live(guide), request.GET
    questions = check.all_questions(reading.guide)
    if not questions:
        return page(request, reading, CheckForm(questions), TimeForm())
    if name := repeated(query, "a", "change"):
        twice = _("'%(name)s' stands in the address twice. Please answer again.") % {"name": name}
        return page(request, reading, CheckForm.refused(questions, twice), TimeForm(query))
    if "a" in query:
        form, time = CheckForm.from_address(questions, query["a"]), TimeForm(query)
        valid = form.is_valid() and time.is_valid()
        return result(request, reading, form.given, time) if valid else page(request, reading, form, time)
    if "sent" in query or any(name.startswith("q-") for name in query):
        form, time = CheckForm(questions, query), TimeForm(query, is_new=True)
        valid = form.is_valid() and time.is_valid()
        return to_result(reading, form.given, time) if valid else page(request, reading, form, time)
    if "change" in query:
        return page(request, reading, CheckForm.from_address(questions, query["change"]), TimeForm(query))
    return page(request, reading, CheckForm(questions), TimeForm())


def page(request: HttpRequest, reading: reader.Reading, form: CheckForm, time: TimeForm) -> HttpResponse:
    """Render the form with what is given so far; 422 where something is wrong with it."""
    groups = [
        (area, [form[answers.choice_name(question)] for question in questions])
        for area, questions in check.areas(reading.guide)
    ]
    context = {"guide": reading.guide, "groups": groups, "time": time, "count": len(form.fields)}
    response = render_form(request, "readiness/check_form.html", context, form, time)
    return private(response) if request.GET else response


def means_of(time: TimeForm) -> fitting.Means:
    """Return the person's hours, start and budget, with what they left open decided."""
    wanted = time.cleaned_data
    return fitting.Means(wanted["hours"] or HOURS, wanted["start"] or timezone.localdate(), wanted["budget"])


def address_parts(reading: reader.Reading, choices: Choices, means: fitting.Means) -> Parts:
    """Return what the result's address holds: everything that the result depends on."""
    questions = check.all_questions(reading.guide)
    options = [choices[question.slug] for question in questions if question.slug in choices]
    parts: Parts = {
        "a": answers.write_choices(options), "hours": means.hours_a_week, "start": means.start.isoformat(),
    }  # fmt: skip
    return parts if means.budget is None else parts | {"budget": means.budget}


def to_result(reading: reader.Reading, choices: Choices, time: TimeForm) -> HttpResponse:
    """Lead on to the result's own address."""
    address = reverse("readiness:readiness", args=[reading.guide.slug])
    query = urlencode(address_parts(reading, choices, means_of(time)))
    return private(HttpResponseRedirect(f"{address}?{query}"))


def result(request: CountedHttpRequest, reading: reader.Reading, choices: Choices, time: TimeForm) -> HttpResponse:
    """The score with every point's origin, what would raise it most, and the route that fits with its dates."""
    means = means_of(time)
    outcome = check.assess(reading.guide, choices)
    ways = fitting.ways(reading, outcome, means)
    parts = address_parts(reading, choices, means)
    changes = outcome.changes(fitting.needed(ways.best, outcome))
    today = timezone.localdate()
    context = {
        "guide": reading.guide,
        "result": outcome,
        "changes": shown_changes(changes, reading, means, ways.best),
        "waiting": shown_changes(outcome.waiting, reading, means, ways.best),
        "to_find_out": shown_changes(outcome.to_find_out, reading, means, ways.best),
        "blocking": fitting.blocking(ways.best, outcome),
        "score_after": outcome.score_after(changes),
        "means": means,
        "ways": ways,
        "other_routes": ways.others[:ROUTES_SHOWN],
        "from_today_query": urlencode(parts | {"start": today.isoformat()}) if means.start < today else "",
        **(route_context(reading, outcome, ways) if ways.best else {}),
        **kept_before(request, saving.Subject(reading, results.keep_check(reading, outcome, parts), outcome)),
        "keep_query": urlencode(parts),
        "change_query": urlencode({"change": parts.pop("a")} | parts),
    }
    return private(render(request, "readiness/check_result.html", context))


@dataclass(frozen=True)
class ShownStage:
    """A stage as the page shows it: with what it is done with, and why it stands there."""

    dated: DatedStage
    why: reasons.Why
    tool: Tool | None


@dataclass(frozen=True)
class ShownChange:
    """An answer that can become better: in how many weeks, where the guide says more, with which tool, and why."""

    answer: check.Answer
    weeks: int | None
    step: Step | None
    tool: Tool | None
    why: reasons.Why


def tool_of(row: Option | Stage | None) -> Tool | None:
    """The tool of the site that an answer's advice, or a stage, is done with."""
    return TOOLS.get(row.tool) if row else None


def who_may_pay(reading: reader.Reading) -> Section | None:
    """The section of the guide that says who may pay, or None where it has none."""
    sections = {section.slug: section for section in reading.all_sections()}
    return next((sections[slug] for slug in WHO_MAY_PAY if slug in sections), None)


def route_context(reading: reader.Reading, outcome: check.CheckResult, ways: fitting.Ways) -> dict[str, Any]:
    """What the page says of the route that fits."""
    fit = ways.best
    if fit is None:
        return {}

    def shown(dated: list[DatedStage]) -> list[ShownStage]:
        return [ShownStage(one, reasons.of_stage(one, fit.means, outcome), tool_of(one.stage)) for one in dated]

    return {
        "fit": fit,
        "timeline": fit.timeline,
        "stages": shown(fit.timeline.stages),
        "training": shown(fit.timeline.training),
        "drawing": drawing.draw(fit.timeline),
        "quicker": fitting.quicker(reading, outcome, ways),
        "sooner": sooner.related(reading.guide, fit),
        "paying": who_may_pay(reading) if ways.beyond else None,
        "why_route": reasons.of_route(fit),
        "why_end": reasons.of_end(fit),
        "why_cost": reasons.of_cost(fit),
        "why_quicker": reasons.of_quicker(fit),
    }


def shown_changes(
    changes: list[check.Answer], reading: reader.Reading, means: fitting.Means, fit: fitting.Fit | None
) -> list[ShownChange]:
    """Return each answer that can change with its time, the guide's step and the tool."""
    steps = skills_gap.by_slug(reading, "steps")
    return [
        ShownChange(
            answer,
            fitting.weeks_of(answer, fit, means.hours_a_week),
            steps.get(answer.option.step),
            tool_of(answer.option),
            reasons.of_change(answer),
        )
        for answer in changes
    ]
