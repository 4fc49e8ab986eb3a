"""The screen for readers' reports: each at the section it speaks of, to be answered by a change and closed."""

from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Report, Section
from ..publishing import content_version
from .versioned import VersionedAdmin


@admin.register(Report)
class ReportAdmin(VersionedAdmin):
    """Reports come from readers: an editor reads and closes them, and writes none."""

    actions = None
    list_display = ["shortened", "guide", "section", "created_at", "outcome"]
    list_filter = ["outcome", "guide"]
    search_fields = ["text", "guide", "section", "figure", "closing_note"]
    search_help_text = gettext_lazy("Search what readers wrote, and your notes.")
    date_hierarchy = "created_at"
    fields = ["text", "place", "created_at", "outcome", "closing_note", "closed"]
    readonly_fields = ["text", "place", "created_at", "closed"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    @admin.display(description=gettext_lazy("what is wrong or missing"))
    def shortened(self, report):
        return report.text if len(report.text) <= 80 else f"{report.text[:79]}…"

    @admin.display(description=gettext_lazy("where"))
    def place(self, report):
        """Links to the place as readers see it, and to the screen that edits it."""
        live = format_html('<a href="{}">{} / {}</a>', report.get_absolute_url(), report.guide, report.section)
        section = Section.objects.filter(guide__slug=report.guide, slug=report.section).first()
        figure = section and section.figures.filter(slug=report.figure).first()
        row, screen = (figure, "figure") if figure else (section, "section")
        if row is None:
            return live
        edit = reverse(f"admin:guides_{screen}_change", args=[row.pk])
        return format_html('{} · <a href="{}">{}</a>', live, edit, _("Edit %(name)s") % {"name": row})

    @admin.display(description=gettext_lazy("closed"))
    def closed(self, report):
        if not report.closed_at:
            return _("not yet")
        when = date_format(timezone.localtime(report.closed_at), "DATETIME_FORMAT")
        return _("%(when)s by %(who)s") % {"when": when, "who": report.closed_by or _("someone")}

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        if "outcome" in form.changed_data:
            is_open = obj.outcome == Report.Outcome.WAITING
            obj.closed_by, obj.closed_at = (None, None) if is_open else (request.user, timezone.now())
            # Guides show how many corrections came from readers.
            content_version.content_changed()
        super().save_model(request, obj, form, change)
