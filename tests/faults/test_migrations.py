"""Migrations go forward, back and forward and change nothing; in the long form also where they are killed in between.

The suite does it with a few guides; the long form with a thousand.
"""

import pytest
from django.core.management import call_command

from guides.publishing import listings
from tests import databases

from . import copies, restless
from . import state as states
from .outage import LONG
from .test_kills import KILLS, kill_while

pytestmark = pytest.mark.django_db(transaction=True)

COPIES = 1_000 if LONG else 1
# What counts, and what says when a migration was applied.
# So does what is listed anew, in another order or when the clock comes to it.
LEFT_OUT = {"django_migrations", "guides_contentversion", "guides_linkvisit", "guides_publishedsection"}


def state():
    """The fingerprint of a database in which nothing is wrong, what is made of the live guides made anew."""
    restless.rebuilding()
    assert not states.problems()
    return {table: digest for table, digest in states.fingerprint().items() if table not in LEFT_OUT}


@pytest.fixture
def fill(new_database, monkeypatch):
    """A function that leads to a new database with so many guides more, every table filled, and gives its address."""
    # Drawing the picture of each would take most of the time.
    monkeypatch.setattr(listings, "draw", lambda listing: b"")

    def fill(name, number):
        address = new_database(name)
        with databases.led_to(address):
            copies.make(number)
            # The Handbook's entries come with a migration, and other tests may have emptied them.
            call_command("migrate", "datasets", "0001", verbosity=0)
            call_command("migrate", verbosity=0)
        return address

    return fill


def test_forward_back_and_forward_changes_nothing(fill):
    with databases.led_to(fill("many", COPIES)):
        before = state()
        restless.migrating()
        assert state() == before


@pytest.mark.skipif(not LONG, reason="Killing migrations takes its time: `make faults` does it.")
def test_killed_while_migrating(fill):
    address = fill("few", 1)
    with databases.led_to(address):
        before = state()
        for _kill in range(KILLS):
            kill_while("migrating", database=address)
            # Whatever the moment, migrations go on from there.
            call_command("migrate", verbosity=0)
            assert state() == before
