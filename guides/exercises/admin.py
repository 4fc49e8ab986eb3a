"""The editors' screens of the exercises: saving keeps a draft, publishing shows it to readers."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, URLPattern, path, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.admin.base import person
from guides.admin.referenced import ReferencedAdmin
from guides.publishing import diff
from guides.registry.groups import PUBLISH
from guides.views.preview import links_below

from . import editions, reading
from .models import CallNumberSet, DeskQuestion, Exercise, ExerciseEdition, ExerciseItem, FaultyRecord, TitlePage

# The pages of an exercise that a preview shows; every other address leaves it.
PREVIEWED = {"exercises:exercise", "exercises:item", "exercises:answer"}


class DraftAdmin(ReferencedAdmin):
    """A screen whose saves become a draft of the exercise: readers see it once it is published."""

    actions: Any = None

    def exercise_of(self, row: Model) -> Exercise | None:
        raise NotImplementedError

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["slug"] if obj else []

    def save_draft(self, request: HttpRequest, row: Model) -> None:
        """Freeze what the row's exercise has now, and say how readers come to see it."""
        if exercise := self.exercise_of(row):
            edition = editions.save(exercise, person(request))
            if not edition.is_live:
                said = _("Kept as edition %(number)s. Readers see it once it is published: see 'Exercises'.")
                address = reverse("admin:exercises_exerciseedition_change", args=[edition.pk])
                link = format_html('<a href="{}">{}</a>', address, _("What changes, and preview"))
                self.message_user(request, format_html("{} {}", said % {"number": edition.number}, link))

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self.save_draft(request, obj)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        self.save_draft(request, obj)


