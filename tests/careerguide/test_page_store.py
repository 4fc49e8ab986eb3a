"""The page store: right for everyone who asks, never stale, and out of the way of all that is personal."""

import gzip
import itertools
import secrets
import threading
import time
import zlib
from io import BytesIO

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import override_settings

from careerguide import page_store, version_reader
from careerguide.page_store import PageStore, choose_encoding, matches
from careerguide.version_reader import Changes, Remembering
from guides.models import ContentVersion, Guide, Section
from guides.publishing import content_version, editions
from guides.registry.concerns import OPENINGS, pages_of
from tests.factories import make_guide

pytestmark = pytest.mark.usefixtures("kept_connection")

GUIDE = "/guides/bookbinder/"
HOST = "testserver"


class Counting:
    """Django's WSGI application, counting what reaches it."""

    def __init__(self):
        self.application, self.calls = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.calls += 1
        return self.application(environ, start_response)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.raw = int(status.split()[0]), dict(headers), body

    @property
    def body(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        return unpack(self.raw)


def read_version():
    return ContentVersion.objects.values_list("number", flat=True).first() or 0


@pytest.fixture
def store(guide):
    return PageStore(Counting(), read_version, {HOST}, most_bytes=10_000_000)


def ask(store, path, method="GET", query="", scheme="http", **headers):
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "HTTP_HOST": HOST,
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    started = []
    body = b"".join(store(environ, lambda status, headers, exc_info=None: started.append((status, headers))))
    return Answer(*started[-1], body)


def test_the_second_reader_does_not_reach_django(store):
    first, second = ask(store, GUIDE), ask(store, GUIDE)
    assert store.application.calls == 1
    assert first.body == second.body
    assert b"Bookbinder" in second.body
    assert "Content-Security-Policy" in second.headers
    assert "Set-Cookie" not in second.headers


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("gzip;q=0.5", "gzip"),
        ("br;q=nonsense", "br"),
        ("", "identity"),
    ],
)
def test_each_encoding_has_its_bytes_and_its_etag(store, header, encoding):
    ask(store, GUIDE)
    answer = ask(store, GUIDE, accept_encoding=header)
    assert choose_encoding(header) == encoding
    assert answer.headers.get("Content-Encoding", "identity") == encoding
    assert answer.headers["ETag"].endswith(f'-{encoding}"')
    assert answer.headers["Content-Length"] == str(len(answer.raw))
    assert b"Bookbinder" in answer.body
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_file_that_is_packed_already_is_sent_as_it_is():
    font = secrets.token_bytes(3_000)
    asked = []

    def files(environ, start_response):
        asked.append(environ)
        start_response("200 OK", [("Content-Type", "font/woff2"), ("Cache-Control", "max-age=315360000, immutable")])
        return [font]

    version = itertools.count()
    store = PageStore(files, lambda: next(version), {HOST}, is_same_for_everyone=lambda _path: True)
    for times in range(1, 4):
        answer = ask(store, "/static/a.0123456789ab.woff2", accept_encoding="br, gzip")
        assert answer.raw == font
        assert "Content-Encoding" not in answer.headers
        assert len(asked) == times, "made anew at each version, from the same packed bytes"
    assert all("HTTP_ACCEPT_ENCODING" not in environ for environ in asked)


@pytest.mark.parametrize(
    ("path", "stored"),
    [("/static/css/site.0123456789ab.css", True), ("/static/css/site.css", False), ("/plan/a.0123456789ab.css", False)],
)
def test_static_files_that_never_change_are_stored(path, stored):
    from careerguide.wsgi import is_page_or_static_file  # it freezes what is loaded: not where tests are collected

    assert is_page_or_static_file(path) is stored


def test_tight_compression_follows_in_the_background(store):
    before = len(ask(store, GUIDE, accept_encoding="br").raw)
    store.packer.join(timeout=0.1)
    for _ in range(100):
        if len(ask(store, GUIDE, accept_encoding="br").raw) < before:
            break
        threading.Event().wait(0.05)
    tight = ask(store, GUIDE, accept_encoding="br")
    assert len(tight.raw) < before
    assert b"Bookbinder" in tight.body
    content_version.content_changed()
    again = ask(store, GUIDE, accept_encoding="br")
    assert again.raw == tight.raw, "a page whose bytes did not change keeps its compressed form"
    assert store.application.calls == 2


