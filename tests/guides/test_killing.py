"""Killed in the middle of publishing: the old edition or the new one is live, never none, never a mixture.

It kills three times; `make faults` sets FAULTS to kill more often.
"""

import os
import random
import subprocess
import time

import pytest

from guides import editions, reading
from tests import factories

from . import processes

KILLS = int(os.environ.get("FAULTS", 3))


@pytest.mark.django_db(transaction=True)
def test_one_whole_edition_is_live_after_every_kill():
    guide = factories.make_guide()
    old = guide.editions.get()
    guide.title = "Binder"
    guide.save()
    guide.sections.filter(kind="text").update(heading="Binding")
    new = editions.save(guide)
    wholes = {("Bookbinder", "Text"), ("Binder", "Binding")}

    for _kill in range(KILLS):
        process = processes.start("-m", "tests.guides.restless", str(old.pk), str(new.pk), stdout=subprocess.PIPE)
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.3))  # noqa: S311
        process.kill()
        process.communicate()
        found = reading.live("bookbinder")
        assert (found.guide.title, found.find("text").heading) in wholes
        assert guide.editions.live().count() == 1
