"""Screens for words: what search takes for the same, and what the glossary explains."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import Synonym, Term
from ..publishing import content_version
from .referenced import ReferencedAdmin


class WordAdmin(ReferencedAdmin):
    """What guides share. Readers see a change at once."""

    actions = None
    prepopulated: dict[str, Sequence[str]] = {}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else self.prepopulated

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        content_version.content_changed()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        content_version.content_changed()


@admin.register(Synonym)
class SynonymAdmin(WordAdmin):
    list_display = ["slug", "__str__"]
    search_fields = ["slug", "words"]
    search_help_text = _("Search the words.")
    fields = ["words", "slug"]
    prepopulated = {"slug": ["words"]}


@admin.register(Term)
class TermAdmin(WordAdmin):
    list_display = ["name", "long_name", "definition"]
    search_fields = ["slug", "name", "long_name", "definition"]
    search_help_text = _("Search names and definitions.")
    fields = [("name", "long_name"), "slug", "definition"]
    prepopulated = {"slug": ["name"]}
