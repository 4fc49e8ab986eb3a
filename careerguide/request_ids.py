"""A word for each request that Django answers, by which its lines in the log are found again.

It stands in the answer's header and on the page for our own mistakes. A stored page has none: nothing is logged of how
it was made, and its bytes are the same for everyone.
"""

import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-ID"
current: ContextVar[str] = ContextVar("careerguide.request_id", default="")


class RequestIds:
    """A WSGI wrapper around Django alone, below the page store. A word that was sent along is not believed."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        word = secrets.token_hex(6)

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], Any]:
            return start_response(status, [*headers, (HEADER, word)], *failure)

        token = current.set(word)
        try:
            return self.application(environ, start)
        finally:
            current.reset(token)
