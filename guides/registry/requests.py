"""What a request is once the site's middleware has seen it: said for types alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .throttling import Limit


class HtmxHttpRequest(HttpRequest):
    """A request that says whether HTMX made it."""

    htmx: HtmxDetails


class CountedHttpRequest(HtmxHttpRequest):
    """The same, for a view that counts some writes by hand: `spend` raises TooManyWrites at the limit."""

    spend: Callable[[Limit], None]


class PatientHttpRequest(HtmxHttpRequest):
    """The same, for a view that waits for another process: others are answered while it does `stand_aside`."""

    stand_aside: Callable[[], AbstractContextManager[None]]
