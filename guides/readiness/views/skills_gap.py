"""The skills gap: the form, the totals as one goes, and the result, whose address holds the ratings."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.reading import reader

from .. import answers, results, saving, skills_gap
from .common import kept_before, private, repeated


@dataclass
class Field:
    """A skill in the form: its four ratings, which one is chosen, and what is wrong with it."""

    skill: object
    chosen: int | None = None
    error: str = ""

    @property
    def name(self):
        return answers.field_name(self.skill)

    @property
    def choices(self):
        return [(level.value, level.label, level.value == self.chosen) for level in skills_gap.Level]


@require_safe
def page(request, guide):
    """The form without a query string, the result with one; the form's own answers are first made compact."""
    reading, query = reader.live(guide), request.GET
    skills = skills_gap.all_skills(reading)
    if not skills:
        return form(request, reading, answers.Answers())
    if name := repeated(query, "a", "change"):
        return form(request, reading, answers.Answers(faults=[twice(name)]))
    if "a" in query:
        given = answers.read_ratings(query["a"], skills, skills_gap.LEVELS)
        return form(request, reading, given) if no_result(given) else result(request, reading, given)
    if "sent" in query or any(name.startswith("s-") for name in query):
        given = answers.read_rating_fields(query, skills, skills_gap.LEVELS)
        return form(request, reading, given) if no_result(given) else to_result(reading, given)
    if "change" in query:
        return form(request, reading, answers.read_ratings(query["change"], skills, skills_gap.LEVELS))
    if "found" in query:
        return form(request, reading, accepted(query.getlist("found"), skills), from_resume=True)
    return form(request, reading, answers.Answers())


@require_safe
def so_far(request, guide):
    """The totals of a form that is being filled in, for HTMX."""
    reading = reader.live(guide)
    given = answers.read_rating_fields(request.GET, skills_gap.all_skills(reading), skills_gap.LEVELS)
    status = 422 if given.faults else 200
    context = {"result": skills_gap.assess(reading, given.given), "rated": len(given.given)}
    return private(render(request, "readiness/_so_far.html", context, status=status))


def no_result(given):
    """Whether there is nothing to show; if so, the reason is added to what is wrong."""
    if not given.given and not given.faults:
        text = (
            _("None of these answers is about a skill of this guide. It may have changed: please rate yourself again.")
            if given.unknown
            else _("Rate at least one skill.")
        )
        given.faults.append(answers.Fault(text))
    return bool(given.faults)


def twice(name):
    return answers.Fault(_("'%(name)s' stands in the address twice. Please rate yourself again.") % {"name": name})


def accepted(codes, skills):
    """Return the Answers of someone who accepted these skills, found in a resume: 'at work' for each."""
    known = {answers.code(skill.slug): skill.slug for skill in skills}
    given = {known[name]: skills_gap.Level.AT_WORK.value for name in codes if name in known}
    return answers.Answers(given, len(set(codes) - set(known)))


def form(request, reading, given, from_resume=False):
    """Render the form with what is given so far; 422 where something is wrong with it."""
    errors = {fault.field: fault.text for fault in given.faults if fault.field}
    groups = [
        (
            group.section,
            [
                Field(skill, given.given.get(skill.slug), errors.get(answers.field_name(skill), ""))
                for skill in group.skills
            ],
        )
        for group in skills_gap.groups(reading)
    ]
    context = {
        "guide": reading.guide,
        "groups": groups,
        "faults": given.faults,
        "result": skills_gap.assess(reading, given.given),
        "rated": len(given.given),
        "from_resume": from_resume and len(given.given),
    }
    response = render(request, "readiness/gap_form.html", context, status=422 if given.faults else 200)
    # Without answers it is a page like any other: the same for everyone.
    return private(response) if request.GET else response


def to_result(reading, given):
    """Lead on to the result's own address."""
    compact = answers.write_ratings(given.given, skills_gap.all_skills(reading))
    address = reverse("readiness:skills_gap", args=[reading.guide.slug])
    return private(HttpResponseRedirect(f"{address}?{urlencode({'a': compact})}"))


def result(request, reading, given):
    """What is there, what is missing, and how to close each gap."""
    outcome = skills_gap.assess(reading, given.given, given.unknown)
    context = {
        "guide": reading.guide,
        "result": outcome,
        "compact": answers.write_ratings(given.given, skills_gap.all_skills(reading)),
    }
    context |= kept_before(request, saving.Subject(reading, results.keep_gap(reading, outcome), outcome))
    return private(render(request, "readiness/gap_result.html", context))
