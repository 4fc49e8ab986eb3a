"""Backup and restore: identical content. What cannot be done is said in one sentence and changes nothing."""

import os
import pwd
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from careerguide.backups import encryption, engine, postgresql, sqlite
from guides import freezing
from guides.datasets.models import Dataset, ImportedObservation, OccupationTitle
from guides.datasets.snapshot import loading
from guides.models import ContentVersion, Entry, Guide, Section
from guides.occupations import listings
from guides.occupations.models import NearnessWeights
from guides.occupations.nearness import building
from guides.search import index
from guides.search.finding import find
from tests import databases, factories
from tests.datasets import files
from tests.faults import state
from tests.guides import processes

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = connection.vendor == "postgresql"
OTHER_FORM = (sqlite if ON_POSTGRESQL else postgresql).SIGNATURE + bytes(100)
needs_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="Only PostgreSQL is backed up by its own programs.")


def backup(path):
    call_command("backup", str(path), stdout=StringIO())
    return path


def refusal(command, path, **options):
    """The sentence with which the command ends."""
    with pytest.raises(CommandError) as refused:
        call_command(command, str(path), stdout=StringIO(), **options)
    said = str(refused.value)
    assert "\n" not in said
    assert "Traceback" not in said
    return said


@pytest.fixture
def unchanged():
    """A guide, which the test must leave as it is."""
    guide = factories.make_guide()
    before = state.fingerprint()
    yield guide
    assert state.fingerprint() == before


