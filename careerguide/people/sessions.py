"""An editor's own sessions: where they are signed in, since when, and a way to end it.

Sessions are Django's. Only editors have any, so there are few: whose one is stands in the session itself, and all are
read where that is asked. Beside it stand when it began and which browser began it; no address is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import audit
from .roles import person

BEGUN, BROWSER = "begun", "browser"
# What stands in a browser's name for itself, the more particular first: most call themselves Safari too.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox|FxiOS": "Firefox", "Chrome|CriOS": "Chrome", "Safari": "Safari"}
SYSTEMS = {"iPhone|iPad": "iOS", "Android": "Android", "Windows": "Windows", "Mac OS": "macOS", "Linux|X11": "Linux"}


@dataclass(frozen=True)
class OpenSession:
    """Where somebody is signed in. `name` tells it from the others, and opens nothing."""

    name: str
    session: Session
    begun: datetime | None
    seen: datetime
    browser: str
    is_this: bool


def browser_of(request: HttpRequest) -> str:
    """Which browser it is, as one would say it: 'Firefox on Windows'; no version, which would tell more than needed."""
    agent = request.headers.get("User-Agent", "")

    def first(words: dict[str, str]) -> str:
        return next((name for pattern, name in words.items() if re.search(pattern, agent)), "")

    browser, system = first(BROWSERS), first(SYSTEMS)
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if browser and system else browser


def note(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep in a session that begins when that was, and in which browser."""
    request.session[BEGUN], request.session[BROWSER] = timezone.now().isoformat(), browser_of(request)


def connect() -> None:
    """Listen to Django's signal."""
    user_logged_in.connect(note, dispatch_uid="people.sessions")


def _name(session: Session) -> str:
    return salted_hmac("careerguide.people.sessions", session.session_key).hexdigest()[:32]


def of(user: User, current: str | None = None) -> list[OpenSession]:
    """The sessions in which `user` is signed in, the one used last first; `current` is the key of the asker's own."""
    found = [
        OpenSession(
            name=_name(session),
            session=session,
            begun=parse_datetime(str(data.get(BEGUN, ""))),
            # Each page of the admin sets its end anew.
            seen=session.expire_date - settings.SESSION_AGE,
            browser=str(data.get(BROWSER, "")),
            is_this=session.session_key == current,
        )
        for session, data in _all()
        if data.get(SESSION_KEY) == str(user.pk)
        # One from before the password was changed is dead already.
        and constant_time_compare(str(data.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())
    ]
    return sorted(found, key=lambda session: session.seen, reverse=True)


def _all() -> Iterator[tuple[Session, dict[str, Any]]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).order_by("session_key").iterator():
        yield session, session.get_decoded()


def end(user: User, names: set[str] | None = None) -> int:
    """End those sessions of `user`, or all; return how many."""
    ending = [open_.session.pk for open_ in of(user) if names is None or open_.name in names]
    return Session.objects.filter(pk__in=ending).delete()[0]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in; end one session, all others, or every one."""
    user = person(request)
    listed = of(user, request.session.session_key)
    if request.method != "POST":
        context = {"sessions": listed, "title": _("Where you are signed in")}
        return render(request, "people/sessions.html", admin.site.each_context(request) | context)
    if "everywhere" in request.POST:
        end(user)
        audit.event("signed out everywhere", request, user.get_username())
        request.session.flush()
        return HttpResponseRedirect(reverse("admin:login"))
    chosen = {one.name for one in listed if not one.is_this}
    if "elsewhere" not in request.POST:
        chosen &= set(request.POST.getlist("session"))
    count = end(user, chosen)
    audit.event("sessions ended", request, user.get_username(), count=count)
    told = ngettext("Signed out in %(count)d other place.", "Signed out in %(count)d other places.", count)
    messages.success(request, told % {"count": count})
    return HttpResponseRedirect(reverse("admin:sessions"))
