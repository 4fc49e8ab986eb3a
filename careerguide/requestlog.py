"""One JSON line a request on standard output: what was asked, what was answered, how long it took. Nothing personal."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TextIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from .log_paths import loggable
from .request_ids import HEADER


class RequestLog:
    """A WSGI wrapper around everything else. The query string, keys and the client's address are never written."""

    def __init__(self, application: WSGIApplication, stream: TextIO | None = None) -> None:
        self.application, self.stream = application, stream

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started, answered, word = perf_counter(), ["500"], [""]

        def note(status: str, headers: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], Any]:
            answered[0] = status[:3]
            if "careerguide.stored" not in environ:
                word[0] = next((value for name, value in headers if name == HEADER), "")
            return start_response(status, headers, *failure)

        try:
            return self.application(environ, note)
        finally:
            self.write(environ, answered[0], (perf_counter() - started) * 1000, word[0])

    def write(self, environ: WSGIEnvironment, status: str, milliseconds: float, word: str = "") -> None:
        """Write the line in one piece, so that lines of different threads do not mix."""
        path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": environ.get("REQUEST_METHOD", "")[:10],
            "path": loggable(path[:300]),
            "status": int(status),
            "ms": round(milliseconds, 2),
            "stored": environ.get("careerguide.stored", False),
        }
        if word:
            line["request"] = word
        stream = self.stream or sys.stdout
        # A full disk below the log is no reason to refuse anyone.
        with contextlib.suppress(OSError):
            stream.write(json.dumps(line) + "\n")
            stream.flush()
