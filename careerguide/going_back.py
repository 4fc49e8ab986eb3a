"""What a browser shows on Back where a page answered a form that was sent.

A page that came of a POST and may not be stored is gone for the browser: on Back it asks whether to send the form once
more. docs/architecture.md ("Sending forms") says how we keep people from meeting it, and where it cannot be helped.
"""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)


def is_shown_on_back(response: Response) -> Response:
    """Let the person's own browser, and nothing else, keep the page that answers a form: Back shows it as it was.

    For pages that hold nothing secret and nothing of a reader; a stored copy lies on the computer's disk.
    """
    if not getattr(response, "is_shown_once", False):
        response["Cache-Control"] = "private, no-cache"
    return response


class GoOnward:
    """Where HTMX sends a form for the page that holds it and the answer leads elsewhere, the browser goes there itself.

    So the address is that of the page one sees, and Back leads to the page with the form. HTMX alone would follow the
    redirect in silence, and show the next page at the address of the one before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Target") == "main" and 300 <= response.status_code < 400:
            response["HX-Redirect"] = response["Location"]
            del response["Location"]
            response.status_code = 204
        return response
