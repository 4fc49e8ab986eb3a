"""Writing a story: on one page, or one part after the other. Each step is a change of its own, and kept at once."""

import re
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from guides.forms import refused, render_form
from guides.plan import item_types, room, sync, validators
from guides.plan.access import PlanRequest, personal, with_plan
from guides.plan.forms.items import PlanItemForm, form_for
from guides.plan.models import Plan
from guides.plan.views.items import changing
from guides.reading import reader

from .. import examples, guides_of_plan, keeping
from ..forms import ForQuestionForm, StoryForm, name_from_words
from ..models import Story
from .stories import story_or_404

STEPS = (*Story.PARTS, "name")


def _form(*names: str, story: Story | None = None) -> PlanItemForm:
    """A form of all texts, or of those named."""
    return form_for(item_types.of(Story), names or None, StoryForm)(instance=story)


def _subject(sent: QueryDict) -> dict[str, str]:
    """The question that a new story is for, as guide and question; empty where it is for none."""
    form = ForQuestionForm(sent)
    if not form.is_valid():
        raise refused(form)
    return form.cleaned_data


def _first_question(story: Story | None) -> dict[str, str]:
    """The question that a story answers, as guide and question; empty where it answers none."""
    key = next(iter(story.question_slugs), "") if story else ""
    guide, _slash, question = key.partition("/")
    return {"guide": guide, "question": question}


def _step_of(sent: QueryDict) -> str:
    """The step that a form is; empty for the form of all texts."""
    step = sent.get("step", "")
    if step and step not in STEPS:
        raise BadRequest(_("“step” names no part of a story."))
    return step


def _page(
    request: PlanRequest,
    plan: Plan | None,
    form: PlanItemForm,
    *,
    story: Story | None = None,
    slug: str = "",
    step: str = "",
    subject: dict[str, str] | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render the form with an example for each part."""
    subject = subject or _first_question(story)
    readings = [*reader.several([subject["guide"]]), *guides_of_plan.readings(plan, [story] if story else [])]
    example = examples.find(readings, **subject)
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "story": story,
        "slug": slug,
        "step": step,
        "subject": subject,
        "example": example,
        "fields": [(field, example.of(field.name) if example else "") for field in form],
    }
    if step:
        number = STEPS.index(step)
        context |= {"number": number + 1, "count": len(STEPS), "before": STEPS[number - 1] if number else ""}
    return render_form(request, "stories/write.html", context, form, status=status)


def _onward(story: Story, step: str) -> HttpResponseRedirect:
    """After a step the next one, after the last and after the form of all texts the story."""
    if step and step != STEPS[-1]:
        following = STEPS[STEPS.index(step) + 1]
        return HttpResponseRedirect(reverse("stories:step", args=[story.slug, following]))
    return HttpResponseRedirect(story.get_absolute_url())


@changing
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def new(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """All parts of a new story on one page, and what that form or a first step sends."""
    if request.method != "POST":
        return _page(request, plan, _form(), slug=validators.new_slug(), subject=_subject(request.GET))
    slug, step, subject = request.POST.get("slug", ""), _step_of(request.POST), _subject(request.POST)
    if not re.fullmatch(validators.ITEM_SLUG, slug):
        raise BadRequest(_("The form does not say which story it is. Open the page again, and write it there."))
    form = sync.bind(item_types.of(Story), request.POST, None, StoryForm)
    if form.is_valid():
        story: Any = form.instance
        story.slug, story.name = slug, story.name or _named(story)
        if subject["guide"] and subject["question"]:
            story.questions = f"{subject['guide']}/{subject['question']}"
        try:
            return _onward(keeping.add(request, plan, story), step)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    return _page(request, plan, form, slug=slug, step=step, subject=subject)


def _named(story: Story) -> str:
    return name_from_words(words for _label, words in story.labeled_texts())


@require_safe
@personal
def new_in_steps(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """The first part of a new story."""
    subject = _subject(request.GET)
    return _page(request, plan, _form(STEPS[0]), slug=validators.new_slug(), step=STEPS[0], subject=subject)


@require_safe
@with_plan
def step(request: PlanRequest, plan: Plan, slug: str, step: str) -> HttpResponse:
    """One part of a story."""
    story = story_or_404(plan, slug)
    if step not in STEPS:
        raise Http404
    return _page(request, plan, _form(step, story=story), story=story, step=step)


@changing
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def edit(request: PlanRequest, plan: Plan, slug: str) -> HttpResponse:
    """All parts of a story, and what that form or a step sends: only what was changed is changed (plan/sync.py)."""
    if not re.fullmatch(validators.ITEM_SLUG, slug):
        raise Http404
    if request.method != "POST":
        story = story_or_404(plan, slug)
        return _page(request, plan, _form(story=story), story=story)
    item_type, step = item_types.of(Story), _step_of(request.POST)
    stored = Story.objects.filter(plan=plan, slug=slug).first()
    form = sync.bind(item_type, request.POST, stored, StoryForm)
    if stored is None:
        # Deleted elsewhere: what was typed stands in the form, which makes a new story of it.
        form.is_valid()
        return _page(request, plan, form, slug=slug, step="" if len(form.fields) > 1 else step, status=409)
    if not form.is_valid():
        return _page(request, plan, form, story=stored, step=step)
    try:
        with room.changing(plan):
            changed = sync.change(form, item_type.of_plan(plan).filter(slug=slug))
    except sync.Gone:
        return _page(request, plan, form, slug=slug, step=step, status=409)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _page(request, plan, form, story=stored, step=step)
    if changed is None:
        return _page(request, plan, form, story=stored, step=step, status=409)
    return _onward(stored, step)
