"""Requests that no page of ours sends are refused before they reach a view."""

from django.core.exceptions import BadRequest

LONGEST_QUERY = 4_000


class RefuseOddRequestsMiddleware:
    """Refuse, with a readable 400 page, what a database or a template would choke on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Look at path and query here, not earlier, so that the answer is the site's own error page."""
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise BadRequest("query too long")
        if "\0" in request.path or "%00" in query:
            raise BadRequest("NUL in the address")
        if any("\ufffd" in value for values in request.GET.lists() for value in [values[0], *values[1]]):
            raise BadRequest("query is not UTF-8")
