"""Screens for words: what search takes for the same, and what the glossary explains. A save is a draft."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import SharedEdition, Synonym, Term
from ..publishing import shared_editions, texts
from ..registry.groups import PUBLISH
from .base import person
from .forms import VersionedForm
from .referenced import ReferencedAdmin
from .versioned import Saved


class WordRequest(HttpRequest):
    """A request that may have left a draft of a word."""

    shared_draft: SharedEdition | None


class WordAdmin(ReferencedAdmin):
    """What guides share. Readers see a change once it is published."""

    actions = None
    prepopulated: dict[str, Sequence[str]] = {}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else self.prepopulated

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    @admin.display(description=_("what readers see"))
    def standing(self, row: Term | Synonym) -> str:
        waits = SharedEdition.objects.of(row).drafts().exists()
        if not row.is_live:
            return gettext("nothing yet: a draft waits")
        return gettext("this; a draft waits") if waits else gettext("this")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row as its draft has it: that is what is edited."""
        row = super().get_object(request, object_id, from_field)
        return shared_editions.with_draft(row) if row else None

    def last_saved(self, obj: Any) -> Saved | None:
        draft = shared_editions.draft_of(obj)
        return Saved(draft.author, draft.created_at) if draft else super().last_saved(obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            return super().history_view(request, object_id, extra_context)
        editions = reverse("admin:guides_sharededition_changelist")
        return HttpResponseRedirect(f"{editions}?model={self.opts.label_lower}&slug={row.slug}")

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["shared_draft"] = shared_editions.draft_of(obj) if obj else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.is_live = change and obj.is_live
        if not obj.is_live:
            super().save_model(request, obj, form, change)
        cast(WordRequest, request).shared_draft = shared_editions.save(obj, person(request))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        self.say(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.say(request)
        return super().response_change(request, obj)

    def say(self, request: HttpRequest) -> None:
        """How what was saved comes to readers."""
        draft = cast(WordRequest, request).shared_draft
        if draft is None:
            messages.info(request, gettext("Readers see exactly this already: no draft waits."))
            return
        last = gettext("Publish") if request.user.has_perm(PUBLISH) else gettext("Submit for review")
        said = '{} <a href="{}">{}</a> · <a href="{}#steps">{}</a>'
        url = reverse("admin:guides_sharededition_change", args=[draft.pk])
        messages.info(request, format_html(said, gettext("Draft saved."), url, gettext("What changes"), url, last))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Whoever may publish deletes; anybody else proposes it."""
        draft = shared_editions.propose_deletion(obj, person(request))
        if draft and request.user.has_perm(PUBLISH):
            shared_editions.publish(draft, person(request))
        elif draft:
            cast(WordRequest, request).shared_draft = draft

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        draft = getattr(request, "shared_draft", None)
        if draft is None:
            return super().response_delete(request, obj_display, obj_id)
        messages.info(request, gettext("Readers go on seeing it until somebody publishes that it is deleted."))
        return HttpResponseRedirect(reverse("admin:guides_sharededition_change", args=[draft.pk]))


@admin.register(Synonym)
class SynonymAdmin(WordAdmin):
    list_display = ["slug", "__str__", "standing"]
    search_fields = ["slug", "words"]
    search_help_text = _("Search the words.")
    fields = ["words", "slug"]
    prepopulated = {"slug": ["words"]}


class TermForm(VersionedForm):
    """A term, whose definition readers get as it is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "definition" in self.fields:
            said = gettext("One to three plain sentences that need no other term. Markdown and links stay as typed.")
            self.fields["definition"].help_text = said

    def clean_definition(self) -> str:
        definition: str = self.cleaned_data["definition"]
        if faults := texts.faults_of_plain(definition):
            raise ValidationError([str(fault) for fault in faults])
        return definition


@admin.register(Term)
class TermAdmin(WordAdmin):
    form = TermForm
    list_display = ["name", "long_name", "definition", "standing"]
    search_fields = ["slug", "name", "long_name", "definition"]
    search_help_text = _("Search names and definitions.")
    fields = [("name", "long_name"), "slug", "definition"]
    prepopulated = {"slug": ["name"]}