def test_conditional_requests(store):
    etag = ask(store, GUIDE, accept_encoding="br").headers["ETag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = ask(store, GUIDE, accept_encoding="br", if_none_match=known)
        assert (answer.status, answer.raw) == (304, b"")
        assert answer.headers["ETag"] == etag
        assert "Content-Length" not in answer.headers
    assert ask(store, GUIDE, accept_encoding="gzip", if_none_match=etag).status == 200
    assert not matches('"other"', etag)


def test_a_conditional_request_that_fills_stores_the_whole_page(store):
    ask(store, GUIDE, if_none_match="*", range="bytes=0-10", cookie="session=x")
    assert ask(store, GUIDE).status == 200
    assert b"</html>" in ask(store, GUIDE).body


def test_publishing_shows_at_once(store):
    ask(store, GUIDE)
    Guide.objects.update(title="Book mender")
    guide = Guide.objects.get()
    assert b"Book mender" not in ask(store, GUIDE).body, "a draft is not shown"
    old = ask(store, GUIDE).headers["ETag"]
    editions.publish(editions.save(guide))
    assert b"Book mender" in ask(store, GUIDE).body
    assert ask(store, GUIDE, if_none_match=old).status == 200
    editions.unpublish(guide)
    assert ask(store, GUIDE).status == 410
    Guide.objects.all().delete()
    assert b"Book mender" not in ask(store, "/").body


class Remembered(Remembering):
    """The version as a worker reads it, through this test's connection."""

    def __call__(self):
        number = read_version()
        self.learn(number, self.rows)
        return number

    @staticmethod
    def rows(query):
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()


def made_anew(store, paths):
    """Ask for pages; return those that reached Django."""
    before, result = store.application.calls, []
    for path in paths:
        assert ask(store, path).status == 200
        if store.application.calls > before:
            result.append(path)
        before = store.application.calls
    return result


def test_a_publishing_makes_only_the_pages_old_that_it_concerns(guide):
    make_guide("printer")
    version = Remembered()
    store = PageStore(Counting(), version, {HOST}, any_after=version.any_after)
    own, others = [GUIDE, f"{GUIDE}steps/"], ["/guides/printer/", "/guides/printer/print/"]
    pages = ["/", *own, *others]
    assert made_anew(store, pages) == pages
    Section.objects.filter(guide=guide).update(body_html="<p>A comma, here.</p>")
    editions.publish(editions.save(guide))
    assert made_anew(store, pages) == ["/", *own]
    assert b"A comma, here." in ask(store, GUIDE).body
    assert made_anew(store, pages) == []
    content_version.content_changed(OPENINGS)
    assert made_anew(store, pages) == ["/"]
    Guide.objects.filter(pk=guide.pk).update(title="Book mender")
    editions.publish(editions.save(Guide.objects.get(pk=guide.pk)))
    assert made_anew(store, pages) == pages
    for concern in [pages_of("printer"), pages_of("bookbinder")]:
        content_version.content_changed(concern)
    assert made_anew(store, pages) == pages
    # An older release, which runs beside this one for a while, says nothing of concerns.
    content_version.content_changed(OPENINGS)
    ContentVersion.objects.update(number=read_version() + 1)
    content_version.content_changed(OPENINGS)
    assert made_anew(store, pages) == pages
    # A backup has been restored: numbers begin again below.
    ContentVersion.objects.update(number=1)
    assert made_anew(store, others) == others


def test_a_page_made_while_its_guide_is_published_is_old_although_another_was_published_since(guide):
    class PublishesMeanwhile(Counting):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            if self.calls == 1:
                content_version.content_changed(pages_of("bookbinder"))
                content_version.content_changed(pages_of("printer"))
            return answer

    version = Remembered()
    store = PageStore(PublishesMeanwhile(), version, {HOST}, any_after=version.any_after)
    assert made_anew(store, [GUIDE, GUIDE, GUIDE]) == [GUIDE, GUIDE]


def test_a_page_that_no_change_concerned_ends_at_midnight_all_the_same(guide, monkeypatch):
    version = Remembered()
    store = PageStore(Counting(), version, {HOST}, any_after=version.any_after)
    ask(store, GUIDE)
    content_version.content_changed(OPENINGS)
    monkeypatch.setattr(page_store, "time", lambda: time.time() + page_store.DAY)
    assert made_anew(store, [GUIDE]) == [GUIDE]


def test_changes_are_known_up_to_a_version():
    known = Changes(10, 10)
    narrow = known.up_to(12, lambda query: [(11, "a"), (12, "b")])
    assert narrow == Changes(12, 10, {"a": 11, "b": 12})
    assert [narrow.any_after(10, concerns) for concerns in [(), ("a",), ("b", "c"), ("c",)]] == [
        False,
        True,
        True,
        False,
    ]
    assert not narrow.any_after(11, ("a",))
    # What was read after the version may know later ones.
    assert known.up_to(11, lambda query: [(12, "b"), (11, "a")]) == narrow
    for rows, everything in [([], 12), ([(11, "a")], 12), ([(12, "b")], 11)]:
        assert known.up_to(12, lambda query, rows=rows: rows).everything == everything


def test_deleting_a_guide_shows_at_once(store):
    ask(store, "/")
    Guide.objects.all().delete()
    assert b"Bookbinder" not in ask(store, "/").body


def test_a_page_rendered_while_something_is_published_is_made_anew(guide):
    class PublishesMeanwhile(Counting):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            if self.calls == 1:
                Guide.objects.update(title="Book mender")
                editions.publish(editions.save(Guide.objects.get()))
            return answer

    store = PageStore(PublishesMeanwhile(), read_version, {HOST})
    assert b"Bookbinder" in ask(store, GUIDE).body
    assert b"Book mender" in ask(store, GUIDE).body


def test_fragments_and_pages_are_kept_apart(store):
    page, fragment = ask(store, f"{GUIDE}steps/"), ask(store, f"{GUIDE}steps/", hx_request="true")
    restored = ask(store, f"{GUIDE}steps/", hx_request="true", hx_history_restore_request="true")
    assert b"<html" in page.body
    assert b"<html" not in fragment.body
    assert restored.body == page.body
    assert "HX-Request" in page.headers["Vary"]
    assert ask(store, f"{GUIDE}steps/", hx_request="true").body == fragment.body


def test_the_host_is_checked_on_hits_too(store):
    ask(store, GUIDE)
    with override_settings(ALLOWED_HOSTS=[HOST]):
        assert ask(store, GUIDE, host="evil.example").status == 400


def test_scheme_and_host_are_in_the_key(store):
    store.hosts.add("www.testserver")
    ask(store, GUIDE)
    ask(store, GUIDE, scheme="https")
    with override_settings(ALLOWED_HOSTS=["*"]):
        ask(store, GUIDE, host="www.testserver")
    assert len(store.entries) == 3


def test_a_proxys_word_for_the_scheme_makes_two_entries_at_most(store):
    for number in range(5):
        ask(store, GUIDE, x_forwarded_proto=f"scheme{number}")
    assert len(store.entries) == 1, "without a proxy its header says nothing"
    store.trust_proxy = True
    for scheme in ("https", "https, http", "http", "gopher", "x"):
        ask(store, GUIDE, x_forwarded_proto=scheme)
    assert sorted(key[0] for key in store.entries) == ["http", "https"]


def test_a_hit_has_every_security_header_that_django_gave_the_page(guide):
    with override_settings(SECURE_HSTS_SECONDS=60, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        store = PageStore(Counting(), read_version, {HOST}, trust_proxy=True)
        hits = [ask(store, GUIDE, x_forwarded_proto="https") for _time in range(2)]
    assert store.application.calls == 1
    for name in (
        "Content-Security-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
    ):
        assert hits[0].headers[name] == hits[1].headers[name], name


def test_a_redirect_to_https_is_not_stored(guide):
    with override_settings(SECURE_SSL_REDIRECT=True):
        store = PageStore(Counting(), read_version, {HOST})
        assert ask(store, GUIDE).status == 301
        assert not store.entries


def test_what_one_client_sends_changes_no_page_of_another(store):
    clean = ask(PageStore(Counting(), read_version, {HOST}), GUIDE)
    odd = {
        "x_forwarded_host": "evil.example",
        "x_forwarded_proto": "https",
        "x_forwarded_for": "evil.example",
        "x_original_url": "/admin/",
        "x_http_method_override": "DELETE",
        "forwarded": "host=evil.example",
        "hx_current_url": "https://evil.example/",
        "hx_target": "evil.example",
        "accept_language": "es",
        "referer": "https://evil.example/",
        "origin": "https://evil.example",
        "authorization": "Basic evil.example",
    }
    ask(store, GUIDE, **odd)
    answer = ask(store, GUIDE)
    assert store.application.calls == 1
    assert answer.body == clean.body
    assert answer.headers == clean.headers


def test_head_has_the_headers_and_no_body(store):
    head = ask(store, GUIDE, method="HEAD", accept_encoding="br")
    get = ask(store, GUIDE, accept_encoding="br")
    assert head.raw == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert store.application.calls == 1


def test_a_range_is_answered_with_the_whole(store):
    ask(store, GUIDE)
    assert ask(store, GUIDE, range="bytes=0-9").status == 200


def test_a_cookie_changes_nothing(store):
    assert ask(store, GUIDE, cookie="session=abc").body == ask(store, GUIDE).body
    assert store.application.calls == 1


@pytest.mark.parametrize("query", ["open=all", "utm_source=x", "q=%00", "open=1"])
def test_a_query_string_makes_no_entry(store, query):
    ask(store, GUIDE, query=query)
    assert not store.entries


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/login/",
        "/report/",
        "/healthz",
        "/no-such/",
        f"{GUIDE}nothing/",
        "/guides/nobody.json",
        "/preview/x/",
        "/plan/",
        f"{GUIDE}readiness/",
    ],
)
def test_what_is_personal_missing_or_a_draft_is_never_stored(store, path):
    ask(store, path)
    assert not store.entries
    assert store.application.calls == 1


