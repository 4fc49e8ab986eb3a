"""The editors' screens of the exercises: saving keeps a draft, publishing shows it to readers."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.admin.base import person
from guides.admin.choices import NamesField
from guides.admin.forms import VersionedForm
from guides.admin.referenced import ReferencedAdmin
from guides.models import Skill
from guides.publishing import link_faults, texts
from guides.registry.groups import PUBLISH
from guides.registry.overview import change_url

from .. import editions
from ..models import CallNumberSet, DeskQuestion, Exercise, ExerciseItem, FaultyRecord, TitlePage


class DraftAdmin(ReferencedAdmin):
    """A screen whose saves become a draft of the exercise: readers see it once it is published."""

    actions: Any = None

    def exercise_of(self, row: Model) -> Exercise | None:
        raise NotImplementedError

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["slug"] if obj else []

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        exercise = self.exercise_of(obj) if obj else None
        draft = editions.newest(exercise) if exercise else None
        if draft and not draft.is_live:
            context["exercise_draft"] = draft
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_draft(self, request: HttpRequest, row: Model) -> None:
        """Freeze what the row's exercise has now, and say how readers come to see it."""
        if exercise := self.exercise_of(row):
            edition = editions.save(exercise, person(request))
            if not edition.is_live:
                last = _("publish") if request.user.has_perm(PUBLISH) else _("submit for review")
                said = _("Kept as edition %(number)s. Readers see it once it is published.")
                link = _("What changes, preview, and %(last)s") % {"last": last}
                words = said % {"number": edition.number}
                self.message_user(request, format_html('{} <a href="{}">{}</a>', words, change_url(edition), link))

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self.save_draft(request, obj)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        self.save_draft(request, obj)


class ExerciseForm(VersionedForm):
    """An exercise, whose rules say nothing that readers would not get."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "introduction" in self.fields:
            said = _("What to do, in a few sentences. Plain text: Markdown and links stay as they are typed.")
            self.fields["introduction"].help_text = said

    def clean_introduction(self) -> str:
        introduction: str = self.cleaned_data["introduction"]
        if faults := texts.faults_of_plain(introduction):
            raise ValidationError([str(fault) for fault in faults])
        return introduction

    def clean_rules(self) -> str:
        rules: str = self.cleaned_data["rules"]
        nowhere = partial(
            link_faults.fault_of_link, reading=link_faults.of_draft(None), destinations=link_faults.Destinations()
        )
        found = [*texts.faults(rules), *link_faults.in_text(rules, nowhere)]
        if faults := [str(fault) for fault in found if fault.stops]:
            raise ValidationError(faults)
        return rules


@admin.register(Exercise)
class ExerciseAdmin(DraftAdmin):
    form = ExerciseForm
    list_display = ["name", "slug", "standing"]
    fields = ["slug", ("name", "position"), "summary", "introduction", "rules", "skills"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "skills":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        # The same skill has the same short name in every guide.
        named = dict(Skill.objects.order_by("name").values_list("slug", "name"))
        return NamesField(
            sorted(named.items(), key=lambda pair: pair[1]),
            str(Skill._meta.verbose_name),
            label=capfirst(str(db_field.verbose_name)),
            required=False,
            help_text=_("Every guide that has such a skill leads to the exercise."),
        )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Its address is kept for good, and its history with it.
        return False

    def exercise_of(self, row: Model) -> Exercise | None:
        return row if isinstance(row, Exercise) else None

    @admin.display(description=gettext_lazy("what readers see"))
    def standing(self, exercise: Exercise) -> SafeString | str:
        """What readers see; a link to the draft where that is something else."""
        newest = editions.newest(exercise)
        live = exercise.editions.live().first()
        if newest is None or newest == live:
            return _("this") if live else _("nothing yet")
        said = (
            _("edition %(number)s, a draft waits") % {"number": live.number}
            if live
            else _("nothing yet, a draft waits")
        )
        return format_html('<a href="{}">{}</a>', change_url(newest), said)


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
