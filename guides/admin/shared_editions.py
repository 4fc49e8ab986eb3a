"""The history of glossary and synonyms, and every step of theirs from a draft to readers."""

import hashlib
import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import freezing
from ..models import SharedEdition
from ..publishing import diff, shared_editions
from ..publishing.editions import PublishingRefused
from ..registry.groups import PUBLISH
from ..registry.overview import change_url
from .base import person
from .steps import EDIT, NoteForm, NothingForm, SubmitForm, Transition

State = SharedEdition.State
# A step that can be taken, and the form that it asks for.
OpenStep = tuple[Transition[SharedEdition], forms.Form]


STEPS: dict[str, Transition[SharedEdition]] = {
    "submit": Transition(
        gettext_lazy("Submit for review"),
        EDIT,
        (State.SAVED,),
        lambda edition, user, note: shared_editions.submit(edition, user, note),
        gettext_lazy("It now waits for a publisher on the 'For review' list."),
        SubmitForm,
    ),
    "take_back": Transition(
        gettext_lazy("Take back from review"),
        EDIT,
        (State.SUBMITTED,),
        lambda edition, user: shared_editions.take_back(edition, user),
        gettext_lazy("It is your draft again, and waits for nobody."),
        by_submitter=True,
    ),
    "publish": Transition(
        gettext_lazy("Publish now"),
        PUBLISH,
        SharedEdition.DRAFTS,
        lambda edition, user: shared_editions.publish(edition, user),
        gettext_lazy("Readers see it from now on."),
    ),
    "send_back": Transition(
        gettext_lazy("Send back"),
        PUBLISH,
        (State.SUBMITTED,),
        lambda edition, user, note: shared_editions.send_back(edition, note),
        gettext_lazy("It is a draft again, with your note."),
        NoteForm,
    ),
    "throw_away": Transition(
        gettext_lazy("Throw the draft away"),
        EDIT,
        SharedEdition.DRAFTS,
        lambda edition, user: shared_editions.throw_away(edition),
        gettext_lazy("The draft waits no longer. It stays in the history."),
    ),
    "restore": Transition(
        gettext_lazy("Bring back as the draft"),
        EDIT,
        (State.RETIRED, State.PASSED),
        lambda edition, user: shared_editions.restore(edition, user),
        gettext_lazy("The draft is now as this edition was."),
    ),
}


def seen_by_readers(edition: SharedEdition) -> dict[str, Any] | None:
    """The row as readers see it now, as plain data; None where they do not."""
    row: Any = edition.row
    return freezing.to_plain(row) if row and row.is_live else None


def key_of(plain: dict[str, Any] | None) -> str:
    """What tells what readers see from any other state of it: the page carries it along."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


@admin.register(SharedEdition)
class SharedEditionAdmin(admin.ModelAdmin):
    list_display = ["__str__", "state", "created_at", "author", "comment"]
    list_filter = ["state", "model"]
    list_select_related = ["author"]
    search_fields = ["slug", "comment", "author__username"]
    search_help_text = gettext_lazy("Search short names, reasons and authors.")
    list_per_page = 50
    actions = None

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        # The history of one row leads here.
        return lookup == "slug" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What is kept stays as it is; the steps on its page ask for rights of their own.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The edition's page: what it changes for readers, and the steps that are open to this person."""
        edition = self.get_object(request, unquote(object_id))
        if edition is None:
            raise Http404
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        sent = request.POST.get("step", "")
        steps = {
            key: (step, step.form(request.POST if key == sent else None, prefix=key))
            for key, step in STEPS.items()
            if step.is_open(edition, request.user)
            if not (key == "restore" and edition.is_deletion)
        }
        if request.method == "POST" and (answer := self._taken(request, edition, sent, steps)):
            return answer
        live = seen_by_readers(edition)
        proposed = None if edition.fields is None else {"model": edition.model, "fields": edition.fields}
        row = edition.row
        differences = [] if live == proposed else diff.differences(live, proposed)
        change = diff.Change(str(row or edition.slug), "", "changed", differences)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "media": self.media,
            "title": str(edition),
            "edition": edition,
            "row_url": change_url(row) if row else "",
            "steps": [(key, step, form) for key, (step, form) in steps.items()],
            "live_key": key_of(live),
            "changes": [(change, None)] if differences else [],
            "before": _("What readers see"),
            "after": _("This edition"),
        }
        request.current_app = self.admin_site.name
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/guides/shared_edition.html", context, status=status)

    def _taken(
        self,
        request: HttpRequest,
        edition: SharedEdition,
        sent: str,
        steps: dict[str, tuple[Transition[SharedEdition], forms.Form]],
    ) -> HttpResponse | None:
        """Take the step that was sent, and return where to go; None where its form has errors."""
        step = STEPS.get(sent)
        if step is None or not request.user.has_perm(step.permission):
            raise PermissionDenied
        form = steps[sent][1] if sent in steps else NothingForm({})
        if not form.is_valid():
            return None
        here, outcome = reverse("admin:guides_sharededition_change", args=[edition.pk]), None
        try:
            with transaction.atomic():
                held = shared_editions.held(edition)
                if held.state not in step.states or request.POST.get("live") != key_of(seen_by_readers(held)):
                    raise PublishingRefused(_("Nothing was done: meanwhile somebody changed it. Look again."))
                outcome = step.act(held, person(request), **form.cleaned_data)
        except (PublishingRefused, ValidationError) as refusal:
            said = "; ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
            messages.error(request, said)
            return HttpResponseRedirect(here)
        messages.success(request, str(step.done))
        return HttpResponseRedirect(
            reverse("admin:guides_sharededition_change", args=[outcome.pk]) if outcome else here
        )
