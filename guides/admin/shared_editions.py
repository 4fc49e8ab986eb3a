"""The history of glossary and synonyms, and every step of theirs from a draft to readers."""

import hashlib
import json
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import freezing
from ..models import SharedEdition
from ..publishing import diff, shared_editions
from ..publishing.editions import PublishingRefused
from ..registry.groups import PUBLISH
from ..registry.overview import change_url
from . import unsaved
from .open_steps import EDIT, UNTYPED, NoteForm, OpenSteps, Step, SubmitForm, in_states
from .read_only import ReadOnlyAdmin

State = SharedEdition.State

STEPS: dict[str, Step[SharedEdition | None]] = {
    "submit": Step(
        gettext_lazy("Submit for review"),
        EDIT,
        in_states(State.SAVED),
        lambda edition, user, note: shared_editions.submit(edition, user, note),
        gettext_lazy("It now waits for a publisher on the 'For review' list."),
        SubmitForm,
    ),
    "take_back": Step(
        gettext_lazy("Take back from review"),
        EDIT,
        in_states(State.SUBMITTED, by_submitter=True),
        lambda edition, user: shared_editions.take_back(edition, user),
        gettext_lazy("It is your draft again, and waits for nobody."),
    ),
    "publish": Step(
        gettext_lazy("Publish now"),
        PUBLISH,
        in_states(*SharedEdition.DRAFTS),
        lambda edition, user: shared_editions.publish(edition, user),
        gettext_lazy("Readers see it from now on."),
    ),
    "send_back": Step(
        gettext_lazy("Send back"),
        PUBLISH,
        in_states(State.SUBMITTED),
        lambda edition, user, note: shared_editions.send_back(edition, note),
        gettext_lazy("It is a draft again, with your note."),
        NoteForm,
    ),
    "throw_away": Step(
        gettext_lazy("Throw the draft away"),
        EDIT,
        in_states(*SharedEdition.DRAFTS),
        lambda edition, user: shared_editions.throw_away(edition),
        gettext_lazy("The draft waits no longer. It stays in the history."),
    ),
    "restore": Step(
        gettext_lazy("Bring back as the draft"),
        EDIT,
        in_states(State.RETIRED, State.PASSED),
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
class SharedEditionAdmin(ReadOnlyAdmin):
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

    @unsaved.keeps_typed(gettext_lazy("review of"), UNTYPED)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The edition's page: what it changes for readers, and the steps that are open to this person."""
        edition = self.row_seen(request, object_id)
        steps = _steps(edition, request)
        if request.method == "POST":
            taken = steps.take(partial(_act, request, edition))
            if taken:
                return HttpResponseRedirect(change_url(taken.outcome or edition))
            edition = self.get_object(request, unquote(object_id)) or edition
            steps = steps.followed_by(_steps(edition, request))
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
            "steps": steps,
            "live_key": key_of(live),
            "changes": [(change, None)] if differences else [],
            "before": _("What readers see"),
            "after": _("This edition"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/guides/shared_edition.html", context, status=steps.status)


def _steps(edition: SharedEdition, request: HttpRequest) -> OpenSteps[SharedEdition | None]:
    """The steps of the edition that are open to the person; what was deleted has nothing to bring back."""
    return OpenSteps(
        request,
        STEPS,
        lambda key, step: step.is_open(edition, request.user) and not (key == "restore" and edition.is_deletion),
        {"submit": {"note": edition.submission_note}},
    )


def _act(
    request: HttpRequest, edition: SharedEdition, step: Step[SharedEdition | None], asked: dict[str, Any]
) -> SharedEdition | None:
    """Take the step, which says itself where it is not possible, unless readers see something else than on the page."""
    held = shared_editions.held(edition)
    if request.POST.get("live") != key_of(seen_by_readers(held)):
        raise PublishingRefused(_("Nothing was done: meanwhile somebody changed it. Look again."))
    return step.act(held, request.user, **asked)
