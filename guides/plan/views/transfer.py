"""Taking a plan along: calendar file, export, import, packet."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from guides.reading import reader
from guides.registry.throttling import throttled

from .. import access, calendars, item_types, plan_file, schema, summaries
from ..access import personal, with_plan
from ..forms import ImportForm, PacketForm
from .overview import asked


def download(content, name, content_type):
    """Return an answer that the browser saves as a file."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@with_plan
def calendar_file(request, plan):
    """Every date of the plan, for a calendar program."""
    dates = item_types.all_dates(item_types.all_items(plan))
    return download(calendars.calendar(dates), "my-plan.ics", "text/calendar; charset=utf-8")


@require_safe
@with_plan
def export(request, plan):
    """The whole plan as a file that `take_in` takes."""
    response = JsonResponse(plan_file.export(plan), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-plan.json"'
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def schema_file(request):
    """The JSON Schema of a plan file, for other programs."""
    response = JsonResponse(schema.plan_schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Content-Type"] = "application/schema+json"
    return response


@throttled("plan-import", most=60, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def take_in(request, plan):
    """The form for a plan file, and what it sends."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    status = 200
    if request.method == "POST":
        try:
            items = plan_file.read(_uploaded(request, form))
            plan = plan or access.make(request)
            plan_file.take_in(plan, items, replace=form.cleaned_data["replace"] == "yes")
            return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=imported")
        except plan_file.Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("file", reason)
            status = 422
    return render(request, "plan/import.html", {"plan": plan, "form": form}, status=status)


def _uploaded(request, form):
    """Return the bytes of the uploaded file, or raise Refused.

    Files are read into memory alone (FILE_UPLOAD_HANDLERS); one that is too large for that does not arrive.
    """
    if not form.is_valid():
        raise plan_file.Refused(*[message for messages in form.errors.values() for message in messages])
    file = form.cleaned_data["file"]
    if file is None and int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise plan_file.too_large()
    return file.read() if file else b""


@require_safe
@with_plan
def packet(request, plan):
    """Guide, plan and log in one, to print or to save as PDF. `?guide=` chooses among the saved guides."""
    items = item_types.all_items(plan)
    guides = summaries.guides_of(items)
    wanted = asked(PacketForm, request)["guide"]
    chosen = next((guide for guide in guides if guide.slug == wanted), next(iter(guides), None))
    context = {
        "plan": plan,
        "today": timezone.localdate(),
        "guides": guides,
        "checklists": summaries.checklists(items),
        "chosen": chosen,
        "dates": item_types.all_dates(items),
        "notes": items[item_types.all_types()["notes"]],
        "page": summaries.by_urgency(items[item_types.all_types()["applications"]]),
    }
    if chosen and chosen.is_live:
        found = reader.live(chosen.slug).open()
        context |= {"reading": found, "guide": found.guide, "card": found.card}
        context |= {"months_from": found.months_from, "months_to": found.months_to}
    return render(request, "plan/packet.html", context)
