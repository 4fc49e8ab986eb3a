"""Where guides stand between draft and live, for lists: one query, however many editions there are."""

from datetime import datetime
from typing import Protocol

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Edition, Guide
from ..models.edition import is_overdue


class GuideWithStatus(Protocol):
    """A guide from `with_status`, with what its status depends on."""

    newest_hash: str | None
    live_hash: str | None
    was_published: bool
    for_review: bool
    publish_at: datetime | None
    refused_at: datetime | None


CHOICES = [
    ("live", gettext_lazy("live")),
    ("changed", gettext_lazy("live, with changes in the draft")),
    ("withdrawn", gettext_lazy("withdrawn")),
    ("never", gettext_lazy("never published")),
    ("review", gettext_lazy("for review")),
    ("scheduled", gettext_lazy("scheduled")),
]


def with_status(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """Return the queryset `guides` with what its status depends on beside each guide."""
    editions = Edition.objects.filter(guide=OuterRef("pk"))
    newest, live = editions.order_by("-number"), editions.filter(state=Edition.State.LIVE)
    scheduled = editions.filter(state=Edition.State.SCHEDULED)
    return guides.annotate(
        newest_at=Subquery(newest.values("created_at")[:1]),
        newest_hash=Subquery(newest.values("content_hash")[:1]),
        live_hash=Subquery(live.values("content_hash")[:1]),
        was_published=Exists(editions.exclude(published_at=None)),
        for_review=Exists(editions.filter(state=Edition.State.SUBMITTED)),
        publish_at=Subquery(scheduled.values("publish_at")[:1]),
        refused_at=Subquery(scheduled.values("refused_at")[:1]),
    )


# The same conditions as in `standing`, for filters.
CONDITIONS = {
    "live": Q(live_hash=F("newest_hash")),
    "changed": Q(live_hash__isnull=False) & ~Q(live_hash=F("newest_hash")),
    "withdrawn": Q(live_hash=None, was_published=True),
    "never": Q(live_hash=None, was_published=False),
    "review": Q(for_review=True),
    "scheduled": Q(publish_at__isnull=False),
}


def standing(guide: GuideWithStatus) -> str:
    """Return the one status of what readers see: live, changed, withdrawn or never."""
    if guide.live_hash is None:
        return "withdrawn" if guide.was_published else "never"
    return "live" if guide.live_hash == guide.newest_hash else "changed"


def describe(guide: GuideWithStatus) -> str:
    """Return the status of a guide from `with_status` in words: what readers see, and what is waiting."""
    words = [str(dict(CHOICES)[standing(guide)])]
    if guide.for_review:
        words.append(_("for review"))
    if guide.publish_at:
        late = is_overdue(guide.publish_at, bool(guide.refused_at))
        when = date_format(localtime(guide.publish_at), "DATETIME_FORMAT")
        words.append((_("overdue since %(when)s") if late else _("scheduled for %(when)s")) % {"when": when})
    return "; ".join(words)
