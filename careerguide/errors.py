"""Pages for requests that fail: what happened, and what to do next, in the site's look."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from guides.reading import reader

from . import audit, outage, request_ids
from .people.missing_rights import explain
from .signing_in import kept


def _page(request: HttpRequest, status: int, template: str = "", **context: object) -> HttpResponse:
    response = render(request, template or f"{status}.html", context, status=status)
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the form holds something no page of ours sends; 413: it holds too much."""
    # Only what we raise ourselves is a sentence for readers; it says which part of the address is wrong, and how.
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    # Without what stands behind the question mark the address may well be right.
    back = request.path if request.resolver_match and request.META.get("QUERY_STRING") else ""
    return _page(request, 413 if isinstance(exception, RequestDataTooBig) else 400, reason=reason, back=back)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not allowed. Editors are told which right they lack, and who can give it."""
    audit.refused(request)
    if request.resolver_match and request.resolver_match.namespace == "admin":
        context = admin.site.each_context(request) | {"title": _("You may not do this"), "refusal": explain(request)}
        return _page(request, 403, "people/refused.html", **context)
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the token that shows that it is ours, or with an old one.

    What an editor typed into a page from before they signed in again is kept, and sent again with the new token.
    """
    if request.resolver_match and request.resolver_match.namespace == "admin" and (answer := kept.instead(request)):
        return answer
    audit.refused(request)
    return _page(request, 403, "403_csrf.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no page has this address, or none of the guide that it names; 410: the guide was withdrawn.

    Where readers are led on instead, 301 for an hour: an editor may think again.
    """
    if isinstance(exception, reader.Moved) and request.method in ("GET", "HEAD"):
        response = HttpResponsePermanentRedirect(_address_after(request, exception))
        response["Cache-Control"] = "public, max-age=3600"
        return response
    status = 410 if isinstance(exception, reader.Withdrawn) else 404
    withdrawn = getattr(exception, "edition", None)
    return _page(request, status, guide=getattr(exception, "guide", None), withdrawn=withdrawn)


def _address_after(request: HttpRequest, moved: reader.Moved) -> str:
    """Where the page that `request` asks for is now: the same page of the guide that took the place of its own."""
    query = request.META["QUERY_STRING"]
    # A section's address may be that of a part of another: what it was opened with goes along.
    path = moved.url
    if moved.guide_slug:
        _before, own, below = request.path.partition(f"/{moved.guide_slug}")
        path = moved.url.rstrip("/") + below if own else moved.url
    return f"{path}?{query}" if query else path


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake, or 503: a database that was lost outside a view. The page needs no context processor."""
    if outage.is_outage(sys.exc_info()[1]):
        return outage.unavailable(request)
    return HttpResponseServerError(loader.get_template("500.html").render({"request_id": request_ids.current.get()}))


def login_locked(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """429: too many wrong passwords for one name from one address."""
    wait = int(settings.AXES_COOLOFF_TIME.total_seconds())
    response = render(request, "429.html", {"minutes": wait // 60}, status=429)
    response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


class MethodNotAllowedPage:
    """Give Django's empty 405 answer a page that says what to do; the Allow header stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = loader.render_to_string("405.html", request=request)
        return response
