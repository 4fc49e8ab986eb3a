"""The browsers that may open a plan: each has a key of its own, and can be ended by itself."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import keys
from .models import Browser, Plan

MOST = 50  # of one plan; what was not used for longest goes
# What a browser says of itself, the particular before the general: most name others, too.
PROGRAMS = [
    ("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/|Opera"), ("Samsung Internet", "SamsungBrowser/"),
    ("Firefox", "Firefox/|FxiOS/"), ("Chrome", "Chrome/|CriOS/|Chromium/"), ("Safari", "Safari/"),
]  # fmt: skip
SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("ChromeOS", "CrOS"), ("Windows", "Windows"),
    ("Mac", "Macintosh"), ("Linux", "Linux"),
]  # fmt: skip


def in_words(user_agent: str) -> str:
    """Say in coarse words which browser it is: no version, no model."""
    program, system = (
        next((name for name, sign in known if re.search(sign, user_agent)), "") for known in (PROGRAMS, SYSTEMS)
    )
    if program and system:
        return _("%(browser)s on %(system)s") % {"browser": program, "system": system}
    return program or system or _("A browser")


def let_in(request: HttpRequest, plan: Plan, key: str) -> str:
    """Give the browser a key of its own to `plan`, whose own key is `key`, and return it."""
    browser_key = keys.new_browser_key()
    plan.browser = Browser.objects.create(
        plan=plan,
        key_hash=keys.hashed(browser_key),
        name=in_words(request.headers.get("User-Agent", "")),
        sealed_key=keys.sealed(key, browser_key),
    )
    oldest = plan.browsers.order_by("-last_on", "-pk").values_list("pk", flat=True)[MOST:]
    plan.browsers.filter(pk__in=list(oldest)).delete()
    return browser_key


def keep_in(request: HttpRequest, plan: Plan, key: str) -> str:
    """Have the browser go on opening `plan`, whose own key is now `key`; return the key that the browser holds.

    It keeps the one it has: an answer with another may never reach it, and nobody else knows the plan's new key.
    """
    if plan.browser is None:
        return let_in(request, plan, key)
    held = request.COOKIES[keys.cookie_name()]
    plan.browser.sealed_key = keys.sealed(key, held)
    plan.browser.save(update_fields=["sealed_key"])
    return held


def own_key(request: HttpRequest, plan: Plan) -> str:
    """The plan's own key, out of what this browser holds; not for a visit, which has none."""
    held = request.COOKIES[keys.cookie_name()]
    return keys.unsealed(plan.browser.sealed_key, held) if plan.browser and keys.is_browsers(held) else held
