"""When the database is away: a readable 503 at once, never a hanging page and never a bare 500."""

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from .contentversion import version

RETRY_AFTER = "30"
# These say for themselves how things are.
HEALTH = frozenset({"/healthz", "/readyz"})


def unavailable(request):
    """503: nothing was saved; the browser keeps what was typed."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = RETRY_AFTER
    add_never_cache_headers(response)
    return response


class OutageMiddleware:
    """Answer 503 where the database is known to hang, and where a request finds it gone, full or read-only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path not in HEALTH and version.is_away():
            return unavailable(request)
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, (OperationalError, InterfaceError)):
            return unavailable(request)
        return None
