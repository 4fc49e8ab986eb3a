"""When the database is away: a readable 503 at once, never a hanging page and never a bare 500."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from .health import healthz, readyz
from .version_reader import version

log = logging.getLogger("careerguide.outage")

RETRY_AFTER = "30"
# Whoever watches may ask for these by any name. The first waits for nothing, the second for a place as pages do.
HEALTH, READY = "/healthz", "/readyz"
# Requests that Django works on at once, in one process, and those that wait for a place: together one fewer than
# granian's blocking threads, so that stored pages and /healthz have a thread even where every other one waits for a
# database. Those that send something leave a place to those that read: a database that is locked can still be read.
PLACES, SENDING, WAITING = 3, 2, 12
# Where none of them has come or gone for so many seconds, the next are refused. The first requests of a new worker
# on a busy machine take longer than a save that goes through. Who would wait on the last thread waits for less.
STUCK, SENDING_STUCK, CROWDED_STUCK = 5.0, 1.0, 0.25
# PostgreSQL's word for a write where only reading is possible.
READ_ONLY = "25006"
# What no page may hold, not even for the person who typed it.
SECRETS = frozenset(
    {"password", "password1", "password2", "old_password", "new_password1", "new_password2", "otp_token", "code"}
)


def is_outage(exception: BaseException | None) -> bool:
    """Whether the database is gone, full, locked or read-only; anything else is our mistake."""
    if isinstance(exception, InternalError):
        return getattr(exception.__cause__, "sqlstate", "") == READ_ONLY
    return isinstance(exception, (OperationalError, InterfaceError))


def unavailable(request: HttpRequest, has_come: bool = True) -> HttpResponse:
    """503: saving is not possible now. What was sent, if it `has_come`, is in the page, to be sent again."""
    response = render(request, "503.html", {"sent": sent(request) if has_come else []}, status=503)
    response["Retry-After"] = RETRY_AFTER
    add_never_cache_headers(response)
    return response


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form sent as pairs of name and value; empty where there is nothing that a page may hold."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.POST.lists())
    except (SuspiciousOperation, RequestDataTooBig, MultiPartParserError, UnreadablePostError):
        return []
    if request.FILES or SECRETS.intersection(request.POST):
        return []
    return [(name, value) for name, values in fields for value in values]


class Room:
    """A number of places for requests; where none moves for `stuck` seconds, nobody waits for one.

    `waiting` counts who may wait, in whatever room; more than those have less patience.
    """

    def __init__(self, places: int, stuck: float, waiting: threading.Semaphore) -> None:
        self.free, self.stuck, self.waiting = places, stuck, waiting
        self.moved_at, self.changed = 0.0, threading.Condition()

    def enter(self) -> bool:
        """Take a place and return True; wait for one as long as others come and go, else return False."""
        with self.changed:
            if not self.free and not self.wait():
                return False
            self.free -= 1
            self.moved_at = monotonic()
            return True

    def wait(self) -> bool:
        """Wait for a place; return whether there is one."""
        may_wait = self.waiting.acquire(blocking=False)
        stuck = self.stuck if may_wait else CROWDED_STUCK
        try:
            while not self.free:
                patience = self.moved_at + stuck - monotonic()
                if patience <= 0:
                    return False
                self.changed.wait(patience)
            return True
        finally:
            if may_wait:
                self.waiting.release()

    def leave(self) -> None:
        """Give the place back."""
        with self.changed:
            self.free += 1
            self.moved_at = monotonic()
            self.changed.notify()


class OutageMiddleware:
    """Answer 503 where the database hangs, and where a request finds it gone, locked, full or read-only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        waiting = threading.Semaphore(WAITING)
        self.room, self.sending = Room(PLACES, STUCK, waiting), Room(SENDING, SENDING_STUCK, waiting)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == HEALTH:
            return healthz(request)
        # Without a proxy that waits for the whole request, a sender could hold a thread for as long as it likes.
        has_come = bool(settings.PROXY_ADDRESS)
        if version.hangs():
            return unavailable(request, has_come)
        with ExitStack() as places:
            for room in [self.sending, self.room] if request.method == "POST" else [self.room]:
                if not room.enter():
                    return unavailable(request, has_come)
                places.callback(room.leave)
            if version.hangs(wait=True):
                return unavailable(request, has_come)
            return readyz(request) if request.path == READY else self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_outage(exception):
            return None
        log.error("The database failed a request", exc_info=exception)
        if not connection.in_atomic_block:
            # One opened while the file was read-only would stay so.
            connection.close()
        return unavailable(request)
