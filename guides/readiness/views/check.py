"""The readiness check: the form, and the result, whose address holds the answers."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.reading import reader

from .. import answers, check, planner, results, saving, skills_gap
from ..forms import HOURS, TimeForm
from .common import kept_before, private, repeated

ROUTES_SHOWN = 3


@dataclass
class Field:
    """A question in the form: its options, which one is chosen, and what is wrong with it."""

    question: object
    chosen: object = None
    error: str = ""

    @property
    def name(self):
        return f"q-{self.question.slug}"

    @property
    def choices(self):
        chosen = self.chosen.slug if self.chosen else None
        return [(option.slug, option.text, option.slug == chosen) for option in self.question.options.all()]


@require_safe
def readiness(request, guide):
    """The form without a query string, the result with one; the form's own answers are first made compact."""
    reading, query = reader.live(guide), request.GET
    questions = check.all_questions(reading.guide)
    time = TimeForm(query)
    if not questions:
        return form(request, reading, answers.Answers(), TimeForm())
    if name := repeated(query, "a", "change"):
        fault = answers.Fault(_("'%(name)s' stands in the address twice. Please answer again.") % {"name": name})
        return form(request, reading, answers.Answers(faults=[fault]), time)
    if "a" in query:
        given = answers.read_choices(query["a"], questions)
        bad = given.faults or not time.is_valid()
        return form(request, reading, given, time) if bad else result(request, reading, given, time)
    if "sent" in query or any(name.startswith("q-") for name in query):
        given = answers.read_choice_fields(query, questions)
        bad = given.faults or not time.is_valid()
        return form(request, reading, given, time) if bad else to_result(reading, given, time)
    given = answers.read_choices(query["change"], questions) if "change" in query else answers.Answers()
    return form(request, reading, given, time if "change" in query else TimeForm())


def form(request, reading, given, time):
    """Render the form with what is given so far; 422 where something is wrong with it."""
    errors = {fault.field: fault.text for fault in given.faults if fault.field}
    groups = [
        (
            area,
            [
                Field(question, given.given.get(question.slug), errors.get(f"q-{question.slug}", ""))
                for question in questions
            ],
        )
        for area, questions in check.areas(reading.guide)
    ]
    context = {
        "guide": reading.guide,
        "groups": groups,
        "faults": given.faults,
        "time": time,
        "count": sum(len(fields) for _area, fields in groups),
    }
    wrong = given.faults or time.errors
    response = render(request, "readiness/check_form.html", context, status=422 if wrong else 200)
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


def to_result(reading, given, time):
    """Lead on to the result's own address."""
    address = reverse("readiness:readiness", args=[reading.guide.slug])
    return private(HttpResponseRedirect(f"{address}?{urlencode(address_parts(reading, given.given, time))}"))


def result(request, reading, given, time):
    """The score with every point's origin, what would raise it most, and the route that fits with its dates."""
    hours, start, budget = settled(time)
    outcome = check.assess(reading.guide, given.given)
    routes, too_dear = planner.fits(reading, outcome, budget)
    parts = address_parts(reading, given.given, time)
    context = {
        "guide": reading.guide,
        "result": outcome,
        "changes": with_time(outcome.changes, reading, hours),
        "hours": hours,
        "start": start,
        "budget": budget,
        "fit": routes[0] if routes else None,
        "timeline": planner.schedule(reading.guide, routes[0].route, hours, start) if routes else None,
        "other_routes": routes[1 : ROUTES_SHOWN + 1],
        "too_dear": too_dear,
        **kept_before(request, saving.Subject(reading, results.keep_check(reading, outcome, parts), outcome)),
        "keep_query": urlencode(parts),
        "change_query": urlencode({"change": parts.pop("a")} | parts),
    }
    return private(render(request, "readiness/check_result.html", context))


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
