"""Workers are changed, killed and pestered under load, alone and behind nginx: readers hardly notice.

The long form counts over more requests and holds what is lost to what we promise.
"""

import os
import signal
import socket
import time
from contextlib import ExitStack, closing

import pytest

from tests.installed import need_nginx

from . import nginx
from .load import Load
from .outage import LONG, VISITED, tell, until
from .site import Site, free_port
from .visitor import Visitor

pytestmark = pytest.mark.django_db

RELOADS = 5
REQUESTS = 10_000 if LONG else 1_000
# One request in a thousand, and where there are fewer, what two workers may have in hand.
MAY_BE_LOST = REQUESTS // 1000 if LONG else 6
NOBODY_WAITS = 1 if LONG else 5
HALF = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: guides.example.org\r\nX-Slow: ",
    "half a body": b"POST /plan/save/?guide=bookbinder HTTP/1.1\r\nHost: guides.example.org\r\n"
    b"Cookie: csrf="
    + 32
    * b"a"
    + b"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
    b"steps=",
}


class Place:
    """Where readers come: the site itself, or nginx in front of it."""

    def __init__(self, site, address, tls=None, host=None):
        self.site, self.address, self.tls = site, address, tls
        self.headers = {"Host": host} if host else {}

    def visitor(self):
        return Visitor(self.address, tls=self.tls, **self.headers)

    def load(self):
        return Load(self.address, VISITED, tls=self.tls, headers=self.headers)

    def connect(self):
        """A bare connection."""
        connection = socket.create_connection(self.address)
        return self.tls.wrap_socket(connection) if self.tls else connection


@pytest.fixture(scope="module")
def place(request, database_url, tmp_path_factory):
    """The site alone, or with nginx in front of it."""
    interval = 10 if LONG else 3
    if request.param == "alone":
        with Site(tmp_path_factory.mktemp("alone"), database_url, respawn_interval=interval, PROXY_ADDRESS="") as site:
            yield Place(site, site.address)
        return
    need_nginx()
    folder, https = tmp_path_factory.mktemp("nginx"), free_port()
    public = {"SITE_URL": f"https://{nginx.NAME}", "SECRET_KEY": os.urandom(40).hex()}
    with (
        Site(folder, database_url, respawn_interval=interval, **public) as site,
        nginx.in_front_of(site.port, folder, https, free_port()),
    ):
        yield Place(site, ("127.0.0.1", https), nginx.unverified(), nginx.NAME)


both = pytest.mark.parametrize("place", ["alone", "behind nginx"], indirect=True)


@both
def test_a_killed_worker_loses_next_to_nothing_and_comes_back(place):
    with place.load() as load:
        load.wait_for(REQUESTS // 4)
        killed = place.site.workers()[0]
        os.kill(killed, signal.SIGKILL)
        until(place.site, lambda: len(place.site.workers()) == 2 and killed not in place.site.workers(), 60)
        load.wait_for(REQUESTS)
    report("killed", load)
    assert len(load.lost) <= MAY_BE_LOST, load.lost


@both
@pytest.mark.parametrize("kind", HALF if LONG else ["half a body"])
def test_slow_connections_do_not_stop_others(place, kind):
    with ExitStack() as connections:
        for _number in range(200):
            connections.enter_context(closing(place.connect())).sendall(HALF[kind])
        time.sleep(0.5)
        paths = [*VISITED, "/search/?q=book", "/plan/", "/healthz"]
        answers = [place.visitor().get(path) for path in paths]
    assert {answer.status for answer in answers} == {200}
    slowest = max(answer.seconds for answer in answers)
    tell(kind, slowest=slowest)
    assert slowest < NOBODY_WAITS


@both
def test_reloads_lose_nothing(place):
    if not LONG:
        pytest.skip("Reloads take their time: see the long form.")
    with place.load() as load:
        for _number in range(RELOADS):
            reload(place.site)
            load.wait_for(len(load.answered) + 100)
        load.wait_for(REQUESTS)
    report("reloads", load)
    assert not load.lost


def reload(site):
    """Reload as `systemctl reload` does, and wait until every worker is a new one."""
    before = set(site.workers())
    site.process.send_signal(signal.SIGHUP)
    until(site, lambda: len(site.workers()) == 2 and not before & set(site.workers()), 120)


def report(name, load):
    """Print the figures of the long form."""
    tell(
        f"{name}: {len(load.answered)} answered, {len(load.lost)} lost, {load.again} sent again {load.lost[:3]}",
        slowest=max(load.answered),
    )
