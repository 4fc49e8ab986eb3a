"""This week's three things: chosen by dates, by what they open and by the hours there are; and what folds away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.occupations.models import SavedOccupation
from guides.plan.models import Event, Note, SavedGuide, SavedStep
from guides.readiness.models import KeptGap, KeptResult, KeptStage

from .conftest import make_application

GUIDE = {"guide": "bookbinder", "guide_name": "Bookbinder"}


def this_week(client, query=""):
    return client.get(f"/plan/{query}").context["week"]


def names(week):
    return [thing.name for thing in week.things]


def add_gaps(plan, count=4, **fields):
    for number in range(count):
        KeptGap.objects.create(plan=plan, skill=f"skill-{number}", name=f"Skill {number}", **GUIDE | fields)


def test_an_empty_plan_has_nothing_to_do_this_week(client, plan):
    response = client.get("/plan/")
    assert names(response.context["week"]) == []
    assert "Nothing is to be done yet" in response.content.decode()


def test_days_that_others_set_come_before_what_is_overdue_and_that_before_what_is_due(client, plan):
    today = timezone.localdate()
    make_application(plan, post="Overdue", status="applied", next_on=today - timedelta(days=30))
    make_application(plan, post="Due", status="applied", next_action="Call", next_on=today)
    make_application(plan, post="Met", status="interview", interview_on=today + timedelta(days=7))
    make_application(plan, post="Far", closes_on=today + timedelta(days=8))
    Event.objects.create(plan=plan, on=today + timedelta(days=1), name="Course")
    week = this_week(client)
    assert [thing.item.title for thing in week.things] == ["Course", "Met, Hill College", "Overdue, Hill College"]
    assert week.more == 1
    reasons = [thing.why for thing in week.things]
    assert reasons[0] == "It is one of your dates."
    assert reasons[1].startswith("The interview is then")
    assert reasons[2].startswith("You wanted it done by")


def test_an_application_stands_once_whatever_days_it_has(client, plan):
    today = timezone.localdate()
    make_application(plan, closes_on=today + timedelta(days=2), next_on=today, next_action="Write the letter")
    assert len(this_week(client).things) == 1


def test_an_occupation_that_is_only_saved_comes_last(client, plan):
    SavedOccupation.objects.create(plan=plan, occupation="binders", name="Binders")
    assert names(this_week(client)) == ["Look into: Binders"]
    assert [words for words, _address in this_week(client).things[0].links] == ["Read", "Find an American Job Center"]
    add_gaps(plan, 2)
    assert names(this_week(client, "?hours=20")) == ["Skill 0", "Skill 1", "Look into: Binders"]
    add = this_week(client, "?hours=4")
    assert names(add)[:2] == ["Skill 0", "Skill 1"]


def test_only_the_first_open_step_of_a_guide_can_be_begun(client, plan, guide):
    for number in range(2):
        SavedStep.objects.create(plan=plan, guide="bookbinder", step=f"step-{number}", name=f"Step {number}")
    SavedStep.objects.filter(step="step-0").update(done_on=timezone.localdate())
    (thing,) = this_week(client).things
    assert thing.name == "Step 1"
    assert thing.why == "The last open step to Bookbinder."
    assert thing.links == [("In the guide", "/guides/bookbinder/steps/#step-step-1")]
    SavedStep.objects.update(done_on=None)
    (thing,) = this_week(client).things
    assert thing.why == "The next step to Bookbinder: 1 more comes after it."


def test_each_step_says_what_it_is_and_a_guide_that_is_gone_says_nothing(client, plan, guide):
    SavedStep.objects.create(plan=plan, guide="bookbinder", step="step-0", name="Step 0")
    SavedStep.objects.create(plan=plan, guide="gone", step="step-0", name="Other step")
    page = client.get("/plan/").content.decode()
    assert '<a href="/guides/bookbinder/steps/#step-step-0">In the guide' in page
    assert "/guides/gone/" not in page


def test_what_fits_into_the_hours_is_chosen_and_what_is_longer_is_begun(client, plan):
    add_gaps(plan, hours_from=3, hours_to=9)
    assert names(this_week(client, "?hours=9")) == ["Skill 0", "Skill 1", "Skill 2"]
    assert names(this_week(client, "?hours=4")) == ["Skill 0", "Skill 1"]  # the second is begun
    assert names(this_week(client, "?hours=3")) == ["Skill 0"]
    (thing,) = this_week(client, "?hours=1").things
    assert thing.why.endswith("Begin it: it takes 3 weeks or more at this pace.")


def test_the_hours_of_the_readiness_check_are_taken(client, plan):
    assert this_week(client).hours == 5
    result = {"tool": "readiness", "score": 50, "kept_on": timezone.localdate()} | GUIDE
    KeptResult.objects.create(plan=plan, query="a=x&hours=12", **result)
    assert this_week(client).hours == 12
    assert this_week(client, "?hours=2").hours == 2
    KeptResult.objects.update(query="hours=0")
    assert this_week(client).hours == 5


@pytest.mark.parametrize("hours", ["0", "61", "-1", "x", "1.5"])
def test_hours_that_no_week_has_are_refused(client, plan, hours):
    assert client.get(f"/plan/?hours={hours}").status_code == 400


def test_stages_come_in_order(client, plan):
    today = timezone.localdate()
    for number in range(3):
        due = today + timedelta(days=30 + number)
        KeptStage.objects.create(plan=plan, route="r", name=f"Stage {number}", due_on=due, **GUIDE)
    week = this_week(client)
    assert names(week) == ["Stage 0"]
    assert week.things[0].why == "The next step to Bookbinder: 2 more come after it."


def test_a_saved_post_without_a_date_and_an_offer_ask_for_an_answer(client, plan):
    make_application(plan, post="Saved")
    make_application(plan, post="Offered", status="offer")
    make_application(plan, post="Waiting", status="applied")
    make_application(plan, post="Over", status="withdrawn")
    assert names(this_week(client, "?hours=20")) == [
        "Apply: Saved, Hill College",
        "Answer the offer: Offered, Hill College",
    ]


def test_a_full_plan_is_folded_and_what_is_done_always(client, plan):
    SavedGuide.objects.create(plan=plan, guide="gone", name="Gone")
    SavedStep.objects.create(plan=plan, guide="gone", step="a", name="Old", done_on=timezone.localdate())
    add_gaps(plan, count=2)
    page = client.get("/plan/").content.decode()
    assert '<details class="group" id="group-gaps" open>' in page
    assert '<details class="fold" id="done-steps-' in page
    for number in range(12):
        Note.objects.create(plan=plan, text=f"Note {number}")
    page = client.get("/plan/").content.decode()
    assert '<details class="group" id="group-gaps">' in page
    assert "1 of 1 step done" in page
