"""The skills gap: the form, the totals as one goes, and the result, whose address holds the ratings."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.forms import render_form
from guides.reading import reader
from guides.registry.private_pages import private
from guides.registry.requests import CountedHttpRequest

from .. import answers, next_actions, reasons, results, saving, skills_gap
from ..forms import RatingsForm
from .common import kept_before, repeated


@require_safe
def page(request: CountedHttpRequest, guide: str) -> HttpResponse:
    """The form without a query string, the result with one; the form's own answers are first made compact."""
    reading, query = reader.live(guide), request.GET
    skills = skills_gap.all_skills(reading)
    if not skills:
        return form_page(request, reading, RatingsForm(skills))
    if name := repeated(query, "a", "change"):
        twice = _("'%(name)s' stands in the address twice. Please rate yourself again.") % {"name": name}
        return form_page(request, reading, RatingsForm.refused(skills, twice))
    if "a" in query:
        form = RatingsForm.from_address(skills, query["a"])
        return result(request, reading, form) if form.is_valid() else form_page(request, reading, form)
    if "sent" in query or any(name.startswith("s-") for name in query):
        form = RatingsForm(skills, query)
        return to_result(reading, form.given) if form.is_valid() else form_page(request, reading, form)
    if "change" in query:
        return form_page(request, reading, RatingsForm.from_address(skills, query["change"], complete=False))
    accepted = dict(answers.RATING.findall(" ".join(query.getlist("found"))))
    levels = {skill: int(accepted[code]) for skill in skills if (code := answers.code(skill.slug)) in accepted}
    initial = {answers.rating_name(skill): level for skill, level in levels.items() if level in skills_gap.Level}
    return form_page(request, reading, RatingsForm(skills, initial=initial))


@require_safe
def so_far(request: HttpRequest, guide: str) -> HttpResponse:
    """The totals of a form that is being filled in, for HTMX."""
    reading = reader.live(guide)
    form = RatingsForm(skills_gap.all_skills(reading), request.GET, complete=False)
    status = 200 if form.is_valid() else 422
    context = {"result": skills_gap.assess(reading, form.given), "rated": len(form.given)}
    return private(render(request, "readiness/_so_far.html", context, status=status))


def form_page(request: HttpRequest, reading: reader.Reading, form: RatingsForm) -> HttpResponse:
    """Render the form with what is given so far; 422 where something is wrong with it."""
    form.is_valid()
    groups = [
        (group.section, [form[answers.rating_name(skill)] for skill in group.skills])
        for group in skills_gap.groups(reading)
    ]
    context = {
        "guide": reading.guide,
        "groups": groups,
        "levels": skills_gap.Level.choices,
        "result": skills_gap.assess(reading, form.given),
        "rated": len(form.given),
        "filled": len(form.initial),
        "by_job": request.GET.get("by") == "job",
    }
    response = render_form(request, "readiness/gap_form.html", context, form)
    # Without answers it is a page like any other: the same for everyone.
    return private(response) if request.GET else response


def to_result(reading: reader.Reading, ratings: dict[str, int]) -> HttpResponse:
    """Lead on to the result's own address."""
    compact = answers.write_ratings(ratings, skills_gap.all_skills(reading))
    address = reverse("readiness:skills_gap", args=[reading.guide.slug])
    return private(HttpResponseRedirect(f"{address}?{urlencode({'a': compact})}"))


def result(request: CountedHttpRequest, reading: reader.Reading, form: RatingsForm) -> HttpResponse:
    """What is there, what is missing, and how to close each gap."""
    outcome = skills_gap.assess(reading, form.given, form.unknown)
    compact = answers.write_ratings(form.given, skills_gap.all_skills(reading))
    context: dict[str, Any] = {
        "guide": reading.guide,
        "result": outcome,
        "compact": compact,
        "why_score": reasons.gap.of_score(outcome),
        "why_strengths": reasons.gap.of_strengths(outcome),
        "why_gaps": reasons.gap.of_gaps(outcome),
    }
    context |= kept_before(request, saving.Subject(reading, results.keep_gap(reading, outcome), outcome))
    keep = f"{reverse('readiness:keep_skills_gap', args=[reading.guide.slug])}?{urlencode({'a': compact})}"
    context["next_actions"] = next_actions.after_gap(reading.guide, outcome, compact, keep, context["is_kept"])
    return private(render(request, "readiness/gap_result.html", context))
