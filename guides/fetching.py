"""Visiting pages of others: politely, within bounds, and never inside the host's own network."""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
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


@contextmanager
def visitor() -> Iterator[httpx.Client]:
    """A client that says who it is, and takes no more time than a reader would."""
    name = f"Careerguide link check (+{settings.SITE_URL}/)"
    with httpx.Client(headers={"User-Agent": name, "Accept": "*/*"}, timeout=TIMEOUT) as client:
        yield client


def look(client: httpx.Client, url: str) -> Answer:
    """Ask for `url` without its body and follow where it leads. Raises Refused, httpx.HTTPError.

    Some sites know no HEAD: they are asked for the page, of which no more than its head is read.
    """
    answer = _follow(client, "HEAD", url)
    return answer if answer.status not in (403, 404, 405, 410, 501) else _follow(client, "GET", url)


def _follow(client: httpx.Client, method: str, url: str) -> Answer:
    permanent, moved_to = True, ""
    for _redirect in range(MOST_REDIRECTS + 1):
        refuse_inward(url)
        with client.stream(method, url) as response:
            if not response.has_redirect_location:
                return Answer(response.status_code, moved_to)
            permanent = permanent and response.status_code in (301, 308)
            url = str(response.url.join(response.headers["Location"]))
            moved_to = url if permanent else moved_to
    raise httpx.TooManyRedirects(f"More than {MOST_REDIRECTS} redirects.")


def refuse_inward(url: str) -> None:
    """Raise Refused where `url` leads to a machine that the public network does not reach."""
    address = httpx.URL(url)
    if address.scheme not in ("http", "https") or not address.host:
        raise Refused("It is no address of the web.")
    if settings.VISIT_PRIVATE_ADDRESSES:
        return
    try:
        resolved = socket.getaddrinfo(address.host, address.port or address.scheme, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError(f"No site has the name {address.host}.") from error
    for each in resolved:
        if not ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_global:
            raise Refused("It leads into a private network.")


def is_about_certificate(error: BaseException | None) -> bool:
    """Whether a connection failed because of the other side's certificate."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
