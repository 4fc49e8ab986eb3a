"""Names as they are typed at a sign-in. What is nobody's name may be a password in the wrong field."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

LONGEST_NAME = 150


def loggable(typed: str) -> str:
    """Return the name of an account as it is; of any other text only a seal under the site's key.

    The seal is the same for the same text, so that attempts can be counted. Where an account has the name: one query.
    """
    may_be_name = typed and len(typed) <= LONGEST_NAME and "\0" not in typed
    if may_be_name and get_user_model()._default_manager.filter(username=typed).exists():
        return typed
    return f"unknown {salted_hmac('careerguide.signing_in.typed_names', typed).hexdigest()[:16]}" if typed else ""


def of_attempt(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return what axes counts an attempt by, and keeps."""
    return loggable(str((credentials or request.POST).get("username") or ""))
