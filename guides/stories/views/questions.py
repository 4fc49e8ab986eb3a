"""A guide's interview questions: which have a story, which could have one, and which story is still to be told."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.plan.access import PlanRequest, personal
from guides.plan.models import Plan
from guides.reading import reader

from .. import answering
from ..models import Story


@require_safe
@personal
def cut_short(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """Lead whoever cuts an address short to the list, where the guides stand."""
    return HttpResponseRedirect(reverse("stories:list"))


def _stories(plan: Plan | None) -> list[Story]:
    return list(Story.objects.filter(plan=plan)) if plan else []


@require_safe
@personal
def questions(request: PlanRequest, plan: Plan | None, guide: str) -> HttpResponse:
    """Every question of a guide that is asked of the person: those without a story first."""
    reading = reader.live(guide)
    asked = answering.asked(reading, _stories(plan))
    without = [one for one in asked if not one.stories]
    context = {
        "plan": plan,
        "guide": reading.guide,
        "count": len(asked),
        "answered": [one for one in asked if one.stories],
        "could": [one for one in without if one.candidates],
        "none": [one for one in without if not one.candidates],
    }
    return render(request, "stories/questions.html", context)


@require_safe
@personal
def question(request: PlanRequest, plan: Plan | None, guide: str, question: str) -> HttpResponse:
    """One question: the stories for it, those that could answer it, and the way to a new one."""
    reading = reader.live(guide)
    stories = _stories(plan)
    one = next(iter(answering.asked(reading, stories, only=question)), None)
    if one is None:
        raise Http404
    shown = {story.pk for story in one.stories} | {candidate.story.pk for candidate in one.candidates}
    context = {
        "plan": plan,
        "guide": reading.guide,
        "asked": one,
        "question": one.question,
        "others": [story for story in stories if story.pk not in shown],
    }
    return render(request, "stories/question.html", context)
