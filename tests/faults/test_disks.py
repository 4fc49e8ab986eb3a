"""The disk below the database is full: a small one of its own, which takes root and is left to the long form."""

import re
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.guides import processes

from . import conftest
from .outage import VISITS, back, outage, sign_in, type_as_editor, type_as_seeker, visit
from .site import Site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small_disk():
    """A folder with 64 MB, which every user may reach."""
    folder = Path(tempfile.mkdtemp(prefix="careerguide-disk.", dir="/tmp"))
    folder.chmod(0o755)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=777", "careerguide-test", str(folder)], check=True)  # noqa: S607
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607
    folder.rmdir()


@pytest.fixture
def small_database(small_disk, snapshot, cluster):
    """The address of a database that lies there."""
    if cluster is None:
        (small_disk / "site.sqlite3").write_bytes(snapshot.read_bytes())
        yield f"sqlite:///{small_disk}/site.sqlite3"
        return
    place = small_disk / "tables"
    place.mkdir()
    subprocess.run(["chown", "postgres:", str(place)], check=True)  # noqa: S607
    cluster.run(f"CREATE TABLESPACE small LOCATION '{place}'")
    cluster.run("CREATE DATABASE small TABLESPACE small TEMPLATE template0")
    url = cluster.url.rpartition("/")[0] + "/small"
    conftest.fill(url, snapshot)
    yield url
    cluster.run("DROP DATABASE small WITH (FORCE)")
    cluster.run("DROP TABLESPACE small")


@contextmanager
def filled(folder):
    """Fill the disk to the last byte."""
    path = folder / "filling"
    try:
        with path.open("wb", buffering=0) as file:
            for size in (1_000_000, 4096, 1):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    pass
        yield
    finally:
        path.unlink()


def test_a_full_disk_below_the_database(small_disk, small_database, cluster, tmp_path):
    with Site(tmp_path, small_database) as site:
        visit(site, VISITS)
        editor, seeker = type_as_editor(sign_in(site)), type_as_seeker(site)
        if cluster:
            use_up_free_pages(small_database)
        with filled(small_disk):
            # PostgreSQL's disk is its server's: the site cannot see that it is full before it writes.
            outage(site, "disk full", editor, seeker, reads=True, ready=200 if cluster else 503)
        back(site, editor, seeker)


def test_a_full_disk_below_a_backup_and_a_restore(small_disk, small_database, tmp_path):
    def content():
        said, complaint = command(small_database, "dumpdata", "guides", "auth")
        assert not complaint
        return said

    before, backup = content(), str(tmp_path / "site.backup")
    assert "MB" in command(small_database, "backup", backup)[0]
    with filled(small_disk):
        # SQLite's database cannot even be opened; PostgreSQL's programs use the system's own words.
        _said, complaint = command(small_database, "backup", str(small_disk / "new"))
        assert re.fullmatch(".*(room on its disk|No space left).*\n", complaint)
        _said, complaint = command(small_database, "restore", "--yes", backup)
        assert re.fullmatch(".*(room on its disk|Nothing was changed).*\n", complaint)
    assert content() == before
    assert "Restored" in command(small_database, "restore", "--yes", backup)[0]


def command(database, *arguments):
    """Run one of the site's commands there; return what it says, and its complaint."""
    process = processes.start(
        "manage.py", *arguments, database=database, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    return process.communicate()


def use_up_free_pages(url):
    """Have every table of the rows that are saved end in a full page, so that the next row needs disk."""
    with psycopg.connect(url, autocommit=True) as connection:
        for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            connection.execute(f"ALTER TABLE {table} SET (fillfactor = 100)")
            connection.execute(f"VACUUM FULL {table}")
