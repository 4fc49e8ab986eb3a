"""Requests that no page of ours sends are refused before they reach a view."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

LONGEST_QUERY = 4_000
# What our forms are sent in, and what is part of it.
ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii"}


class Request(WSGIRequest):
    """A request that is read as UTF-8, whatever encoding it names.

    Django would read the query in that one, before any middleware could refuse it, and some are no encoding of texts.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            # Written in an encoding of its own that there is not: the middleware below refuses it.
            self.content_type, self.content_params = "", {"charset": "unknown"}


class RefuseOddRequestsMiddleware:
    """Refuse, with a readable 400 page, what a database or a template would choke on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Look at path and query here, not earlier, so that the answer is the site's own error page."""
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise BadRequest(_("It is longer than any address of this site."))
        if "\0" in request.path or "%00" in query:
            raise BadRequest(_("It holds a sign (NUL) that is part of no text."))
        if any("\ufffd" in value for values in request.GET.lists() for value in [values[0], *values[1]]):
            raise BadRequest(_("It holds letters in an encoding that is not UTF-8."))
        if any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest(_("A cookie that came with it holds a sign (NUL) that is part of no text."))
        if request.content_params and request.content_params.get("charset", "utf-8").lower() not in ENCODINGS:
            raise BadRequest(_("The form was sent in an encoding that is not UTF-8."))
