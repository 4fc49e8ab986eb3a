"""Taking a plan along: calendar file, export, import."""

from collections.abc import Iterable

from django.core import signing
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from guides import uploads
from guides.forms import render_form
from guides.registry.throttling import throttled

from .. import access, calendars, item_types, merging, plan_file, room, schema
from ..access import PlanRequest, personal, with_plan
from ..forms.transfer import PlanImportForm, TallyForm
from ..models import Plan
from .overview import asked

# What surrounds the file in the body of the request.
FORM_BYTES = 20_000


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Return an answer that the browser saves as a file."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@with_plan
def calendar_file(request: PlanRequest, plan: Plan) -> HttpResponse:
    """Every date of the plan, for a calendar program."""
    dates = item_types.all_dates(item_types.all_items(plan))
    return download(calendars.calendar(dates), "my-plan.ics", "text/calendar; charset=utf-8")


@gzip_page
@require_safe
@with_plan
def export(request: PlanRequest, plan: Plan) -> HttpResponse:
    """The whole plan as a file that `take_in` takes."""
    return download(plan_file.dump(plan), "my-plan.json", "application/json")


@require_safe
@cache_control(public=True, max_age=3600)
def schema_file(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a plan file, for other programs."""
    response = JsonResponse(schema.plan_schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Content-Type"] = "application/schema+json"
    return response


@personal
def too_large(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """The form for a plan file again, with the reason: nothing of what was sent has been read."""
    return _import_page(request, plan, PlanImportForm({}), plan_file.too_large().reasons)


def _import_page(
    request: HttpRequest, plan: Plan | None, form: PlanImportForm, refusals: Iterable[str] = ()
) -> HttpResponse:
    """Render the form for a plan file, and why the one that was sent is refused."""
    for reason in refusals:
        form.add_error("file", reason)
    return render_form(request, "plan/import.html", {"plan": plan, "form": form}, form)


@throttled("plan-import", most=300, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@uploads.takes_files(room.MOST_BYTES + FORM_BYTES, too_large)
@personal
def take_in(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """The form for a plan file, and what it sends."""
    if request.method != "POST":
        return _import_page(request, plan, PlanImportForm())
    form = PlanImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, plan, form)
    file = form.cleaned_data["file"]
    try:
        items = plan_file.read(file.read() if file else b"")
        own = plan or access.make(request)
        tallies = merging.take_in(own, items, form.cleaned_data["way"])
    except plan_file.PlanFileRefused as refusal:
        return _import_page(request, plan, form, refusal.reasons)
    except ValidationError as refusal:
        if plan is None:
            access.unmake(request, own)
        return _import_page(request, plan, form, refusal.messages)
    return HttpResponseRedirect(f"{reverse('plan:imported')}?{urlencode({'taken': merging.sign(own, tallies)})}")


@require_safe
@with_plan
def imported(request: PlanRequest, plan: Plan) -> HttpResponse:
    """What became of the file that the import took, as it signed it: how many of each kind, and what stayed out."""
    try:
        tallies = merging.read_signed(plan, asked(TallyForm, request)["taken"])
    except signing.BadSignature:
        raise BadRequest(
            _("“taken” does not say what this plan took from a file: it was written or cut short by hand.")
        ) from None
    kinds = [
        (kind, tally.sentences(), kind.of_plan(plan).filter(slug__in=tally.own)) for kind, tally in tallies.items()
    ]
    left_out = any(tally.stayed + tally.twice for tally in tallies.values())
    return render(request, "plan/imported.html", {"plan": plan, "kinds": kinds, "left_out": left_out})
