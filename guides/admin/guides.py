"""One screen for a guide: its details, its outline, its other titles and its related careers."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Edition, FormerAddress, Guide, GuideTitle, RelatedCareer, Section
from ..publishing import editions, status
from ..registry.groups import PUBLISH
from ..registry.overview import change_url
from . import finding, new_guide, overview, reviewing, together, unsaved
from .base import ContentAdmin, OrderTable, RowTable, change_link, person
from .batches import batch_url
from .overview import Overview
from .preview import preview_frame
from .together import KeptByFilter, WorkedOnTogether


def overview_at_hand(request: HttpRequest, guide: Guide) -> Callable[[], Overview]:
    """Return what gives the guide's overview, made once a request and only where it is shown."""
    if not hasattr(request, "overview_at_hand"):
        request.overview_at_hand = cache(lambda: overview.of(guide))  # type: ignore[attr-defined]
    asked: Callable[[], Overview] = request.overview_at_hand  # type: ignore[attr-defined]
    return asked


class OutlineInline(OrderTable):
    """The guide's sections in reading order, each with its parts below it."""

    model = Section
    fields = ["name", "kind_name", "state", "address"]
    readonly_fields = ["name", "kind_name", "state", "address"]
    verbose_name_plural = gettext_lazy("outline")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.overview = overview_at_hand(request, obj)
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        whole = Coalesce("parent__position", "position"), Coalesce("parent_id", "pk")
        sections: QuerySet[Any] = super().get_queryset(request).select_related("guide", "parent")
        return sections.order_by(*whole, F("parent_id").asc(nulls_first=True), "position", "pk")

    @admin.display(description=gettext_lazy("section"))
    def name(self, section: Section) -> SafeString:
        level = "part" if section.parent_id else "whole"
        whole = section.parent_id or ""
        return format_html(
            '<span class="outline-{}" data-section="{}" data-part-of="{}">{}</span>',
            level,
            section.pk,
            whole,
            change_link(section),
        )

    @admin.display(description=gettext_lazy("what it holds"))
    def kind_name(self, section: Section) -> str:
        return section.get_kind_display()

    @admin.display(description=gettext_lazy("how it stands"))
    def state(self, section: Section) -> SafeString | str:
        overview = self.overview()
        lacks = [problem.message for problem in overview.problems if problem.slug == section.slug]
        state = overview.states.get(section.slug, "")
        return format_html('{}<span class="desk-board__note">{}</span>', state, " ".join(lacks)) if lacks else state

    @admin.display(description=gettext_lazy("address"))
    def address(self, section: Section) -> str:
        return section.slug


class StatusFilter(admin.SimpleListFilter):
    """Guides by where they stand."""

    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return status.CHOICES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        condition = status.CONDITIONS.get(self.value() or "")
        return queryset if condition is None else queryset.filter(condition)


class GuideTitleInline(RowTable):
    model = GuideTitle
    fields = ["title", "why"]


class FormerAddressInline(RowTable):
    model = FormerAddress
    fields = ["slug", "leads_to"]


class RelatedCareerInline(RowTable):
    model = RelatedCareer
    fields = ["title", "other", "difference"]


@admin.register(Guide)
class GuideAdmin(WorkedOnTogether, ContentAdmin):
    list_display = ["title", "status", "field_of_work", "occupation_code", "kept_by", "reviewed_on", "saved_at"]
    list_filter = [StatusFilter, KeptByFilter, "field_of_work", "language"]
    actions = together.ACTIONS
    search_fields = ["title", "slug", "summary", "titles__title", "occupation_code"]
    search_help_text = gettext_lazy("Search titles, other titles, summaries and occupation codes.")
    fieldsets = [
        (None, {"fields": [("title", "short_title"), "slug", "summary", "highlights"]}),
        (
            gettext_lazy("Where it belongs"),
            {"fields": [("field_of_work", "occupation_code"), ("language", "reviewed_on"), "replaced_by"]},
        ),
    ]
    inlines = [OutlineInline, GuideTitleInline, RelatedCareerInline, FormerAddressInline]
    change_form_template = "admin/guides/guide/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Guide | None = None) -> list[str]:
        """Where readers of a withdrawn guide are led counts without publishing, so only publishers say it."""
        return [] if request.user.has_perm(PUBLISH) else ["replaced_by"]

    def get_urls(self) -> list[URLPattern]:
        draft = path("<int:pk>/draft/", self.admin_site.admin_view(self.draft), name="guides_guide_draft")
        frame = path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="guides_guide_preview")
        find = path("find/", self.admin_site.admin_view(self.find), name="guides_guide_find")
        start = path("start/", self.admin_site.admin_view(self.start), name="guides_guide_start")
        return [find, start, draft, frame, *super().get_urls()]

    def find(self, request: HttpRequest) -> HttpResponse:
        """Find words in all guides, and replace them in drafts."""
        return finding.find(self, request)

    @unsaved.keeps_typed(gettext_lazy("new guide"))
    def start(self, request: HttpRequest) -> HttpResponse:
        """A new guide, from a blank or from a copy."""
        return new_guide.start(request, self.admin_site)

    def draft(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go to the page of the guide's draft: its newest edition."""
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        newest = editions.newest(guide)
        if newest is None:
            self.message_user(request, _("Save the guide first: nothing has been kept of it yet."), messages.WARNING)
            return HttpResponseRedirect(change_url(guide))
        return HttpResponseRedirect(reverse("admin:guides_edition_change", args=[newest.pk]))

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft in a frame, as readers would see it."""
        guide = get_object_or_404(Guide, pk=pk)
        if not self.has_view_permission(request, guide):
            raise PermissionDenied
        return preview_frame(request, self.admin_site, guide)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None and change:
            context["overview"] = overview_at_hand(request, obj)()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["title"]}

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return self.inlines if obj else [GuideTitleInline, RelatedCareerInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return together.with_upkeep(status.with_status(super().get_queryset(request)))

    def review(self, request: HttpRequest, rows: Sequence[Any], day: date | None) -> HttpResponse:
        """Guides say to readers when they were reviewed, so it is a draft."""
        batch = reviewing.mark_guides(request, rows, day) if day else None
        if batch is None:
            self.message_user(request, _("They were marked as reviewed on that day already."), messages.WARNING)
            return HttpResponseRedirect(self.back_url(request))
        return HttpResponseRedirect(batch_url(batch))

    @admin.display(description=gettext_lazy("status"))
    def status(self, guide: Any) -> str:
        return status.describe(guide)

    @admin.display(description=gettext_lazy("last saved"), ordering="newest_at")
    def saved_at(self, guide: Any) -> datetime | None:
        newest_at: datetime | None = guide.newest_at
        return newest_at

    def view_on_site(self, guide: Guide) -> str | None:
        """The guide's address, where readers can follow it."""
        return guide.get_absolute_url() if guide.editions.live().exists() else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What readers have seen is withdrawn, never deleted: its history and its addresses stay. A draft takes all of
        # its history along, so whoever may not publish deletes only what nobody else had a hand in.
        if obj is None or not super().has_delete_permission(request, obj):
            return super().has_delete_permission(request, obj)
        if obj.editions.exclude(published_at=None).exists():
            return False
        return request.user.has_perm(PUBLISH) or editions.is_by_nobody_else(obj, person(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        editions.tell_deleted(obj, person(request))

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[Any, Any, Any, Any]:
        # Editions are never deleted by hand, but they go with a guide that nobody saw.
        listed, counts, missing, protected = super().get_deleted_objects(objs, request)
        return listed, counts, missing - {Edition._meta.verbose_name}, protected
