"""One screen for a figure and what its sources said of it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import formats
from ..models import Figure, Guide, Section
from ..registry import kinds
from .base import ContentAdmin
from .forms import CommentForm
from .observations import ObservationInline, ask


def leading_text(figure: Figure) -> str:
    """What readers see of a figure, with its source and period."""
    leading = figure.leading
    if leading is None:
        return _("nothing: it has no observation yet")
    said = formats.amount(leading)
    return f"{said} ({leading.source.short_name}, {leading.period}, {leading.basis})"


def review_text(figure: Figure) -> str:
    """When a figure is to be looked at again, in words where that day has passed."""
    leading = figure.leading
    if leading is None:
        return ""
    day = date_format(leading.review_after, "Y-m-d")
    return _("due since %(day)s") % {"day": day} if leading.is_due else _("after %(day)s") % {"day": day}


def figure_kinds() -> list[str]:
    """The kinds of section that hold figures."""
    return [kind.slug for kind in kinds.KINDS.values() if kind.rows == "figures"]


class ReviewFilter(admin.SimpleListFilter):
    """Figures with an observation whose review date has passed, or without any."""

    title = gettext_lazy("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("due", _("past its review date")), ("none", _("without an observation"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "due":
            # Only what readers see is asked for: an observation that a newer one leads is history.
            due = [figure.pk for figure in queryset.prefetch_related("observations") if is_due(figure)]
            return queryset.filter(pk__in=due)
        if self.value() == "none":
            return queryset.filter(observations=None)
        return queryset


def is_due(figure: Figure) -> bool:
    """Whether what readers see of a figure is past its review date."""
    return figure.leading is not None and figure.leading.is_due


class FigureForm(CommentForm):
    """A figure stands in a section that shows figures."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = cast(forms.ModelChoiceField, self.fields["section"])
        section.queryset = cast(QuerySet[Section], section.queryset).filter(kind__in=figure_kinds())


@admin.register(Figure)
class FigureAdmin(ContentAdmin):
    form = FigureForm
    change_form_template = "admin/guides/figure/change_form.html"
    list_display = ["label", "guide", "section", "leading", "review"]
    list_filter = ["section__guide", ReviewFilter, "observations__basis", "on_card", "measure"]
    list_select_related = ["section__guide"]
    search_fields = ["label", "slug", "area", "observations__source__publisher", "observations__note"]
    search_help_text = gettext_lazy("Search labels, areas, sources and notes.")
    list_per_page = 50
    fieldsets = [
        (None, {"fields": ["section", ("label", "slug"), "on_card"]}),
        (
            gettext_lazy("What it measures"),
            {"fields": [("measure", "statistic"), ("unit", "currency"), "area", "career_level", "occupation_codes"]},
        ),
    ]
    inlines = [ObservationInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("observations__source")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["label"]}

    @admin.display(description=gettext_lazy("guide"), ordering="section__guide")
    def guide(self, figure: Figure) -> Guide:
        return figure.section.guide

    @admin.display(description=gettext_lazy("what readers see"))
    def leading(self, figure: Figure) -> str:
        return leading_text(figure)

    @admin.display(description=gettext_lazy("review"))
    def review(self, figure: Figure) -> str:
        return review_text(figure)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        ask(context)
        return super().render_change_form(request, context, *args, **kwargs)

    def trail(self, obj: Figure) -> list[Model]:
        return [obj.section.guide, obj.section]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            last = obj.section.figures.aggregate(last=Max("position"))["last"]
            obj.position = (last or 0) + 1
        super().save_model(request, obj, form, change)
