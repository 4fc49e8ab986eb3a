"""Sending the mails that are due: each once, whoever is killed when; nothing new, no mail."""

import logging
import smtplib
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import news, signing
from .models import Alert, MailAlert

EVERY = {MailAlert.Rhythm.WEEKLY: timedelta(days=7), MailAlert.Rhythm.DAILY: timedelta(days=1)}
# A process that took a mail in hand longer ago than this is gone: the clock ends it before.
GONE_AFTER = timedelta(minutes=10)
# A server that refuses the address so often in a row means it.
MOST_FAILURES = 5
MOST_IN_A_RUN = 500
MOST_MARKS = 300
log = logging.getLogger(__name__)


def due() -> Any:
    """The mails to look at now."""
    return MailAlert.objects.filter(next_at__lte=timezone.now()).exclude(confirmed_at=None)


def ask_to_confirm(mail: MailAlert) -> None:
    """Send the one mail that asks whether mails are wanted. Raises OSError where it does not go."""
    context = {"alert": mail.alert, "mail": mail, "address": signing.address(mail, signing.CONFIRM)}
    _message(mail, _("Do you want these mails?"), "alerts/mail_confirm.txt", context, "confirm").send()


def begin(mail: MailAlert) -> None:
    """Somebody confirmed the address: from now on there is word, of what is new from now on."""
    now = timezone.now()
    mail.confirmed_at, mail.told_until = now, now
    mail.next_at = now + EVERY[MailAlert.Rhythm(mail.rhythm)]
    if mail.alert.subject != Alert.Subject.DATES:
        mail.told = [item.mark for item in news.of(mail.alert, now)]
    mail.save()


def send_due() -> str:
    """Send what is due, and say what that was: to how many, never to whom."""
    _tidy()
    sent = failed = 0
    with closing(get_connection()) as connection:
        for pk in list(due().order_by("next_at", "pk").values_list("pk", flat=True)[:MOST_IN_A_RUN]):
            mail = _claim(pk)
            if mail is None:
                continue
            try:
                sent += _send(mail, connection)
            except OSError as failure:  # of the network, and smtplib's own, which are such
                failed += 1
                connection.close()
                _put_off(mail, failure)
    said = ngettext("%(count)d mail sent.", "%(count)d mails sent.", sent) % {"count": sent}
    return f"{said} {_('Did not go: %(count)d.') % {'count': failed}}" if failed else said


def _tidy() -> None:
    """Forget addresses that nobody confirmed, and take up what a process that is gone had in hand."""
    now = timezone.now()
    MailAlert.objects.filter(confirmed_at=None, asked_at__lt=now - signing.CONFIRM_WITHIN).delete()
    left = MailAlert.objects.filter(claimed_at__lt=now - GONE_AFTER)
    # The server never had it: it goes out now. Or it may have had it: the next one tells the same, in a day.
    left.filter(handed_over_at=None).update(next_at=now, claimed_at=None)
    left.update(next_at=F("claimed_at") + timedelta(days=1), claimed_at=None, handed_over_at=None, is_unsure=True)


def _claim(pk: int) -> MailAlert | None:
    """Take one in hand; None where another process has it, or it has been ended."""
    mail = due().select_related("alert__plan").filter(pk=pk).first()
    if mail is None:
        return None
    now = timezone.now()
    following = now + EVERY[MailAlert.Rhythm(mail.rhythm)]
    claimed = MailAlert.objects.filter(pk=pk, next_at=mail.next_at).update(next_at=following, claimed_at=now)
    mail.next_at, mail.claimed_at = following, now
    return mail if claimed else None


def _send(mail: MailAlert, connection: BaseEmailBackend) -> bool:
    """Send one if there is anything new; return whether there was."""
    looked_at = timezone.now()
    days = EVERY[MailAlert.Rhythm(mail.rhythm)].days
    items = news.of(mail.alert, mail.told_until or looked_at, days)
    new = [item for item in items if item.mark not in mail.told]
    if new:
        context = {"alert": mail.alert, "mail": mail, "items": new, "stop": signing.address(mail, signing.STOP)}
        message = _message(
            mail, _subject(mail.alert, len(new)), "alerts/mail.txt", context, f"{mail.claimed_at:%Y%m%d%H%M%S%f}"
        )
        message.connection = connection
        # Connected first: a server that is away is no mail of which one cannot know.
        connection.open()
        mail.handed_over_at = timezone.now()
        mail.save(update_fields=["handed_over_at"])
        message.send()
    _done(mail, looked_at, [item.mark for item in items])
    return bool(new)


def _done(mail: MailAlert, looked_at: datetime, marks: list[str]) -> None:
    """Note what was told. What has been told before stays noted for a while: it may be found again."""
    told = [*marks, *(mark for mark in mail.told if mark not in marks)][:MOST_MARKS]
    values: dict[str, Any] = {"told": told, "told_until": looked_at, "claimed_at": None, "handed_over_at": None}
    if mail.handed_over_at:
        values |= {"sent_at": looked_at, "failures": 0, "is_unsure": False}
    MailAlert.objects.filter(pk=mail.pk).update(**values)


def _put_off(mail: MailAlert, failure: Exception) -> None:
    """Try again later, ever later; after the last time no more, which the plan's page says."""
    # Never the address, nor what a server says of it.
    log.warning("a mail of alert %s did not go: %s", mail.alert_id, type(failure).__name__)
    failures = mail.failures + 1
    again = None if failures >= MOST_FAILURES else timezone.now() + timedelta(hours=2**failures)
    values: dict[str, Any] = {"failures": failures, "next_at": again, "claimed_at": None, "handed_over_at": None}
    is_refused = isinstance(failure, smtplib.SMTPException) and not isinstance(failure, smtplib.SMTPServerDisconnected)
    if mail.handed_over_at and not is_refused:
        # The line broke while the server had it: as after a kill.
        values |= {"next_at": timezone.now() + timedelta(days=1), "is_unsure": True}
    MailAlert.objects.filter(pk=mail.pk).update(**values)


def _subject(alert: Alert, count: int) -> str:
    match alert.subject:
        case Alert.Subject.OPENINGS:
            said = ngettext("%(count)d new opening: %(name)s", "%(count)d new openings: %(name)s", count)
        case Alert.Subject.FIGURES:
            said = _("%(name)s")
        case _dates:
            said = ngettext("%(count)d date ahead: %(name)s", "%(count)d dates ahead: %(name)s", count)
    return said % {"count": count, "name": alert.name}


def _message(mail: MailAlert, subject: str, template: str, context: dict[str, Any], what: str) -> EmailMessage:
    """A mail in plain text that one click ends (RFC 8058)."""
    stop = signing.address(mail, signing.STOP)
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": f"<alert-{mail.pk}-{what}-{mail.nonce[:6]}@{settings.SITE.hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    text = render_to_string(template, context)
    return EmailMessage(" ".join(subject.split()), text, None, [mail.email], headers=headers)
