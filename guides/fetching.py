"""Visiting pages of others: politely, within bounds, and never inside the host's own network."""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from django.conf import settings

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
MOST_REDIRECTS = 5


class Refused(Exception):
    """An address that is not visited: it leads into a network of the host's own, or is none of the web."""


@dataclass(frozen=True)
class Answer:
    """What a site answered: its status, and the address at which it did, where only permanent moves led there."""

    status: int
    moved_to: str


@dataclass(frozen=True)
class Page:
    """What a site sent: its status, the address at which it did, its headers, and its body, unpacked."""

    status: int
    url: str
    headers: httpx.Headers
    body: bytes


@contextmanager
def visitor(purpose: str = "link check") -> Iterator[httpx.Client]:
    """A client that says who it is and what for, and takes no more time than a reader would."""
    headers = {"User-Agent": f"{agent(purpose)} (+{settings.SITE_URL}/)", "Accept": "*/*", "Accept-Encoding": "gzip"}
    # No connection is used twice: two names on one machine are two sites with a certificate each.
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(headers=headers, timeout=TIMEOUT, limits=limits) as client:
        yield client


def agent(purpose: str) -> str:
    """What a visitor is called, such as in a robots.txt."""
    return f"Careerguide {purpose}"


def look(client: httpx.Client, url: str) -> Answer:
    """Ask for `url` without its body and follow where it leads. Raises Refused, httpx.HTTPError.

    Some sites know no HEAD: they are asked for the page, of which no more than its head is read.
    """
    answer = _follow(client, "HEAD", url)
    return answer if answer.status not in (403, 404, 405, 410, 501) else _follow(client, "GET", url)


def _follow(client: httpx.Client, method: str, url: str) -> Answer:
    permanent, moved_to = True, ""
    for _redirect in range(MOST_REDIRECTS + 1):
        with _asked(client, method, url) as response:
            if not response.has_redirect_location:
                return Answer(response.status_code, moved_to)
            permanent = permanent and response.status_code in (301, 308)
            url = str(httpx.URL(url).join(response.headers["Location"]))
            moved_to = url if permanent else moved_to
    raise httpx.TooManyRedirects(f"More than {MOST_REDIRECTS} redirects.")


def load(client: httpx.Client, url: str, headers: Mapping[str, str], seconds: float, most_bytes: int) -> Page:
    """Ask for `url` with its body and follow where it leads. Raises Refused, httpx.HTTPError, httpx.InvalidURL.

    All of it takes no longer than `seconds`, and the body, however it is packed, no more than `most_bytes` of memory.
    """
    ends = time.monotonic() + seconds
    for _redirect in range(MOST_REDIRECTS + 1):
        with _asked(client, "GET", url, headers) as response:
            if not response.has_redirect_location:
                return Page(response.status_code, url, response.headers, _body(response, ends, most_bytes))
            url = str(httpx.URL(url).join(response.headers["Location"]))
    raise httpx.TooManyRedirects(f"More than {MOST_REDIRECTS} redirects.")


def _body(response: httpx.Response, ends: float, most_bytes: int) -> bytes:
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Refused(f"It is packed as {packing}, which nobody asked for.")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packing not in ("", "identity") else None
    body = bytearray()
    for chunk in response.iter_raw():
        try:
            # One byte more than there is room for tells that there is more.
            body += unpack.decompress(chunk, most_bytes - len(body) + 1) if unpack else chunk
        except zlib.error as error:
            raise Refused("It says that it is packed, and cannot be unpacked.") from error
        if len(body) > most_bytes:
            raise Refused(f"It is larger than {most_bytes // 1_000_000} MB.")
        if time.monotonic() > ends:
            raise httpx.ReadTimeout("It takes too long.")
    if unpack and not unpack.eof:
        raise Refused("It was cut off in the middle.")
    return bytes(body)


@contextmanager
def _asked(
    client: httpx.Client, method: str, url: str, headers: Mapping[str, str] | None = None
) -> Iterator[httpx.Response]:
    """Ask the very machine that was looked at: a name that leads elsewhere a moment later leads nowhere."""
    address, own = httpx.URL(url), dict(headers or {})
    machines = outward(url)
    if not machines:
        with client.stream(method, address, headers=own) as response:
            yield response
        return
    host = address.netloc.decode("ascii")
    pinned = address.copy_with(host=machines[0])
    # The certificate is held against the name.
    extensions = {"sni_hostname": address.raw_host.decode("ascii")}
    with client.stream(method, pinned, headers=own | {"Host": host}, extensions=extensions) as response:
        yield response


def outward(url: str) -> list[str]:
    """The IP addresses of the machines that `url` leads to, those of IPv4 first; none where the host lets visits go
    anywhere. Raises Refused where one of them is not on the public network."""
    address = httpx.URL(url)
    if address.scheme not in ("http", "https") or not address.host:
        raise Refused("It is no address of the web.")
    if settings.VISIT_PRIVATE_ADDRESSES:
        return []
    try:
        resolved = socket.getaddrinfo(address.host, address.port or address.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"No site has the name {address.host}.") from error
    machines = sorted({str(each[4][0]).partition("%")[0] for each in resolved}, key=lambda machine: ":" in machine)
    for machine in map(ipaddress.ip_address, machines):
        if not machine.is_global or machine.is_multicast:
            raise Refused("It leads into a private network.")
    return machines


def is_about_certificate(error: BaseException | None) -> bool:
    """Whether a connection failed because of the other side's certificate."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
