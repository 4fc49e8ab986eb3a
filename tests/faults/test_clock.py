"""The clock with several workers and two hosts: killed, without a database, and at the moment of publishing.

It takes minutes, so that the long form alone does it; tests/careerguide/test_clock.py has the short one.
"""

import contextlib
import json
import os
import signal
import sqlite3
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from careerguide.models import JobState
from guides.models import Edition
from guides.publishing import editions
from tests import factories
from tests.guides.processes import children, database_url

from .conftest import ON_POSTGRESQL
from .outage import until
from .site import Site

pytestmark = pytest.mark.django_db(transaction=True)

ONCE = ("raising", "hanging", "dying", "slow")


class Hosts:
    """Hosts of the site on one database, with jobs that misbehave (tests/clockwork) and say so in one file."""

    def __init__(self, folder):
        self.folder, self.log = folder, folder / "jobs"

    def start(self, name="host", url=None):
        """Return a host, to be entered."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        chosen = {"DJANGO_SETTINGS_MODULE": "tests.clockwork.settings", "JOBS_LOG": str(self.log)}
        return Site(folder, url or database_url(), LEASE_MARGIN="10", **chosen)

    def lines(self):
        return [line.split() for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def said(self, word):
        """The moments at which jobs said `word`."""
        return [float(moment) for what, _pid, moment in self.lines() if what == word]


@pytest.fixture
def hosts(tmp_path):
    return Hosts(tmp_path)


def state(name):
    return JobState.objects.filter(name=name).first() or JobState()


def kill(pids):
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_what_a_dead_machine_left_is_done_by_the_next(hosts):
    with hosts.start() as site:
        until(site, lambda: hosts.said("slow"), 60)
        # The server, its workers and their jobs, as where the machine stops.
        kill(children(site.process.pid))
    assert not hosts.said("slow-done")
    assert state("slow").claim
    with hosts.start() as site:
        until(site, lambda: state("slow").finished_at, 120)
    first, second = hosts.said("slow")
    assert second - first > 10, "not before whoever had it counts as lost"
    assert "killed" in state("slow").fault
    assert (state("slow").result, state("slow").is_failing) == ("Slowly.", False)


def test_a_job_goes_on_where_only_its_worker_dies(hosts):
    with hosts.start() as site:
        until(site, lambda: hosts.said("slow"), 60)
        kill(site.workers())
        until(site, lambda: state("slow").finished_at, 60)
        assert (state("slow").fault, len(hosts.said("slow"))) == ("", 1)
        before = len(hosts.said("steady"))
        until(site, lambda: len(hosts.said("steady")) > before + 1, 60)


def test_two_hosts_share_the_work(hosts):
    with hosts.start("one") as one, hosts.start("two"):
        until(one, lambda: all(hosts.said(word) for word in ONCE) and len(hosts.said("steady")) > 5, 120)
    moments = hosts.said("steady")
    assert len(moments) <= (moments[-1] - moments[0]) / 2 + 2
    counts = Counter(line[0] for line in hosts.lines())
    assert {counts[word] for word in ONCE} == {1}


def test_two_hosts_publish_once(hosts):
    guide = factories.make_guide()
    guide.title = "Binder of books"
    guide.save()
    edition = editions.save(guide)
    editions.schedule(edition, timezone.now() + timedelta(hours=1))
    Edition.objects.filter(pk=edition.pk).update(publish_at=timezone.now())
    with hosts.start("one") as one, hosts.start("two") as two:
        for site in (one, two):
            until(site, lambda site=site: "Binder of books" in site.visitor().get("/guides/bookbinder/").text, 90)
        time.sleep(2)
        said = one.said() + two.said()
    (line,) = [json.loads(line) for line in said.splitlines() if '"event": "published"' in line]
    assert (line["guide"], line["edition"]) == ("bookbinder", 2)
    assert guide.editions.live().get() == edition


def test_without_a_database_the_clock_says_so_once_and_goes_on_after(hosts, new_database, request):
    url = new_database("clock")
    with hosts.start(url=url) as site:
        until(site, lambda: len(hosts.said("steady")) > 1, 60)
        workers = site.workers()
        with away(url, request):
            time.sleep(8)
            assert site.visitor().get("/healthz").status == 200
        before = len(hosts.said("steady"))
        until(site, lambda: len(hosts.said("steady")) > before + 1, 60)
        assert site.workers() == workers, "no worker died of it"
        assert 1 <= site.said().count("The clock cannot see what is due:") <= len(workers)


@contextlib.contextmanager
def away(url, request):
    """Take the database away: stop PostgreSQL, or hold SQLite's one place to write."""
    if ON_POSTGRESQL:
        cluster = request.getfixturevalue("cluster")
        cluster.stop()
        try:
            yield
        finally:
            cluster.start()
        return
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.execute("ROLLBACK")
