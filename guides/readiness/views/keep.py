"""Keeping a result in the person's plan."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from guides.forms import render_form
from guides.plan import access
from guides.plan.access import PlanRequest, personal
from guides.plan.models import Plan
from guides.plan.views.items import changing
from guides.reading import reader

from .. import check, fitting, results, saving, skills_gap
from ..forms import CheckForm, KeepResultForm, RatingsForm
from ..time_form import TimeForm
from .check import address_parts, means_of

CHANGED_ELSEWHERE = gettext_lazy(
    "The plan’s result was changed in another tab or on another device, so nothing is saved yet. "
    "This is what stands there now."
)


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def keep_skills_gap(request: PlanRequest, plan: Plan | None, guide: str) -> HttpResponse:
    """Keep the skills gap that the address holds."""
    reading = reader.live(guide)
    answered = RatingsForm.from_address(skills_gap.all_skills(reading), request.GET.get("a", ""))
    if not answered.is_valid():
        return say_why(request, "readiness:skills_gap", reading)
    result = skills_gap.assess(reading, answered.given)
    kept = results.keep_gap(reading, result)
    return keep(request, plan, saving.Subject(reading, kept, result, gaps=results.gaps_to_close(result)))


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def keep_readiness(request: PlanRequest, plan: Plan | None, guide: str) -> HttpResponse:
    """Keep the readiness check that the address holds."""
    reading, time = reader.live(guide), TimeForm(request.GET)
    questions = check.all_questions(reading.guide)
    answered = CheckForm.from_address(questions, request.GET.get("a", ""))
    if not questions or not answered.is_valid() or not time.is_valid():
        return say_why(request, "readiness:readiness", reading)
    result, means = check.assess(reading.guide, answered.given), means_of(time)
    kept = results.keep_check(reading, result, address_parts(reading, answered.given, means))
    fit = fitting.ways(reading, result, means).best
    if fit is None:
        return keep(request, plan, saving.Subject(reading, kept, result))
    dates = results.route_dates(fit)
    return keep(request, plan, saving.Subject(reading, kept, result, route=fit.route, dates=dates))


def say_why(request: PlanRequest, view: str, reading: reader.Reading) -> HttpResponse:
    """Lead to the check itself, which says what is wrong with such an address."""
    return HttpResponseRedirect(f"{reverse(view, args=[reading.guide.slug])}?{request.GET.urlencode()}")


def keep(request: PlanRequest, plan: Plan | None, subject: saving.Subject) -> HttpResponse:
    """The form that keeps a result, and what it sends. HTMX gets the form alone, to show it in place."""
    form = KeepResultForm(request.POST if request.method == "POST" else None, auto_id="keep-%s")
    form.fields["tasks"].label = subject.tasks_label
    status = None
    if form.is_bound and form.is_valid():
        try:
            plan = plan or access.make(request)
            saving.save(plan, subject, form.cleaned_data["fingerprint"], form.cleaned_data["tasks"])
        except saving.Stale:
            form.add_error(None, CHANGED_ELSEWHERE)
            status = 409
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return saved(request)
    stored = saving.earlier(plan, subject) if plan else None
    view = subject.kept.tool.replace("-", "_")
    context = {
        "plan": plan,
        "subject": subject,
        "form": form,
        "stored": stored,
        "fingerprint": saving.fingerprint(stored),
        "changes": saving.since(stored, subject),
        "result_url": f"{reverse(f'readiness:{view}', args=[subject.guide.slug])}?{subject.kept.query}",
        "action": f"{reverse(f'readiness:keep_{view}', args=[subject.guide.slug])}?{subject.kept.query}",
    }
    template = "readiness/_keep.html" if request.htmx else "readiness/keep.html"
    return render_form(request, template, context, form, status=status)


def saved(request: PlanRequest) -> HttpResponse:
    """Say so in place, or go to the plan."""
    if request.htmx:
        return render(request, "plan/_saved.html")
    return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=saved")
