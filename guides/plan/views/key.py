"""Whose plan it is: its key and a new one, opening it elsewhere, public computers, forgetting and deleting it."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guides.forms import render_form

from .. import access, browsers, keys, several, summaries
from ..access import PlanRequest, Response, with_plan
from ..forms.keys import ReturnForm
from ..models import Plan
from .items import changing
from .overview import notice

# A key that came in an address waits here, for the question alone, so that the address is gone at once.
WAITING, WAITING_SECONDS = "plan-waiting", 600


def without_referrer(response: Response) -> Response:
    """Keep an address that holds a key out of what the browser sends to the page that it is led on to.

    Never for a page with a form: its `Origin: null` would be refused as another site's.
    """
    response["Referrer-Policy"] = "no-referrer"
    return response


def _to_plan(notice: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('plan:plan')}?notice={notice}")


def _to_key(notice: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('plan:link')}?notice={notice}")


@require_safe
@with_plan
def link(request: PlanRequest, plan: Plan) -> HttpResponse:
    """The plan's key, a link that holds it, and what else opens the plan. The browser's cookie opens it: we cannot.

    A public computer has none to show.
    """
    context = {"plan": plan, "notice": notice(request), "visits": plan.visits.lasting().order_by("begun_at")}
    context |= {"browsers": plan.browsers.all(), "shared_keys": plan.shared_keys.lasting()}
    if plan.visit is None:
        key = browsers.own_key(request, plan)
        context |= {"groups": keys.groups_of(key)}
        opening = f"{settings.SITE_URL}{reverse('plan:return')}"
        context |= {"open_address": opening, "address": f"{opening}?key={key}"}
    return render(request, "plan/link.html", context)


@changing
@require_POST
@with_plan
def new_key(request: PlanRequest, plan: Plan) -> HttpResponse:
    """Give the plan a new key; what had the old one is out. A public computer may not: it would have the new one."""
    if plan.visit is not None:
        return _to_key("")
    response = _to_key("rekeyed")
    keys.keep(response, access.change_key(request, plan))
    return response


@changing
@require_POST
@with_plan
def visit(request: PlanRequest, plan: Plan) -> HttpResponse:
    """This is a public computer after all: it has a visit's key from now on, and no longer the plan's own."""
    if plan.visit is not None:
        return _to_plan("visiting")
    response = _to_plan("visiting")
    keys.keep(response, access.begin_visit(plan))
    several.forget(request, response, plan)
    if plan.browser is not None:
        plan.browser.delete()
    return response


@changing
@require_POST
@with_plan
def end_browser(request: PlanRequest, plan: Plan, pk: int) -> HttpResponse:
    """End what another browser opens, at once; this one is left as by `leave`. A public computer ends none."""
    if plan.browser is not None and plan.browser.pk == pk:
        return HttpResponseRedirect(reverse("plan:leave"))
    if plan.visit is None:
        plan.browsers.filter(pk=pk).delete()
    return _to_key("unshared")


@changing
@require_POST
@with_plan
def close_visit(request: PlanRequest, plan: Plan, pk: int) -> HttpResponse:
    """Close the plan on a public computer, from elsewhere."""
    plan.visits.filter(pk=pk).delete()
    return _to_key("closed")


@require_http_methods(["GET", "HEAD", "POST"])
def open_plan(request: PlanRequest) -> HttpResponse:
    """Where a plan is opened: by its key, typed, or by a return link. It asks, and only the answer opens the plan."""
    return access.private(_opening(request))


def _opening(request: PlanRequest) -> HttpResponse:
    if request.method != "POST":
        return _without_key(request) if "key" in request.GET else _question(request, request.COOKIES.get(WAITING, ""))
    if request.POST.get("do") == "not now":
        return _drop_waiting(HttpResponseRedirect(reverse("guides:home")))
    waiting = "" if "key" in request.POST else request.COOKIES.get(WAITING, "")
    form = ReturnForm(request.POST, linked=bool(waiting))
    if not form.is_valid():
        return render_form(request, "plan/return.html", {"form": form}, form)
    key = form.cleaned_data.get("key") or waiting
    try:
        plan = _by_own_key(request, key)
    except access.UnknownKey:
        return _drop_waiting(HttpResponseRedirect(reverse("plan:unknown")))
    held = access.held(request)
    if held not in (None, plan) and "instead" not in request.POST:
        # Which of the two: the question again, with both named.
        return _wait(key)
    is_public = form.cleaned_data["place"] == "public"
    response = _drop_waiting(_to_plan("visiting" if is_public else "opened"))
    if held is not None:
        _let_go(held)
        several.forget(request, response, held)
    keys.keep(response, access.begin_visit(plan) if is_public else browsers.let_in(request, plan, key))
    return response


def _by_own_key(request: PlanRequest, key: str) -> Plan:
    """Return the plan that its own key opens: what is derived of one opens it where it is kept, and nowhere else."""
    if keys.is_visit(key) or keys.is_browsers(key):
        key = "none"
    return access.find(request, key)


def _let_go(plan: Plan) -> None:
    """End what this browser opens the plan by, if that is a key of its own."""
    for derived in (plan.visit, plan.browser):
        if derived is not None:
            derived.delete()


def _without_key(request: HttpRequest) -> HttpResponse:
    """Lead a return link on to an address without its key, before the browser shows or remembers a page."""
    given = re.sub(r"[^A-Za-z0-9_-]", "", request.GET["key"])[:80]
    return without_referrer(_wait(given or "none"))


def _wait(key: str) -> HttpResponse:
    response = HttpResponseRedirect(reverse("plan:return"))
    response.set_cookie(
        WAITING, key, WAITING_SECONDS, path=reverse("plan:return"), secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


def _drop_waiting(response: Response) -> Response:
    response.delete_cookie(WAITING, path=reverse("plan:return"), samesite="Lax")
    return response


def _question(request: PlanRequest, waiting: str) -> HttpResponse:
    """The page that asks: for the key, where none waits, and whose computer it is.

    It says nothing about the key, except in a browser that holds another plan: there both are named.
    """
    context: dict[str, object] = {"form": ReturnForm(linked=bool(waiting)), "waiting": waiting}
    held = access.held(request)
    if held is not None and waiting:
        try:
            other = _by_own_key(request, waiting)
        except access.UnknownKey:
            return _drop_waiting(HttpResponseRedirect(reverse("plan:unknown")))
        if other != held:
            context |= {"held": summaries.plan_in_words(held), "other": summaries.plan_in_words(other)}
    return render(request, "plan/return.html", context)


@require_safe
def unknown(request: HttpRequest) -> HttpResponse:
    """What every wrong key leads to, at an address that holds none."""
    return access.unknown(request, forget=False)


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def leave(request: PlanRequest, plan: Plan) -> HttpResponse:
    """Forget the plan on this browser, as after using a library's computer. The plan stays."""
    if request.method != "POST":
        return render(request, "plan/leave.html", {"plan": plan})
    response = _to_plan("left")
    _let_go(plan)
    if plan.visit is not None:
        # Copies that the browser made while it was here.
        response["Clear-Site-Data"] = '"cache", "storage"'
    access.forget_all(response, has_others=several.forget(request, response, plan))
    return response


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def delete(request: PlanRequest, plan: Plan) -> HttpResponse:
    """Delete the plan and all its rows, now."""
    if request.method != "POST":
        return render(request, "plan/delete.html", {"plan": plan})
    response = _to_plan("erased")
    access.forget_all(response, has_others=several.forget(request, response, plan))
    plan.delete()
    return response
