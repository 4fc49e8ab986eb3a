"""Backup and restore: identical content, and nothing changed by a file that is not a backup."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guides import freezing
from guides.models import ContentVersion, Guide, Section
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_backup_brings_everything_back(tmp_path):
    guide = factories.make_guide()
    before = freezing.freeze(guide)
    call_command("backup", str(tmp_path / "site.backup"), stdout=StringIO())
    Section.objects.all().delete()
    factories.make_guide("other")
    newest = ContentVersion.objects.get().number
    call_command("restore", str(tmp_path / "site.backup"), yes=True, stdout=StringIO())
    assert freezing.freeze(Guide.objects.get()) == before
    assert ContentVersion.objects.get().number > newest, "stored pages know that they are old"
    assert [path.name for path in tmp_path.iterdir()] == ["site.backup"], "nothing is left beside it"


def test_a_backup_is_for_its_owner_and_replaces_nothing(tmp_path):
    path = tmp_path / "site.backup"
    call_command("backup", str(path), stdout=StringIO())
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="exists"):
        call_command("backup", str(path))
    with pytest.raises(CommandError, match="no folder"):
        call_command("backup", str(tmp_path / "missing" / "site.backup"))


@pytest.mark.parametrize("content", [b"", b"not a database", None])
def test_what_is_no_backup_changes_nothing(tmp_path, content):
    guide = factories.make_guide()
    path = tmp_path / "odd"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("restore", str(path), yes=True, stdout=StringIO())
    assert Guide.objects.get() == guide
