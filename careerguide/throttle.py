"""One throttle for everything that writes, shared by all workers through the database.

Views are marked by `guides.throttling.throttled`; those without a mark share one wide limit, so none is forgotten.
Time is cut into stretches of the limit's length, and each client's POSTs are counted in the present one.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from time import time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac

from guides.registry.throttling import Limit, TooManyWrites

from .models import RecentWrites

# More than a class of sixty behind one address sends, and far less than a program.
ANY_WRITE = Limit("any", most=12_000, seconds=3600)


def client_address(request: HttpRequest) -> str:
    """The client's address: the proxy's word for it only where PROXY_ADDRESS names that proxy."""
    address: str = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.PROXY_ADDRESS and address == settings.PROXY_ADDRESS and forwarded:
        # The last entry is the proxy's own; those before it are whatever the client sent.
        last = forwarded.rsplit(",", 1)[-1].strip()
        return last if _parsed(last) else address
    return address


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Return `text` as an internet address, or None where it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def network(address: str) -> str:
    """Return what a client is counted by: of IPv6 the /64 network, since one household has all its addresses."""
    parsed = _parsed(address)
    if parsed is None or isinstance(parsed, IPv4Address) or parsed.ipv4_mapped:
        return address
    return str(ip_network((int(parsed), 64), strict=False))


def count(limit: Limit, client: str, now: float | None = None) -> int:
    """Count one write and return how many seconds to wait: 0 while the client is within `limit`."""
    now = time() if now is None else now
    window = int(now // limit.seconds)
    ends = (window + 1) * limit.seconds
    client = salted_hmac("careerguide.throttle", client).hexdigest()[:64]
    with transaction.atomic():
        row, created = RecentWrites.objects.get_or_create(
            name=limit.name,
            client=client,
            window=window,
            defaults={"expires_at": datetime.fromtimestamp(ends, UTC)},
        )
        if created:
            RecentWrites.objects.filter(expires_at__lt=datetime.fromtimestamp(now, UTC)).delete()
        RecentWrites.objects.filter(pk=row.pk).update(count=F("count") + 1)
        row.refresh_from_db(fields=["count"])
    return 0 if row.count <= limit.most else max(1, int(ends - now))


def spend(request: HttpRequest, limit: Limit) -> None:
    """Count one write of this client against `limit`; raise TooManyWrites once it is used up."""
    if wait := count(limit, network(client_address(request))):
        raise TooManyWrites(wait)


def refuse(request: HttpRequest, wait: int) -> HttpResponse:
    """Return the 429 page for a client that must wait that many seconds."""
    response = render(request, "429.html", {"minutes": -(-wait // 60)}, status=429)
    response["Retry-After"] = str(wait)
    add_never_cache_headers(response)
    return response


class ThrottleMiddleware:
    """Answer 429, with Retry-After and a readable page, to a client that writes too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        setattr(request, "spend", partial(spend, request))  # noqa: B010 (no attribute that Django declares)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method == "POST":
            try:
                spend(request, getattr(view, "limit", ANY_WRITE))
            except TooManyWrites as refusal:
                return refuse(request, refusal.wait)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, exception.wait) if isinstance(exception, TooManyWrites) else None
