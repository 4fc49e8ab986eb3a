"""Plans that nobody has opened for a year are deleted, and keys for others and visits that have ended."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from .keys import COOKIE_SECONDS
from .models import KEPT_FOR, Browser, Plan, SharedKey, Visit

# All of a portion is in memory, and on SQLite whoever writes waits for it: of thousands, each waits for its own.
PORTION = 200


def expire_plans() -> str:
    """Delete them with all they hold, and say how many plans that were."""
    SharedKey.objects.exclude(pk__in=SharedKey.objects.lasting()).delete()
    Visit.objects.exclude(pk__in=Visit.objects.lasting()).delete()
    # No browser keeps a cookie for longer.
    Browser.objects.filter(last_on__lt=timezone.localdate() - timedelta(seconds=COOKIE_SECONDS)).delete()
    count, old = 0, Plan.objects.filter(used_at__lt=timezone.now() - KEPT_FOR)
    while keys := list(old.order_by("used_at").values_list("pk", flat=True)[:PORTION]):
        # One that was opened meanwhile stays.
        _total, deleted = old.filter(pk__in=keys).delete()
        count += deleted.get(Plan._meta.label, 0)
    return ngettext("%(count)d plan deleted.", "%(count)d plans deleted.", count) % {"count": count}
