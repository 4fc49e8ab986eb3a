"""When the database is away: readable answers at once; and the log line of every request."""

import io
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from careerguide import outage, version_reader
from careerguide.outage import OutageMiddleware
from careerguide.requestlog import RequestLog
from guides.reading import reader


@pytest.fixture
def gone(monkeypatch):
    """Every reading of a guide fails as a lost database makes it fail."""

    def lost(*args):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(reader, "live_edition", lost)
    monkeypatch.setattr(reader, "shelf", lost)


@pytest.mark.parametrize("address", ["/guides/bookbinder/", "/guides/bookbinder/steps/", "/guides/bookbinder.json"])
def test_a_lost_database_is_a_readable_503(client, guide, gone, address):
    response = client.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "no-store" in response["Cache-Control"]
    assert b"cannot reach its data" in response.content


def test_a_hanging_database_is_not_asked_again(rf, monkeypatch):
    monkeypatch.setattr(version_reader._Version, "hangs", lambda self, wait=False: True)
    asked = []
    middleware = OutageMiddleware(lambda request: asked.append(request.path))
    assert middleware(rf.get("/guides/")).status_code == 503
    assert middleware(rf.get("/healthz")).status_code == 200
    assert not asked


def test_a_crowd_of_saves_leaves_a_thread_to_stored_pages(rf):
    """Where nothing moves, some wait for a place; one more than those is refused soon, and takes no place."""
    release, working = threading.Event(), threading.Semaphore(0)

    def hang(request):
        working.release()
        release.wait(20)
        return HttpResponse()

    middleware = OutageMiddleware(hang)
    with ThreadPoolExecutor(outage.PLACES + outage.MAKING) as people:
        try:
            inside = [people.submit(middleware, rf.post("/plan/save/")) for _one in range(outage.SENDING)]
            for _one in inside:
                assert working.acquire(timeout=10)
            waiting = [people.submit(middleware, rf.get("/plan/")) for _one in range(outage.MAKING)]
            # One of those finds the place that is left to readers.
            assert working.acquire(timeout=10)
            waiting += [people.submit(middleware, rf.get("/plan/"))]
            deadline = monotonic() + 10
            while middleware.making.free._value and monotonic() < deadline:
                sleep(0.005)
            assert middleware(rf.post("/plan/save/")).status_code == 503
            assert middleware(rf.get("/guides/")).status_code == 503
            assert sum(not future.done() for future in waiting) == len(waiting)
        finally:
            release.set()
    assert {future.result().status_code for future in inside + waiting} == {200}


def test_who_waits_for_another_process_keeps_no_reader_waiting(rf):
    """As many as may send something stand aside: readers have every place, and what was sent is answered after."""
    release, working = threading.Event(), threading.Semaphore(0)

    def work(request):
        if request.method == "POST":
            with request.stand_aside():
                working.release()
                release.wait(20)
        return HttpResponse()

    middleware = OutageMiddleware(work)
    with ThreadPoolExecutor(outage.SENDING) as people:
        try:
            sent = [people.submit(middleware, rf.post("/upload/")) for _one in range(outage.SENDING)]
            for _one in sent:
                assert working.acquire(timeout=10)
            assert middleware.room.free == outage.PLACES
            assert middleware(rf.get("/guides/")).status_code == 200
        finally:
            release.set()
    assert [future.result().status_code for future in sent] == [200] * outage.SENDING
    assert (middleware.room.free, middleware.sending.free) == (outage.PLACES, outage.SENDING)


def test_a_crowd_of_searches_is_refused_at_once_and_keeps_nobody_from_a_page(rf):
    """As many as may wait do; the next search is told so, though others come and go, and a page still finds a place."""
    release, working = threading.Event(), threading.Semaphore(0)

    def work(request):
        working.release()
        release.wait(20)
        return HttpResponse()

    middleware = OutageMiddleware(work)
    with ThreadPoolExecutor(outage.PLACES + outage.ASKING + 1) as people:
        try:
            crowd = [people.submit(middleware, rf.get("/search/?q=pay")) for _one in range(outage.PLACES)]
            for _one in crowd:
                assert working.acquire(timeout=10)
            crowd += [people.submit(middleware, rf.get("/search/?q=pay")) for _one in range(outage.ASKING)]
            deadline = monotonic() + 10
            while middleware.asking.free._value and monotonic() < deadline:
                sleep(0.005)
            # As if somebody had just been served.
            middleware.room.moved_at = monotonic()
            refused = middleware(rf.get("/search/?q=pay"))
            page = people.submit(middleware, rf.get("/guides/"))
            while middleware.making.free._value == outage.MAKING and monotonic() < deadline:
                sleep(0.005)
            assert not page.done()
        finally:
            release.set()
    assert [future.result().status_code for future in [*crowd, page]] == [200] * (len(crowd) + 1)
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert "no-store" in refused["Cache-Control"]
    assert b"Too many people at once" in refused.content


def test_who_saves_in_a_crowd_is_told_so_and_keeps_what_was_typed(rf):
    answer = outage.crowded(rf.post("/plan/save/", {"note": "mine"}))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    for said in (b"Saving is not possible now", b"More people ask just now", b'name="note" value="mine"'):
        assert said in answer.content
    assert b"cannot reach its data" not in answer.content


def test_health_never_asks_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/readyz").status_code == 200


def test_a_request_is_one_line_without_anything_personal():
    def application(environ, start_response):
        environ["careerguide.stored"] = True
        start_response("200 OK", [])
        return [b""]

    stream = io.StringIO()
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/guides/\n",
        "QUERY_STRING": "q=secret",
        "REMOTE_ADDR": "192.0.2.1",
    }
    RequestLog(application, stream)(environ, lambda status, headers: None)
    line = json.loads(stream.getvalue())
    assert stream.getvalue().count("\n") == 1
    assert (line["method"], line["path"], line["status"], line["stored"]) == ("GET", "/guides/\n", 200, True)
    assert "secret" not in stream.getvalue()
    assert "192.0.2.1" not in stream.getvalue()


def test_a_request_that_breaks_is_logged_too():
    def application(environ, start_response):
        raise RuntimeError("broken")

    stream = io.StringIO()
    with pytest.raises(RuntimeError):
        RequestLog(application, stream)({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, None)
    assert json.loads(stream.getvalue())["status"] == 500
