"""The editors' front page: what needs someone."""

from typing import Any, cast

from django import template
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from guides import registry
from guides.models import Edition, Guide, Observation, Report, SharedEdition, ShippedContent
from guides.publishing import collisions, status

register = template.Library()

MOST = 20


@register.inclusion_tag("admin/guides/_desk.html", takes_context=True)
def editors_desk(context: template.Context) -> dict[str, Any]:
    """What waits for review or for its moment, what releases brought, what readers report, and figures past review."""
    editions = Edition.objects.select_related("guide", "author").defer("packed")
    # A note is answered once a later edition is on its way to readers.
    later = Edition.objects.filter(guide=OuterRef("guide"), number__gt=OuterRef("number"))
    answered = Exists(later.exclude(state=Edition.State.SAVED))
    sent_back = editions.filter(~answered, state=Edition.State.SAVED).exclude(review_note="")
    words = SharedEdition.objects.select_related("author")
    overdue = Observation.objects.filter(review_after__lt=timezone.localdate())
    overdue = overdue.select_related("figure__section__guide").prefetch_related("figure__observations__source")
    # Only what readers see: an observation that another one leads is history.
    figures = [
        observation.figure
        for observation in overdue.order_by("review_after", "pk")
        if observation.figure.leading == observation
    ]
    releases = ShippedContent.objects.waiting().defer("packed").order_by("-brought_at", "model", "slug")
    guides = status.with_status(Guide.objects.order_by("title"))
    return {
        "guides": [(guide, status.describe(cast(status.GuideWithStatus, guide))) for guide in guides],
        "releases": [(record, collisions.describe(record)) for record in releases[:MOST]],
        "drafts": unpublished(editions)[:MOST],
        "word_drafts": words.filter(state=SharedEdition.State.SAVED)[:MOST],
        "words_for_review": words.filter(state=SharedEdition.State.SUBMITTED)[:MOST],
        "for_review": editions.filter(state=Edition.State.SUBMITTED).order_by("created_at")[:MOST],
        "scheduled": editions.filter(state=Edition.State.SCHEDULED).order_by("publish_at")[:MOST],
        "sent_back": sent_back.order_by("-created_at")[:MOST],
        "reports": Report.objects.waiting().order_by("created_at", "pk")[:MOST],
        "figures": figures[:MOST],
        "warnings": [warning for warnings in registry.each("warnings") for warning in warnings(context["user"])],
        "more_figures": max(0, len(figures) - MOST),
    }


def unpublished(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The newest edition of each guide, where readers see something else and it waits for nothing, newest first."""
    of_guide = Edition.objects.filter(guide=OuterRef("guide"))
    live_hash = Subquery(of_guide.filter(state=Edition.State.LIVE).values("content_hash")[:1])
    newer = Exists(of_guide.filter(number__gt=OuterRef("number")))
    drafts = editions.filter(~newer, state=Edition.State.SAVED).annotate(live_hash=live_hash)
    return drafts.exclude(content_hash=F("live_hash")).order_by("-created_at")
