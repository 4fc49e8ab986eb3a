"""What is due again and again for the site itself."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from careerguide import jobs as site_jobs
from careerguide.backups import nightly
from guides.models import Guide
from guides.registry import jobs
from tests.factories import make_guide


@pytest.fixture
def backing_up(settings, tmp_path, monkeypatch):
    """The site with a folder for backups, which does not exist yet; return it."""
    settings.BACKUP_DIR = str(tmp_path / "site" / "backups")
    monkeypatch.setattr(jobs, "JOBS", {job.name: job for job in site_jobs.jobs()})
    return tmp_path / "site" / "backups"


def test_without_a_folder_there_is_no_backup(settings):
    assert settings.BACKUP_DIR == ""
    assert not {"backup", "verify_backup"} & set(jobs.registered())


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_written_and_the_newest_thirty_stay(backing_up):
    make_guide()
    backing_up.mkdir(parents=True)
    for day in range(31):
        (backing_up / f"2020-01-{day + 1:02}T000000Z.backup").touch()
    (backing_up / "mine.backup").touch()
    said = jobs.registered()["backup"].run()
    files = sorted(path.name for path in backing_up.glob("*"))
    assert len(files) == nightly.KEPT + 1
    assert "mine.backup" in files
    assert said.startswith(files[-2])
    assert "2020-01-02T000000Z.backup" not in files
    newest = backing_up / files[-2]
    assert newest.stat().st_mode & 0o777 == 0o600
    assert newest.stat().st_size > 10_000
    assert Guide.objects.exists()
    assert connection.is_usable()


def test_ended_sessions_go(db):
    now = timezone.now()
    for name, days in {"ended": -1, "going on": 1}.items():
        Session.objects.create(session_key=name, session_data="", expire_date=now + timedelta(days=days))
    assert jobs.registered()["end_sessions"].run() == "Done."
    assert [session.session_key for session in Session.objects.all()] == ["going on"]
