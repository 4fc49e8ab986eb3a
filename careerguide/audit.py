"""Security events, one line each, with time, address and account and never content."""

import json
import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guides.publishing.signals import publishing

from . import accounts, request_ids
from .log_paths import loggable
from .signing_in import typed_names
from .throttle import client_address

log = logging.getLogger("careerguide.audit")
# Signals do not say on whose request they were sent.
_request: ContextVar[HttpRequest | None] = ContextVar("careerguide.audit.request", default=None)


class RememberRequest:
    """Know for each event whose request it happened on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def event(name: str, request: HttpRequest | None = None, account: str = "", **details: Any) -> None:
    """Log one event: `name` says what happened; `details` are short words such as a guide's address."""
    request = request or _request.get()
    line = {
        "time": timezone.now().isoformat(timespec="seconds"),
        "event": name,
        "account": account,
        "address": client_address(request) if request else "",
    }
    if request_ids.current.get():
        details["request"] = request_ids.current.get()
    log.info(json.dumps(line | details, ensure_ascii=False))


def refused(request: HttpRequest) -> None:
    """Log that someone who is signed in was refused; of readers, who have no account, nothing is kept."""
    try:
        account = request.user.get_username()
    except (AttributeError, DatabaseError):
        return  # refused before anybody looked who it is, or the database is away: the answer comes first
    if account:
        event("refused", request, account, method=request.method, path=loggable(request.path[:200]))


def _logged_in(sender: type, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    event("login", request, user.get_username())


def _logged_out(sender: type, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    event("logout", request, user.get_username() if user else "")


def _login_failed(sender: type, credentials: dict[str, str], request: HttpRequest | None = None, **kwargs: Any) -> None:
    event("login failed", request, typed_names.loggable(str(credentials.get("username", ""))))


def _locked_out(sender: type, request: HttpRequest, username: str, **kwargs: Any) -> None:
    # As axes knows it: typed_names.of_attempt.
    event("login locked", request, username)


def _publishing(
    sender: type, action: str, guide: str, edition: int, user: AbstractBaseUser | None, **kwargs: Any
) -> None:
    event(action, account=user.get_username() if user else "", guide=guide, edition=edition)


def _account_changed(sender: type, action: str, about: str, **details: Any) -> None:
    request = _request.get()
    event(action, account=request.user.get_username() if request else "", about=about, **details)


def connect() -> None:
    """Listen to Django's, axes' and the guides' signals."""
    publishing.connect(_publishing, dispatch_uid="audit.publishing")
    user_logged_in.connect(_logged_in, dispatch_uid="audit.login")
    user_logged_out.connect(_logged_out, dispatch_uid="audit.logout")
    user_login_failed.connect(_login_failed, dispatch_uid="audit.failed")
    user_locked_out.connect(_locked_out, dispatch_uid="audit.locked")
    accounts.watch(_account_changed)
