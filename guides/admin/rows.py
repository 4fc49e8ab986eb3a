"""The rows of a section, one inline a relation; a section's kind says which one its screen shows."""

from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import CareerLevel, Figure, Point, Question, Route, Section, Skill, Step, ToolLink
from .base import OrderTable, RowStack, RowTable, change_link
from .figures import leading_text, review_text


class PointInline(RowTable):
    model = Point
    fields = ["label", "text"]


class SkillInline(RowStack):
    model = Skill
    fields = [("name", "slug"), "detail", "weight", "also_known_as"]
    prepopulated_fields = {"slug": ["name"]}


class StepInline(RowStack):
    model = Step
    fields = [("title", "slug"), "duration", "text"]
    prepopulated_fields = {"slug": ["title"]}


class RouteInline(RowStack):
    model = Route
    fields = [
        ("name", "slug"),
        ("months_from", "months_to"),
        ("cost_from", "cost_to", "currency"),
        "cost_note",
        "who_it_suits",
        "text",
        "source",
    ]
    prepopulated_fields = {"slug": ["name"]}


class CareerLevelInline(RowStack):
    model = CareerLevel
    fields = [("title", "slug"), ("years_from", "years_to"), "work", "focus", "source"]
    prepopulated_fields = {"slug": ["title"]}


class QuestionInline(RowStack):
    model = Question
    fields = ["question", "slug", "answer"]
    prepopulated_fields = {"slug": ["question"]}


class ToolLinkInline(RowStack):
    model = ToolLink
    fields = ["tool", "title", "text"]


class FigureInline(OrderTable):
    model = Figure
    fields = ["name", "leading", "review"]
    readonly_fields = ["name", "leading", "review"]
    can_delete = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        figures: QuerySet[Any] = super().get_queryset(request)
        return figures.prefetch_related("observations__source")

    @admin.display(description=_("figure"))
    def name(self, figure: Figure) -> SafeString:
        return change_link(figure)

    @admin.display(description=_("what readers see"))
    def leading(self, figure: Figure) -> str:
        return leading_text(figure)

    @admin.display(description=_("review"))
    def review(self, figure: Figure) -> str:
        return review_text(figure)


# By the relation of Section that a kind names.
INLINES = {
    "points": PointInline,
    "skills": SkillInline,
    "steps": StepInline,
    "routes": RouteInline,
    "careerlevels": CareerLevelInline,
    "questions": QuestionInline,
    "toollinks": ToolLinkInline,
    "figures": FigureInline,
}


@cache
def inline_of(rows: str) -> type[admin.options.InlineModelAdmin]:
    """The inline for the rows of a section that hang from it by the relation `rows`; an app's own get a plain one."""
    if rows in INLINES:
        return INLINES[rows]
    model = getattr(Section, rows).rel.related_model
    inline: type[RowStack] = type(f"{model.__name__}Inline", (RowStack,), {"model": model})
    return inline
