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
# What counts, and what says when a migration was applied.
# So does what is listed anew, in another order or when the clock comes to it.
LEFT_OUT = {"django_migrations", "guides_contentversion", "guides_linkvisit", "guides_publishedsection"}


def run(module, *arguments, database):
    """Run a module of the tests on another database and return what it says."""
    process = processes.start("-m", module, *arguments, database=database, stdout=subprocess.PIPE)
    said, _errors = process.communicate()
    assert process.returncode == 0
    return said


def state(database):
    """The fingerprint of a database in which nothing is wrong, what is made of the live guides made anew."""
    run("tests.faults.restless", "once", "rebuilding", database=database)
    found = json.loads(run("tests.faults.state", database=database))
    assert not found["problems"]
    return {table: digest for table, digest in found["fingerprint"].items() if table not in LEFT_OUT}


@pytest.fixture
def filled(new_database):
    """A function that returns the address of a new database with so many guides more, every table filled."""

    def fill(name, copies):
        database = new_database(name)
        run("tests.faults.copies", str(copies), database=database)
        # The Handbook's entries come with a migration, and other tests may have emptied them.
        run("manage", "migrate", "datasets", "0001", "--verbosity=0", database=database)
        run("manage", "migrate", "--verbosity=0", database=database)
        return database

    return fill


def test_forward_back_and_forward_changes_nothing(filled):
    database = filled("many", COPIES)
    before = state(database)
    run("tests.faults.restless", "once", "migrating", database=database)
    assert state(database) == before


def test_killed_while_migrating(filled):
    database = filled("few", 1)
    before = state(database)
    for _kill in range(KILLS):
        kill_while("migrating", database=database)
        # Whatever the moment, migrations go on from there.
        run("manage", "migrate", "--verbosity=0", database=database)
        assert state(database) == before
