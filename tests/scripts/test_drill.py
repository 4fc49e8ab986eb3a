"""The drill of docs/hosting.md, at one's desk: an empty folder, the newest backup, and the site is up again."""

import os
import shutil
import subprocess
import time
from contextlib import suppress

import pytest

from tests import databases, drills
from tests.faults.debian import NOT_CLONED
from tests.faults.site import free_port
from tests.faults.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """An empty folder, in which the lines of the drill are run one after the other."""

    def __init__(self, folder, backup, database):
        self.folder, self.backup, self.port, self.server = folder, backup, free_port(), None
        self.environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data"), "DATABASE_URL": database}
        # The official data takes a minute, and nothing is sent to anyone.
        self.environment |= {"BACKUP_KEY": drills.KEY, "OFFICIAL_DATA": "0", "CLOCK": "0"}

    def do(self, line):
        """Run one line, as it stands there but for the backup's place, a free port, and what was fetched already."""
        line = line.replace("/root/newest.backup", str(self.backup)).replace("8100", str(self.port))
        program, *words = line.split()
        if program == "git":
            # What a clone would bring, of what stands here now.
            shutil.copytree(drills.ROOT, self.folder / words[-1], ignore=NOT_CLONED, symlinks=True)
        elif program == "cd":
            self.folder /= words[0]
        elif words == [".venv/.run"]:
            # The packages are not fetched anew: tests/scripts/test_packages.py does that.
            (self.folder / ".venv").symlink_to(drills.ROOT.resolve() / ".venv")
        elif program == "make":
            self.server = subprocess.Popen([program, "-o", ".venv/.run", *words], **self.options())
        elif program == "curl":
            return self.ask(words[0].partition(str(self.port))[2])
        else:
            subprocess.run([program, *words], check=True, **self.options())
        return None

    def options(self):
        return {"cwd": self.folder, "env": self.environment, "stdout": subprocess.DEVNULL}

    def ask(self, path, patience=90):
        """Ask the site, which may still be on its way."""
        ends = time.monotonic() + patience
        while True:
            assert self.server.poll() is None, "make run has ended"
            with suppress(OSError):
                return Visitor(("127.0.0.1", self.port)).get(path)
            assert time.monotonic() < ends
            time.sleep(0.1)


def test_from_an_empty_folder_and_the_newest_backup_to_the_site(tmp_path, settings):
    lines = drills.commands("**Practise it**")
    assert [line.split()[0] for line in lines] == ["git", "cd", "make", ".venv/bin/python", "make", "curl"]
    newest = drills.newest_backup(tmp_path, settings)
    (tmp_path / "desk").mkdir()
    with databases.empty(tmp_path) as database:
        desk = Desk(tmp_path / "desk", newest, database)
        try:
            *_nothing, ready = [desk.do(line) for line in lines]
            assert (ready.status, ready.text) == (200, "ready\n")
            assert desk.ask("/guides/bookbinder/").status == 200, "the guide that only the backup had"
        finally:
            if desk.server:
                desk.server.terminate()
                desk.server.wait(timeout=30)
