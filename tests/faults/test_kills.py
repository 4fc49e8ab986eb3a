"""Killed at a random moment of publishing, saving, importing, fetching or migrating: all of it happened, or nothing.

The suite kills once or twice each; `make faults` sets FAULTS, how often to kill in all.
"""

import itertools
import os
import random
import subprocess
import time

import pytest
from django.core.management import call_command

from guides.datasets.models import ImportedObservation, WageEstimate
from guides.openings.models import Posting
from guides.publishing import editions
from guides.reading import reader
from tests import factories
from tests.datasets.files import CHIEFS, TECHNICIANS, make_oews
from tests.guides import desk, processes
from tests.openings.feeds import item, rss, serving_feeds

from . import state

# Shared out among the four kinds of change.
KILLS = max(1, int(os.environ.get("FAULTS", 4)) // 4)


def kill_while(change, *arguments, database=None):
    """Let a process make the change once and begin again, and kill it at a random moment of that."""
    process = processes.start(
        "-m", "tests.faults.restless", change, *map(str, arguments), database=database, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == "ready\n"
    started = time.monotonic()
    assert process.stdout.readline() == "ready\n", "the change went through once"
    time.sleep(random.uniform(0, time.monotonic() - started))  # noqa: S311
    assert process.poll() is None, "it stopped by itself"
    process.kill()
    process.communicate()


@pytest.mark.django_db(transaction=True)
def test_killed_while_publishing():
    guide = factories.make_guide()
    old = guide.editions.get()
    guide.title = "Binder"
    guide.save()
    guide.sections.filter(kind="text").update(heading="Binding")
    new = editions.save(guide)
    wholes = {("Bookbinder", "Text"), ("Binder", "Binding")}
    for _kill in range(KILLS):
        kill_while("publishing", old.pk, new.pk)
        reading = reader.live("bookbinder")
        assert (reading.guide.title, reading.find("text").heading) in wholes
        assert guide.editions.live().count() == 1
        assert not state.problems()


@pytest.mark.django_db(transaction=True)
def test_killed_while_saving():
    guide = factories.make_guide()
    desk.editor("ed")
    section = guide.sections.get(kind="text")
    for _kill in range(KILLS):
        kill_while("saving", section.pk)
        assert not state.problems()
    assert guide.editions.count() > KILLS


@pytest.mark.django_db(transaction=True)
def test_killed_while_importing(tmp_path):
    plain = TECHNICIANS | {"A_MEAN": 40_000.0, "H_MEAN": ""}
    rows = [plain | {"OCC_CODE": f"25-4{number:03}"} for number in range(100, 150)]
    first = make_oews(tmp_path / "first.xlsx", [*rows, TECHNICIANS])
    second = make_oews(tmp_path / "second.xlsx", [*(row | {"A_MEAN": 50_000.0} for row in rows), CHIEFS, TECHNICIANS])
    wholes = []
    for path in (first, second):
        call_command("import_oews", str(path), verbosity=0)
        wholes.append(imported())
    assert wholes[0] != wholes[1]
    for _kill in range(KILLS):
        kill_while("importing", first, second)
        assert imported() in wholes
        assert not state.problems()


@pytest.mark.django_db(transaction=True)
def test_killed_while_fetching():
    lists = [[f"Page {number}" for number in numbers] for numbers in (range(60), range(30, 90))]
    with serving_feeds() as feeds:
        feed = feeds.feed("/jobs.rss")
        turn = itertools.cycle(lists)
        feeds.answers["/jobs.rss"].pieces = lambda: iter([rss(*map(item, next(turn))).encode()])
        for _kill in range(KILLS):
            kill_while("fetching", feed.pk)
            titles = sorted(Posting.objects.open().values_list("title", flat=True))
            assert titles in [sorted(each) for each in lists]
            assert sorted(feed.sources.values_list("posting__title", flat=True)) == titles
            assert not state.problems()


def imported():
    """All that was imported, without keys."""
    rows = []
    for model in (ImportedObservation, WageEstimate):
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        rows += map(repr, model.objects.values_list(*fields))
    return sorted(rows)
