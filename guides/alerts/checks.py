"""What every command says where mails to readers would lead nowhere."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

SMTP = "django.core.mail.backends.smtp.EmailBackend"
THIS_MACHINE = frozenset(["localhost", "127.0.0.1", "::1"])


def links_in_mails(**_options: Any) -> list[checks.CheckMessage]:
    """Warn where a mail server takes mails whose links, the one that ends them included, lead to this machine alone."""
    if settings.EMAIL_BACKEND != SMTP or urlsplit(settings.SITE_URL).hostname not in THIS_MACHINE:
        return []
    said = f"MAIL_URL names a mail server, and links in mails begin with {settings.SITE_URL}: no reader can open them."
    return [checks.Warning(said, hint="Set SITE_URL, also where cron runs a job or you do.", id="alerts.W001")]
