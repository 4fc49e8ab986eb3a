"""Keeping a result in the person's plan."""

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guides.plan import access
from guides.plan.access import personal
from guides.plan.views.items import changing
from guides.reading import reader

from .. import answers, check, planner, results, saving, skills_gap
from ..forms import KeepForm, TimeForm
from .check import address_parts, settled


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def keep_skills_gap(request, plan, guide):
    """Keep the skills gap that the address holds."""
    found = reader.live(guide)
    given = answers.read_ratings(request.GET.get("a", ""), skills_gap.all_skills(found), skills_gap.LEVELS)
    if given.faults or not given.given:
        return say_why(request, "readiness:skills_gap", found)
    result = skills_gap.assess(found, given.given)
    kept = results.keep_gap(found, result)
    return keep(request, plan, saving.Subject(found, kept, result, gaps=results.gaps_to_close(result)))


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def keep_readiness(request, plan, guide):
    """Keep the readiness check that the address holds."""
    found, time = reader.live(guide), TimeForm(request.GET)
    questions = check.all_questions(found.guide)
    given = answers.read_choices(request.GET.get("a", ""), questions)
    if not questions or given.faults or not time.is_valid():
        return say_why(request, "readiness:readiness", found)
    result = check.assess(found.guide, given.given)
    kept = results.keep_check(found, result, address_parts(found, given.given, time))
    hours, start, budget = settled(time)
    routes, _too_dear = planner.fits(found, result, budget)
    if not routes:
        return keep(request, plan, saving.Subject(found, kept, result))
    route = routes[0].route
    dates = results.route_dates(planner.schedule(found.guide, route, hours, start))
    return keep(request, plan, saving.Subject(found, kept, result, route=route, dates=dates))


def say_why(request, view, found):
    """Lead to the check itself, which says what is wrong with such an address."""
    return HttpResponseRedirect(f"{reverse(view, args=[found.guide.slug])}?{request.GET.urlencode()}")


def keep(request, plan, named):
    """The form that keeps a result, and what it sends. HTMX gets the form alone, to show it in place."""
    form = KeepForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            plan = plan or access.make(request)
            saving.save(plan, named, form.cleaned_data["seen"], form.cleaned_data["tasks"])
        except saving.Stale:
            status = 409
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return saved(request)
    stored = saving.earlier(plan, named) if plan else None
    view = named.kept.tool.replace("-", "_")
    context = {
        "plan": plan,
        "named": named,
        "form": form,
        "stale": status == 409,
        "stored": stored,
        "seen": saving.seen(stored),
        "changes": saving.since(stored, named),
        "result_url": f"{reverse(f'readiness:{view}', args=[named.guide.slug])}?{named.kept.query}",
        "action": f"{reverse(f'readiness:keep_{view}', args=[named.guide.slug])}?{named.kept.query}",
    }
    template = "readiness/_keep.html" if request.htmx else "readiness/keep.html"
    return render(request, template, context, status=status)


def saved(request):
    """Say so in place, or go to the plan."""
    if request.htmx:
        return render(request, "plan/_saved.html")
    return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=saved")
