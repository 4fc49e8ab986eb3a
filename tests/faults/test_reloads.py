"""Five reloads under load lose no request: they take their time, so that the long form alone does it."""

import signal

import pytest

from .outage import until
from .place import report

pytestmark = pytest.mark.django_db(transaction=True)

RELOADS, REQUESTS = 5, 10_000


def test_reloads_lose_nothing(place):
    with place.load() as load:
        for _number in range(RELOADS):
            reload(place.site)
            load.wait_for(len(load.answered) + 100)
        load.wait_for(REQUESTS)
    report("reloads", load)
    assert not load.lost


def reload(site):
    """Reload as `systemctl reload` does, and wait until every worker is a new one."""
    before = set(site.workers())
    site.process.send_signal(signal.SIGHUP)
    until(site, lambda: len(site.workers()) == 2 and not before & set(site.workers()), 120)
