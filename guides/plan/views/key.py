"""Whose plan it is: the private return link, opening it elsewhere, forgetting it here, deleting it for good."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .. import access, keys
from ..access import PlanRequest, Response, with_plan
from ..forms import ReturnForm
from ..models import Plan
from .items import changing


def without_referrer(response: Response) -> Response:
    """Keep the page's address, which may hold a key, out of what the browser sends on."""
    response["Referrer-Policy"] = "no-referrer"
    return response


class CsrfWithoutReferrer(CsrfViewMiddleware):
    """A page without a referrer posts `Origin: null`. There the token in the form and the cookie decide alone."""

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.headers["Origin"] == "null":
            return True
        verified: bool = super()._origin_verified(request)  # type: ignore[misc] # the stubs leave it out
        return verified


def _to_plan(notice: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('plan:plan')}?notice={notice}")


@require_safe
@with_plan
def link(request: PlanRequest, plan: Plan) -> HttpResponse:
    """The private return link. The key comes from the browser's own cookie: we do not have it."""
    key = request.COOKIES[keys.cookie_name()]
    address = f"{settings.SITE_URL}{reverse('plan:return')}?key={key}"
    return without_referrer(render(request, "plan/link.html", {"plan": plan, "address": address}))


@csrf_exempt
@decorator_from_middleware(CsrfWithoutReferrer)
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: PlanRequest) -> HttpResponse:
    """Where a return link leads: it asks, and only the answer opens the plan. The question is the same for any key."""
    form = ReturnForm(request.POST if request.method == "POST" else request.GET)
    key = form.cleaned_data["key"] if form.is_valid() else ""
    if request.method != "POST":
        other = bool(request.COOKIES.get(keys.cookie_name(), key) != key)
        page = render(request, "plan/return.html", {"key": key, "other": other})
        return without_referrer(access.private(page))
    try:
        access.find(request, key)
    except access.UnknownKey:
        return without_referrer(access.private(HttpResponseRedirect(reverse("plan:unknown"))))
    response = _to_plan("opened")
    keys.keep(response, key)
    return without_referrer(access.private(response))


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
    keys.forget(response)
    return response


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def delete(request: PlanRequest, plan: Plan) -> HttpResponse:
    """Delete the plan and all its rows, now."""
    if request.method != "POST":
        return render(request, "plan/delete.html", {"plan": plan})
    plan.delete()
    response = _to_plan("erased")
    keys.forget(response)
    return response
