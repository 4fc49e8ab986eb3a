"""The editors' screens for questions, answers, bands, and ways to close gaps."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guides.admin.base import ContentAdmin, OrderTable, RowStack, change_link
from guides.admin.choices import name_field
from guides.models import Guide

from ..models import Area, Band, Option, Practice, Question


class CheckAdmin(ContentAdmin):
    """A screen for rows of the two checks."""

    list_filter = ["guide"]
    list_select_related = ["guide"]
    list_per_page = 100
    view_on_site = False

    def trail(self, row: Any) -> list[Any]:
        return [row.guide]


class Options(RowStack):
    model = Option
    prepopulated_fields = {"slug": ["text"]}
    fields = [
        ("text", "slug"),
        "points",
        "advice",
        ("leads_to", "changes_by"),
        ("hours", "least_weeks"),
        ("step", "tool", "exercise_level"),
        "routes",
    ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "leads_to":
            return name_field(db_field, "readiness.option", getattr(request, "guide_at_hand", None))
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class Questions(OrderTable):
    model = Question
    fields = ["name", "best"]
    readonly_fields = ["name", "best"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Question]":
        rows: QuerySet[Question] = super().get_queryset(request)
        return rows.prefetch_related("options")

    @admin.display(description=_("question"))
    def name(self, question: Question) -> SafeString:
        link: SafeString = change_link(question)
        return link

    @admin.display(description=_("best points"))
    def best(self, question: Question) -> int:
        return max((option.points for option in question.options.all()), default=0)


@admin.register(Area)
class AreaAdmin(CheckAdmin):
    fields = ["guide", ("name", "slug"), "position"]
    list_display = ["name", "guide", "position"]
    ordering = ["guide__title", "position", "pk"]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [Questions] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name"]}


@admin.register(Question)
class QuestionAdmin(CheckAdmin):
    fields = ["area", "text", "slug", "hint", "skill", "position"]
    list_display = ["text", "guide", "area", "position"]
    list_filter = ["area__guide"]
    list_select_related = ["area__guide"]
    ordering = ["area__guide__title", "area__position", "position", "pk"]
    search_fields = ["text", "hint", "options__text", "options__advice"]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [Options]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["text"]}

    @admin.display(description=_("guide"), ordering="area__guide__title")
    def guide(self, question: Question) -> Guide:
        return question.area.guide

    def trail(self, question: Question) -> list[Any]:
        return [question.area.guide, question.area]


@admin.register(Band)
class BandAdmin(CheckAdmin):
    fields = ["guide", "starts_at", "title", "text"]
    list_display = ["title", "guide", "starts_at"]
    ordering = ["guide__title", "starts_at"]


@admin.register(Practice)
class PracticeAdmin(CheckAdmin):
    fields = ["guide", "skill", "exercise", ("hours_from", "hours_to"), ("step", "route"), "resume_line", "position"]
    list_display = ["skill", "guide", "hours_from", "hours_to", "step", "route"]
    ordering = ["guide__title", "position", "pk"]
    search_fields = ["skill", "exercise", "resume_line"]
