"""Plans that nobody has opened for a year are deleted."""

from django.utils import timezone
from django.utils.translation import ngettext

from .models import KEPT_FOR, Plan


def expire_plans() -> str:
    """Delete them with all they hold, and say how many that were."""
    _total, deleted = Plan.objects.filter(used_at__lt=timezone.now() - KEPT_FOR).delete()
    count = deleted.get(Plan._meta.label, 0)
    return ngettext("%(count)d plan deleted.", "%(count)d plans deleted.", count) % {"count": count}
