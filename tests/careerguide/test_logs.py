"""What the logs say of a request: which one it was, and never a key that opens something."""

import io
import json
import logging
import random
import string

from careerguide import log_paths, request_ids, settings
from careerguide.page_store import PageStore
from careerguide.requestlog import RequestLog
from tests.addresses import every_address
from tests.raw_requests import ask, environ_of

LETTERS = string.ascii_letters + string.digits + "-_"


def keys(count=300):
    """Keys of every kind, the same ones each time."""
    chance = random.Random(27)  # noqa: S311

    def word(length):
        return "".join(chance.choice(LETTERS) for _letter in range(length))

    for _round in range(count):
        digits = "".join(chance.choice(string.digits) for _digit in range(30))
        yield digits
        yield "-".join(digits[start : start + 6] for start in range(0, 30, 6))
        yield " ".join(digits[start : start + 6] for start in range(0, 30, 6))
        yield from (f"visit-{word(22)}", f"helper-{word(22)}", f"calendar-{word(22)}", word(22), word(32))


def logged(path, headers=()):
    stream = io.StringIO()

    def application(environ, start):
        start("200 OK", list(headers))
        return []

    RequestLog(application, stream)({"REQUEST_METHOD": "GET", "PATH_INFO": path}, lambda status, headers: None)
    return json.loads(stream.getvalue())


def test_no_key_that_was_typed_into_an_address_is_logged():
    for key in keys():
        for place in (f"/preview/{key}/guides/bookbinder/", f"/plan/{key}/", f"/{key}", f"/plan/shared/{key}"):
            assert key not in logged(place)["path"], place
    # The keys of previews, which are shorter, and every form that is none.
    for token in ("a", "abcdefgh", "0" * 16, "g12:1tXYZ:abc", "draft-x"):
        assert logged(f"/preview/{token}/guides/a/")["path"] == "/preview/[key]/guides/a/"


def test_addresses_of_ours_are_logged_as_they_are():
    values = {"guide": "library-technical-assistant", "section": "what-a-day-looks-like-2026", "pk": 12, "path": "x/"}
    for address in every_address():
        if address.name != "guides:preview":
            path = log_paths.loggable(address.route)
            assert path == address.route
    for path in (
        f"/guides/{values['guide']}/{values['section']}/",
        "/static/css/base.0a1b2c3d4e5f.css",
        "/preview/draft-12/guides/bookbinder/",
        "/occupations/bookkeeping-accounting-and-auditing-clerks/",
        "/admin/guides/guide/123456789/change/",
    ):
        assert logged(path)["path"] == path


def test_a_failure_is_logged_with_its_request_and_without_the_key(client, monkeypatch):
    """Django's own line names the address; the handler of the site's settings writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    config = settings.LOGGING
    handler.setFormatter(logging.Formatter(config["formatters"]["errors"]["format"]))
    assert config["handlers"]["errors"]["filters"] == ["hide_keys"]
    handler.addFilter(log_paths.HideKeys())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    monkeypatch.setattr("guides.views.preview.edition_of", lambda request, token: 1 / 0)
    client.raise_request_exception = False
    key = "aVerySecretKey16"
    token = request_ids.current.set("0a1b2c3d4e5f")
    try:
        answer = client.get(f"/preview/{key}/guides/bookbinder/")
    finally:
        request_ids.current.reset(token)
        logger.removeHandler(handler)
    assert answer.status_code == 500
    assert "0a1b2c3d4e5f" in answer.content.decode()
    written = stream.getvalue()
    assert written.startswith("[0a1b2c3d4e5f] Internal Server Error: /preview/[key]/guides/bookbinder/")
    assert key not in written


def test_an_answer_says_which_request_it_was_and_a_stored_page_does_not():
    seen = []

    def page(environ, start):
        seen.append(request_ids.current.get())
        start("200 OK", [("Content-Type", "text/html")])
        return [b"<p>"]

    application = request_ids.RequestIds(page)
    first, second = (ask(application, environ_of("GET", "/plan/", "")) for _time in range(2))
    assert [answer.headers["x-request-id"] for answer in (first, second)] == seen
    assert len(set(seen)) == 2
    assert request_ids.current.get() == ""
    store = PageStore(application, lambda: 1, {"testserver"}, is_same_for_everyone=lambda path: True)
    environ = environ_of("GET", "/", "") | {"HTTP_HOST": "testserver"}
    for _time in range(2):
        assert "x-request-id" not in ask(store, dict(environ)).headers
    assert logged("/plan/", [("X-Request-ID", "abc")])["request"] == "abc"
    assert "request" not in logged("/")
