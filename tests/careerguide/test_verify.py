"""A backup is brought back for trial, and said to be what it is; the site's database stays as it is."""

import os
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from careerguide import clock
from careerguide import jobs as site_jobs
from careerguide.backups import nightly, sqlite
from careerguide.backups.comparison import read_back
from careerguide.models import JobState
from careerguide.monitoring.counters import counters
from guides.models import Guide
from guides.plan.models import Note, Plan
from guides.registry import jobs
from tests import databases, factories
from tests.faults import state
from tests.guides import processes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(monkeypatch):
    """A guide, an account and a plan. Other processes find the database at the address that the test's is at."""
    monkeypatch.setenv("DATABASE_URL", processes.database_url())
    monkeypatch.setenv("DEBUG", "1")
    factories.make_guide()
    User.objects.create(username="pat")
    Plan.objects.create(key_hash="0" * 64)


def verify(path):
    said = StringIO()
    call_command("verify", str(path), stdout=said)
    return said.getvalue().splitlines()


def backup(path):
    call_command("backup", str(path), stdout=StringIO())
    return path


def others():
    """The other databases of the server, or files beside the test's."""
    if connection.vendor == "sqlite":
        return set(Path(connection.settings_dict["NAME"]).parent.iterdir())
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def test_a_backup_is_compared_with_the_site(tmp_path):
    path, there = backup(tmp_path / "site.backup"), others()
    Note.objects.create(plan=Plan.objects.get(), text="Ask for the catalog test.")
    User.objects.update(first_name="Pat")
    before = state.fingerprint()
    summary, *differences = verify(path)
    assert "can be brought back" in summary
    assert differences == [
        "auth_user: 0 rows are the same, 1 are in the backup alone, 1 on the site alone.",
        "plan_note: 0 rows are the same, 0 are in the backup alone, 1 on the site alone.",
    ]
    assert state.fingerprint() == before
    assert others() == there, "the scratch database is gone"


def test_a_backup_that_cannot_be_brought_back(tmp_path):
    path, there = backup(tmp_path / "site.backup"), others()
    cut = tmp_path / "cut.backup"
    cut.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(CommandError, match="cut off"):
        verify(cut)
    Guide.objects.all().delete()
    bare = backup(tmp_path / "bare.backup")
    factories.make_guide()
    with pytest.raises(CommandError, match="has no guides, and the site has 1"):
        verify(bare)
    assert others() == there


@pytest.mark.skipif(connection.vendor == "sqlite", reason="Only PostgreSQL has accounts that may not make databases.")
def test_an_account_that_may_not_make_databases(tmp_path):
    path = backup(tmp_path / "site.backup")
    with databases.empty(tmp_path), pytest.raises(CommandError, match=r"ALTER ROLE .* CREATEDB$"):
        verify(path)


@pytest.fixture
def nights(settings, tmp_path, monkeypatch):
    """The folder for the clock's backups, which its jobs know."""
    folder = tmp_path / "nights"
    settings.BACKUP_DIR = str(folder)
    monkeypatch.setattr(jobs, "JOBS", {job.name: job for job in site_jobs.jobs()})
    clock.due()
    return folder


def run_by_the_clock(job):
    """What the clock does with a job that is due, in this process."""
    word = clock.claim(job, early=True)
    try:
        clock.finish(job, word, job.run())
    except CommandError as fault:
        clock.fail(job, word, str(fault))


def hours_unverified():
    """The counter of the last backup that was verified, as its number and whether it wants somebody."""
    return [(counter.value, counter.is_bad) for counter in counters() if counter.name == "verified_backup_hours"]


def leave_scratch(days):
    """Leave behind what a killed command leaves, so many days ago; return its name."""
    then = datetime.now(UTC) - timedelta(days=days)
    if connection.vendor == "sqlite":
        folder = Path(connection.settings_dict["NAME"]).parent / f"scratch-{days}"
        folder.mkdir()
        os.utime(folder, (then.timestamp(),) * 2)
        return folder
    name = f"{connection.settings_dict['NAME']}_scratch_{int(then.timestamp())}_1"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return name


def test_last_nights_backup_is_read_back_and_the_site_says_so(nights, admin_client):
    verifying = jobs.registered()["verify_backup"]

    def ready():
        answer = admin_client.get("/readyz")
        assert answer.status_code == 200, "readers need not wait for a backup"
        return answer.content.decode()

    assert not verifying.is_needed()
    assert (ready(), hours_unverified()) == ("ready; no backup was verified yet\n", [])
    run_by_the_clock(jobs.registered()["backup"])
    (backup,) = nights.iterdir()
    assert verifying.is_needed()
    there, lost = others(), leave_scratch(days=2)
    run_by_the_clock(verifying)
    assert others() == there, f"nothing is left, {lost} neither"
    assert not verifying.is_needed()
    assert ready() == f"ready; the backup {backup.name} was verified\n"
    assert hours_unverified() == [(0, False)]
    assert f"{backup.name} can be brought back: " in admin_client.get("/admin/").content.decode()

    cut = nights / (datetime.now(UTC) + timedelta(hours=1)).strftime(nightly.NAME)
    cut.write_bytes(backup.read_bytes()[:5000])
    assert verifying.is_needed()
    run_by_the_clock(verifying)
    assert ready().startswith("ready; the last backup was not verified: it failed at ")
    assert str(nights) not in ready()
    assert "damaged, cut off" in admin_client.get("/admin/").content.decode()
    assert hours_unverified() == [(0, False)], "the one before it was"
    assert verifying.is_needed(), "it is tried again"

    old = (datetime.now(UTC) - timedelta(days=3)).strftime(nightly.NAME)
    JobState.objects.filter(name=nightly.JOB).update(result=f"{old} can be brought back.", failed_at=None)
    assert ready() == f"ready; the last backup was not verified: the newest that was is {old}\n"
    assert hours_unverified() == [(72, True)]


def test_bringing_back_for_trial_has_an_end(tmp_path):
    path, there = backup(tmp_path / "site.backup"), others()
    with pytest.raises(CommandError, match="not brought back within 0:00:00"):
        read_back(path, timedelta(milliseconds=10))
    assert others() == there


@pytest.mark.skipif(connection.vendor != "sqlite", reason="A PostgreSQL server's disk is its own.")
def test_a_scratch_database_does_not_fill_the_sites_disk(tmp_path, monkeypatch):
    path = backup(tmp_path / "site.backup")
    monkeypatch.setattr(sqlite, "ROOM_FOR", 10**9)
    with pytest.raises(CommandError, match="has no room for a scratch database"):
        verify(path)
