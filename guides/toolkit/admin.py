"""The editors' screens for the toolkit: one for each kind of row that stands alone, an example's lines below it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guides.admin.base import ContentAdmin, OrderTable, RowTable, change_link
from guides.models import Guide

from .models import CoverLetter, InterviewQuestion, JobPhrase, ResumeEntry, ResumeExample, Wording
from .models.resumes import ResumeLine


class GuideRowAdmin(ContentAdmin):
    """A screen for rows that hang from a guide."""

    list_filter = ["guide"]
    list_select_related = ["guide"]
    ordering = ["guide__title", "position", "pk"]
    list_per_page = 50
    named_after = "title"

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": [self.named_after]}

    def trail(self, obj: Any) -> list[Any]:
        return [obj.guide]


class Entries(OrderTable):
    """The example's entries; each has a screen of its own for its lines."""

    model = ResumeEntry
    fields = ["name", "part", "lines"]
    readonly_fields = ["name", "part", "lines"]
    can_delete = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResumeEntry]:
        entries: QuerySet[ResumeEntry] = super().get_queryset(request)
        return entries.prefetch_related("lines")

    @admin.display(description=_("entry"))
    def name(self, entry: ResumeEntry) -> SafeString:
        return change_link(entry)

    @admin.display(description=_("lines"))
    def lines(self, entry: ResumeEntry) -> SafeString:
        return format_html_join("; ", "{}", ((line.text,) for line in entry.lines.all()))


@admin.register(ResumeExample)
class ResumeExampleAdmin(GuideRowAdmin):
    list_display = ["title", "guide", "name", "headline"]
    search_fields = ["title", "situation", "entries__lines__text"]
    fields = ["guide", ("title", "slug"), "position", "situation", ("name", "headline", "city"), "summary", "why"]
    inlines = [Entries]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return self.inlines if obj else []


class Lines(RowTable):
    model = ResumeLine
    fields = ["text", "why"]


@admin.register(ResumeEntry)
class ResumeEntryAdmin(ContentAdmin):
    list_display = ["title", "organization", "part", "example", "guide"]
    list_filter = ["example__guide", "part"]
    list_select_related = ["example__guide"]
    search_fields = ["title", "organization", "lines__text"]
    fields = ["example", ("title", "slug"), "part", "position", "organization", ("starts", "ends"), "why"]
    inlines = [Lines]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["title"]}

    @admin.display(description=_("guide"), ordering="example__guide__title")
    def guide(self, entry: ResumeEntry) -> Guide:
        return entry.example.guide

    def trail(self, obj: Any) -> list[Any]:
        return [obj.example.guide, obj.example]


@admin.register(CoverLetter)
class CoverLetterAdmin(GuideRowAdmin):
    list_display = ["title", "guide", "situation"]
    search_fields = ["title", "situation", "body"]
    fields = ["guide", ("title", "slug"), "position", "situation", "body", "why"]


@admin.register(InterviewQuestion)
class InterviewQuestionAdmin(GuideRowAdmin):
    named_after = "question"
    list_display = ["question", "guide", "group", "difficulty"]
    list_filter = ["guide", "group", "difficulty"]
    search_fields = ["question", "looked_for", "action"]
    fields = [
        "guide", "question", "slug", ("group", "difficulty", "position"), "looked_for", "situation", "task", "action",
        "result", "weak", "why_weak",
    ]  # fmt: skip


@admin.register(JobPhrase)
class JobPhraseAdmin(GuideRowAdmin):
    named_after = "text"
    list_display = ["text", "guide", "part"]
    list_filter = ["guide", "part"]
    search_fields = ["text"]
    fields = ["guide", "text", "slug", ("part", "position")]


@admin.register(Wording)
class WordingAdmin(GuideRowAdmin):
    named_after = "words"
    list_display = ["__str__", "guide", "fault", "instead"]
    list_filter = ["guide", "fault"]
    search_fields = ["words", "why", "instead"]
    fields = ["guide", "words", "slug", ("fault", "position"), "why", "instead"]
