"""Showing a plan to others without giving it away: a calendar that reads its dates, a helper who reads or comments."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guides.forms import render_form

from .. import access, calendars, item_types, purposes, room, summaries
from ..access import PlanRequest, with_plan
from ..forms.sharing import HelpersCommentForm, ShareForm
from ..models import HELPERS_MAY_FOR, Application, Comment, Note, Plan, SharedKey
from .items import changing
from .key import without_referrer
from .overview import notice

HELPER_COOKIE = "plan-helper"
HELPERS = (purposes.READER, purposes.COMMENTER)


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def share(request: PlanRequest, plan: Plan) -> HttpResponse:
    """Who may see the plan, and the form that lets somebody. Its answer shows the address, this one time."""
    form = ShareForm(request.POST) if request.method == "POST" else ShareForm()
    context: dict[str, Any] = {"plan": plan, "form": form, "notice": notice(request)}
    if request.method == "POST" and plan.visit is None and form.is_valid():
        try:
            made, path = purposes.make(plan, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            context |= {"made": made, "address": f"{settings.SITE_URL}{path}", "form": ShareForm()}
    context["shared_keys"] = plan.shared_keys.lasting()
    return render_form(request, "plan/share.html", context, form)


@changing
@require_POST
@with_plan
def end(request: PlanRequest, plan: Plan, pk: int) -> HttpResponse:
    """End what a key for others opens, at once."""
    plan.shared_keys.filter(pk=pk).delete()
    return HttpResponseRedirect(f"{reverse('plan:share')}?notice=unshared")


@require_safe
def dates(request: PlanRequest) -> HttpResponse:
    """The plan's dates for a calendar program that asks again and again, by a key of its own."""
    try:
        plan = access.shared(request, request.GET.get("key", ""), purposes.CALENDAR).plan
    except access.UnknownKey:
        return access.private(HttpResponse("No calendar opens with this key.\n", status=404, content_type="text/plain"))
    content = calendars.calendar(item_types.all_dates(item_types.all_items(plan)))
    return access.private(HttpResponse(content, content_type="text/calendar; charset=utf-8"))


def _helper(request: PlanRequest) -> SharedKey:
    return access.shared(request, request.COOKIES.get(HELPER_COOKIE, ""), *HELPERS)


@require_safe
def shared(request: PlanRequest) -> HttpResponse:
    """Somebody's plan as a helper sees it: to read. The key of a link goes into a cookie of this page alone."""
    if "key" in request.GET:
        response = HttpResponseRedirect(reverse("plan:shared"))
        key = re.sub(r"[^A-Za-z0-9_-]", "", request.GET["key"])[:80]
        response.set_cookie(
            HELPER_COOKIE,
            key,
            int(HELPERS_MAY_FOR.total_seconds()),
            path=reverse("plan:shared"),
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
        return without_referrer(access.private(response))
    try:
        shared_key = _helper(request)
    except access.UnknownKey:
        return access.private(_nothing(request))
    return access.private(_page(request, shared_key))


@changing
@sensitive_post_parameters("text")
@require_POST
def comment(request: PlanRequest) -> HttpResponse:
    """Put a helper's comment beside what it speaks of."""
    try:
        shared_key = access.shared(request, request.COOKIES.get(HELPER_COOKIE, ""), purposes.COMMENTER)
    except access.UnknownKey:
        # The page says what the link opens, or that it opens nothing.
        return access.private(HttpResponseRedirect(reverse("plan:shared")))
    titles = _titles(shared_key.plan)
    form = HelpersCommentForm(request.POST, about=titles)
    if not form.is_valid():
        return access.private(_page(request, shared_key, form))
    about = form.cleaned_data["about"]
    try:
        with room.changing(shared_key.plan):
            Comment.objects.create(
                plan=shared_key.plan,
                author=shared_key.name,
                about=about,
                about_name=titles.get(about, "")[:150],
                text=form.cleaned_data["text"],
            )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return access.private(_page(request, shared_key, form))
    return access.private(HttpResponseRedirect(f"{reverse('plan:shared')}?notice=commented"))


@require_POST
def close_shared(request: PlanRequest) -> HttpResponse:
    """Forget a helper's link on this browser; it goes on opening the plan elsewhere."""
    response = HttpResponseRedirect(reverse("guides:home"))
    response.delete_cookie(HELPER_COOKIE, path=reverse("plan:shared"), samesite="Lax")
    return access.private(response)


def _nothing(request: HttpRequest) -> HttpResponse:
    response = render(request, "plan/not_shared.html", status=404)
    response.delete_cookie(HELPER_COOKIE, path=reverse("plan:shared"), samesite="Lax")
    return response


def _titles(plan: Plan) -> dict[str, str]:
    """What a comment can be about: the title of each item by its anchor."""
    items = item_types.all_items(plan)
    return {
        item.anchor: item.title for item_type, rows in items.items() if item_type.model is not Comment for item in rows
    }


def _page(request: PlanRequest, shared_key: SharedKey, form: HelpersCommentForm | None = None) -> HttpResponse:
    plan = shared_key.plan
    items = item_types.all_items(plan)
    context = {
        "shared_key": shared_key,
        "notice": notice(request) if request.method != "POST" else "",
        "guides": summaries.guides_of(items),
        "checklists": summaries.checklists(items),
        "dates": item_types.all_dates(items),
        "notes": item_types.items_of(items, Note),
        "page": summaries.by_urgency(item_types.items_of(items, Application)),
        "comments": item_types.items_of(items, Comment),
    }
    if shared_key.purpose != purposes.COMMENTER:
        return render(request, "plan/shared.html", context)
    form = form or HelpersCommentForm(about=_titles(plan))
    return render_form(request, "plan/shared.html", context | {"form": form}, form)
