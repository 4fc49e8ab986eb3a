"""One screen for a source. Guides share sources: a change to one is an edition of every guide that cites it."""

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Guide, Source
from .base import ContentAdmin


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    list_display = ["publisher", "title", "short_name", "licence", "observations"]
    list_filter = ["publisher"]
    search_fields = ["publisher", "title", "short_name", "slug", "url", "note"]
    search_help_text = gettext_lazy("Search publishers, titles, addresses and notes.")
    fields = [("publisher", "short_name"), "title", "slug", "url", "licence", "note"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).annotate(cited=Count("observations"))

    @admin.display(description=gettext_lazy("observations"), ordering="cited")
    def observations(self, source):
        return source.cited

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        # Editions and fixtures know a source by its short name.
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj=None):
        return {} if obj else {"slug": ["short_name"]}

    def published_names(self, request: HttpRequest, obj):
        return frozenset()

    def guides_of(self, obj):
        return Guide.objects.citing([obj])

    def history_view(self, request: HttpRequest, object_id, extra_context=None):
        # A source has no guide whose editions would be its history.
        return admin.ModelAdmin.history_view(self, request, object_id, extra_context)

    def comment(self, form):
        return super().comment(form) or _("Source changed: %(source)s") % {"source": form.instance}

    def delete_model(self, request: HttpRequest, obj) -> None:
        # No guide cites it any more, so none has an edition of this.
        obj.delete()
