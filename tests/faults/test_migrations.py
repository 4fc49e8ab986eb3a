"""Migrations go forward, back and forward and change nothing, also where they are killed in between.

The suite does it with a few guides; the long form with a thousand.
"""

import json
import subprocess

import pytest

from tests.guides import processes

from .outage import LONG
from .test_kills import KILLS, kill_while

pytestmark = pytest.mark.django_db(transaction=True)

COPIES = 1_000 if LONG else 1
# What counts, what says when something was done, and what is written anew from what is live, under new keys. The
# Handbook's entries come with a migration, and other tests may have emptied them before.
LEFT_OUT = {"django_migrations", "guides_contentversion", "datasets_handbookentry"}
LEFT_OUT |= {"guides_listing", "guides_passage", "guides_shareimage", "guides_word"}


def run(module, *arguments, database):
    """Run a module of the tests on another database and return what it says."""
    process = processes.start("-m", module, *arguments, database=database, stdout=subprocess.PIPE)
    said, _errors = process.communicate()
    assert process.returncode == 0
    return said


def state(database):
    """The fingerprint of a database in which nothing is wrong."""
    found = json.loads(run("tests.faults.state", database=database))
    assert not found["problems"]
    return {table: digest for table, digest in found["fingerprint"].items() if table not in LEFT_OUT}


@pytest.fixture(scope="module")
def many(new_database):
    """The address of a database with so many guides."""
    database = new_database("many")
    run("tests.faults.copies", str(COPIES), database=database)
    return database


def test_forward_back_and_forward_changes_nothing(many):
    before = state(many)
    run("tests.faults.restless", "once", "migrating", database=many)
    run("tests.faults.restless", "once", "rebuilding", database=many)
    assert state(many) == before


def test_killed_while_migrating(new_database):
    few = new_database("few")
    before = state(few)
    for _kill in range(KILLS):
        kill_while("migrating", database=few)
        # Whatever the moment, migrations go on from there.
        run("manage", "migrate", "--verbosity=0", database=few)
        assert state(few) == before
