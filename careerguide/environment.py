"""Reading settings from the environment: safe defaults, and errors that name the variable."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def flag(name, default=False):
    """Return the variable `name` as true or false; unset means `default`."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "default"}:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}'. Set it to 1 or 0.")


def number(name, default):
    """Return the variable `name` as a whole number from 0 on; unset means `default`."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is '{value}'. Set it to a whole number from 0 on.")
    return int(value)


def site_url():
    """Return SITE_URL taken apart: how readers reach the site. Unset, it is this machine alone."""
    url = os.environ.get("SITE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    parts = urlsplit(url)
    try:
        valid = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        valid = False
    if not valid or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SITE_URL is '{url}'. Give scheme and host, such as https://guides.example.org.")
    return parts


def secret_key(site, folder):
    """Return SECRET_KEY, or for a site on this machine alone the key kept in `folder` (made if missing)."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if site.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set, and SITE_URL ({site.geturl()}) is public. Set it to 50 or more random characters."
        )
    return _kept_key(Path(folder) / "secret_key")


def _kept_key(path):
    """Return the key in the file at `path`, making the file, for its owner only, on the first use."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(60))
    try:
        # A link, not a rename: of two processes that start at once the first one's key stands.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
