"""The editors' front page: what needs someone."""

from typing import Any

from django import template
from django.db.models import Exists, OuterRef
from django.utils import timezone

from guides import registry
from guides.models import Edition, Observation, Report, ShippedContent
from guides.publishing import collisions

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
    overdue = Observation.objects.filter(review_after__lt=timezone.localdate())
    overdue = overdue.select_related("figure__section__guide").prefetch_related("figure__observations__source")
    # Only what readers see: an observation that another one leads is history.
    figures = [
        observation.figure
        for observation in overdue.order_by("review_after", "pk")
        if observation.figure.leading == observation
    ]
    releases = ShippedContent.objects.waiting().defer("packed").order_by("-brought_at", "model", "slug")
    return {
        "releases": [(record, collisions.describe(record)) for record in releases[:MOST]],
        "for_review": editions.filter(state=Edition.State.SUBMITTED).order_by("created_at")[:MOST],
        "scheduled": editions.filter(state=Edition.State.SCHEDULED).order_by("publish_at")[:MOST],
        "sent_back": sent_back.order_by("-created_at")[:MOST],
        "reports": Report.objects.waiting().order_by("created_at", "pk")[:MOST],
        "figures": figures[:MOST],
        "warnings": [warning for warnings in registry.each("warnings") for warning in warnings(context["user"])],
        "more_figures": max(0, len(figures) - MOST),
    }
