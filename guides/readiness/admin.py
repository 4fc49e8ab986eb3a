"""The editors' screens for both checks. Like those of the guides, each save is an edition."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guides import freezing
from guides.admin.base import ContentAdmin, OrderTable, RowStack, change_link
from guides.models import Guide
from guides.reading import reader

from . import typical
from .models import Area, Band, GuideRoutes, Option, Practice, Question, Stage


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
    fields = [
        ("text", "slug"),
        "points",
        "advice",
        ("leads_to", "changes_by"),
        ("hours", "least_weeks"),
        ("step", "tool"),
        "routes",
    ]


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


@admin.register(Question)
class QuestionAdmin(CheckAdmin):
    fields = ["area", "text", "slug", "hint", "position"]
    list_display = ["text", "guide", "area", "position"]
    list_filter = ["area__guide"]
    list_select_related = ["area__guide"]
    ordering = ["area__guide__title", "area__position", "position", "pk"]
    search_fields = ["text", "hint", "options__text", "options__advice"]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [Options] if obj else []

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


STAGE_FIELDS: list[Any] = [
    ("title", "route"),
    "text",
    ("setting", "hours"),
    ("least_weeks", "likely_weeks", "terms"),
    ("cost_from", "cost_to"),
    "cost_note",
    ("is_beside", "is_requirement", "needs_diploma"),
    "only_for",
    "tool",
    ("need_source", "time_source", "cost_source"),
]


@admin.register(Stage)
class StageAdmin(CheckAdmin):
    fields = ["guide", *STAGE_FIELDS, "position"]
    list_display = ["title", "guide", "route", "hours", "least_weeks", "position"]
    ordering = ["guide__title", "route", "position", "pk"]


class Stages(RowStack):
    model = Stage
    fk_name = "guide"
    fields = STAGE_FIELDS


def draft_of(guide: Guide) -> reader.Reading:
    """The guide as its rows have it now, wired so that reading it makes no query a row."""
    return reader.arrange(freezing.thaw(freezing.freeze(guide)))


@admin.register(GuideRoutes)
class GuideRoutesAdmin(ContentAdmin):
    """All stages of a guide's routes on one screen, with what they would tell three typical people."""

    change_form_template = "admin/readiness/guideroutes/change_form.html"
    fields = ["title"]
    readonly_fields = ["title"]
    inlines = [Stages]
    list_display = ["title", "stages"]
    ordering = ["title"]
    view_on_site = False

    @admin.display(description=_("stages"))
    def stages(self, guide: GuideRoutes) -> int:
        return guide.route_stages.count()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: GuideRoutes | None = None) -> bool:
        return False

    def trail(self, obj: GuideRoutes) -> list[Model]:
        return [Guide.objects.get(pk=obj.pk)]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The screen with a preview of what is saved; the draft, not what readers see."""
        guide = self.get_object(request, unquote(object_id))
        people = typical.people(draft_of(Guide.objects.get(pk=guide.pk)), timezone.localdate()) if guide else []
        response: HttpResponse = super().change_view(
            request, object_id, form_url, (extra_context or {}) | {"people": people}
        )
        return response


@admin.register(Practice)
class PracticeAdmin(CheckAdmin):
    fields = ["guide", "skill", "exercise", ("hours_from", "hours_to"), ("step", "route"), "resume_line", "position"]
    list_display = ["skill", "guide", "hours_from", "hours_to", "step", "route"]
    ordering = ["guide__title", "position", "pk"]
    search_fields = ["skill", "exercise", "resume_line"]
