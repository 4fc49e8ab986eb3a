"""The readiness check: the form, and the result, whose address holds the answers."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.forms import render_form
from guides.reading import reader
from guides.registry.private_pages import private
from guides.registry.requests import CountedHttpRequest

from .. import answers, check, fitting, next_actions, result_page, results, saving
from ..forms import CheckForm
from ..models import Option
from ..time_form import HOURS, TimeForm
from .common import kept_before, repeated

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
    if query.get("part") in {area.slug for area, _questions in check.areas(reading.guide)}:
        return next_part(request, reading)
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


def next_part(request: HttpRequest, reading: reader.Reading) -> HttpResponse:
    """Say what is missing in one part, or lead to the first part that is not complete; to the result where all are."""
    query, questions = request.GET, check.all_questions(reading.guide)
    form, time = CheckForm(questions, query, part=query["part"]), TimeForm(query, is_new=True)
    if not (form.is_valid() and time.is_valid()):
        return page(request, reading, form, time)
    open_part = next((question.area.slug for question in questions if question.slug not in form.given), "")
    if not open_part:
        return to_result(reading, form.given, time)
    address = reverse("readiness:readiness", args=[reading.guide.slug])
    options = [form.given[question.slug] for question in questions if question.slug in form.given]
    parts = {"change": answers.write_choices(options)} | {name: query[name] for name in time.fields if name in query}
    return private(HttpResponseRedirect(f"{address}?{urlencode(parts)}#area-{open_part}"))


def means_of(time: TimeForm) -> fitting.Means:
    """Return the person's hours, start and budget, with what they left open decided."""
    wanted = time.cleaned_data
    start = wanted["start"] or timezone.localdate()
    return fitting.Means(wanted["hours"] or HOURS, start, wanted["budget"], wanted["by"])


def address_parts(reading: reader.Reading, choices: Choices, means: fitting.Means) -> Parts:
    """Return what the result's address holds: everything that the result depends on."""
    questions = check.all_questions(reading.guide)
    options = [choices[question.slug] for question in questions if question.slug in choices]
    parts: Parts = {
        "a": answers.write_choices(options), "hours": means.hours_a_week, "start": means.start.isoformat(),
    }  # fmt: skip
    if means.wanted:
        parts["by"] = means.wanted.isoformat()
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
    keep_query, today = urlencode(parts), timezone.localdate()
    context = {
        "guide": reading.guide,
        "result": outcome,
        "means": means,
        "ways": ways,
        **result_page.score_context(reading, outcome, ways, means),
        **result_page.route_context(reading, outcome, ways),
        "from_today_query": urlencode(parts | {"start": today.isoformat()}) if means.start < today else "",
        **kept_before(request, saving.Subject(reading, results.keep_check(reading, outcome, parts), outcome)),
        "keep_query": keep_query,
        "change_query": urlencode({"change": parts.pop("a")} | parts),
    }
    keep = f"{reverse('readiness:keep_readiness', args=[reading.guide.slug])}?{keep_query}"
    stages, is_kept = context.get("stages", []), context["is_kept"]
    context["next_actions"] = next_actions.after_check(reading.guide, ways.best, stages, keep, is_kept)
    return private(render(request, "readiness/check_result.html", context))
