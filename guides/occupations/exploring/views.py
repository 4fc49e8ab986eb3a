"""Not sure? `/explore/` asks a few questions; its address holds the answers, and nobody keeps them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guides.forms import render_form
from guides.registry.private_pages import private
from guides.registry.public_pages import same_for_everyone

from . import activities, stored
from .forms import STEPS, ExploreForm
from .matching import MOST_POINTS, Matching
from .results import Results, order_said


@require_safe
@same_for_everyone
def explore(request: HttpRequest) -> HttpResponse:
    """The questions; with answers what fits them. The same answers in another order lead to one address."""
    data = stored.data()
    if data is None:
        return render(request, "occupations/explore/none.html")
    if not request.GET:
        return render(request, "occupations/explore/form.html", questions(data, ExploreForm(), 1))
    form = ExploreForm(request.GET)
    if not form.is_valid():
        return private(render_form(request, "occupations/explore/form.html", questions(data, form), form))
    answers, step = form.answers, step_in(request)
    if not step and not answers.given and "show" not in request.GET:
        return private(HttpResponseRedirect(reverse("occupations:explore")))
    query = answers.at_step(step) if step else answers.query
    if urlencode([(name, value) for name in request.GET for value in request.GET.getlist(name)]) != query:
        return private(HttpResponseRedirect(f"{reverse('occupations:explore')}?{query}"))
    if step:
        return private(render(request, "occupations/explore/form.html", questions(data, form, step)))
    results = Results(data, answers, Matching(data, answers, stored.parts(answers.like, answers.state)))
    context = {"results": results, "answers": answers, "order": order_said(answers), "most_points": MOST_POINTS}
    return private(render(request, "occupations/explore/results.html", context))


def step_in(request: HttpRequest) -> int:
    """Return the number of the step that the address asks for, 0 where it asks for what fits.

    What is no number is the first step, and one behind the last the last.
    """
    text = request.GET.get("step", "")
    if not text:
        return 0
    number = int(text[:3]) if text.isascii() and text.isdigit() else 1
    return min(max(number, 1), len(STEPS))


def questions(data: stored.Data, form: ExploreForm, step: int = 0) -> dict[str, Any]:
    """Return what the page of questions needs; without a step all of them are shown on a phone too."""
    offered = [
        (group, [each for each in group.activities if each.slug in data.interests]) for group in activities.groups()
    ]
    chosen = form.chosen
    return {
        "form": form,
        "step": step,
        "steps": [(number, [form[name] for name in names]) for number, names in enumerate(STEPS, 1)],
        "before": step - 1,
        "after": step + 1 if step and step < len(STEPS) else 0,
        "count": len(STEPS),
        "groups": [
            (group, offer, sum(each.slug in chosen for each in offer) + (group.slug in chosen))
            for group, offer in offered
            if offer
        ],
        "chosen": chosen,
        "occupations": len(data.candidates),
    }
