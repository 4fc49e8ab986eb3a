"""Security headers that Django has no setting for, on every answer."""

from django.utils.cache import patch_vary_headers


class SecurityHeadersMiddleware:
    """Keep other sites from embedding our answers, and caches from mixing fragments with pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def vary_on_htmx(response):
    """Mark `response` as one that differs for HTMX, and return it."""
    patch_vary_headers(response, ["HX-Request"])
    return response
