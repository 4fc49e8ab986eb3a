"""Two hosts on one PostgreSQL behind nginx, on a network of the test's own: a rolling upgrade of the last release
without a failed request, and a machine that goes dark.

It takes a minute or two, so that the long form alone does it; test_side_by_side.py has the short one.
"""

import os
import threading
import time
from itertools import count

import pytest

from tests import drills
from tests.faults.load import Load
from tests.faults.nginx import NAME, unverified
from tests.faults.postgres import Cluster
from tests.installed import need_network

from .hosting import Hosting
from .network import ADDRESSES, Network
from .release import known
from .test_side_by_side import PAGES, apply

READ = [path for path in PAGES if path != "/readyz"]
# What is counted, or says of itself when it was made.
DIFFERS = {"/feed/"}


@pytest.fixture
def hosting(old_code, new_code, tmp_path):
    """Both hosts on the last release, behind the balancer."""
    need_network()
    with Network() as network, Cluster() as cluster:
        hosting = Hosting(network, cluster, tmp_path, old_code, new_code)
        try:
            hosting.start_all()
            yield hosting
        finally:
            hosting.stop()


class Readers:
    """People who read, and one who adds an application to a plan again and again, inside a `with` block."""

    def __init__(self, hosting):
        self.hosting, self.saved, self.refused, self.stopped = hosting, [], [], False

    def __enter__(self):
        with self.hosting.network.at("reader"):
            address = (ADDRESSES["balancer"], 443)
            self.load = Load(address, READ, readers=3, tls=unverified(), headers={"Host": NAME}, pause=0.1)
            self.load.__enter__()
            self.writer = threading.Thread(target=self._write)
            self.writer.start()
        return self

    def __exit__(self, *error):
        self.stopped = True
        self.writer.join()
        self.load.__exit__(*error)

    def _write(self):
        reader = self.hosting.reader()
        reader.cookies["__Host-plan"] = known("postgresql")["key"]
        for number in count():
            if self.stopped:
                return
            employer = f"Library {number} of the rolling upgrade"
            try:
                status = apply(reader, employer).status
            except (OSError, TypeError, ValueError) as error:
                status = repr(error)
            (self.saved if status in {302, 303} else self.refused).append(employer if status == 302 else status)
            time.sleep(0.5)

    def tell(self, name, seconds):
        answered = self.load.answered
        print(  # noqa: T201
            f"{name}: {seconds:.1f} s, {len(answered)} answered (slowest {max(answered):.2f} s),"
            f" {len(self.load.lost)} lost, {self.load.again} sent again,"
            f" {len(self.saved)} saved, {len(self.refused)} refused"
        )


def test_a_rolling_upgrade_fails_no_request(hosting):
    began = time.monotonic()
    with Readers(hosting) as readers:
        readers.load.wait_for(100)
        for line in drills.commands("**A rolling upgrade**"):
            started = time.monotonic()
            hosting.do(line)
            print(f"{time.monotonic() - started:6.1f} s  {line}")  # noqa: T201
        readers.load.wait_for(len(readers.load.answered) + 100)
    readers.tell("rolling upgrade", time.monotonic() - began)
    assert (readers.load.lost, readers.refused) == ([], [])
    assert len(readers.saved) > 10
    wanted = "SELECT count(*) FROM plan_application WHERE employer LIKE '%of the rolling upgrade'"
    assert hosting.ask(wanted) == len(readers.saved)
    each_host_has_all(hosting)


def each_host_has_all(hosting):
    """Both hosts give the same bytes, pictures and share pictures too, and neither keeps a file of its own."""
    file = hosting.ask("SELECT file FROM guides_picture")
    pictures = [f"/pictures/{file}", "/guides/bookbinder.png", "/tools.png"]
    with hosting.network.at("balancer"):
        for path in [*READ, *pictures]:
            if path not in DIFFERS:
                one, two = (hosting.at_host(host).raw(path) for host in ("one", "two"))
                assert one == two, path
                assert one[0] == 200, path
    for host in ("one", "two"):
        assert set(os.listdir(hosting.folder / host)) <= {"log", "static"}


def test_a_machine_goes_dark_and_the_other_one_does_its_work(hosting, tmp_path):
    log = tmp_path / "jobs"
    for line in drills.commands("**A rolling upgrade**"):
        if " pull" in line or "install.sh" in line:
            hosting.do(line)
    clockwork = {"DJANGO_SETTINGS_MODULE": "tests.clockwork.settings", "JOBS_LOG": str(log), "LEASE_MARGIN": "5"}
    for host in hosting.code:
        hosting.sites[host].__exit__()
        hosting.start(host, CLOCK="1", **clockwork)

    def said(word):
        return (
            [line.split() for line in log.read_text().splitlines() if line.startswith(f"{word} ")]
            if log.exists()
            else []
        )

    began = time.monotonic()
    with Readers(hosting) as readers:
        readers.load.wait_for(50)
        # It was done while the hosts started: now once more.
        wait_until(lambda: len(said("slow-done")) == 1)
        before = len(said("slow"))
        hosting.ask("DELETE FROM careerguide_jobstate WHERE name = 'slow' RETURNING name")
        wait_until(lambda: len(said("slow")) > before)
        _word, pid, _moment = said("slow")[-1]
        lost = hosting.network.machine_of(int(pid))
        # The cable first: it cannot say that it ends.
        hosting.network.cut(lost)
        hosting.network.kill(lost)
        wait_until(lambda: hosting.ask("SELECT finished_at FROM careerguide_jobstate WHERE name = 'slow'"))
        readers.load.wait_for(len(readers.load.answered) + 50)
    readers.tell("a machine lost", time.monotonic() - began)
    first, second = (float(moment) for _word, _pid, moment in said("slow")[before:])
    print(f"its job was done again after {second - first:.1f} s")  # noqa: T201
    assert len(said("slow-done")) == 2
    moments = [float(moment) for _word, _pid, moment in said("steady")]
    assert len(moments) <= (moments[-1] - moments[0]) / 2 + 2, "no job was done twice"
    # What the machine was answering in that moment, one request of each person at most.
    assert len(readers.load.lost) + len(readers.refused) <= 4, (readers.load.lost, readers.refused)


def wait_until(holds, patience=60):
    ends = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)
