"""Answers that say something of one person: the opposite of public_pages."""

from typing import TypeVar

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

Response = TypeVar("Response", bound=HttpResponse)


def shown_once(response: Response) -> Response:
    """Have nobody keep the page, the person's own browser included: it shows something once, such as a key."""
    add_never_cache_headers(response)
    setattr(response, "is_shown_once", True)  # noqa: B010 (no attribute that Django declares)
    return response


def private(response: Response) -> Response:
    """Mark an answer as one person's: stored nowhere, in no search engine."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
