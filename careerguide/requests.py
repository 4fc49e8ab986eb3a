"""Requests that no page of ours sends are refused before they reach a view."""

import codecs

from django.core.exceptions import BadRequest

LONGEST_QUERY = 4_000
# What browsers call the one encoding that our forms are sent in; ASCII is part of it.
ENCODINGS = {"utf-8", "ascii"}


class RefuseOddRequestsMiddleware:
    """Refuse, with a readable 400 page, what a database or a template would choke on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Python would read the query in whatever the request names, even in what is no encoding of texts.
        request.named_encoding, request.encoding = request.encoding, "utf-8"
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
        if any("\0" in value for value in request.COOKIES.values()):
            raise BadRequest("NUL in a cookie")
        if request.named_encoding and codecs.lookup(request.named_encoding).name not in ENCODINGS:
            raise BadRequest("not UTF-8")
