"""Batches of drafts: one page to look through what was done to several guides, and one step for all of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Batch, Edition
from ..publishing import batches, checks, review
from ..publishing.batches import Member
from ..publishing.editions import PublishingRefused
from ..registry.groups import PUBLISH
from . import unsaved
from .editions import changes_between
from .open_steps import EDIT, UNTYPED, NoteForm, OpenSteps, Step, SubmitForm
from .read_only import ReadOnlyAdmin

State = Edition.State


def for_any(fits: Callable[[Member], bool]) -> Callable[[list[Member], Any], bool]:
    """What tells whether a step is open for a batch: it fits one of its editions at least."""
    return lambda members, user: any(map(fits, members))


STEPS: dict[str, Step[Batch | None]] = {
    "submit": Step(
        gettext_lazy("Submit all for review"),
        EDIT,
        for_any(lambda member: member.can_be_submitted),
        lambda batch, user, note: batches.submit(batch, user, note),
        gettext_lazy("They now wait for a publisher, who reviews them on this one page."),
        SubmitForm,
    ),
    "publish": Step(
        gettext_lazy("Publish all now"),
        PUBLISH,
        for_any(lambda member: member.waits),
        lambda batch, user: batches.publish(batch, user),
        gettext_lazy("Readers see all of it from now on."),
    ),
    "send_back": Step(
        gettext_lazy("Send all back"),
        PUBLISH,
        for_any(lambda member: member.edition.state == State.SUBMITTED),
        lambda batch, user, note: batches.send_back(batch, note, user),
        gettext_lazy("They are drafts again, with your note."),
        NoteForm,
    ),
    "undo": Step(
        gettext_lazy("Undo in the drafts"),
        EDIT,
        for_any(lambda member: member.is_draft and member.before is not None),
        lambda batch, user: batches.undo(batch, user),
        gettext_lazy("The drafts are as they were before. What this batch did stays in their history."),
    ),
}


def batch_url(batch: Batch) -> str:
    """The address of the page on which a batch is reviewed."""
    return reverse("admin:guides_batch_change", args=[batch.pk])


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        counted: QuerySet[Batch] = super().get_queryset(request).annotate(guide_count=Count("editions"))
        return counted

    @admin.display(description=gettext_lazy("guides"), ordering="guide_count")
    def guides(self, batch: Any) -> int:
        return int(batch.guide_count)

    @unsaved.keeps_typed(gettext_lazy("review of"), UNTYPED)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the batch would change for readers, guide by guide, and the steps that are open to this person."""
        batch = self.row_seen(request, object_id)
        standing = batches.members(batch)
        steps = _steps(standing, request)
        if request.method == "POST":
            taken = steps.take(partial(_act, request, batch))
            if taken:
                return HttpResponseRedirect(batch_url(taken.outcome or batch))
            standing = batches.members(batch)
            steps = steps.followed_by(_steps(standing, request))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "media": self.media,
            "title": str(batch),
            "batch": batch,
            "members": [_shown(member) for member in standing],
            "steps": steps,
            "live_key": batches.key_of(standing),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/guides/batch.html", context, status=steps.status)


def _steps(standing: list[Member], request: HttpRequest) -> OpenSteps[Batch | None]:
    """The steps of a batch, as it stands, that are open to the person."""
    notes = filter(None, (review.note_before(member.edition) for member in standing if member.can_be_submitted))
    return OpenSteps(
        request,
        STEPS,
        lambda key, step: step.is_open(standing, request.user),
        {"submit": {"note": next(notes, "")}},
    )


def _act(request: HttpRequest, batch: Batch, step: Step[Batch | None], asked: dict[str, Any]) -> Batch | None:
    """Take the step, unless the batch is not as it was on the page."""
    if batches.key_of(batches.lock(batch)) != request.POST.get("live", ""):
        raise PublishingRefused(
            _("Nothing was done: meanwhile somebody saved or published one of these guides. Look again.")
        )
    return step.act(batch, request.user, **asked)


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
