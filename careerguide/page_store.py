"""A store of ready pages in front of Django: a published page costs about what a constant string costs.

Only GET and HEAD of addresses whose view is the same for everyone, without a query string, are answered from here; all
else goes to Django.
An entry holds the content version that was read *before* the page was rendered, so a page rendered
while something was published is old from its first moment and made anew. What is due at a time (scheduled
publishing) raises the version when it happens; what passes by itself (a figure's review date) does so at midnight, and
so an entry ends at the midnight after its page was begun.

An entry that is older than the present version is still good where no change since concerned its page
(guides/registry/concerns.py). It is then taken for one of the present version, so that only the first reader after a
publishing makes us look.
"""

import hashlib
import re
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Container, Iterable
from queue import Empty, SimpleQueue
from time import monotonic, sleep, time
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli

from guides.registry.concerns import Concerns, concerns_of
from guides.registry.public_pages import is_same_for_everyone

# What a client may have asked for that a stored page must not depend on.
CLIENTS_OWN = {
    "HTTP_COOKIE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
}
# Headers that each answer gets anew, or that say which request it was.
UNKEPT = {"content-length", "etag", "vary", "x-request-id"}
UNSTORED = ("private", "no-store", "no-cache")
READING = frozenset({"GET", "HEAD"})
DAY = 86_400

# What is compared with the version that a page was made at; None where it cannot be read.
Version = int | tuple[int, int] | None
Headers = list[tuple[str, str]]
# Scheme, host, path, and whether HTMX wants a fragment.
Key = tuple[str, str, str, bool]
# Of one encoding: ETag, headers, body, the body as WSGI takes it, and the headers of a 304.
Answer = tuple[str, Headers, bytes, list[bytes], Headers]


class StoredPage:
    """One page at one content version: its headers and bodies by encoding, ready to be sent."""

    __slots__ = ("answers", "body", "concerns", "ends", "size", "version")

    def __init__(
        self,
        version: Version,
        ends: float,
        headers: Headers,
        body: bytes,
        packed: dict[str, bytes] | None = None,
        concerns: Concerns = None,
    ) -> None:
        self.version, self.ends, self.body, self.concerns = version, ends, body, concerns
        self.answers: dict[str, Answer] = {}
        kept = [(name, value) for name, value in headers if name.lower() not in UNKEPT]
        vary = {"Accept-Encoding"} | {
            word.strip() for name, value in headers if name.lower() == "vary" for word in value.split(",")
        }
        kept.append(("Vary", ", ".join(sorted(vary))))
        for encoding, data in (packed or pack(body, brotli_quality=4, gzip_level=4)).items():
            self._add(encoding, data, kept)
        plain = self.answers["identity"]
        for encoding in ("br", "gzip"):
            # A font is packed already.
            if len(self.answers.get(encoding, plain)[2]) >= len(body):
                self.answers[encoding] = plain
        self.size = sum(len(answer[2]) for answer in self.answers.values()) + 2_000

    def is_good(self, version: Version) -> bool:
        """Whether this is what readers are to see; where the version cannot be read, it is."""
        return (self.version == version or version is None) and self.ends > time()

    def _add(self, encoding: str, data: bytes, headers: Headers) -> None:
        """Make the answer for one encoding; each has an ETag of its own."""
        etag = f'"{hashlib.sha256(self.body).hexdigest()[:24]}-{encoding}"'
        shared = [*headers, ("ETag", etag)]
        sent = [*shared, ("Content-Length", str(len(data)))]
        if encoding != "identity":
            sent.append(("Content-Encoding", encoding))
        self.answers[encoding] = (etag, sent, data, [data], shared)

    def packed(self) -> dict[str, bytes]:
        """The bodies by encoding, without those that were not worth it."""
        plain = self.answers["identity"]
        return {name: answer[2] for name, answer in self.answers.items() if answer is not plain or name == "identity"}


def pack(body: bytes, brotli_quality: int, gzip_level: int) -> dict[str, bytes]:
    """Return `body` in every encoding we send."""
    gzip = zlib.compressobj(gzip_level, zlib.DEFLATED, 31)
    return {
        "br": brotli.compress(body, quality=brotli_quality),
        "gzip": gzip.compress(body) + gzip.flush(),
        "identity": body,
    }


def unused(data: bytes) -> None:
    """Take what is written past the answer's body, as WSGI's first servers did; Django writes nothing there."""


