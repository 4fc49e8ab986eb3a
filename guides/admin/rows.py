"""The rows of a section, one inline a relation; a section's kind says which one its screen shows."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import CareerLevel, Figure, Point, Question, Route, Section, Skill, Step, ToolLink
from ..registry import tools
from .base import OrderTable, RowStack, RowTable, change_link
from .figures import leading_text, review_text


class Points(RowTable):
    model = Point
    fields = ["label", "text"]


class Skills(RowStack):
    model = Skill
    fields = [("name", "slug"), "detail", "weight", "also_known_as"]
    prepopulated_fields = {"slug": ["name"]}


class Steps(RowStack):
    model = Step
    fields = [("title", "slug"), "duration", "text"]
    prepopulated_fields = {"slug": ["title"]}


class Routes(RowStack):
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


class CareerLevels(RowStack):
    model = CareerLevel
    fields = [("title", "slug"), ("years_from", "years_to"), "work", "focus", "source"]
    prepopulated_fields = {"slug": ["title"]}


class Questions(RowStack):
    model = Question
    fields = ["question", "slug", "answer"]
    prepopulated_fields = {"slug": ["question"]}


class ToolLinks(RowStack):
    model = ToolLink
    fields = ["tool", "title", "text"]

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs: Any):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "tool":
            known = [("", "---------"), *((key, tool.name) for key, tool in tools.TOOLS.items())]
            return forms.ChoiceField(
                choices=known, label=field.label, help_text=_("Which of the site’s tools it opens.")
            )
        return field


class Figures(OrderTable):
    model = Figure
    fields = ["name", "leading", "review"]
    readonly_fields = ["name", "leading", "review"]
    can_delete = True

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("observations__source")

    def name(self, figure: Figure):
        return change_link(figure)

    name.short_description = _("figure")

    def leading(self, figure: Figure):
        return leading_text(figure)

    leading.short_description = _("what readers see")

    def review(self, figure: Figure):
        return review_text(figure)

    review.short_description = _("review")


# By the relation of Section that a kind names.
INLINES = {
    "points": Points,
    "skills": Skills,
    "steps": Steps,
    "routes": Routes,
    "careerlevels": CareerLevels,
    "questions": Questions,
    "toollinks": ToolLinks,
    "figures": Figures,
}


def inline_of(rows: str) -> type[admin.options.InlineModelAdmin]:
    """The inline for the rows of a section that hang from it by the relation `rows`; an app's own get a plain one."""
    if rows in INLINES:
        return INLINES[rows]
    model = getattr(Section, rows).rel.related_model
    return type(f"{model.__name__}Rows", (RowStack,), {"model": model})
