"""Security events, one line each, with time, address and account and never content."""

import json
import logging

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils import timezone

from guides.signals import publishing

from .throttle import client_address

log = logging.getLogger("careerguide.audit")


def event(name, request=None, account="", **details):
    """Log one event: `name` says what happened; `details` are short words such as a guide's address."""
    line = {
        "time": timezone.now().isoformat(timespec="seconds"),
        "event": name,
        "account": account,
        "address": client_address(request) if request else "",
    }
    log.info(json.dumps(line | details, ensure_ascii=False))


def _logged_in(sender, request, user, **kwargs):
    event("login", request, user.get_username())


def _logged_out(sender, request, user, **kwargs):
    event("logout", request, user.get_username() if user else "")


def _login_failed(sender, credentials, request=None, **kwargs):
    event("login failed", request, str(credentials.get("username", ""))[:150])


def _locked_out(sender, request, username, **kwargs):
    event("login locked", request, str(username)[:150])


def _publishing(sender, action, guide, edition, user, **kwargs):
    event(action, account=user.get_username() if user else "", guide=guide, edition=edition)


def connect():
    """Listen to Django's, axes' and the guides' signals."""
    publishing.connect(_publishing, dispatch_uid="audit.publishing")
    user_logged_in.connect(_logged_in, dispatch_uid="audit.login")
    user_logged_out.connect(_logged_out, dispatch_uid="audit.logout")
    user_login_failed.connect(_login_failed, dispatch_uid="audit.failed")
    user_locked_out.connect(_locked_out, dispatch_uid="audit.locked")
