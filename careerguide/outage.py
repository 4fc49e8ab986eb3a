"""When the database is away: a readable 503 at once, never a hanging page and never a bare 500."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache
from time import monotonic

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from .health import healthz, readyz
from .version_reader import version

log = logging.getLogger("careerguide.outage")

# Seconds: a search is tried again sooner than a save that is refused.
RETRY_AFTER, CROWDED_RETRY_AFTER = "30", "5"
# Whoever watches may ask for these by any name. The first waits for nothing, the second for a place as pages do.
HEALTH, READY = "/healthz", "/readyz"
# Requests that Django works on at once, in one process, and those that wait for a place. Together, with as many as may
# send something, since these may stand aside, they are one fewer than granian's blocking threads: stored pages and
# /healthz have a thread even where every other one waits for a database. Those that send something leave a place to
# those that read: a database that is locked can still be read. Of those that wait, so many ask something of their own,
# such as a search, so many send something, and so many have a page made that the store keeps for everyone: no crowd
# keeps out another.
PLACES, SENDING = 3, 2
ASKING, SAVING, MAKING = 4, 3, 3
# Where none of them has come or gone for so many seconds, the next are refused. The first requests of a new worker
# on a busy machine take longer than a save that goes through. Whoever comes on top of those that wait is refused at
# once; who has a page made would wait on the last thread, and waits for less.
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


def unavailable(request: HttpRequest, has_come: bool = True, is_crowded: bool = False) -> HttpResponse:
    """503: saving is not possible now. What was sent, if it `has_come`, is in the page, to be sent again."""
    context = {"sent": sent(request) if has_come else [], "is_crowded": is_crowded}
    return _headed(render(request, "503.html", context, status=503), RETRY_AFTER)


def crowded(request: HttpRequest, has_come: bool = True) -> HttpResponse:
    """503: more people ask at once than can be answered. What was sent, if it `has_come`, is in the page."""
    if request.method == "POST":
        return unavailable(request, has_come, is_crowded=True)
    # To say no must cost next to nothing: whoever comes at such a time comes with many.
    return _headed(HttpResponse(_crowded_page(get_language()), status=503), CROWDED_RETRY_AFTER)


@cache
def _crowded_page(language: str | None) -> bytes:
    """The page that says so to whoever sent nothing: the same for everyone, in one language."""
    return render(HttpRequest(), "503.html", {"is_crowded": True}).content


def _headed(response: HttpResponse, retry_after: str) -> HttpResponse:
    response["Retry-After"] = retry_after
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


class Queue:
    """Those that may wait for a place, in whatever room: so many. Whoever comes on top of them has `patience`, in
    seconds without anybody coming or going."""

    def __init__(self, places: int, patience: float = 0.0) -> None:
        self.free, self.patience = threading.Semaphore(places), patience


class Room:
    """A number of places for requests; where none moves for `stuck` seconds, nobody waits for one."""

    def __init__(self, places: int, stuck: float) -> None:
        self.free, self.stuck = places, stuck
        self.moved_at, self.changed = 0.0, threading.Condition()

    def enter(self, queue: Queue) -> bool:
        """Take a place and return True; wait for one in `queue` as long as others come and go, else return False."""
        with self.changed:
            if self.free <= 0 and not self.wait(queue):
                return False
            self.free -= 1
            self.moved_at = monotonic()
            return True

    def wait(self, queue: Queue) -> bool:
        """Wait for a place; return whether there is one."""
        may_wait = queue.free.acquire(blocking=False)
        stuck = self.stuck if may_wait else queue.patience
        try:
            while self.free <= 0:
                patience = self.moved_at + stuck - monotonic()
                if patience <= 0:
                    return False
                self.changed.wait(patience)
            return True
        finally:
            if may_wait:
                queue.free.release()

    @property
    def is_stuck(self) -> bool:
        """Whether nobody has come or gone for too long."""
        return self.moved_at + self.stuck <= monotonic()

    def leave(self) -> None:
        """Give the place back."""
        with self.changed:
            self.free += 1
            self.moved_at = monotonic()
            self.changed.notify()

    @contextmanager
    def left(self) -> Iterator[None]:
        """Leave the place to others while the block waits for another process; it is taken again whoever has it."""
        self.leave()
        try:
            yield
        finally:
            with self.changed:
                self.free -= 1
                self.moved_at = monotonic()


class OutageMiddleware:
    """Answer 503 where the database hangs, where a request finds it gone, locked, full or read-only, and to a crowd."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.asking, self.saving, self.making = Queue(ASKING), Queue(SAVING), Queue(MAKING, CROWDED_STUCK)
        self.room, self.sending = Room(PLACES, STUCK), Room(SENDING, SENDING_STUCK)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == HEALTH:
            return healthz(request)
        # Without a proxy that waits for the whole request, a sender could hold a thread for as long as it likes.
        has_come = bool(settings.PROXY_ADDRESS)
        if version.hangs():
            return unavailable(request, has_come)
        queue = self.asking if request.META.get("QUERY_STRING") else self.making
        if request.method == "POST":
            queue = self.saving
        # Only what is sent: as many stand aside at most as SENDING has places.
        stand_aside = self.room.left if request.method == "POST" else nullcontext
        setattr(request, "stand_aside", stand_aside)  # noqa: B010 (no attribute that Django declares)
        with ExitStack() as places:
            for room in [self.sending, self.room] if request.method == "POST" else [self.room]:
                if not room.enter(queue):
                    return unavailable(request, has_come) if room.is_stuck else crowded(request, has_come)
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
