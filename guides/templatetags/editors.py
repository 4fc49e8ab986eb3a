"""The editors' front page: what needs someone."""

from collections.abc import Iterator
from typing import Any, cast

from django import template
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guides import registry, typed_pages
from guides.models import Edition, Figure, Guide, LinkVisit, Observation, Report, SharedEdition, ShippedContent
from guides.publishing import collisions, review, status
from guides.registry.drafts import Draft
from guides.registry.overview import change_url

register = template.Library()

# So many of each are named; of the rest it is said how many there are.
MOST = 8


@register.inclusion_tag("admin/guides/_desk.html", takes_context=True)
def editors_desk(context: template.Context) -> dict[str, Any]:
    """What waits for the person, for review or for its moment, what readers report, and what is past its review."""
    user = context["user"]
    drafts = sorted(_drafts(), key=lambda draft: draft.saved_at, reverse=True)
    own = [draft for draft in drafts if draft.author == user and not draft.is_submitted]
    others = [draft for draft in drafts if draft.author != user and not draft.is_submitted]
    submitted = [draft for draft in reversed(drafts) if draft.is_submitted]
    editions = Edition.objects.select_related("guide", "author").defer("packed")
    scheduled = list(editions.filter(state=Edition.State.SCHEDULED).order_by("publish_at"))
    figures = _figures_past_review()
    reports = Report.objects.waiting().order_by("created_at", "pk")
    withdrawn = _withdrawn()
    releases = ShippedContent.objects.waiting().defer("packed").order_by("-brought_at", "model", "slug")
    guides = status.with_status(Guide.objects.order_by("title"))
    overdue = len(figures) + sum(edition.is_overdue for edition in scheduled)
    dead = LinkVisit.objects.filter(failures__gt=0).count()
    return {
        "counts": [
            (_("My drafts"), len(own), "#my-drafts"),
            (_("For review"), len(submitted), "#for-review"),
            (_("Overdue"), overdue, "#past-review" if figures else "#scheduled"),
            (
                _("Readers’ reports"),
                reports.count(),
                reverse("admin:guides_report_changelist") + "?outcome__exact=waiting",
            ),
            (_("Dead links"), dead, reverse("admin:guides_linkvisit_changelist")),
            (_("Withdrawn"), len(withdrawn), reverse("admin:guides_guide_changelist") + "?status=withdrawn"),
        ],
        "may_add": user.has_perm("guides.add_guide"),
        "guides": [(guide, status.describe(cast(status.GuideWithStatus, guide))) for guide in guides],
        "releases": [(record, collisions.describe(record)) for record in releases[:MOST]],
        "own_drafts": own,
        "drafts": others,
        "for_review": submitted,
        "scheduled": scheduled,
        "sent_back": review.sent_back().select_related("guide").order_by("-created_at")[:MOST],
        "reports": reports[:MOST],
        "withdrawn": withdrawn,
        "figures": figures[:MOST],
        "warnings": [warning for warnings in registry.each("warnings") for warning in warnings(user)],
        "more_figures": max(0, len(figures) - MOST),
    }


@register.inclusion_tag("admin/guides/_keep_typed.html", takes_context=True)
def keep_typed(context: template.Context, name: str = "") -> dict[str, Any]:
    """Keep what is typed into a form of a page that stands on `keeps_typed`; `name` tells it from its others."""
    request = context["request"]
    sent = typed_pages.typed_into(request) or request.POST
    is_typed = bool(sent) and sent.get("step", "") == name
    address = f"{request.path}#{name}" if name else request.path
    return {"address": address, "key": sent.get(typed_pages.KEY, "") if is_typed else "", "is_typed": is_typed}


@register.inclusion_tag("admin/guides/_typed_before.html", takes_context=True)
def typed_before(context: template.Context) -> dict[str, Any]:
    """What the person typed into the forms of such a page earlier and did not send."""
    request = context["request"]
    return {"texts": typed_pages.before(request), "request": request, "csrf_token": context.get("csrf_token")}


def _drafts() -> Iterator[Draft]:
    """Yield everything that readers do not see yet, and what waits for a reviewer."""
    editions = Edition.objects.select_related("guide", "author").defer("packed")
    for edition in unpublished(editions):
        note = edition.comment or edition.changes or _("Never published.")
        yield Draft(str(edition), change_url(edition), edition.author, edition.created_at, note)
    for edition in editions.filter(state=Edition.State.SUBMITTED):
        note = edition.submission_note or edition.comment or edition.changes
        yield Draft(str(edition), change_url(edition), edition.author, edition.created_at, note, True)
    for shared in SharedEdition.objects.drafts().select_related("author"):
        is_submitted = shared.state == SharedEdition.State.SUBMITTED
        note = shared.submission_note or shared.review_note or shared.comment
        yield Draft(str(shared), change_url(shared), shared.author, shared.created_at, note, is_submitted)
    for drafts in registry.each("drafts"):
        yield from drafts()


def _figures_past_review() -> list[Figure]:
    overdue = Observation.objects.filter(review_after__lt=timezone.localdate())
    overdue = overdue.select_related("figure__section__guide").prefetch_related("figure__observations__source")
    # Only what readers see: an observation that another one leads is history.
    return [
        observation.figure
        for observation in overdue.order_by("review_after", "pk")
        if observation.figure.leading == observation
    ]


def _withdrawn() -> list[Edition]:
    """The edition that readers read last of each guide that was taken from them, the newest first."""
    live = Edition.objects.live().filter(guide=OuterRef("guide"))
    taken = Edition.objects.filter(~Exists(live)).exclude(withdrawn_at=None)
    return list(taken.select_related("guide").defer("packed").order_by("-withdrawn_at"))


def unpublished(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The newest edition of each guide, where readers see something else and it waits for nothing, newest first."""
    of_guide = Edition.objects.filter(guide=OuterRef("guide"))
    live_hash = Subquery(of_guide.filter(state=Edition.State.LIVE).values("content_hash")[:1])
    newer = Exists(of_guide.filter(number__gt=OuterRef("number")))
    drafts = editions.filter(~newer, state=Edition.State.SAVED).annotate(live_hash=live_hash)
    # Of a guide that readers do not see there is no live hash, and no database says that NULL is something else.
    return drafts.filter(Q(live_hash=None) | ~Q(content_hash=F("live_hash"))).order_by("-created_at")
