"""Plans that nobody has opened for a year are deleted, and visits on public computers that have ended."""

from django.utils import timezone
from django.utils.translation import ngettext

from .models import KEPT_FOR, Plan, Visit


def expire_plans() -> str:
    """Delete them with all they hold, and say how many plans that were."""
    Visit.objects.exclude(pk__in=Visit.objects.lasting()).delete()
    _total, deleted = Plan.objects.filter(used_at__lt=timezone.now() - KEPT_FOR).delete()
    count = deleted.get(Plan._meta.label, 0)
    return ngettext("%(count)d plan deleted.", "%(count)d plans deleted.", count) % {"count": count}
