"""Several plans in one browser, for those who help many: one is open, the others lie aside, each under a name.

The key of the open plan is in the cookie that goes to the whole site. That of a plan that lies aside is in a cookie of
one address, its place, which is asked for only after the open plan's cookie has been taken away: so no request carries
two. Names are in a cookie of the plan's pages alone; they are shown, and neither stored nor logged.

A plan's `mark` says which plan a page was made for. It opens nothing.
"""

import base64
import json
import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from . import keys
from .models import Plan

# The hidden field of each form, which says for which plan it was begun; empty where none was open.
FIELD = "begun_for"
MARK = re.compile("[0-9a-f]{12}")
NAMES, ASIDE = "plan-names", "plan-aside"
MOST, LONGEST_NAME = 20, 30


def mark(plan: Plan | None) -> str:
    """What tells the plan from others, and says nothing else; empty for none."""
    return salted_hmac("careerguide.plan.mark", str(plan.pk)).hexdigest()[:12] if plan else ""


def names(request: HttpRequest) -> dict[str, str]:
    """The names of the plans that this browser keeps, by their marks."""
    try:
        found = json.loads(base64.urlsafe_b64decode(request.COOKIES.get(NAMES, "")))
        return {key: clean(name) for key, name in found.items() if MARK.fullmatch(key)}
    except (ValueError, AttributeError, TypeError):
        return {}


def clean(name: str) -> str:
    """Return a name on one line, no longer than there is room for."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:LONGEST_NAME].strip()


def keep_names(response: HttpResponse, named: dict[str, str]) -> None:
    """Have the browser keep the names, for the plan's pages."""
    text = base64.urlsafe_b64encode(json.dumps(named, ensure_ascii=False).encode()).decode()
    _set(response, NAMES, text if named else "", reverse("plan:plan"))


def forget(request: HttpRequest, response: HttpResponse, plan: Plan) -> bool:
    """Take the plan out of the list; return whether there are others."""
    named = names(request)
    if named.pop(mark(plan), None) is not None:
        keep_names(response, named)
    return bool(named)


def place(plan_mark: str) -> str:
    """The address to whose cookie a plan that lies aside belongs."""
    return reverse("plan:aside", args=[plan_mark])


def put_aside(request: HttpRequest, response: HttpResponse, plan: Plan) -> None:
    """Have the browser move the key of the open plan to the plan's place."""
    _set(response, ASIDE, request.COOKIES[keys.cookie_name()], place(mark(plan)))
    keys.forget(response)


def take_up(request: HttpRequest, response: HttpResponse, plan_mark: str) -> None:
    """Have the browser move the key at that place, where it is asked for, to the whole site."""
    keys.keep(response, request.COOKIES[ASIDE])
    _set(response, ASIDE, "", place(plan_mark))


def _set(response: HttpResponse, name: str, value: str, path: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=keys.COOKIE_SECONDS if value else 0,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def begun_for(request: HttpRequest) -> str:
    """The mark of the plan that a form was begun for; empty where it does not say, or none was open.

    A body that is too large stays unread, and nothing comes of it.
    """
    try:
        return request.POST.get(FIELD, "") if request.method == "POST" else ""
    except RequestDataTooBig:
        return ""