@contextmanager
def as_somebody_else():
    """Work with files as an account that owns none; as the one that runs the tests, where that is not root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_backup_brings_everything_back(tmp_path):
    guide = factories.make_guide()
    before = freezing.freeze(guide)
    path = backup(tmp_path / "site.backup")
    Section.objects.all().delete()
    factories.make_guide("other")
    newest = ContentVersion.objects.get().number
    call_command("restore", str(path), yes=True, stdout=StringIO())
    assert freezing.freeze(Guide.objects.get()) == before
    assert ContentVersion.objects.get().number > newest, "stored pages know that they are old"
    assert [path.name for path in tmp_path.iterdir()] == ["site.backup"], "nothing is left beside it"


def test_a_backup_is_for_its_owner_and_replaces_nothing(tmp_path):
    path = backup(tmp_path / "site.backup")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "exists" in refusal("backup", path)
    assert "no folder" in refusal("backup", tmp_path / "missing" / "site.backup")
    assert [each.name for each in tmp_path.iterdir()] == ["site.backup"]


def test_into_a_folder_that_may_not_be_entered(unchanged, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    path = backup(folder / "site.backup")
    tmp_path.chmod(0o755)
    folder.chmod(0)
    with as_somebody_else():
        for command, name in [("backup", "new.backup"), ("backup", "site.backup"), ("restore", "site.backup")]:
            assert f"has no right to use {folder / name}" in refusal(command, folder / name)
    folder.chmod(0o755)
    with as_somebody_else():
        assert "has no right" in refusal("backup", folder / "new.backup"), "it may look, but not write"
        assert "has no right" in refusal("restore", path), "the file is for its owner alone"
    folder.chmod(0o700)
    assert list(folder.iterdir()) == [path]


def test_what_is_no_backup(unchanged, tmp_path):
    assert "no file" in refusal("restore", tmp_path / "missing")
    assert "Is a directory" in refusal("restore", tmp_path)
    path = tmp_path / "file"
    for content, said in [
        (b"", "is empty"),
        (b"not a database", "is no file that `backup` wrote"),
        (OTHER_FORM, f"is a backup of {'SQLite' if ON_POSTGRESQL else 'PostgreSQL'}"),
    ]:
        path.write_bytes(content)
        assert said in refusal("restore", path)


def test_a_backup_that_is_cut_off_or_damaged(unchanged, tmp_path):
    whole = backup(tmp_path / "site.backup").read_bytes()
    path = tmp_path / "part"
    for share in (0.001, 0.2, 0.6, 0.95):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert "damaged, cut off" in refusal("restore", path), share
    third = len(whole) // 3
    path.write_bytes(whole[:third] + bytes(third) + whole[2 * third :])
    assert "damaged, cut off" in refusal("restore", path)


def test_a_backup_of_another_database(unchanged, tmp_path):
    path = tmp_path / "other"
    path.touch()
    with databases.empty(tmp_path):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE recipes (name text)")
        engine().write(path)
    assert "is no backup of this site" in refusal("restore", path)


def test_a_backup_of_a_newer_release(unchanged, tmp_path):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("guides", "9999_something_new")
    path = backup(tmp_path / "site.backup")
    recorder.record_unapplied("guides", "9999_something_new")
    assert "newer release of the site, which has guides.9999_something_new" in refusal("restore", path)


def test_a_database_that_is_empty_or_not_the_sites(tmp_path):
    path = backup(tmp_path / "site.backup")
    with databases.empty(tmp_path):
        assert "nothing to back up" in refusal("backup", tmp_path / "new")
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE recipes (name text)")
        assert "tables that are not this site's, such as recipes" in refusal("restore", path, yes=True)
        assert connection.introspection.table_names() == ["recipes"]


def test_a_database_that_is_away(tmp_path):
    path = backup(tmp_path / "site.backup")
    with databases.empty(tmp_path):
        connection.settings_dict.update({"HOST": "127.0.0.1", "PORT": 1} if ON_POSTGRESQL else {"NAME": "/proc/x"})
        assert "DATABASE_URL" in refusal("backup", tmp_path / "new")
        assert "DATABASE_URL" in refusal("restore", path)
    assert not (tmp_path / "new").exists()


def test_only_who_says_so_replaces_everything(unchanged, tmp_path, monkeypatch):
    path = backup(tmp_path / "site.backup")
    monkeypatch.setattr("sys.stdin", StringIO("yes\n"))
    assert "Nothing was changed" in refusal("restore", path)
    monkeypatch.setattr("sys.stdin", StringIO())
    assert "--yes" in refusal("restore", path)


def test_with_a_key_only_who_has_it_brings_the_backup_back(tmp_path, settings, monkeypatch, capfd):
    settings.DATA_DIR = tmp_path / "data"
    for name, value in {"DATA_DIR": settings.DATA_DIR, "DATABASE_URL": processes.database_url(), "DEBUG": 1}.items():
        monkeypatch.setenv(name, str(value))
    guide = factories.make_guide()
    settings.BACKUP_KEY = key = "a key that nobody guesses"
    path = backup(tmp_path / "site.backup")
    whole = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"guides_guide" not in whole
    assert guide.slug.encode() not in whole
    out = StringIO()
    call_command("verify", str(path), stdout=out)
    assert "can be brought back" in out.getvalue()
    Section.objects.all().delete()
    call_command("restore", str(path), yes=True, stdout=StringIO())
    assert Section.objects.exists()
    before = state.fingerprint()
    for command, options in (("restore", {"yes": True}), ("verify", {})):
        settings.BACKUP_KEY = ""
        assert "is encrypted. Set BACKUP_KEY to the key" in refusal(command, path, **options)
        settings.BACKUP_KEY = "another key that is wrong"
        assert "was made with another key" in refusal(command, path, **options)
        settings.BACKUP_KEY = key
    part = tmp_path / "part"
    cuts = [len(encryption.START) + 3, 70, len(whole) // 2, len(whole) - 1]
    # Two whole pieces, where there are so many: only the mark of the last one tells.
    header, piece = (len(encryption.START) + encryption.SALT_BYTES + encryption.TAG_BYTES, 2**20 + 16)
    cuts += [header + piece] if len(whole) > header + piece else []
    for cut in cuts:
        part.write_bytes(whole[:cut])
        assert "is damaged or cut off" in refusal("restore", part, yes=True), cut
    part.write_bytes(whole[:-100] + bytes(20) + whole[-80:])
    assert "is damaged or cut off" in refusal("restore", part, yes=True)
    assert state.fingerprint() == before
    said = capfd.readouterr()
    assert key not in said.out + said.err
    assert not list(settings.DATA_DIR.glob("scratch-*")), "nothing readable is left"


def test_pieces_can_be_neither_left_out_nor_exchanged(tmp_path, monkeypatch):
    monkeypatch.setattr(encryption, "PIECE_BYTES", 1000)
    plain, sealed, back = (tmp_path / name for name in ("plain", "sealed", "back"))
    for size in (0, 1, 999, 1000, 1001, 3000, 3500):
        plain.write_bytes(os.urandom(size))
        encryption.encrypt(plain, sealed, "key")
        encryption.decrypt(sealed, back, "key")
        assert back.read_bytes() == plain.read_bytes(), size
    whole, piece = sealed.read_bytes(), 1016
    start = len(whole) - 3 * piece - 516
    first, second, rest = (
        whole[start : start + piece],
        whole[start + piece : start + 2 * piece],
        whole[start + 2 * piece :],
    )
    for wrong in (first + rest, second + first + rest, first + second, first + second + rest + rest, b""):
        sealed.write_bytes(whole[:start] + wrong)
        with pytest.raises(CommandError, match="is damaged or cut off"):
            encryption.decrypt(sealed, back, "key")


def test_no_room(unchanged, tmp_path):
    path = backup(tmp_path / "site.backup")
    with processes.no_space(os.getpid()):
        assert refusal("backup", tmp_path / "new.backup")
        if not ON_POSTGRESQL:  # there the server writes
            assert "Nothing was changed" in refusal("restore", path, yes=True)
    assert list(tmp_path.iterdir()) == [path]


@needs_postgresql
def test_without_postgresqls_programs(unchanged, tmp_path, monkeypatch):
    path = backup(tmp_path / "site.backup")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "pg_dump is not installed (Debian: apt install postgresql-client)" in refusal("backup", tmp_path / "new")
    assert "pg_restore is not installed" in refusal("restore", path)


@needs_postgresql
def test_with_programs_of_another_version(unchanged, tmp_path, monkeypatch):
    """What the older program says is from PostgreSQL 13."""
    path = backup(tmp_path / "site.backup")
    older = tmp_path / "pg_dump"
    older.write_text(
        "#!/bin/sh\n[ $1 != --version ] || { echo 'pg_dump (PostgreSQL) 13.4'; exit; }\n"
        "echo 'pg_dump: error: server version: 15.1; pg_dump version: 13.4' >&2\n"
        "echo 'pg_dump: error: aborting because of server version mismatch' >&2\nexit 1\n"
    )
    older.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert "pg_dump is of version 13, the server of" in refusal("backup", tmp_path / "new")
    archive = bytearray(path.read_bytes())
    archive[6] = 99
    path.write_bytes(archive)
    assert "of a newer PostgreSQL" in refusal("restore", path)


@needs_postgresql
def test_a_restore_and_the_site_that_wait_for_each_other(tmp_path):
    """It drops one table after the other: the first is held by it, a later one by the site, which wants the first."""
    path, database = backup(tmp_path / "site.backup"), processes.database_url()
    with ExitStack() as stack:
        site, other, watch = (stack.enter_context(psycopg.connect(database)) for _count in range(3))
        watch.autocommit = True
        site.execute("SET deadlock_timeout = '1min'")
        site.execute("LOCK TABLE toolkit_keptdocument IN ROW EXCLUSIVE MODE")
        other.execute("LOCK TABLE guides_contentversion IN ROW EXCLUSIVE MODE")
        restoring = processes.start("manage.py", "restore", "--yes", str(path), stdout=subprocess.PIPE)
        wait_for_waiting(watch, 1)
        wishing = stack.enter_context(ThreadPoolExecutor()).submit(site.execute, "LOCK TABLE auth_group")
        wait_for_waiting(watch, 2)
        other.rollback()
        wishing.result(timeout=30)
        assert restoring.poll() is None
        site.rollback()
        assert "Restored" in restoring.communicate(timeout=60)[0]


def wait_for_waiting(connection, count):
    """Wait until so many wait for a lock on a table of the test's database."""
    waiting = (
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
        "WHERE NOT granted AND datname = current_database()"
    )
    ends = time.monotonic() + 30
    while connection.execute(waiting).fetchone()[0] != count:
        assert time.monotonic() < ends
        time.sleep(0.05)


