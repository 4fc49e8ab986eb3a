"""A backup is brought back for trial, and said to be what it is; the site's database stays as it is."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from guides.models import Guide
from guides.plan.models import Note, Plan
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
