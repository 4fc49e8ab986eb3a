"""The plan's pages: the overview, the application log, the proof-of-search record."""

import csv
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.forms import refused

from .. import item_types, summaries, week
from ..access import PlanRequest, personal, with_plan
from ..forms.pages import NOTICES, LogForm, NoticeForm, RecordMonthForm, WeekForm
from ..models import Application, Plan


def asked(form_class: type[forms.Form], request: HttpRequest) -> dict[str, Any]:
    """Return what the query string asks for; refuse what no page of ours sends."""
    form = form_class(request.GET)
    if not form.is_valid():
        raise refused(form)
    return form.cleaned_data


def notice(request: HttpRequest) -> str:
    """Return the sentence about what the page before this one did, or nothing."""
    return str(NOTICES.get(asked(NoticeForm, request)["notice"], ""))


@require_safe
@personal
def overview(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """The plan on one page; for a browser without one, how to start."""
    if plan is None:
        forgotten = request.GET.get("notice") in {"erased", "left"}
        return render(request, "plan/start.html", {"notice": notice(request), "forgotten": forgotten})
    items = item_types.explained(item_types.all_items(plan))
    dates = item_types.all_dates(items)
    applications = summaries.by_urgency(item_types.items_of(items, Application))
    to_do, panels = summaries.panels(items)
    context = {
        "plan": plan,
        "notice": notice(request),
        "week": week.this_week(items, asked(WeekForm, request)["hours"]),
        "dates": dates,
        "past": [dated for dated in dates if dated.past],
        "ahead": [dated for dated in dates if not dated.past],
        "guides": summaries.guides_of(items),
        "applications": applications,
        "unfolded": summaries.is_small(items),
        "to_do": to_do,
        "panels": panels,
    }
    return render(request, "plan/overview.html", context)


@require_safe
@with_plan
def applications(request: PlanRequest, plan: Plan) -> HttpResponse:
    """The application log: a board by status, or a plain table."""
    query = asked(LogForm, request)
    rows = summaries.by_urgency(item_types.items_of(item_types.applications_of(plan), Application))
    context = {"plan": plan, "notice": notice(request), "count": len(rows), "statuses": Application.Status.choices}
    if query["view"] == "table":
        context |= {"page": summaries.table(rows, query["page"]), "view": "table"}
    else:
        context |= {"columns": summaries.board(rows), "view": "board"}
    return render(request, "plan/applications.html", context)


def _months(request: HttpRequest, plan: Plan) -> tuple[list[summaries.Month], list[summaries.Month]]:
    """Return all months of the record, and those that the address asks for."""
    months = summaries.record(item_types.items_of(item_types.applications_of(plan), Application))
    month = asked(RecordMonthForm, request)["month"]
    return months, [each for each in months if month is None or each.slug == f"{month:%Y-%m}"]


@require_safe
@with_plan
def record(request: PlanRequest, plan: Plan) -> HttpResponse:
    """What was done in the search, month by month: to print, and to show to whoever asks for proof."""
    months, chosen = _months(request, plan)
    context = {"plan": plan, "months": months, "chosen": chosen, "query": request.GET.urlencode()}
    return render(request, "plan/record.html", context)


# What a formula starts with, in full width too, as spreadsheets in East Asia take it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


@require_safe
@with_plan
def record_csv(request: PlanRequest, plan: Plan) -> HttpResponse:
    """The same record as a file, oldest first."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="search-record.csv"'
    response.write("\ufeff")  # without it Excel takes UTF-8 for something else
    writer = csv.writer(response)
    heads = [_("Date"), _("What"), _("Job title"), _("Employer"), _("Link"), _("Contact"), _("Documents sent")]
    writer.writerow([*heads, _("Status now")])
    for month in reversed(_months(request, plan)[1]):
        for dated, sent in month.applications():
            cells = [sent.post, sent.employer, sent.link, sent.contact, "; ".join(sent.document_list())]
            row = [dated.on.isoformat(), dated.evidence, *cells, str(sent.get_status_display())]
            writer.writerow([safe_cell(cell) for cell in row])
    return response
