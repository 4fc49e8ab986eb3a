"""Sixty people behind one address at once, as in a class; and ten thousand requests, as in a flood."""

import pytest
from django.test import Client

from guides.plan import access
from guides.plan.models import Plan
from tests.faults.outage import LONG
from tests.readiness import files

pytestmark = pytest.mark.django_db
SAVE = "/plan/save/?guide=bookbinder"
RESUME = "/guides/bookbinder/skills-gap/resume/"
# The whole class in `make faults`, in the suite a bench of it.
PUPILS = 60 if LONG else 6
FLOOD = 10_000


def test_a_class_starts_its_plans_and_reads_in_its_resumes(guide):
    for number in range(PUPILS):
        pupil = Client()
        assert pupil.post(SAVE).status_code == 302, number
        assert pupil.post(RESUME, {"text": f"{files.TEXT} Pupil {number}."}).status_code == 200, number
        assert pupil.get("/plan/").status_code == 200
    assert Plan.objects.count() == PUPILS


@pytest.mark.skipif(not LONG, reason="takes minutes: part of `make faults`; test_keys.py shows the limit itself")
def test_a_flood_makes_no_more_plans_than_the_limit_and_leaves_those_who_have_one_alone(guide):
    pupil = Client()
    pupil.post(SAVE)
    answers = [Client().post(SAVE).status_code for _request in range(FLOOD)]
    assert answers.count(302) == access.NEW_PLANS.most - 1
    assert set(answers[access.NEW_PLANS.most :]) == {429}
    assert Plan.objects.count() == access.NEW_PLANS.most
    assert pupil.get("/plan/").status_code == 200
    # Somebody at another address is no part of it.
    assert Client().post(SAVE, REMOTE_ADDR="192.0.2.7").status_code == 302
