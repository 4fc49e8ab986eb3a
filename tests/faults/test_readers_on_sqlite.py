"""SQLite's file is locked, cannot grow or is read-only: readers read on, and nobody's words are lost.

The long form holds the figures to what we promise: a page visited before within 100 ms, every other answer within
2 s, a save that waits for another one within 5 s.
"""

import contextlib
import os
import sqlite3

import pytest

from tests.guides.processes import no_space

from .outage import VISITS, back, crowd, outage, visit
from .site import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_locked_file(database_url, visited, editor, seeker):
    with contextlib.closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with crowd(editor, seeker):
            outage(visited, "locked", reads=True, ready=200, seconds=1)
        holder.execute("ROLLBACK")
    back(visited, editor, seeker)


def test_a_full_disk(visited, editor, seeker):
    with no_space(*visited.workers()):
        outage(visited, "full", editor, seeker, reads=True, ready=200)
    back(visited, editor, seeker)


def test_a_read_only_file(site, database_url, editor, seeker, tmp_path):
    file, folder = tmp_path / "site.sqlite3", tmp_path / "site"
    folder.mkdir()
    (folder / "secret_key").write_bytes((site.folder / "secret_key").read_bytes())
    with contextlib.closing(sqlite3.connect(file)) as other:
        with contextlib.closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as source:
            source.backup(other)
        # While another process has the file open, SQLite's two other files are there.
        other.execute("SELECT * FROM guides_guide")
        modes = {path: path.stat().st_mode for path in [tmp_path, *tmp_path.glob("site.sqlite3*")]}
        assert len(modes) == 4
        for path, mode in modes.items():
            path.chmod(mode & 0o555)
        # Root must obey the modes too.
        obeying = () if os.geteuid() else ("setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override")
        try:
            with Site(folder, f"sqlite:///{file}", before=obeying) as reading:
                visit(reading, VISITS)
                outage(reading, "read-only", editor.at(reading), seeker.at(reading), reads=True)
        finally:
            for path, mode in modes.items():
                path.chmod(mode)
            editor.at(site)
