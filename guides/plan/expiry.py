"""Plans that nobody has opened for a year are deleted, and keys for others and visits that have ended."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from .keys import COOKIE_SECONDS
from .models import KEPT_FOR, Browser, Plan, SharedKey, Visit


def expire_plans() -> str:
    """Delete them with all they hold, and say how many plans that were."""
    SharedKey.objects.exclude(pk__in=SharedKey.objects.lasting()).delete()
    Visit.objects.exclude(pk__in=Visit.objects.lasting()).delete()
    # No browser keeps a cookie for longer.
    Browser.objects.filter(last_on__lt=timezone.localdate() - timedelta(seconds=COOKIE_SECONDS)).delete()
    _total, deleted = Plan.objects.filter(used_at__lt=timezone.now() - KEPT_FOR).delete()
    count = deleted.get(Plan._meta.label, 0)
    return ngettext("%(count)d plan deleted.", "%(count)d plans deleted.", count) % {"count": count}
