"""What the clock does for alerts."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guides.registry.jobs import Job

from . import mailing
from .models import MailAlert

JOBS = [
    Job(
        "send_alerts",
        _("Sends mails of alerts that are due, and forgets addresses that nobody confirmed within three days."),
        every=timedelta(minutes=10),
        run=mailing.send_due,
        is_needed=lambda: settings.SENDS_MAIL and MailAlert.objects.exists(),
    )
]
