"""How the site sends mail: MAIL_URL and MAIL_FROM, read from the environment."""

import os
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import LOOPBACK, made_folder

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """What Django's settings for mail are; `user`, `password` and the like are for a mail server alone."""

    backend: str
    sender: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    folder: str | None = None

    @property
    def is_sent(self) -> bool:
        """Whether the site sends any."""
        return self.backend != f"{BACKENDS}.dummy.EmailBackend"


def read(site: SplitResult, folder: Path) -> Mail:
    """Return how to send mail.

    Unset, a site on this machine alone writes its mails into files in `folder`, and a public one sends none.
    """
    url = os.environ.get("MAIL_URL", "").strip() or ("file:" if site.hostname in LOOPBACK else "none:")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused() from None
    sender = _sender(site, is_needed=parts.scheme in PORTS)
    if parts.scheme in PORTS and parts.hostname:
        return Mail(
            f"{BACKENDS}.smtp.EmailBackend",
            sender,
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            # A mail server on this machine itself may speak without TLS: nobody is between.
            use_tls=parts.scheme == "smtp" and parts.hostname not in LOOPBACK,
            use_ssl=parts.scheme == "smtps",
        )
    if parts.scheme == "file":
        # The one below DATA_DIR, which is private, is made with the first mail.
        place = made_folder(folder.parent / unquote(parts.path), "MAIL_URL") if parts.path else folder
        return Mail(f"{BACKENDS}.filebased.EmailBackend", sender, folder=str(place))
    if parts.scheme in {"console", "none"}:
        kind = "console" if parts.scheme == "console" else "dummy"
        return Mail(f"{BACKENDS}.{kind}.EmailBackend", sender)
    raise _refused()


def _refused() -> ImproperlyConfigured:
    # The address may hold a password, so it is not repeated.
    return ImproperlyConfigured(
        "MAIL_URL cannot be read. Give smtp://user:password@host (587, with STARTTLS), "
        "smtps://user:password@host (465), file:/a/folder, console: or none:. "
        "Write signs such as @, / and # in its password as %40, %2F and %23."
    )


def _sender(site: SplitResult, is_needed: bool) -> str:
    """Return MAIL_FROM, the address that mails come from."""
    sender = os.environ.get("MAIL_FROM", "").strip()
    if not sender and not is_needed:
        return f"careerguide@{site.hostname}"
    name, domain = parseaddr(sender)[1].rpartition("@")[::2]
    if not name or not domain or "\n" in sender:
        problem = repr(sender) if sender else "not set, and MAIL_URL names a mail server"
        raise ImproperlyConfigured(f"MAIL_FROM is {problem}. Give an address such as desk@guides.example.org.")
    return sender
