"""A backup is taken and brought back while an editor saves again and again: whole, and identical."""

import subprocess
from io import StringIO

import pytest
from django.core.management import call_command

from tests import factories
from tests.guides import desk, processes

from . import state
from .outage import LONG

pytestmark = pytest.mark.django_db(transaction=True)

BACKUPS = 20 if LONG else 2
# Raised by a restore on purpose.
COUNTER = "guides_contentversion"


@pytest.fixture
def writer():
    """A process that saves a section of the guide again and again."""
    guide = factories.make_guide()
    desk.editor("ed")
    section = guide.sections.get(kind="text")
    arguments = ("-m", "tests.faults.restless", "saving_whatever_comes", str(section.pk))
    process = processes.start(*arguments, stdout=subprocess.PIPE)
    yield process
    process.kill()
    process.communicate()


def wait_for_saves(writer, count):
    for _save in range(count):
        assert writer.stdout.readline() == "ready\n"


def content():
    return {table: digest for table, digest in state.fingerprint().items() if table != COUNTER}


def restore(path):
    call_command("restore", str(path), yes=True, stdout=StringIO())


def test_backups_taken_during_writes_are_whole(writer, tmp_path):
    wait_for_saves(writer, 2)
    for number in range(BACKUPS):
        wait_for_saves(writer, 1)
        call_command("backup", str(tmp_path / f"{number}.backup"), stdout=StringIO())
    writer.kill()
    writer.wait()
    counts = set()
    for number in range(BACKUPS):
        restore(tmp_path / f"{number}.backup")
        assert not state.problems()
        counts.add(content()["guides_edition"])
        call_command("backup", str(tmp_path / f"{number}.again"), stdout=StringIO())
        before = content()
        restore(tmp_path / f"{number}.again")
        assert content() == before
    assert len(counts) > 1, "somebody saved in between"


def test_a_backup_is_brought_back_while_somebody_saves(writer, tmp_path):
    wait_for_saves(writer, 2)
    call_command("backup", str(tmp_path / "site.backup"), stdout=StringIO())
    for _time in range(BACKUPS):
        wait_for_saves(writer, 1)
        restore(tmp_path / "site.backup")
        assert not state.problems()
    wait_for_saves(writer, 3)
    writer.kill()
    writer.wait()
    assert not state.problems()