def choose_encoding(header: str) -> str:
    """Return the encoding to send for an Accept-Encoding header: br before gzip before none; q=0 refuses one."""
    accepted: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        quality = re.fullmatch(r"\s*q\s*=\s*([\d.]+)\s*", parameters) if parameters else None
        try:
            accepted[name.strip()] = float(quality[1]) if quality else 1.0
        except ValueError:
            accepted[name.strip()] = 0.0
    for encoding in ("br", "gzip"):
        if accepted.get(encoding, accepted.get("*", 0)) > 0:
            return encoding
    return "identity"


def matches(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names `etag` (weak or strong) or anything at all."""
    return header.strip() == "*" or any(part.strip().removeprefix("W/") == etag for part in header.split(","))


class PageStore:
    """A WSGI application that answers reader addresses from memory and leaves the rest to `application`.

    `read_version` returns the present content version; `is_same_for_everyone` says of a path whether its page is;
    `hosts` are the Host headers we answer to; `most_bytes` bounds the memory, the least used pages go first. `count` is
    told the path of each page that is sent. `any_after` says whether something has changed between a version and
    another that pages with certain concerns show, and `concerns_of` which those of a path are; without `any_after`
    every change makes every page old. A page is compressed tightly once it has stood for `pack_after` seconds.
    """

    def __init__(
        self,
        application: WSGIApplication,
        read_version: Callable[[], Version],
        hosts: Container[str],
        most_bytes: int = 64_000_000,
        trust_proxy: bool = False,
        is_same_for_everyone: Callable[[str], bool] = is_same_for_everyone,
        count: Callable[[str], None] | None = None,
        any_after: Callable[[int, int, Collection[str]], bool] | None = None,
        concerns_of: Callable[[str], Concerns] = concerns_of,
        pack_after: float = 0.0,
    ) -> None:
        self.application, self.read_version = application, read_version
        self.is_same_for_everyone, self.count = is_same_for_everyone, count
        self.any_after, self.concerns_of, self.pack_after = any_after, concerns_of, pack_after
        self.hosts, self.most_bytes, self.trust_proxy = hosts, most_bytes, trust_proxy
        self.entries: OrderedDict[Key, StoredPage] = OrderedDict()
        self.bytes, self.lock = 0, threading.Lock()
        self.encodings: dict[str, str] = {}
        self.waiting: SimpleQueue[tuple[Key, StoredPage, Headers, float]] = SimpleQueue()
        self.packer: threading.Thread | None = None
        self.filling = [threading.Lock() for _lock in range(64)]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("QUERY_STRING") or environ["REQUEST_METHOD"] not in READING:
            return self.application(environ, start_response)
        key = self.key(environ)
        entry = self.entries.get(key)
        if entry is None and not self.may_store(key):
            return self.application(environ, start_response)
        if entry is None or not self.is_good(entry, self.read_version()):
            return self.fill(key, environ, start_response)
        try:  # noqa: SIM105 (this is asked for thousands of times a second)
            self.entries.move_to_end(key)
        except KeyError:  # another thread has dropped it since
            pass
        environ["careerguide.stored"] = True
        self.count_reading(key, environ)
        return self.send(entry, environ, start_response)

    def is_good(self, entry: StoredPage, version: Version) -> bool:
        """Whether `entry` is what readers are to see at the present version; if so, it is of that one from now on."""
        if entry.is_good(version):
            return True
        if self.any_after is None or entry.concerns is None or entry.ends <= time():
            return False
        made_at = entry.version
        if not (isinstance(made_at, int) and isinstance(version, int) and made_at < version):
            return False
        if self.any_after(made_at, version, entry.concerns):
            return False
        entry.version = version
        return True

    def key(self, environ: WSGIEnvironment) -> Key:
        """Return what tells one stored page from another: scheme, host, path, and whether HTMX wants a fragment."""
        fragment = environ.get("HTTP_HX_REQUEST") == "true"
        if fragment and environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true":
            fragment = False
        scheme = environ["wsgi.url_scheme"]
        if self.trust_proxy and "HTTP_X_FORWARDED_PROTO" in environ:
            # Read as Django reads it: what is not https is http.
            forwarded = environ["HTTP_X_FORWARDED_PROTO"].partition(",")[0].strip()
            scheme = "https" if forwarded == "https" else "http"
        return scheme, environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), fragment

    def count_reading(self, key: Key, environ: WSGIEnvironment) -> None:
        """Count that somebody reads a whole page; a fragment may have been fetched before anyone wants it."""
        if self.count is not None and not key[3] and environ["REQUEST_METHOD"] == "GET":
            self.count(key[2])

    def may_store(self, key: Key) -> bool:
        """Whether a page with that key may be stored: the same for everyone, on one of our hosts."""
        _scheme, host, path, _fragment = key
        return host in self.hosts and self.is_same_for_everyone(path)

    def send(self, entry: StoredPage, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Send `entry` in the encoding the client takes, or 304 where it has it already."""
        header = environ.get("HTTP_ACCEPT_ENCODING", "")
        encoding = self.encodings.get(header)
        if encoding is None:
            encoding = choose_encoding(header)
            if len(self.encodings) < 1_000:
                self.encodings[header] = encoding
        etag, headers, _data, body, shared = entry.answers[encoding]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and matches(known, etag):
            start_response("304 Not Modified", shared)
            return []
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else body

    def fill(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Have Django make the page; keep it if it may be kept, and send it.

        Many may ask for a page that has just become old: one of them has it made, the others wait for that.
        """
        with self.filling[hash(key) % len(self.filling)]:
            # Both before the page is made: what changes meanwhile makes it old.
            version, ends = self.read_version(), (time() // DAY + 1) * DAY
            old = self.entries.get(key)
            if old is not None and self.is_good(old, version):
                return self.send(old, environ, start_response)
            status, headers, body = self.make(key, environ)
            if old is not None and status.startswith("5"):
                # The page before is better than none.
                return self.send(old, environ, start_response)
            if version is None or not self.may_keep(status, headers):
                start_response(status, headers)
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
            same = old if old is not None and old.body == body else None
            entry = StoredPage(version, ends, headers, body, same.packed() if same else None, self.concerns_of(key[2]))
            self.put(key, entry)
            if same is None:
                self.pack_later(key, entry, headers)
            self.count_reading(key, environ)
        return self.send(entry, environ, start_response)

    def make(self, key: Key, environ: WSGIEnvironment) -> tuple[str, Headers, bytes]:
        """Return status, headers and body of Django's answer to a plain GET: it must serve every later request."""
        plain = {
            name: value
            for name, value in environ.items()
            if name not in CLIENTS_OWN and not name.startswith("HTTP_HX_")
        }
        plain["REQUEST_METHOD"] = "GET"
        if key[-1]:
            plain["HTTP_HX_REQUEST"] = "true"
        answer: list[tuple[str, Headers]] = []

        def keep(status: str, headers: Headers, *failure: Any) -> Callable[[bytes], None]:
            answer[:] = [(status, headers)]
            return unused

        chunks = self.application(plain, keep)
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return *answer[0], body

    @staticmethod
    def may_keep(status: str, sent: Headers) -> bool:
        """Whether an answer is a page for everyone."""
        if not status.startswith("200"):
            return False
        headers = {name.lower(): value for name, value in sent}
        control = headers.get("cache-control", "").lower()
        return (
            "set-cookie" not in headers
            and "content-encoding" not in headers
            and "cookie" not in headers.get("vary", "").lower()
            and not any(word in control for word in UNSTORED)
        )

    def put(self, key: Key, entry: StoredPage) -> None:
        """Store `entry` and drop the least used ones where memory is over its bound."""
        with self.lock:
            # In the place of the one before: to be compressed anew is not to be used.
            old = self.entries.get(key)
            self.bytes += entry.size - (old.size if old else 0)
            self.entries[key] = entry
            while self.bytes > self.most_bytes and len(self.entries) > 1:
                _key, dropped = self.entries.popitem(last=False)
                self.bytes -= dropped.size

    def pack_later(self, key: Key, entry: StoredPage, headers: Headers) -> None:
        """Have the page compressed as tightly as it goes, when nobody waits for it."""
        self.waiting.put((key, entry, headers, monotonic() + self.pack_after))
        if self.packer is None or not self.packer.is_alive():
            self.packer = threading.Thread(target=self.pack_waiting, name="pagestore", daemon=True)
            self.packer.start()

    def pack_waiting(self) -> None:
        """Compress waiting pages until none comes for a while."""
        while True:
            try:
                key, entry, headers, due = self.waiting.get(timeout=5)
            except Empty:
                return
            sleep(max(due - monotonic(), 0))
            if self.entries.get(key) is entry:
                packed = pack(entry.body, 11, 9)
                tight = StoredPage(entry.version, entry.ends, headers, entry.body, packed, entry.concerns)
                if self.entries.get(key) is entry:
                    self.put(key, tight)
