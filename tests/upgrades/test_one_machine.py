"""One machine is upgraded as docs/hosting.md says, with the site up: `git pull`, what install.sh runs, a reload.

The long form alone does it: every guide of the release is brought in. It prints what a reader sees meanwhile.
"""

import shutil
import signal
import subprocess
import sys
import time

from careerguide import preloading
from tests.faults.load import Load
from tests.faults.outage import until
from tests.faults.site import Site
from tests.guides.processes import ROOT

from . import release
from .conftest import of_the_last_release
from .hosting import INSTALLS
from .test_side_by_side import PAGES

READ = [path for path in PAGES if path != "/readyz"]


def git(*words):
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607


def test_readers_lose_nothing_while_the_machine_is_upgraded(tmp_path):
    release.need_history()
    code, data = tmp_path / "careerguide", tmp_path / "data"
    data.mkdir()
    git("clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(code))
    git("-C", str(code), "checkout", "--quiet", release.COMMIT)
    own = {"SECRET_KEY": release.SECRET_KEY, "CLOCK": "0"}
    with of_the_last_release(tmp_path, "one_machine") as address:
        with (
            Site(data, address, root=code, respawn_interval=10, **own) as site,
            Load(site.address, READ, 3, pause=0.1) as load,
        ):
            # It has been up for a while: both workers have shown each of these pages.
            assert {site.visitor().raw(path)[0] for path in READ * 12} == {200}
            took = {"git pull": timed(lambda: git("-C", str(code), "checkout", "--quiet", git("rev-parse", "HEAD")))}
            for words in INSTALLS:
                took[words] = timed(lambda words=words: manage(site, code, words.split()))
            took["reload"] = timed(lambda: reload(site))
            load.wait_for(len(load.answered) + 60)
        slowest = max(load.answered)
    for name, seconds in took.items():
        print(f"{seconds:6.1f} s  {name}")  # noqa: T201
    print(f"{len(load.answered)} answered, slowest {slowest:.2f} s, lost: {load.lost}")  # noqa: T201
    assert not load.lost


def test_a_worker_reads_no_template_of_the_next_release(new_code, tmp_path):
    code = shutil.copytree(new_code, tmp_path / "code", symlinks=True)
    with of_the_last_release(tmp_path, "next") as address:
        site = Site(tmp_path, address, root=code, SECRET_KEY=release.SECRET_KEY, CLOCK="0")
        manage(site, code, ["migrate", "--verbosity=0"])
        with site:
            time.sleep(preloading.AFTER + 25)
            for template in (code / "templates").rglob("*.html"):
                template.write_text("{% a_tag_that_comes_later %}")
            answers = {path: site.visitor().raw(path)[0] for path in READ * 2}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def timed(do):
    began = time.monotonic()
    do()
    return time.monotonic() - began


def manage(site, code, words):
    said = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=code,
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr[-3000:]


def reload(site):
    before = set(site.workers())
    site.process.send_signal(signal.SIGHUP)
    until(site, lambda: len(site.workers()) == 2 and not before & set(site.workers()), 120)
