"""Which old editions go, so that thousands of saves do not fill the disk.

The rule: what was ever published, what waits for review or for its moment, and each guide's newest edition stay for
good. Of the rest everything stays for 30 days, then the newest of each day up to a year, then the newest of each month.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Edition

KEEP_ALL = timedelta(days=30)
KEEP_DAILY = timedelta(days=365)
CHUNK = 500


def superfluous(now: datetime | None = None) -> list[int]:
    """Return the primary keys of the editions that the rule lets go."""
    now = now or timezone.now()
    gone: list[int] = []
    # Guides of which an edition stays, and periods of which a draft does.
    guides: set[int] = set()
    periods: set[tuple[int, int | date | tuple[int, int]]] = set()
    rows = Edition.objects.order_by("guide", "-number")
    for pk, guide, state, published_at, created_at in rows.values_list(
        "pk", "guide", "state", "published_at", "created_at"
    ):
        age = now - created_at
        day = timezone.localtime(created_at).date()
        period = (guide, pk if age <= KEEP_ALL else day if age <= KEEP_DAILY else (day.year, day.month))
        is_newest = guide not in guides
        is_draft = state == Edition.State.SAVED and published_at is None
        if is_draft and not is_newest and period in periods:
            gone.append(pk)
        if is_draft:
            periods.add(period)
        guides.add(guide)
    return gone


def thin(now: datetime | None = None) -> int:
    """Delete what the rule lets go, and return how many that were. The state is asked again at the moment itself."""
    gone = superfluous(now)
    count = 0
    for start in range(0, len(gone), CHUNK):
        with transaction.atomic():
            drafts = Edition.objects.filter(state=Edition.State.SAVED, published_at=None)
            count += drafts.filter(pk__in=gone[start : start + CHUNK]).delete()[0]
    return count
