"""The key to a plan: 128 random bits that only the person holds. We keep its hash."""

import hashlib
import re
import secrets

from django.conf import settings
from django.http import HttpResponse

# Browsers keep a cookie for at most 400 days.
COOKIE_SECONDS = 400 * 24 * 60 * 60
_FORM = re.compile(r"[A-Za-z0-9_-]{22}")
_NO_KEY = "0" * 22


def new_key() -> str:
    """Return a new key: 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)


def hashed(key: str) -> str:
    """Return the hash under which a plan is found.

    The same work for a right, a wrong and a malformed key. Plain SHA-256 will do: 128 random bits cannot be
    tried out, and because the database compares hashes, how long it takes says nothing about the key.
    """
    return hashlib.sha256((key if _FORM.fullmatch(key) else _NO_KEY).encode()).hexdigest()


def cookie_name() -> str:
    """The cookie's name; over https the prefix ties it to this host and to Secure."""
    return "__Host-plan" if settings.HTTPS else "plan"


def keep(response: HttpResponse, key: str) -> None:
    """Have the browser keep `key`."""
    response.set_cookie(
        cookie_name(), key, max_age=COOKIE_SECONDS, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def forget(response: HttpResponse) -> None:
    """Have the browser drop its key."""
    response.set_cookie(cookie_name(), "", max_age=0, secure=settings.HTTPS, httponly=True, samesite="Lax")
