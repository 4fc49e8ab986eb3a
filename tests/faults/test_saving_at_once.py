"""Eight processes save at once: each save is applied or refused, none is lost. The long form makes 480."""

import json
import subprocess

import pytest

from guides.publishing import editions
from tests import factories
from tests.guides import desk, processes

from . import state
from .outage import LONG

PROCESSES, SAVES = (8, 60) if LONG else (4, 6)


@pytest.mark.django_db(transaction=True)
def test_every_save_is_applied_or_refused():
    guide = factories.make_guide(publish=False)
    # Two processes share each section, so that some saves meet a newer version.
    guide.sections.exclude(kind="text").delete()
    sections = [factories.make_section(guide, slug=f"text-{number}") for number in range(PROCESSES // 2)]
    editions.save(guide)
    desk.editor("ed")

    running = [
        processes.start(
            *("-m", "tests.faults.saver", f"Editor {number}", str(sections[number // 2].pk), str(SAVES)),
            stdout=subprocess.PIPE,
        )
        for number in range(PROCESSES)
    ]
    answers = [answer for process in running for answer in json.loads(process.communicate(timeout=500)[0])]

    assert len(answers) == PROCESSES * SAVES
    assert {status for status, _text in answers} <= {302, 409}
    applied = {text for status, text in answers if status == 302}
    kept = [edition.content["objects"] for edition in guide.editions.all()]
    bodies = {plain["fields"].get("body") for objects in kept for plain in objects}
    assert applied == {body for body in bodies if body and "wrote this" in body}
    assert len(kept) == 1 + len(applied)
    assert not state.problems()
