"""The counters for a superuser, as a page, and for a monitor that has the key, as JSON."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guides.registry.throttling import Limit

from .counters import counters

BEARER = "Bearer "
# Nobody guesses a key of twenty letters, and a monitor that is set up wrong need not ask all day.
WRONG_KEYS = Limit("counters", most=20, seconds=3600)


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every counter with its number, for superusers."""
    if not request.user.is_superuser:
        raise PermissionDenied(_("The counters are for superusers: ask one of them."))
    context = {"counters": counters(), "has_key": bool(settings.MONITOR_KEY), "title": _("Counters")}
    return render(request, "monitoring/counters.html", admin.site.each_context(request) | context)


@never_cache
@require_safe
def for_monitor(request: HttpRequest) -> HttpResponse:
    """Every counter by its name, and the names of those that want somebody, for who sends MONITOR_KEY as bearer.

    Without the key, or where none is set, there is nothing here.
    """
    sent = request.headers.get("Authorization", "")
    if not settings.MONITOR_KEY:
        raise Http404
    if not constant_time_compare(sent, f"{BEARER}{settings.MONITOR_KEY}"):
        request.spend(WRONG_KEYS)  # type: ignore[attr-defined]
        raise Http404
    found = counters()
    bad = [counter.name for counter in found if counter.is_bad]
    return JsonResponse({"counters": {counter.name: counter.value for counter in found}, "bad": bad})
