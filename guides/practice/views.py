"""Practicing: a page that is the same for everyone, where the browser counts; and one that counts what is typed."""

from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from guides.forms import render_form
from guides.plan import access
from guides.plan.access import PlanRequest, personal
from guides.plan.models import Plan
from guides.plan.views.items import changing
from guides.reading import reader
from guides.reading.reader import Reading
from guides.registry.public_pages import same_for_everyone

from . import saving, sessions, showing, vocabulary
from .forms import SessionForm
from .sessions import Session

# This page alone may ask for the microphone, and play what it recorded; every other one is held shut (settings.py).
may_listen = permissions_policy_override(
    {**settings.PERMISSIONS_POLICY, "microphone": ["self"], "on-device-speech-recognition": ["self"]}
)
may_play = csp_update({"media-src": ["blob:"]})


@require_safe
@same_for_everyone  # type: ignore[arg-type]  # the types of the two below know answers in general
@may_listen
@may_play  # type: ignore[arg-type]  # its types know no view with arguments
def session(request: HttpRequest, guide: str, number: int = 1) -> HttpResponse:
    """A session of five questions, answered in the browser alone, with the words that it counts by."""
    reading = reader.live(guide)
    return render(request, "practice/session.html", context_of(reading, session_or_404(reading, number)))


@changing
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def written(request: PlanRequest, plan: Plan | None, guide: str, number: int) -> HttpResponse:
    """The same session as a form: what is typed is counted for this one answer, and stored only where that is asked."""
    reading = reader.live(guide)
    asked = session_or_404(reading, number)
    form = SessionForm(asked.questions, request.POST if request.method == "POST" else None)
    context = context_of(reading, asked) | {"plan": plan, "form": form, "answered": 0}
    if form.is_bound and form.is_valid():
        words, answers = context["vocabulary"], form.answers
        looks = [showing.look(one, answers.get(one.slug, ""), words, context["cautions"]) for one in asked.questions]
        total = showing.of_session(answers, words)
        context |= {"looks": looks, "total": total, "answered": len(answers), "typed": "\n".join(answers.values())}
        if request.POST.get("do") == "keep":
            try:
                plan = plan or access.make(request)
                saving.keep(plan, reading.guide, looks, total, form.cleaned_data["with_answers"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=saved")
    looks_by_slug = {look.question.slug: look for look in context.get("looks", [])}
    context["asked"] = [(one, form[f"answer.{one.slug}"], looks_by_slug.get(one.slug)) for one in asked.questions]
    return render_form(request, "practice/written.html", context, form)


def session_or_404(reading: Reading, number: int) -> Session:
    """Return the session of a guide with that number, or raise Http404."""
    found = sessions.find(reading.guide, number)
    if found is None:
        raise Http404
    return found


def context_of(reading: Reading, asked: Session) -> dict[str, Any]:
    """What both pages of a session show."""
    words, questions = vocabulary.of_guide(reading), reading.guide.interviewquestions.all()
    return {
        "guide": reading.guide,
        "session": asked,
        "vocabulary": words,
        "cautions": vocabulary.cautions(reading),
        "empty_rows": showing.rows({}, words),
        "empty_total": showing.rows({}, words, showing.OF_SESSION),
        "question_count": len(questions),
        "own_questions": [one for one in questions if not one.is_theirs],
    }
