"""The database is stopped, hangs, is full, read-only or locked: readers read on, and nobody's words are lost.

The long form holds the figures to what we promise: a page visited before within 100 ms, every other answer within
2 s, and a database that hangs for 60 s.
"""

import contextlib
import os
import resource
import sqlite3
import time

import pytest

from .outage import LONG, VISITS, back, crowd, outage, tell, visit
from .site import Site

pytestmark = pytest.mark.django_db

HANGS = 60 if LONG else 1.5


def test_a_stopped_database(cluster, visited, editor, seeker):
    if cluster is None:
        pytest.skip("SQLite is a file: it cannot be stopped.")
    cluster.stop()
    try:
        outage(visited, "stopped", editor, seeker)
    finally:
        cluster.start()
    back(visited, editor, seeker)


def test_a_database_that_hangs(cluster, visited, editor, seeker):
    if cluster is None:
        pytest.skip("SQLite is a file: it cannot hang.")
    cluster.freeze()
    try:
        with crowd(editor, seeker):
            tell("begins to hang", visited=visit(visited, 3))
        outage(visited, "hangs", editor, seeker, seconds=HANGS)
    finally:
        cluster.resume()
    back(visited, editor, seeker)


def test_a_database_that_takes_no_writes(cluster, visited, editor, seeker):
    if cluster is None:
        pytest.skip("On SQLite the file is read-only: another test.")
    cluster.run("ALTER SYSTEM SET default_transaction_read_only = on")
    cluster.run("SELECT pg_reload_conf()")
    try:
        outage(visited, "read-only", editor, seeker, reads=True)
    finally:
        cluster.run("ALTER SYSTEM RESET default_transaction_read_only")
        cluster.run("SELECT pg_reload_conf()")
    back(visited, editor, seeker)


def test_a_locked_file(database_url, cluster, visited, editor, seeker):
    if cluster:
        pytest.skip("On PostgreSQL nobody locks the whole database.")
    with contextlib.closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with crowd(editor, seeker):
            time.sleep(1)  # until those who wait have found out
            outage(visited, "locked", reads=True, ready=200, seconds=1)
        holder.execute("ROLLBACK")
    back(visited, editor, seeker)


def test_a_full_disk(database_url, cluster, visited, editor, seeker):
    if cluster:
        pytest.skip("On PostgreSQL a full disk is the server's: see the long form.")
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in visited.workers()}
    for pid, (_soft, hard) in limits.items():
        # No file grows any more, as on a full disk.
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    try:
        outage(visited, "full", editor, seeker, reads=True, ready=200)
    finally:
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
    back(visited, editor, seeker)


def test_a_read_only_file(site, database_url, cluster, editor, seeker, tmp_path):
    if cluster:
        pytest.skip("On PostgreSQL the server takes no writes: another test.")
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
