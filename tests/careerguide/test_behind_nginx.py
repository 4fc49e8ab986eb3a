"""What nginx answers by itself, with the file that deploy/ has for it: pages in the site's look that say what to do."""

import re
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from careerguide.management.commands import write_error_pages
from tests.faults import nginx
from tests.faults.site import free_port
from tests.faults.visitor import Visitor
from tests.installed import need_nginx

HOST = b"Host: " + nginx.NAME.encode() + b"\r\n"
RESUME = b"POST /guides/bookbinder/skills-gap/resume/ HTTP/1.1\r\n" + HOST
GET = b"GET / HTTP/1.1\r\n"
LARGE = 4_000_000
CONFIGURATION = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
# What is sent, what nginx answers, and words of the page that say what to do.
REFUSED = {
    "a resume over the limit": (RESUME + b"Content-Length: %d\r\n\r\n" % LARGE + b"x" * LARGE, 413, "at most 2 MB"),
    "more than the limit in chunks": (
        RESUME + b"Transfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % LARGE + b"x" * LARGE + b"\r\n0\r\n\r\n",
        413,
        "at most 2 MB",
    ),
    "an address too long": (
        b"GET /search/?q=" + b"a" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        414,
        "copy it again",
    ),
    "a cookie too long": (GET + HOST + b"Cookie: a=" + b"a" * 9_000 + b"\r\n\r\n", 431, "private window"),
    "too many cookies": (GET + HOST + (b"Cookie: a=" + b"a" * 4_000 + b"\r\n") * 12 + b"\r\n", 431, "private window"),
    "no host": (GET + b"\r\n", 400, "start again"),
    "two hosts": (GET + HOST + HOST + b"\r\n", 400, "start again"),
    "no request": (b"hello\r\n\r\n", 400, "start again"),
    "a length in words": (RESUME + b"Content-Length: four\r\n\r\n", 400, "start again"),
    "an unknown encoding": (RESUME + b"Transfer-Encoding: odd\r\n\r\n", 501, "start again"),
    "an HTTP to come": (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", 505, "start again"),
    "TRACE": (b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n", 405, "buttons of the page"),
    "nginx's own folder": (b"GET /error-pages/413.html HTTP/1.1\r\n" + HOST + b"\r\n", 404, "mistyped"),
}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass
class Answer:
    """What came back over a bare connection."""

    status: int
    headers: dict[str, str]
    text: str


class Door:
    """nginx, two seconds patient, and its ports."""

    def __init__(self, https: int, http: int):
        self.https, self.http = ("127.0.0.1", https), ("127.0.0.1", http)
        self.secure = self.https, nginx.unverified()
        self.visitor = Visitor(*self.secure, Host=nginx.NAME)


@contextmanager
def in_front_of(port: int, folder: Path) -> Iterator[Door]:
    """nginx in front of whatever listens on that port."""
    https, http = free_port(), free_port()
    with nginx.in_front_of(port, folder, https, http, patience="2s"):
        yield Door(https, http)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """nginx in front of a site that does not run."""
    need_nginx()
    with in_front_of(free_port(), tmp_path_factory.mktemp("stopped")) as door:
        yield door


def send(request: bytes, address: tuple[str, int], tls: ssl.SSLContext | None = None) -> Answer:
    """Send bytes as they are, and return what comes back until nginx closes the connection or falls silent."""
    with ExitStack() as stack:
        connection = stack.enter_context(socket.create_connection(address, timeout=3))
        if tls:
            connection = stack.enter_context(tls.wrap_socket(connection))
        answer = b""
        with suppress(OSError):  # it may have heard enough before the end
            connection.sendall(request)
        with suppress(TimeoutError, ssl.SSLError, ConnectionResetError):
            while part := connection.recv(65_536):
                answer += part
                if b"</html>" in answer:
                    break
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return Answer(int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body.decode(errors="replace"))


def faults_of(name: str, answer: Answer, status: int, words: str) -> list[str]:
    """What is wrong with a page that nginx shows by itself."""
    wanted = {
        f"status {status}": answer.status == status,
        "the site's look": '<a class="brand"' in answer.text and 'href="/static/css/' in answer.text,
        "what to do": words in answer.text,
        "a policy that lets its style sheets in": "style-src 'self'"
        in answer.headers.get("Content-Security-Policy", ""),
    } | {header: answer.headers.get(header) == value for header, value in HEADERS.items()}
    return [f"{name}: {answer.status} lacks {what}" for what, is_there in wanted.items() if not is_there]


def test_what_nginx_refuses_is_a_page_that_says_what_to_do(stopped):
    faults = []
    for name, (request, status, words) in REFUSED.items():
        faults += faults_of(name, send(request, *stopped.secure), status, words)
    faults += faults_of("over http", send(REFUSED["an address too long"][0], stopped.http), 414, "copy it again")
    assert faults == []


def test_http_leads_to_https(stopped):
    for address in (stopped.http, stopped.https):
        moved = send(b"GET /guides/?sort=pay HTTP/1.1\r\n" + HOST + b"\r\n", address)
        assert (moved.status, moved.headers["Location"]) == (301, f"https://{nginx.NAME}/guides/?sort=pay")


def test_a_stopped_site_is_a_page_that_says_what_to_do(stopped):
    answers = {path: stopped.visitor.get(path) for path in ("/", "/guides/bookbinder/", "/readyz")}
    answers["POST"] = stopped.visitor.post("/plan/save/", {"guide": "bookbinder"})
    faults = []
    for path, answer in answers.items():
        faults += faults_of(path, answer, 502, "your browser keeps what you typed")
        assert answer.headers["Retry-After"] == "30"
    assert faults == []
    links = re.findall(r'(?<=["\s])/static/[^"\s]+', answers["/"].text)
    assert {link.rsplit(".")[-1] for link in links} == {"css", "svg"}
    for link in links:
        file = send(b"GET %s HTTP/1.1\r\nConnection: close\r\n" % link.encode() + HOST + b"\r\n", *stopped.secure)
        assert (file.status, file.headers["Cache-Control"]) == (200, "max-age=315360000"), link


def test_a_site_that_hangs_is_a_page_that_says_what_to_do(tmp_path):
    need_nginx()
    with socket.create_server(("127.0.0.1", 0)) as silent, in_front_of(silent.getsockname()[1], tmp_path) as door:
        answer = door.visitor.post("/plan/save/", {"guide": "bookbinder"})
    assert faults_of("late", answer, 504, "look before you send it again") == []


def test_every_refusal_that_nginx_knows_has_a_page():
    """Whatever nginx may answer of its own accord is in its program as a page of a line."""
    need_nginx()
    known = {int(status) for status in re.findall(rb"<title>([45]\d\d) ", Path(shutil.which("nginx")).read_bytes())}
    assert len(known) > 20
    lines = re.findall(r"error_page ([\d ]+?) (?:=\d+ )?/error-pages/(\d+)\.html;", CONFIGURATION)
    answered = {int(status) for statuses, _page in lines for status in statuses.split()}
    # A connection that says nothing is closed without a word.
    assert known - answered == {408}
    assert {int(page) for _statuses, page in lines} == set(write_error_pages.STATUSES)
