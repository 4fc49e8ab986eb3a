"""The exercises, the same for everyone; and answers, which are one person's: made from the address, stored nowhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guides.forms import render_form
from guides.plan import access
from guides.plan.access import PlanRequest, personal
from guides.plan.models import Plan
from guides.plan.views.items import changing
from guides.registry.public_pages import same_for_everyone

from . import reading, saving
from .forms import AnswerForm
from .models import ExerciseItem
from .reading import Live


@require_safe
@same_for_everyone
def list_page(request: HttpRequest) -> HttpResponse:
    """Every exercise."""
    return render(request, "exercises/list.html", {"editions": reading.listed()})


@require_safe
@same_for_everyone
def exercise(request: HttpRequest, exercise: str) -> HttpResponse:
    """An exercise: what it is about, and its items by level."""
    live = reading.live(exercise)
    return render(request, "exercises/exercise.html", {"live": live, "exercise": live.exercise})


@require_safe
@same_for_everyone
def item(request: HttpRequest, exercise: str, item: str) -> HttpResponse:
    """An item of an exercise, to be answered."""
    live = reading.live(exercise)
    exercise_item = live.find(item)
    return render(request, "exercises/item.html", context_of(live, exercise_item, live.kind.form(exercise_item)))


@require_safe
def answer(request: HttpRequest, exercise: str, item: str) -> HttpResponse:
    """What is right about the answer that the address holds, and why; the item again where it is none."""
    live = reading.live(exercise)
    exercise_item = live.find(item)
    form = live.kind.form(exercise_item, request.GET)
    context = context_of(live, exercise_item, form)
    if not form.is_valid():
        return access.private(render_form(request, "exercises/item.html", context, form))
    context |= {"outcome": form.outcome(), "next": live.after(exercise_item), "answer": request.GET.urlencode()}
    return access.private(render(request, "exercises/answer.html", context))


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def keep(request: PlanRequest, plan: Plan | None, exercise: str, item: str) -> HttpResponse:
    """Keep in the plan that an item was done, with the answer that the address holds."""
    live = reading.live(exercise)
    exercise_item = live.find(item)
    form = live.kind.form(exercise_item, request.GET)
    answer_url = f"{reverse('exercises:answer', args=[exercise, item])}?{request.GET.urlencode()}"
    if not form.is_valid():
        return HttpResponseRedirect(answer_url)
    refusal = saving.KeepExerciseForm(request.POST if request.method == "POST" else None)
    if refusal.is_bound and refusal.is_valid():
        try:
            plan = plan or access.make(request)
            saving.keep(plan, live.exercise, exercise_item, form.outcome())
        except ValidationError as error:
            refusal.add_error(None, error)
        else:
            return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=saved")
    context = context_of(live, exercise_item, refusal) | {
        "plan": plan,
        "outcome": form.outcome(),
        "answer_url": answer_url,
        "action": request.get_full_path(),
    }
    return render_form(request, "exercises/keep.html", context, refusal)


def context_of(live: Live, item: ExerciseItem, form: "AnswerForm | saving.KeepExerciseForm") -> dict[str, Any]:
    """What every page of an item may show."""
    return {
        "live": live,
        "exercise": live.exercise,
        "item": item,
        "form": form,
        "template": live.kind.template,
        "answer_template": live.kind.answer_template,
        "number": live.items.index(item) + 1,
        "count": len(live.items),
    }
