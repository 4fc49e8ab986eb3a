"""What is believed of a proxy: only where a setting names it, and only what it can know."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class Proxy:
    """A WSGI wrapper that takes these headers from everybody but the proxy at `address`.

    Django takes anyone's word for the scheme once it takes the proxy's, and the page store keeps pages by scheme.
    """

    def __init__(self, application: WSGIApplication, address: str) -> None:
        self.application, self.address = application, address

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("REMOTE_ADDR") != self.address:
            for name in FORWARDED:
                environ.pop(name, None)
        elif environ.get("HTTP_X_FORWARDED_PROTO", "http") not in {"http", "https"}:
            del environ["HTTP_X_FORWARDED_PROTO"]
        return self.application(environ, start_response)
