"""Pages that answered a form, kept for an hour at an address of their own, so that Back and a reload show them.

Where no script puts the answer into the page, it comes as a page of its own, which may not stay in the browser's cache:
on Back the browser would ask whether to send the form once more. So the answer is put away here, and the browser is led
to the address that gives it back. It is locked with a key that stands in that address alone (of which we have the hash,
as of a plan's), and is given to the browser alone that sent the form.
"""

import base64
import hashlib
import re
import secrets
import zlib
from collections.abc import Callable
from datetime import timedelta

from cryptography.fernet import Fernet
from django.db import DatabaseError
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from guides.registry.private_pages import private
from guides.registry.requests import CountedHttpRequest
from guides.registry.throttling import Limit, TooManyWrites

from .models import KeptPage

KEPT_FOR = timedelta(hours=1)
# The name of the key in an address. The site's log leaves out what follows the path.
PARAMETER = "kept"
KEY = re.compile(r"[A-Za-z0-9_-]{22}")
# A page is at most so large as it is kept, and all of them together; what is beyond is shown as it was answered.
LARGEST, MOST_BYTES = 1_000_000, 200_000_000
# Of one browser the newest are kept; one network may make so many.
MOST_OF_A_BROWSER = 60
LIMIT = Limit("kept-page", most=3_000, seconds=3600)
# Answers that a person reads and goes on from: all else says that nothing was done.
ANSWERS = frozenset({200, 400, 404, 409, 410, 413, 422})


class KeepAnswers:
    """Middleware: leads a browser from the answer to a form to the address that keeps it, and gives it back there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: CountedHttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"} and PARAMETER in request.GET:
            return give_back(request)
        is_kept = wants_page(request) and has_room()
        # The page says so, before it is known whether it fits.
        setattr(request, "is_answer_kept", is_kept)  # noqa: B010 (no attribute that Django declares)
        response = self.get_response(request)
        if is_kept and may_be_kept(request, response) and (key := keep(request, response)):
            return lead_on(request, response, key)
        return response


def wants_page(request: HttpRequest) -> bool:
    """Whether a browser sent a form and shows the answer as a page: scripts and other programs ask for any type."""
    is_html = "text/html" in request.headers.get("Accept", "")
    return request.method == "POST" and is_html and "HX-Request" not in request.headers


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is a page that the browser itself must not keep. The admin's may stay there."""
    is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    is_admin = request.resolver_match is not None and request.resolver_match.namespace == "admin"
    is_shown = response.status_code in ANSWERS and "Content-Disposition" not in response
    return is_page and is_shown and not is_admin and "no-store" in response.get("Cache-Control", "")


def browser_of(request: HttpRequest) -> str:
    """A hash that tells one browser from others: of the random word by which its forms are known to be ours."""
    word = request.META.get("CSRF_COOKIE", "")
    return salted_hmac("careerguide.kept_pages", word).hexdigest() if word else ""


def pages_of(request: HttpRequest) -> "QuerySet[KeptPage]":
    """What is kept for the browser that asks."""
    return KeptPage.objects.filter(browser=browser_of(request), kept_at__gt=timezone.now() - KEPT_FOR)


def has_room() -> bool:
    return (KeptPage.objects.aggregate(size=Sum("size"))["size"] or 0) < MOST_BYTES


def hashed(key: str) -> str:
    """The hash by which a page is known: the key itself opens it."""
    return hashlib.sha256(f"name {key}".encode()).hexdigest()


def lock(key: str) -> Fernet:
    """What locks a page and opens it."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"content {key}".encode()).digest()))


def keep(request: CountedHttpRequest, response: HttpResponse) -> str:
    """Put the answer away and return its key; empty where it cannot be kept."""
    browser, key = browser_of(request), secrets.token_urlsafe(16)
    content = lock(key).encrypt(zlib.compress(response.content))
    if not browser or len(content) > LARGEST:
        return ""
    page = KeptPage(key_hash=hashed(key), browser=browser, path=request.path, size=len(content), content=content)
    try:
        request.spend(LIMIT)
        page.save()
        KeptPage.objects.filter(browser=browser).exclude(pk__in=pages_of(request)[:MOST_OF_A_BROWSER]).delete()
    except (TooManyWrites, DatabaseError):
        # The answer is at hand: it is shown as it is, as to a browser that nothing can be kept for.
        return ""
    return key


def lead_on(request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
    """Redirect to the address that gives the page back, with the cookies that came with it."""
    query = request.GET.copy()
    query[PARAMETER] = key
    onward = HttpResponseRedirect(f"{request.path}?{query.urlencode()}", status=303)
    onward.cookies = response.cookies
    return private(onward)


def give_back(request: HttpRequest) -> HttpResponse:
    """The page that is kept under the key in the address; 410 where there is none, or none any more."""
    key = request.GET[PARAMETER]
    page = pages_of(request).filter(key_hash=hashed(key), path=request.path).first() if KEY.fullmatch(key) else None
    if page is None:
        query = request.GET.copy()
        del query[PARAMETER]
        address = f"{request.path}?{query.urlencode()}" if query else request.path
        return private(render(request, "kept_page_gone.html", {"address": address}, status=410))
    return private(HttpResponse(zlib.decompress(lock(key).decrypt(bytes(page.content)))))


@require_http_methods(["GET", "HEAD", "POST"])
def kept_pages(request: HttpRequest) -> HttpResponse:
    """How many pages are kept for this browser, and the button that deletes them."""
    if request.method == "POST":
        KeptPage.objects.filter(browser=browser_of(request)).delete()
        return private(HttpResponseRedirect(f"{reverse('kept_pages')}?{urlencode({'deleted': 'yes'})}"))
    context = {"count": pages_of(request).count(), "is_deleted": "deleted" in request.GET}
    return private(render(request, "kept_pages.html", context))


def delete_old() -> int:
    """Delete pages that are no longer kept; return how many they were."""
    return KeptPage.objects.filter(kept_at__lte=timezone.now() - KEPT_FOR).delete()[0]


def is_any_old() -> bool:
    return KeptPage.objects.filter(kept_at__lte=timezone.now() - KEPT_FOR).exists()
