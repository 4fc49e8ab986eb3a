"""From reading pages into the plan, and the marks back."""

import json

import pytest
from django.test import Client

from guides.plan.models import Plan, SavedGuide, SavedStep

GUIDE = "/plan/save/?guide=bookbinder"
STEP = f"{GUIDE}&step=step-1"


def test_a_guide_is_saved_with_its_steps(client, guide):
    response = client.post(GUIDE, {"steps": "on"}, follow=True)
    assert b"Saved." in response.content
    assert [str(item) for item in SavedGuide.objects.all()] == ["Bookbinder"]
    assert [item.step for item in SavedStep.objects.all()] == ["step-0", "step-1"]


def test_a_guide_is_saved_without_its_steps(client, guide):
    client.post(GUIDE)
    assert not SavedStep.objects.exists()


def test_a_step_is_saved_with_a_day_and_brings_its_guide(client, guide):
    client.post(STEP, {"due_on": "2027-01-31"})
    step = SavedStep.objects.get()
    assert (step.guide, step.step, step.name, step.due_on.isoformat()) == (
        "bookbinder",
        "step-1",
        "Step 1",
        "2027-01-31",
    )
    assert SavedGuide.objects.get().guide == "bookbinder"


def test_saving_twice_changes_nothing(client, guide):
    for _ in range(2):
        client.post(STEP)
        client.post(GUIDE, {"steps": "on"})
    assert (Plan.objects.count(), SavedGuide.objects.count(), SavedStep.objects.count()) == (1, 1, 2)
    assert b"It is in your plan." in client.get(STEP).content


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?guide=", 400),
        ("?guide=../admin", 400),
        ("?guide=bookbinder&step=%3Cscript%3E", 400),
        ("?guide=no-such-guide", 404),
        ("?guide=bookbinder&step=no-such-step", 404),
    ],
)
def test_what_no_page_links_to_is_refused(client, guide, query, status):
    assert client.get(f"/plan/save/{query}").status_code == status
    assert client.post(f"/plan/save/{query}").status_code == status
    assert not Plan.objects.exists()


def test_a_day_that_does_not_exist_is_refused_and_kept(client, guide):
    response = client.post(STEP, {"due_on": "2027-02-31"})
    assert response.status_code == 422
    assert b'value="2027-02-31"' in response.content
    assert not Plan.objects.exists()


def test_htmx_gets_the_form_alone(client, guide):
    fragment = client.get(GUIDE, headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content
    assert b"csrfmiddlewaretoken" in fragment.content
    assert "HX-Request" in fragment["Vary"]
    done = client.post(GUIDE, headers={"HX-Request": "true"})
    assert b"Saved." in done.content
    assert b"<html" not in done.content


def test_reading_pages_are_the_same_with_and_without_a_plan(client, guide):
    client.post(GUIDE, {"steps": "on"})
    for address in ["/", "/guides/", "/guides/bookbinder/", "/guides/bookbinder/steps/"]:
        with_plan, without = client.get(address), Client().get(address)
        assert with_plan.content == without.content
        assert b"csrfmiddlewaretoken" not in without.content
        assert not without.cookies
        assert "Cookie" not in with_plan.get("Vary", "")


def test_marks_tell_what_is_in_the_plan(client, guide):
    client.post(GUIDE, {"steps": "on"})
    SavedStep.objects.filter(step="step-0").update(done_on="2026-11-01")
    marks = json.loads(client.get("/plan/marks/").content)["marks"]
    assert [(name, mark["text"]) for name, mark in marks.items()] == [
        ("guides/bookbinder", "In your plan"),
        ("steps/bookbinder/step-0", "Done"),
        ("steps/bookbinder/step-1", "In your plan"),
    ]
    anchor = marks["steps/bookbinder/step-1"]["href"].partition("#")[2]
    assert f'id="{anchor}"' in client.get("/plan/").content.decode()


def test_without_a_plan_the_marks_say_so(client, db):
    assert json.loads(client.get("/plan/marks/").content) == {"plan": False}


def test_a_guide_that_is_gone_keeps_its_name_in_the_plan(client, guide):
    client.post(GUIDE, {"steps": "on"})
    guide.editions.update(state="retired")
    page = client.get("/plan/").content.decode()
    assert "Bookbinder" in page
    assert "not published any more" in page
    assert "/guides/bookbinder/" not in page


def test_a_full_plan_says_so_and_keeps_what_it_has(client, guide, plan):
    SavedStep.objects.bulk_create(
        SavedStep(plan=plan, guide="other", step=f"step-{number}", name="Step") for number in range(499)
    )
    response = client.post(GUIDE, {"steps": "on"})
    assert response.status_code == 422
    assert b"at most 500" in response.content
    assert not SavedGuide.objects.exists()