def reckon():
    """Do what the clock does after official data has changed."""
    listings.write()
    assert building.is_needed()
    building.build()
    assert index.is_stale()
    index.refresh_all()


def entries():
    return set(Entry.objects.values_list("source", "key"))


def test_the_official_data_of_the_release_is_left_out_and_comes_again(tmp_path, settings):
    settings.FIXTURES_DIR = tmp_path / "fixtures"
    folder = files.make_onet(tmp_path / "onet")
    survey = files.make_oews(tmp_path / "may_2024.xlsx")
    for command, source in (("import_oews", survey), ("import_onet", folder)):
        call_command(command, str(source), no_input=True, stdout=StringIO())
    call_command("make_snapshot", stdout=StringIO())
    settings.OFFICIAL_DATA = True
    Dataset.objects.all().delete()
    call_command("load_snapshot", stdout=StringIO())
    # This host's own import beside it: its table is copied whole.
    own = files.make_oews(tmp_path / "own.xlsx", sheet="national_M2023_dl", note="May 2023 OEWS")
    call_command("import_oews", str(own), no_input=True, stdout=StringIO())
    factories.make_guide()
    reckon()
    counts = Dataset.objects.count(), ImportedObservation.objects.count(), OccupationTitle.objects.count()
    searched, near = entries(), NearnessWeights.objects.count()
    assert near
    assert "occupations" in {source for source, _key in searched}

    path = backup(tmp_path / "site.backup")
    with pytest.MonkeyPatch.context() as patched:
        # Nothing of it is compared: the process that brings it back has the project's own fixtures.
        patched.setenv("OFFICIAL_DATA", "0")
        out = StringIO()
        call_command("verify", str(path), stdout=out)
    assert "can be brought back" in out.getvalue()
    assert "on the site alone" not in out.getvalue()
    call_command("restore", str(path), yes=True, stdout=StringIO())

    assert (Dataset.objects.count(), OccupationTitle.objects.count()) == (counts[0], 0)
    assert loading.is_needed()
    # Guides are found at once; what is made of the official data follows it.
    assert {source for source, _key in entries()} == {Entry.GUIDES}
    assert find("bookbinder").found
    assert not NearnessWeights.objects.exists()
    call_command("load_snapshot", stdout=StringIO())
    assert listings.is_needed()
    reckon()
    assert (entries(), NearnessWeights.objects.count()) == (searched, near)
    assert counts == (Dataset.objects.count(), ImportedObservation.objects.count(), OccupationTitle.objects.count())
    assert not loading.is_needed()
