"""The screen for readers' reports: each at the section it speaks of, to be answered by a change and closed."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Edition, Report, Section
from ..publishing import content_version
from ..registry import concerns
from ..registry.overview import change_url
from .base import Fields, person
from .forms import VersionedForm
from .staying import compare_url
from .versioned import VersionedAdmin


class CorrectionField(forms.ModelChoiceField):
    """A choice of the edition that brought a correction to readers."""

    def label_from_instance(self, edition: Edition) -> str:
        words = {
            "number": edition.number,
            "when": date_format(timezone.localtime(edition.published_at), "DATETIME_FORMAT"),
        }
        said = _("Edition %(number)s, published %(when)s") % words
        return ": ".join(filter(None, [said, edition.changes or edition.comment]))


class ClosingForm(VersionedForm):
    """How a report was answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        correction = cast(forms.ModelChoiceField, self.fields["correction"])
        correction.queryset = self.instance.corrections().defer("packed")


@admin.register(Report)
class ReportAdmin(Fields, VersionedAdmin):
    """Reports come from readers: an editor reads and closes them, and writes none."""

    form = ClosingForm
    actions = None
    list_select_related = ["edition"]
    list_display = ["shortened", "guide", "section", "created_at", "outcome"]
    list_filter = ["outcome", "guide"]
    search_fields = ["text", "guide", "section", "figure", "closing_note"]
    search_help_text = gettext_lazy("Search what readers wrote, and your notes.")
    date_hierarchy = "created_at"
    fields = ["text", "place", "created_at", "since", "outcome", "correction", "closing_note", "closed"]
    readonly_fields = ["text", "place", "created_at", "since", "closed"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return person(request).is_superuser

    @admin.display(description=gettext_lazy("what is wrong or missing"))
    def shortened(self, report: Report) -> str:
        return report.text if len(report.text) <= 80 else f"{report.text[:79]}…"

    @admin.display(description=gettext_lazy("where"))
    def place(self, report: Report) -> SafeString:
        """Links to the place as readers see it, and to the screen that edits it."""
        live = format_html('<a href="{}">{} / {}</a>', report.get_absolute_url(), report.guide, report.section)
        section = Section.objects.filter(guide__slug=report.guide, slug=report.section).first()
        figure = section and section.figures.filter(slug=report.figure).first()
        row, screen = (figure, "figure") if figure else (section, "section")
        if row is None:
            return live
        edit = reverse(f"admin:guides_{screen}_change", args=[row.pk])
        return format_html('{} · <a href="{}">{}</a>', live, edit, _("Edit %(name)s") % {"name": row})

    @admin.display(description=gettext_lazy("changed for readers since"))
    def since(self, report: Report) -> str:
        """A link to what the reader saw beside what readers see now."""
        live = Edition.objects.live().filter(guide__slug=report.guide).defer("packed").first()
        if live is None or not report.corrections().exists():
            return _("nothing yet")
        if report.edition is None:
            return format_html('<a href="{}">{}</a>', change_url(live), live)
        return format_html('<a href="{}">{}</a>', compare_url(report.edition, live), _("Compare with what readers see"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "correction":
            kwargs["form_class"] = CorrectionField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("closed"))
    def closed(self, report: Report) -> str:
        if not report.closed_at:
            return _("not yet")
        when = date_format(timezone.localtime(report.closed_at), "DATETIME_FORMAT")
        return _("%(when)s by %(who)s") % {"when": when, "who": report.closed_by or _("someone")}

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if "outcome" in form.changed_data:
            is_open = obj.outcome == Report.Outcome.WAITING
            obj.closed_by, obj.closed_at = (None, None) if is_open else (request.user, timezone.now())
            # Its guide shows how many corrections came from readers.
            content_version.content_changed(concerns.pages_of(obj.guide))
        super().save_model(request, obj, form, change)
