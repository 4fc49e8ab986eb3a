"""The page that takes a pasted text. It is read for this one answer; what is confirmed goes into the plan."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guides.forms import render_form
from guides.plan import access
from guides.plan.access import PlanRequest, personal
from guides.plan.models import Application, Plan
from guides.plan.views.items import changing

from . import saving
from .forms import PastedEntryForm, PasteForm, candidates
from .reading import read


@changing
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def paste(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """Take a text, show what it says with the lines that say it, and save what the person makes of that."""
    text = PasteForm(request.POST if request.method == "POST" else None)
    if not text.is_valid():
        return _page(request, plan, text)
    pasted = read(text.cleaned_data["text"], timezone.localdate())
    there = candidates(pasted, list(Application.objects.filter(plan=plan))) if plan else []
    if request.POST.get("do") != "save":
        return _page(request, plan, text, PastedEntryForm(pasted=pasted, candidates=there))
    entry = PastedEntryForm(request.POST, pasted=pasted, candidates=there)
    if entry.is_valid():
        try:
            application = saving.save(plan or access.make(request), entry.cleaned_data)
        except ValidationError as refusal:
            entry.add_error(None, refusal)
        else:
            return HttpResponseRedirect(f"{application.get_absolute_url()}?notice=saved")
    return _page(request, plan, text, entry)


def _page(
    request: PlanRequest, plan: Plan | None, text: PasteForm, entry: PastedEntryForm | None = None
) -> HttpResponse:
    forms = [entry] if entry else [text]
    context = {"plan": plan, "form": text, "entry": entry}
    return render_form(request, "openings/paste.html", context, *forms)
