"""Several plans in one browser: their names, opening another, switching, and a form that was begun for another."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import access, keys, several
from ..access import PlanRequest, personal
from ..models import Plan
from .items import changing
from .overview import notice


class _SentOn(HttpResponseRedirect):
    """Leads on with what the form sent."""

    status_code = 307


@require_safe
@personal
def plans(request: PlanRequest, plan: Plan | None) -> HttpResponse:
    """The plans of this browser by name, and the form that names the open one."""
    named = several.names(request)
    here = several.mark(plan)
    is_full = len(named) >= several.MOST and here not in named
    context = {"plan": plan, "notice": notice(request), "named": named, "name": named.get(here, ""), "is_full": is_full}
    return render(request, "plan/several.html", context | {"longest": several.LONGEST_NAME})


@changing
@require_POST
def keep(request: PlanRequest) -> HttpResponse:
    """Keep the open plan under a name; and put it aside, where another is to be opened."""
    plan = access.held(request)
    is_another = request.POST.get("do") == "another"
    response = _to("plan:return") if is_another else _to("plan:several", "named")
    if plan is None or plan.visit is not None:
        return response if plan is None else _to("plan:several")
    named = several.names(request)
    if len(named) >= several.MOST and several.mark(plan) not in named:
        return _to("plan:several", "full")
    several.keep_names(response, _with(named, plan, request.POST.get("name", "")))
    if is_another:
        several.put_aside(request, response, plan)
    return access.private(response)


@changing
@require_POST
def switch(request: PlanRequest) -> HttpResponse:
    """Open the plan with the mark `to`. First the browser puts the open one aside: that is one request, this one."""
    to = request.POST.get("to", "")
    if not several.MARK.fullmatch(to):
        return _to("plan:several", "gone")
    plan, place = access.held(request), several.place(to)
    response = _SentOn(place) if "then" in request.POST else HttpResponseRedirect(place)
    if several.mark(plan) == to:
        return _on(request)
    if plan is not None and plan.visit is not None:
        return _to("plan:plan")
    if plan is not None:
        several.keep_names(response, _with(several.names(request), plan, ""))
        several.put_aside(request, response, plan)
    return access.private(response)


@changing
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: PlanRequest, mark: str) -> HttpResponse:
    """The place of a plan that lies aside: open it, and go on to the plan, or to where the form was to be sent."""
    key = request.COOKIES.get(several.ASIDE, "")
    if request.COOKIES.get(keys.cookie_name()):
        # Whoever comes here in another way than by `switch`: two keys, of which none is used.
        return _to("plan:several")
    try:
        plan = access.find(request, key) if key else None
    except access.UnknownKey:
        plan = None
    if plan is None or several.mark(plan) != mark:
        return _gone(request, mark)
    response = _on(request)
    several.take_up(request, response, mark)
    return access.private(response)


def _on(request: HttpRequest) -> HttpResponseRedirect:
    """Go on with what a form sent to where it was to go, or else to the plan."""
    then = request.POST.get("then", "")
    if url_has_allowed_host_and_scheme(then, allowed_hosts=None) and then.startswith("/"):
        return _SentOn(then)
    return _to("plan:plan", "switched")


def _gone(request: PlanRequest, mark: str) -> HttpResponse:
    """The plan is not kept here any more. A form that was to be saved in it is shown again."""
    named = several.names(request)
    response = _to("plan:several", "gone") if request.method != "POST" else access.for_another(request, None)
    if named.pop(mark, None) is not None:
        several.keep_names(response, named)
    return access.private(response)


def _with(named: dict[str, str], plan: Plan, name: str) -> dict[str, str]:
    """The names with that of the plan: what was typed, what it had, or a number."""
    mark = several.mark(plan)
    name = several.clean(name) or named.get(mark) or _("Plan %(number)d") % {"number": len(named) + 1}
    return named | {mark: name}


def _to(name: str, said: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name) + (f"?notice={said}" if said else ""))