def test_posts_go_to_django(store):
    ask(store, GUIDE)
    assert ask(store, GUIDE, method="POST").status == 403, "a POST needs a token"
    assert store.application.calls == 2


@pytest.mark.parametrize(
    "header",
    [("Set-Cookie", "a=b"), ("Cache-Control", "no-store"), ("Cache-Control", "private"), ("Vary", "Cookie")],
)
def test_an_answer_that_is_not_for_everyone_is_not_stored(db, header):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), header])
        return [b"personal"]

    store = PageStore(application, read_version, {HOST})
    assert ask(store, GUIDE).body == b"personal"
    assert not store.entries


def test_an_exception_while_filling_leaves_nothing_behind(store, monkeypatch):
    def broken(environ, start_response):
        raise RuntimeError("broken")

    working, store.application = store.application, broken
    with pytest.raises(RuntimeError):
        ask(store, GUIDE)
    assert not store.entries
    store.application = working
    assert ask(store, GUIDE).status == 200


def test_readers_keep_their_pages_while_the_database_is_away(store):
    fresh = ask(store, GUIDE).body
    store.read_version = lambda: None
    assert ask(store, GUIDE).body == fresh

    def failing(environ, start_response):
        start_response("503 Service Unavailable", [])
        return [b""]

    store.application, store.read_version = failing, lambda: 99
    assert ask(store, GUIDE).body == fresh, "a stale page is better than none"


