"""One screen for a source. Guides share sources: a change to one is an edition of every guide that cites it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Guide, Source
from ..publishing import editions
from .base import ContentAdmin


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    list_display = ["publisher", "title", "short_name", "licence", "observations"]
    list_filter = ["publisher"]
    search_fields = ["publisher", "title", "short_name", "slug", "url", "note"]
    search_help_text = gettext_lazy("Search publishers, titles, addresses and notes.")
    fields = [("publisher", "short_name"), "title", "slug", "url", "licence", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        sources: QuerySet[Any] = super().get_queryset(request)
        cited: QuerySet[Any] = sources.annotate(cited=Count("observations"))
        return cited

    @admin.display(description=gettext_lazy("observations"), ordering="cited")
    def observations(self, source: Any) -> int:
        return int(source.cited)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Editions and fixtures know a source by its short name.
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["short_name"]}

    def published_names(self, request: HttpRequest, obj: Any) -> frozenset[editions.Name]:
        return frozenset()

    def guides_of(self, obj: Any) -> QuerySet[Guide]:
        return Guide.objects.citing([obj])

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # A source has no guide whose editions would be its history.
        return admin.ModelAdmin.history_view(self, request, object_id, extra_context)

    def comment(self, form: Any) -> str:
        return super().comment(form) or _("Source changed: %(source)s") % {"source": form.instance}

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        # No guide cites it any more, so none has an edition of this.
        obj.delete()
