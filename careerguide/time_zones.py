"""Editors see times in a zone of their own, and type them in it; who chose none has the site's (TIME_ZONE)."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from .models import TimeZoneChoice

# Names that say a place; the database has others, such as Etc/GMT+5, which is five hours *behind* Greenwich.
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class EditorsTimeZone:
    """On the admin's pages, the zone that the editor chose is the present one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> None:
        is_admins = request.resolver_match and "admin" in request.resolver_match.app_names
        if is_admins and (zone := chosen(request.user.pk)):
            timezone.activate(zone)


def chosen(user: int | None) -> ZoneInfo | None:
    """Return the zone that the account of that key chose; None for none, or one that this machine does not know."""
    choice = TimeZoneChoice.objects.filter(user=user).first() if user else None
    try:
        return ZoneInfo(choice.name) if choice else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone that is named for a place, by its part of the world, as choices of a form."""
    regions: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in sorted(available_timezones()):
        region, _slash, place = name.partition("/")
        if place and region in regions:
            regions[region].append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", [("UTC", "UTC")]), *regions.items()]


class ZoneForm(forms.Form):
    """Which zone an editor's times are in."""

    name = forms.ChoiceField(
        label=gettext_lazy("Your time zone"),
        choices=by_region,
        help_text=gettext_lazy("Times on these pages are shown in it, and you type them in it."),
        error_messages={
            "invalid_choice": gettext_lazy("This site does not know that time zone. Choose one from the list.")
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Ask for the zone, and keep it. The front page sends the browser's own here, once the person agrees."""
    form = ZoneForm(request.POST or None, initial={"name": timezone.get_current_timezone_name()})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        TimeZoneChoice.objects.update_or_create(user=cast(User, request.user), defaults={"name": name})
        messages.success(request, _("Times are now in %(zone)s.") % {"zone": name})
        return HttpResponseRedirect(reverse("admin:index"))
    context = {"title": _("Time zone"), "form": form, "site_zone": settings.TIME_ZONE}
    return render(
        request, "admin/time_zone.html", admin.site.each_context(request) | context, status=422 if form.errors else 200
    )
