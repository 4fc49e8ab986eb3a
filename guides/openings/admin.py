"""Editors' screens for feeds: what to ask, how it went, a look at what a feed lists, and fetching it now."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from guides.admin.base import Fields
from guides.admin.versioned import VersionedAdmin
from guides.models import Listing
from guides.occupations.models import OccupationListing
from guides.registry.groups import PUBLISH

from . import feed_forms, fetching, storing
from .found import Unreadable
from .models import Feed
from .visiting import Unavailable, visiting

FETCH = "openings_feed_fetch"
SHOWN = 20
OWN = ("name", "address", "is_on", "employer", "state", "terms")
SEEN = ("standing", "recognized_as", "count", "worked_at", "fetched_at", "next_at", "note")


@admin.register(Feed)
class FeedAdmin(Fields, VersionedAdmin):
    """What readers see depends on which feeds are on, and where: only who may publish says so."""

    actions = None
    change_form_template = "admin/openings/feed.html"
    list_display = ["name", "standing", "recognized_as", "count", "worked_at"]
    list_filter = ["is_on"]
    search_fields = ["name", "address"]
    search_help_text = gettext_lazy("Search names and addresses.")
    readonly_fields = SEEN
    fieldsets = [(None, {"fields": OWN}), (gettext_lazy("How it goes"), {"fields": SEEN})]

    def get_fieldsets(self, request: HttpRequest, obj: Feed | None = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[:1]

    def get_readonly_fields(self, request: HttpRequest, obj: Feed | None = None) -> list[str]:
        if request.user.has_perm(PUBLISH):
            return [*SEEN]
        # Readers see the name and the terms of one that is on.
        return [*SEEN, *OWN] if obj and obj.is_on else [*SEEN, "is_on"]

    def has_delete_permission(self, request: HttpRequest, obj: Feed | None = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not obj.is_on or request.user.has_perm(PUBLISH))

    def get_urls(self) -> list[URLPattern]:
        fetch = self.admin_site.admin_view(require_POST(self.fetch))
        return [path("<int:pk>/fetch/", fetch, name=FETCH), *super().get_urls()]

    @admin.display(description=gettext_lazy("how it goes"))
    def standing(self, feed: Feed) -> str:
        """In a sentence, whether it works."""
        if feed.fault:
            times = ngettext("Failed once", "Failed %(count)d times in a row", feed.failures) % {"count": feed.failures}
            return f"{times}: {feed.fault}"
        if not feed.is_on:
            return _("Off: readers see nothing of it.")
        if feed.worked_at is None:
            return _("On; not fetched yet.")
        when = date_format(localtime(feed.worked_at), "DATETIME_FORMAT")
        return _("Works: read last on %(when)s.") % {"when": when}

    @admin.display(description=gettext_lazy("recognized as"), ordering="form")
    def recognized_as(self, feed: Feed) -> str:
        form = feed_forms.every().get(feed.form)
        return str(form.name) if form else _("not recognized yet")

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        """Another address, or a feed that is turned off, takes its postings away; one that is on is asked soon."""
        obj.next_at = None
        super().save_model(request, obj, form, change)
        if change and ("address" in form.changed_data or ("is_on" in form.changed_data and not obj.is_on)):
            storing.take_out(obj)

    def delete_model(self, request: HttpRequest, obj: Feed) -> None:
        with transaction.atomic():
            storing.take_out(obj)
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        for feed in queryset:
            self.delete_model(request, feed)

    def fetch(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Fetch a feed that is on; of one that is off, show what it lists and keep nothing."""
        feed = get_object_or_404(Feed, pk=pk)
        if not self.has_change_permission(request, feed):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:openings_feed_change", args=[feed.pk]))
        if not feed.is_on:
            return self._look(request, feed) or back
        with visiting() as visitor:
            feed = fetching.fetch(feed, visitor)
        if feed.fault:
            messages.error(request, _("It did not work. %(fault)s") % {"fault": feed.fault})
        else:
            said = ngettext("Fetched: %(count)d posting.", "Fetched: %(count)d postings.", feed.count)
            messages.success(request, f"{said % {'count': feed.count}} {feed.note}")
        return back

    def _look(self, request: HttpRequest, feed: Feed) -> HttpResponse | None:
        """The page that shows what a feed lists; None where it does not work, which is then said."""
        feed.etag = feed.last_modified = ""
        try:
            with visiting() as visitor:
                listed = fetching.look(feed, visitor)
        except (Unavailable, Unreadable) as fault:
            messages.error(request, _("It did not work. %(fault)s") % {"fault": fault})
            return None
        if listed is None:
            return None
        context = self.admin_site.each_context(request) | {
            "title": _("What %(feed)s lists now") % {"feed": feed},
            "opts": self.opts,
            "feed": feed,
            "form_name": feed_forms.every()[listed.form].name,
            "postings": _with_jobs([each.values for each in listed.postings[:SHOWN]]),
            "count": len(listed.postings),
            "named": sum(bool(each.values["occupation"]) for each in listed.postings),
        }
        return TemplateResponse(request, "admin/openings/look.html", context)


def _with_jobs(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The values of some postings, each with the title of the guide or the occupation that it is for. Two queries."""
    guides = dict(Listing.objects.values_list("slug", "title"))
    codes = [f"{values['occupation']}.00" for values in shown if values["occupation"]]
    rows = OccupationListing.objects.current().filter(code__in=codes)
    occupations = {code[:7]: title for code, title in rows.values_list("code", "title")}
    return [
        values | {"job": guides.get(values["guide"]) or occupations.get(values["occupation"], "")} for values in shown
    ]
