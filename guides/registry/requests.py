"""What a request is once the middleware of django-htmx has seen it: said for types alone."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request that says whether HTMX made it."""

    htmx: HtmxDetails