def test_a_page_is_good_until_the_midnight_after_it_was_begun(store, monkeypatch):
    """Also where it was finished, or compressed, on the next day."""
    midnight = 20_000 * page_store.DAY
    clock = iter([midnight - 1])
    monkeypatch.setattr(page_store, "time", lambda: next(clock, midnight + 1))
    is_compressed, keep = threading.Event(), store.put

    def put(key, entry):
        keep(key, entry)
        if threading.current_thread() is store.packer:
            is_compressed.set()

    monkeypatch.setattr(store, "put", put)
    ask(store, GUIDE)
    assert is_compressed.wait(timeout=10)
    assert [entry.ends for entry in store.entries.values()] == [midnight]
    ask(store, GUIDE)
    assert store.application.calls == 2


def test_many_who_ask_at_once_have_the_page_made_once(guide):
    """The guide's page takes its time, and all ask before it is ready."""
    asked, finish = [], threading.Event()

    def slow(environ, start_response):
        asked.append(environ["PATH_INFO"])
        finish.wait(timeout=10)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page"]

    store = PageStore(slow, lambda: 1, {HOST})
    answers = []
    readers = [threading.Thread(target=lambda: answers.append(ask(store, GUIDE).body)) for _reader in range(5)]
    for reader in readers:
        reader.start()
    while not asked:
        threading.Event().wait(0.01)
    finish.set()
    for reader in readers:
        reader.join()
    assert asked == [GUIDE]
    assert answers == [b"page"] * 5