@admin.register(Exercise)
class ExerciseAdmin(DraftAdmin):
    list_display = ["name", "slug", "standing"]
    fields = ["slug", ("name", "position"), "summary", "introduction", "rules", "skills"]
    actions = ["publish"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Its address is kept for good, and its history with it.
        return False

    def exercise_of(self, row: Model) -> Exercise | None:
        return row if isinstance(row, Exercise) else None

    @admin.display(description=gettext_lazy("what readers see"))
    def standing(self, exercise: Exercise) -> str:
        newest = editions.newest(exercise)
        live = exercise.editions.live().first()
        if live is None:
            return _("nothing yet")
        return _("this") if newest == live else _("edition %(number)s, a draft waits") % {"number": live.number}

    @admin.action(
        description=gettext_lazy("Show readers the draft of the exercises that are ticked"), permissions=["publish"]
    )
    def publish(self, request: HttpRequest, queryset: "QuerySet[Exercise]") -> None:
        for exercise in queryset:
            edition = editions.save(exercise, person(request))
            editions.publish(edition)
            self.log_change(request, exercise, [_("Published edition %(number)s.") % {"number": edition.number}])
        count = len(queryset)
        done = ngettext("%(count)d exercise published.", "%(count)d exercises published.", count) % {"count": count}
        self.message_user(request, done, messages.SUCCESS)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whoever may publish guides may publish exercises."""
        return request.user.has_perm(PUBLISH)


class ItemAdmin(DraftAdmin):
    """A screen of an item."""

    list_display = ["title", "level", "position"]
    list_filter = ["level"]
    search_fields = ["title", "slug"]
    list_per_page = 50
    prepopulated = {"slug": ["title"]}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Any]:
        return {} if obj else self.prepopulated

    def exercise_of(self, row: Model) -> Exercise | None:
        return Exercise.objects.filter(slug=row.exercise_slug).first() if isinstance(row, ExerciseItem) else None


OF_EVERY_ITEM = [("title", "slug"), ("level", "position")]


@admin.register(CallNumberSet)
class CallNumberSetAdmin(ItemAdmin):
    list_display = ["title", "scheme", "level", "position"]
    list_filter = ["scheme", "level"]
    fields = [*OF_EVERY_ITEM, "scheme", "numbers", "explanation"]


@admin.register(FaultyRecord)
class FaultyRecordAdmin(ItemAdmin):
    fields = [*OF_EVERY_ITEM, "in_hand", "record", ("faulty_line", "right_line"), "explanation"]


@admin.register(DeskQuestion)
class DeskQuestionAdmin(ItemAdmin):
    search_fields = [*ItemAdmin.search_fields, "situation"]
    fields = [
        *OF_EVERY_ITEM, "situation", "good_answer", "good_why", "first_answer", "first_why", "second_answer",
        "second_why", "third_answer", "third_why",
    ]  # fmt: skip


@admin.register(TitlePage)
class TitlePageAdmin(ItemAdmin):
    fields = [*OF_EVERY_ITEM, "page", "is_made_up", *TitlePage.ASKED, "explanation"]


@admin.register(ExerciseEdition)
class ExerciseEditionAdmin(admin.ModelAdmin):
    """The history of the exercises: what was saved is never changed, but may be shown to readers or brought back."""

    list_display = ["__str__", "is_live", "created_at", "author", "changes", "comment"]
    list_filter = ["exercise", "is_live"]
    list_select_related = ["exercise", "author"]
    list_per_page = 50
    fields = ["exercise", "number", "is_live", "created_at", "published_at", "author", "changes", "comment"]
    actions = ["publish", "restore"]
    change_form_template = "admin/exercises/edition.html"

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<int:pk>/preview/<path:path>",
            self.admin_site.admin_view(self.preview),
            name="exercises_exerciseedition_preview",
        )
        return [preview, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The edition with what it changes for readers, and each of its items as they would see it."""
        edition = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {}
        if isinstance(edition, ExerciseEdition):
            others = edition.exercise.editions.exclude(pk=edition.pk)
            base = others.live().first() or others.filter(number__lt=edition.number).order_by("-number").first()
            changes = diff.compare(base.content, edition.content) if base else []
            context = {
                "base": base,
                "edition": edition,
                "changes": [(change, None) for change in changes],
                "items": [plain["fields"] for plain in edition.objects_in_it[1:]],
            }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def preview(self, request: HttpRequest, pk: int, path: str) -> HttpResponse:
        """A page of the exercise as readers would see it, were the edition published."""
        edition = get_object_or_404(ExerciseEdition.objects.select_related("exercise"), pk=pk)
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        try:
            match = resolve(f"/{path}")
        except Resolver404:
            raise Http404 from None
        if match.view_name not in PREVIEWED or match.kwargs["exercise"] != edition.exercise.slug:
            return HttpResponseRedirect(f"/{path}")
        with reading.previewing(edition), links_below(request.path.removesuffix(path)):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    def has_restore_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("exercises.change_exercise")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[ExerciseEdition]":
        return super().get_queryset(request).defer("packed")

    def one(self, request: HttpRequest, queryset: "QuerySet[ExerciseEdition]") -> ExerciseEdition | None:
        """The one edition that is ticked; None, and a message, where it is not one."""
        ticked = list(queryset[:2])
        if len(ticked) == 1:
            return ticked[0]
        self.message_user(request, _("Tick one edition."), messages.WARNING)
        return None

    @admin.action(description=gettext_lazy("Show readers the edition that is ticked"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: "QuerySet[ExerciseEdition]") -> None:
        if edition := self.one(request, queryset):
            editions.publish(edition)
            self.message_user(request, _("Published: %(edition)s.") % {"edition": edition}, messages.SUCCESS)

    @admin.action(
        description=gettext_lazy("Bring the edition that is ticked back as the draft"), permissions=["restore"]
    )
    def restore(self, request: HttpRequest, queryset: "QuerySet[ExerciseEdition]") -> None:
        if edition := self.one(request, queryset):
            draft = editions.restore(edition, person(request))
            self.message_user(request, _("The draft is now %(edition)s.") % {"edition": draft}, messages.SUCCESS)
