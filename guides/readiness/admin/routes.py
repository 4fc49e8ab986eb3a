"""The screens for stages of routes: one stage, or all of a guide with what they tell three typical people."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides import freezing, thawed_rows
from guides.admin.base import ContentAdmin, Fields, RowStack
from guides.admin.choices import name_field
from guides.models import Guide
from guides.reading import reader
from guides.registry.requests import CountedHttpRequest

from .. import typical
from ..models import GuideRoutes, Stage
from .checks import CheckAdmin

# What tells stages apart; the rest is folded on the screen of all stages.
NAMES: list[Any] = [("title", "route")]
TIMES: list[Any] = ["setting", ("hours", "terms"), ("least_weeks", "likely_weeks")]
THE_REST: list[Any] = [
    "text",
    ("cost_from", "cost_to"),
    "cost_note",
    ("is_beside", "is_requirement", "needs_diploma"),
    "only_for",
    "tool",
    ("need_source", "time_source", "cost_source"),
]


class NamesAnswers(Fields):
    """A screen of stages, which name the answers that call for them."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "only_for":
            return name_field(db_field, "readiness.option", getattr(request, "guide_at_hand", None))
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Stage)
class StageAdmin(NamesAnswers, CheckAdmin):
    fields = ["guide", *NAMES, *TIMES, *THE_REST, "position"]
    list_display = ["title", "guide", "route", "hours", "least_weeks", "position"]
    ordering = ["guide__title", "route", "position", "pk"]


class Stages(NamesAnswers, RowStack):
    model = Stage
    fk_name = "guide"
    fieldsets = [
        (None, {"fields": NAMES}),
        (_("Time"), {"fields": TIMES, "classes": ["collapse"]}),
        (_("Text, cost, what it needs, for whom, sources"), {"fields": THE_REST, "classes": ["collapse"]}),
    ]


def draft_of(guide: Guide) -> reader.Reading:
    """The guide as its rows have it now, wired so that reading it makes no query a row."""
    return reader.arrange(freezing.thaw(freezing.freeze(guide)))


def with_stages(reading: reader.Reading, stages: list[Stage]) -> reader.Reading:
    """The same guide with other stages: those that an editor has typed, which no row holds yet."""
    reading.guide._prefetched_objects_cache["route_stages"] = thawed_rows.fetched(Stage, stages)  # type: ignore[attr-defined]  # Django's own
    return reading


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

    def get_urls(self) -> list[URLPattern]:
        people = path("<int:pk>/people/", self.admin_site.admin_view(self.people), name="readiness_guideroutes_people")
        return [people, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The screen with what the saved draft tells three people, until something is typed."""
        guide = self.get_object(request, unquote(object_id))
        people = typical.people(draft_of(Guide.objects.get(pk=guide.pk)), timezone.localdate()) if guide else []
        response: HttpResponse = super().change_view(
            request, object_id, form_url, (extra_context or {}) | {"people": people}
        )
        return response

    def people(self, request: CountedHttpRequest, pk: int) -> HttpResponse:
        """What the stages as they are typed would tell three people; nothing is saved. HTMX gets that part alone."""
        routes = get_object_or_404(GuideRoutes, pk=pk)
        if not self.has_change_permission(request, routes):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self.get_form(request, routes, change=True)  # which looks up what the guide has, for the rows to choose from
        formsets, _inlines = self._create_formsets(request, routes, change=True)
        [formset] = formsets
        context = {"guide": routes, "opts": self.opts, "is_typed": True, "people": []}
        status = 200
        if formset.is_valid():
            kept = [form for form in formset.forms if form not in formset.deleted_forms]
            stages = [form.instance for form in kept if form.instance.pk or form.has_changed()]
            reading = with_stages(draft_of(Guide.objects.get(pk=pk)), sorted(stages, key=lambda each: each.position))
            context["people"] = typical.people(reading, timezone.localdate())
        else:
            status = 422
            context["faults"] = [("", "", [message]) for message in formset.non_form_errors()] + [
                (form.instance.title, form.fields[name].label if name in form.fields else "", messages)
                for form in formset.forms
                for name, messages in form.errors.items()
            ]
        if request.htmx:
            return render(request, "admin/readiness/guideroutes/_people.html", context, status=status)
        context |= self.admin_site.each_context(request)
        return render(request, "admin/readiness/guideroutes/people.html", context, status=status)
