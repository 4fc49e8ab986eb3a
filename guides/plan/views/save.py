"""From a reading page into the plan, and the plan's marks back onto the reading page."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from guides.forms import render_form

from .. import access, item_types, saving
from ..access import PlanRequest, personal
from ..forms.saving import SaveChoicesForm, SaveForm
from ..models import Plan
from .items import changing
from .overview import asked


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def save(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """The form that saves a guide or a step, and what it sends. HTMX gets the form alone, to show it in place."""
    query = asked(SaveForm, request)
    subject = saving.subject_of(query["guide"], query["step"])
    form = SaveChoicesForm(request.POST if request.method == "POST" else None, auto_id=f"{subject.anchor}-%s")
    count = len(subject.steps)
    form.fields["steps"].label = ngettext(
        "with its step as a checklist", "with its %(number)s steps as a checklist", count
    ) % {"number": count}
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan or access.make(request)
            saving.save(plan, subject, form.cleaned_data["steps"], form.cleaned_data["due_on"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _saved(request, subject)
    is_saved = plan is not None and saving.is_saved(plan, subject)
    has_all = plan is not None and is_saved and not saving.missing(plan, subject)
    part = "plan/_saved.html" if has_all else "plan/_save.html"
    context = {"plan": plan, "subject": subject, "form": form, "query": request.GET.urlencode(), "part": part}
    return render_form(request, part if request.htmx else "plan/save.html", context | {"is_saved": is_saved}, form)


def _saved(request: PlanRequest, subject: saving.Subject) -> HttpResponse:
    """Say so in place, or go to the plan."""
    if request.htmx:
        return render(request, "plan/_saved.html", {"subject": subject})
    return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=saved")


@require_safe
@personal
def marks(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """What the plan holds of what reading pages can save: the address of each save link there, and its words.

    A link names what it saves by the type of item and its fields, such as 'steps/library-aide/apply'; a guide or an
    occupation in a list is named so by its own address. Asked for only by browsers that have a plan. Without one the
    answer says so, and the browser stops asking.
    """
    if plan is None:
        return JsonResponse({"plan": False})
    result = {}
    for item_type in item_types.all_types().values():
        for item in item_type.of_plan(plan) if item_type.mark else ():
            named = "/".join([item_type.slug, *(getattr(item, name) for name in item_type.mark)])
            text = _("Done") if getattr(item, "done_on", None) else _("In your plan")
            result[named] = {"text": text, "href": f"{reverse('plan:plan')}#{item.anchor}"}
    return JsonResponse({"plan": True, "marks": result})