def test_workers_agree(store):
    other = PageStore(Counting(), read_version, {HOST})
    first = [ask(each, GUIDE, accept_encoding="gzip").headers["ETag"] for each in (store, other)]
    Guide.objects.update(title="Book mender")
    editions.publish(editions.save(Guide.objects.get()))
    second = [ask(each, GUIDE, accept_encoding="gzip").headers["ETag"] for each in (store, other)]
    assert len(set(first)) == len(set(second)) == 1
    assert first != second
    assert ask(other, GUIDE, accept_encoding="gzip", if_none_match=second[0]).status == 304


def test_memory_is_bounded_and_the_least_used_page_goes(store):
    ask(store, "/"), ask(store, GUIDE), ask(store, f"{GUIDE}print/"), ask(store, "/")
    store.most_bytes = store.bytes - 1
    ask(store, "/privacy/")
    paths = [key[2] for key in store.entries]
    assert "/" in paths
    assert GUIDE not in paths
    assert store.bytes == sum(entry.size for entry in store.entries.values()) <= store.most_bytes


@pytest.mark.django_db(transaction=True)
def test_the_version_is_read_beside_django(request):
    read = version_reader.reader({"default": connection.settings_dict})
    request.addfinalizer(read.stop)
    before = read()
    content_version.content_changed()
    threading.Event().wait(0.06)
    assert read() == (before or 0) + 1
    numbers = []
    thread = threading.Thread(target=lambda: numbers.append(read()))
    thread.start()
    thread.join()
    assert numbers == [(before or 0) + 1], "each thread reads it"
    content_version.content_changed(OPENINGS)
    # A busy PostgreSQL may answer late; the one before is told meanwhile.
    for _time in range(200):
        if (present := read()) == numbers[0] + 1:
            break
        threading.Event().wait(0.05)
    assert present == numbers[0] + 1
    assert not read.any_after(numbers[0], present, [pages_of("bookbinder")])
    assert read.any_after(numbers[0], present, [OPENINGS])
    assert read.any_after(numbers[0] - 1, present, []), "what says nothing concerns all"
    assert read.any_after(numbers[0], present + 1, []), "nobody knows yet what has changed"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's version is read in a thread of its own")
@pytest.mark.django_db(transaction=True)
def test_a_version_is_taken_for_the_present_one_for_a_millisecond_only(request):
    read = version_reader.SQLiteVersion(connection.settings_dict["NAME"])
    request.addfinalizer(read.stop)
    before = read()
    assert read.FRESH == 0.001
    read.latest = before, float("inf")
    content_version.content_changed()
    assert read() == before, "not asked again"
    read.latest = before, time.monotonic() - read.FRESH
    assert read() == before + 1


def test_a_database_that_cannot_be_read_gives_no_version(tmp_path):
    assert version_reader.SQLiteVersion(tmp_path / "missing.sqlite3")() is None


def test_gzip_is_real_gzip(store):
    ask(store, GUIDE)
    assert b"</html>" in zlib.decompress(ask(store, GUIDE, accept_encoding="gzip").raw, 31)
