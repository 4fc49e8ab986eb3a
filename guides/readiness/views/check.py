"""The readiness check: the form, and the result, whose address holds the answers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.forms import render_form
from guides.reading import reader

from .. import answers, check, planner, results, saving, skills_gap
from ..forms import HOURS, CheckForm, TimeForm
from .common import kept_before, private, repeated

ROUTES_SHOWN = 3


@require_safe
def readiness(request: HttpRequest, guide: str) -> HttpResponse:
    """The form without a query string, the result with one; the form's own answers are first made compact."""
    reading, query = reader.live(guide), request.GET
    questions = check.all_questions(reading.guide)
    time = TimeForm(query)
    if not questions:
        return page(request, reading, CheckForm(questions), TimeForm())
    if name := repeated(query, "a", "change"):
        twice = _("'%(name)s' stands in the address twice. Please answer again.") % {"name": name}
        return page(request, reading, CheckForm.refused(questions, twice), time)
    if "a" in query:
        form = CheckForm.from_address(questions, query["a"])
        valid = form.is_valid() and time.is_valid()
        return result(request, reading, form.given, time) if valid else page(request, reading, form, time)
    if "sent" in query or any(name.startswith("q-") for name in query):
        form = CheckForm(questions, query)
        valid = form.is_valid() and time.is_valid()
        return to_result(reading, form.given, time) if valid else page(request, reading, form, time)
    if "change" in query:
        return page(request, reading, CheckForm.from_address(questions, query["change"]), time)
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


def settled(time):
    """Return the person's hours, start and budget, with what they left open decided."""
    wanted = time.cleaned_data
    return wanted["hours"] or HOURS, wanted["start"] or timezone.localdate(), wanted["budget"]


def address_parts(reading, choices, time):
    """Return what the result's address holds: everything that the result depends on."""
    hours, start, budget = settled(time)
    options = [choices[question.slug] for question in check.all_questions(reading.guide)]
    parts = {"a": answers.write_choices(options), "hours": hours, "start": start.isoformat()}
    return parts if budget is None else parts | {"budget": budget}


def to_result(reading, choices, time):
    """Lead on to the result's own address."""
    address = reverse("readiness:readiness", args=[reading.guide.slug])
    return private(HttpResponseRedirect(f"{address}?{urlencode(address_parts(reading, choices, time))}"))


def result(request, reading, choices, time):
    """The score with every point's origin, what would raise it most, and the route that fits with its dates."""
    hours, start, budget = settled(time)
    outcome = check.assess(reading.guide, choices)
    routes, too_dear = planner.fits(reading, outcome, budget)
    parts = address_parts(reading, choices, time)
    chosen = chosen_slugs(outcome)
    timeline = planner.schedule(reading.guide, routes[0].route, hours, start, chosen) if routes else None
    context = {
        "guide": reading.guide,
        "result": outcome,
        "changes": with_time(outcome.changes, reading, hours),
        "hours": hours,
        "start": start,
        "budget": budget,
        "fit": routes[0] if routes else None,
        "timeline": timeline,
        "other_routes": routes[1 : ROUTES_SHOWN + 1],
        "too_dear": too_dear,
        **kept_before(request, saving.Subject(reading, results.keep_check(reading, outcome, parts), outcome)),
        "keep_query": urlencode(parts),
        "change_query": urlencode({"change": parts.pop("a")} | parts),
    }
    return private(render(request, "readiness/check_result.html", context))


def chosen_slugs(outcome):
    """The short names of the answers of a result."""
    return {answer.option.slug for answer in outcome.answers}


def with_time(changes, reading, hours):
    """Return for each change the answer, the weeks it takes at these hours a week, and the guide's step."""
    steps = skills_gap.by_slug(reading, "steps")
    return [
        {
            "answer": answer,
            "weeks": planner.weeks(answer.option.hours, hours) if answer.option.hours else None,
            "step": steps.get(answer.option.step),
        }
        for answer in changes
    ]
