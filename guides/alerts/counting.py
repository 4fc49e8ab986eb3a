"""What whoever hosts the site may watch of mails. Numbers alone: no address."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from guides.registry.extension import Counter

from .models import MailAlert

# The clock sends what is due within minutes; after so long something is in the way.
LATE = timedelta(hours=1)


def counters() -> Iterator[Counter]:
    """How many alerts go by mail, how many of them failed last, and how many mails are late."""
    confirmed = MailAlert.objects.filter(confirmed_at__isnull=False)
    failing = confirmed.filter(failures__gt=0).count()
    late = confirmed.filter(next_at__lt=timezone.now() - LATE).count()
    yield Counter("mail_alerts", _("Alerts that go by mail"), confirmed.count())
    yield Counter("mails_failing", _("Alerts whose last mail was refused"), failing, is_bad=failing > 0)
    yield Counter("mails_late", _("Mails an hour late or more"), late, is_bad=late > 0)
