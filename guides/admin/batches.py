"""Batches of drafts: one page to look through what was done to several guides, and one step for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Batch, Edition
from ..publishing import batches, checks
from ..publishing.batches import Member
from ..publishing.editions import PublishingRefused
from ..registry.groups import PUBLISH
from .base import person
from .editions import changes_between
from .steps import EDIT, NoteForm, NothingForm, SubmitForm

State = Edition.State


@dataclass(frozen=True)
class BatchStep:
    """A step with all editions of a batch: its name, who may take it, for which editions, and what it does.

    `act` gives another batch that it made, None where it made none.
    """

    name: str | Promise
    permission: str
    fits: Callable[[Member], bool]
    act: Callable[..., Batch | None]
    done: str | Promise
    form: type[forms.Form] = NothingForm


STEPS = {
    "submit": BatchStep(
        gettext_lazy("Submit all for review"),
        EDIT,
        lambda member: member.can_be_submitted,
        lambda batch, user, note: batches.submit(batch, user, note),
        gettext_lazy("They now wait for a publisher, who reviews them on this one page."),
        SubmitForm,
    ),
    "publish": BatchStep(
        gettext_lazy("Publish all now"),
        PUBLISH,
        lambda member: member.waits,
        lambda batch, user: batches.publish(batch, user),
        gettext_lazy("Readers see all of it from now on."),
    ),
    "send_back": BatchStep(
        gettext_lazy("Send all back"),
        PUBLISH,
        lambda member: member.edition.state == State.SUBMITTED,
        lambda batch, user, note: batches.send_back(batch, note, user),
        gettext_lazy("They are drafts again, with your note."),
        NoteForm,
    ),
    "undo": BatchStep(
        gettext_lazy("Undo in the drafts"),
        EDIT,
        lambda member: member.is_draft and member.before is not None,
        lambda batch, user: batches.undo(batch, user),
        gettext_lazy("The drafts are as they were before. What this batch did stays in their history."),
    ),
}


def batch_url(batch: Batch) -> str:
    """The address of the page on which a batch is reviewed."""
    return reverse("admin:guides_batch_change", args=[batch.pk])


@admin.register(Batch)
class BatchAdmin(admin.ModelAdmin):
    list_display = ["comment", "author", "created_at", "guides"]
    list_filter = ["author"]
    list_select_related = ["author"]
    search_fields = ["comment", "editions__guide__title"]
    search_help_text = gettext_lazy("Search what was done, and guides.")
    list_per_page = 50
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return request.user.has_perm("guides.view_edition")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        # What is kept stays as it is; the steps on its page ask for rights of their own.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        counted: QuerySet[Batch] = super().get_queryset(request).annotate(guide_count=Count("editions"))
        return counted

    @admin.display(description=gettext_lazy("guides"), ordering="guide_count")
    def guides(self, batch: Any) -> int:
        return int(batch.guide_count)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the batch would change for readers, guide by guide, and the steps that are open to this person."""
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            raise Http404
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        standing, sent = batches.members(batch), request.POST.get("step", "")
        steps = {
            key: (step, step.form(request.POST if key == sent else None, prefix=key))
            for key, step in STEPS.items()
            if request.user.has_perm(step.permission) and any(map(step.fits, standing))
        }
        if request.method == "POST" and (answer := self._taken(request, batch, sent, steps)):
            return answer
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "media": self.media,
            "title": str(batch),
            "batch": batch,
            "members": [_shown(member) for member in standing],
            "steps": [(key, step, form) for key, (step, form) in steps.items()],
            "live_key": batches.key_of(standing),
        }
        request.current_app = self.admin_site.name
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/guides/batch.html", context, status=status)

    def _taken(
        self, request: HttpRequest, batch: Batch, sent: str, steps: dict[str, tuple[BatchStep, forms.Form]]
    ) -> HttpResponse | None:
        """Take the step that was sent, and return where to go; None where its form has errors."""
        step = STEPS.get(sent)
        if step is None or not request.user.has_perm(step.permission):
            raise PermissionDenied
        form = steps[sent][1] if sent in steps else NothingForm({})
        if not form.is_valid():
            return None
        outcome = None
        try:
            with transaction.atomic():
                if batches.key_of(batches.lock(batch)) != request.POST.get("live", ""):
                    raise PublishingRefused(
                        _("Nothing was done: meanwhile somebody saved or published one of these guides. Look again.")
                    )
                outcome = step.act(batch, person(request), **form.cleaned_data)
        except PublishingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(step.done))
        return HttpResponseRedirect(batch_url(outcome or batch))


def _shown(member: Member) -> dict[str, Any]:
    """What the page shows of one edition of the batch."""
    edition, base = member.edition, member.before
    if member.waits and member.live:
        base = member.live
    return {
        "member": member,
        "edition": edition,
        "base": base,
        "base_is_live": base is not None and base == member.live,
        "changes": changes_between(base, edition) if base else [],
        "following": list(batches.following(base, edition)) if base else [],
        "problems": checks.check(edition) if member.waits else [],
    }
