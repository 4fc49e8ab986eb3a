"""Killed at a random moment of a change: all of it happened, or nothing; and what was told to be kept is there.

The changes are publishing, saving, keeping what is typed, a plan's new key, importing and fetching; test_migrations.py
has migrating.

The suite kills once or twice each; `make faults` sets FAULTS, how often to kill in all.
"""

import itertools
import os
import random
import re
import subprocess
import time

import pytest
from django.core.management import call_command
from django.test import Client

from guides.datasets.models import ImportedObservation, WageEstimate
from guides.models import UnsavedText
from guides.openings.models import Posting
from guides.plan import keys
from guides.plan.models import Plan
from guides.publishing import editions
from guides.reading import reader
from tests import factories
from tests.datasets.files import CHIEFS, TECHNICIANS, make_oews
from tests.guides import desk, processes
from tests.openings.feeds import item, rss, serving_feeds
from tests.plan.conftest import key_of

from . import state

# Of each kind of change, a quarter of FAULTS.
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
def test_killed_while_what_is_typed_is_kept(tmp_path):
    guide, client, noted = factories.make_guide(), desk.editor("ed"), tmp_path / "noted"
    section = guide.sections.get(kind="text")
    noted.touch()
    for _kill in range(KILLS):
        kill_while("typing", section.pk, noted)
        section.refresh_from_db()
        waiting = [dict(text.fields)["body"] for text in UnsavedText.objects.waiting()]
        saved, *kept = map(number_of, [section.body, *waiting])
        assert max(saved, *kept, 0) >= number_of(noted.read_text().splitlines()[-1]), (
            "what was told to be kept is there"
        )
        if max(kept, default=0) > saved:
            assert "and not saved it</h2>" in client.get(desk.screen(section)).content.decode()
        assert not state.problems()


def number_of(text):
    """Which of the texts that are typed one after the other it is, as a whole."""
    return int(re.fullmatch(r"This is text (\d+), whole\.", text)[1])


@pytest.mark.django_db(transaction=True)
def test_killed_while_a_plan_gets_a_new_key():
    key = keys.new_key()
    plan = Plan.objects.create(key_hash=keys.hashed(key))
    browser = Client()
    browser.post("/plan/return/", {"key": key, "place": "own"})
    held = browser.cookies["plan"].value
    for _kill in range(KILLS):
        kill_while("rekeying", held)
        browser.cookies["plan"] = held
        key = key_of(browser)
        plan.refresh_from_db()
        assert plan.key_hash == keys.hashed(key), "the browser opens the plan, and shows the key that it has now"
        assert plan.browsers.count() == 1


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
