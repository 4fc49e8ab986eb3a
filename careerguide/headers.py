"""Security headers on every answer, whichever part of the site gives it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# What each answer has unless the view says otherwise. Django's SecurityMiddleware sets some of them too, but not where
# it refuses a request itself; the policy for content and permissions comes from the two middlewares below this one.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """The outermost middleware: no answer leaves without these headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response
