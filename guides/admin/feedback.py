"""What readers answered to “Did this help?”, and how often pages were read: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import Feedback, PageCount
from .base import person
from .read_only import ReadOnlyAdmin


class ToLookAt(ReadOnlyAdmin):
    """Rows that the site writes itself."""

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return person(request).is_superuser

    @admin.display(description=_("page"), ordering="page")
    def shown_page(self, row: Any) -> SafeString:
        """A link to the page as readers see it."""
        return format_html('<a href="{}">{}</a>', row.page, row.page)


@admin.register(Feedback)
class FeedbackAdmin(ToLookAt):
    list_display = ["received_on", "helped", "missing", "shown_page"]
    list_filter = ["helped", "guide"]
    search_fields = ["missing", "page"]
    search_help_text = _("Search what readers missed, and pages.")
    date_hierarchy = "received_on"


@admin.register(PageCount)
class PageCountAdmin(ToLookAt):
    list_display = ["day", "shown_page", "count"]
    search_fields = ["page"]
    search_help_text = _("Search pages.")
    date_hierarchy = "day"
