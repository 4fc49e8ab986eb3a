"""The keys that mails carry: signed, so that nothing of them is kept here.

A key names the row and the one thing that it lets do. It says nothing of the plan, and opens nothing of it.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import MailAlert

CONFIRM, STOP = "alerts:confirm", "alerts:stop"
CONFIRM_WITHIN = timedelta(days=3)


def address(mail: MailAlert, view: str) -> str:
    """Return the whole address that lets whoever reads the mail do what `view` does."""
    signed = signing.TimestampSigner(salt=view).sign(f"{mail.pk}-{mail.nonce}")
    return f"{settings.SITE_URL}{reverse(view)}?key={signed}"


def opened(key: str, view: str) -> MailAlert | None:
    """Return what the key of such an address names; None for one that is forged, of another use, too old, or gone."""
    lasts = CONFIRM_WITHIN if view == CONFIRM else None
    try:
        value = signing.TimestampSigner(salt=view).unsign(key, max_age=lasts)
    except signing.BadSignature:
        return None
    pk, _dash, nonce = value.partition("-")
    return MailAlert.objects.select_related("alert").filter(pk=pk, nonce=nonce).first()
