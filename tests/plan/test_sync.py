"""Two tabs or two devices change one plan, and nothing is lost."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from guides.plan.models import Application, Note, SavedGuide, SavedStep

from .conftest import address, change, make_application, new, open_plan


@pytest.fixture
def step(plan):
    return SavedStep.objects.create(plan=plan, guide="bookbinder", step="step-0", name="Learn to sew")


def test_a_step_is_marked_done_and_undone(client, step):
    assert (
        change(client, step, {"done_on": ""}, done_on="2026-11-20")["Location"] == f"/plan/?notice=saved#{step.anchor}"
    )
    step.refresh_from_db()
    assert step.done_on.isoformat() == "2026-11-20"
    change(client, step, {"done_on": "2026-11-20"}, done_on="")
    step.refresh_from_db()
    assert step.done_on is None


def test_a_change_on_a_stale_value_is_refused_with_both_values_shown(client, plan):
    note = Note.objects.create(plan=plan, text="first")
    change(client, note, {"text": "first"}, text="from the other tab")
    refused = change(client, note, {"text": "first"}, text="from this tab")
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "<dd>from the other tab</dd>" in "".join(page.split("\n"))
    assert "<dd>from this tab</dd>" in "".join(page.split("\n"))
    assert 'name="was-text" value="from the other tab"' in page
    assert re.search(r"<textarea[^>]*>\s*from this tab</textarea>", page)
    note.refresh_from_db()
    assert note.text == "from the other tab"
    decided = change(client, note, {"text": "from the other tab"}, text="from this tab")
    assert decided.status_code == 302
    note.refresh_from_db()
    assert note.text == "from this tab"


def test_changes_of_different_fields_both_stand(client, plan):
    item = make_application(plan, contact="", next_action="")
    before = {"contact": "", "next_action": ""}
    assert change(client, item, before, contact="Ms. Ortega", next_action="").status_code == 302
    assert change(client, item, before, contact="", next_action="Call").status_code == 302
    item.refresh_from_db()
    assert (item.contact, item.next_action) == ("Ms. Ortega", "Call")


def test_the_same_change_twice_is_no_clash(client, step):
    for _ in range(2):
        assert change(client, step, {"done_on": ""}, done_on="2026-11-20").status_code == 302


def test_of_a_clash_nothing_is_saved(client, plan):
    item = make_application(plan, contact="A", next_action="B")
    refused = change(client, item, {"contact": "old", "next_action": "B"}, contact="mine", next_action="new")
    assert refused.status_code == 409
    item.refresh_from_db()
    assert (item.contact, item.next_action) == ("A", "B")


def test_line_breaks_of_the_browser_are_no_change(client, plan):
    note = Note.objects.create(plan=plan, text="one\ntwo")
    assert change(client, note, {"text": "one\r\ntwo"}, text="one\r\ntwo\r\nthree").status_code == 302
    note.refresh_from_db()
    assert note.text == "one\ntwo\nthree"


def test_a_change_of_what_was_deleted_shows_what_was_typed_and_adds_it_again(client, plan):
    note = Note.objects.create(plan=plan, text="first")
    note.delete()
    gone = client.post(address("notes", note.slug), {"was-text": "first", "text": "my long text"})
    assert gone.status_code == 409
    assert b"my long text" in gone.content
    client.post(address("notes", note.slug), new("notes", text="my long text"))
    assert Note.objects.get().text == "my long text"


def test_deleting_asks_again_where_it_was_changed_meanwhile(client, plan):
    note = Note.objects.create(plan=plan, text="first")
    question = f"{note.get_absolute_url()}delete/"
    fingerprint = client.get(question).context["fingerprint"]
    change(client, note, {"text": "first"}, text="second")
    refused = client.post(question, {"fingerprint": fingerprint}, follow=True)
    assert b"It was changed after you asked" in refused.content
    assert b"second" in refused.content
    assert client.get(f"{question}?changed=no").status_code == 400
    client.post(question, {"fingerprint": refused.context["fingerprint"]})
    assert not Note.objects.exists()


def test_a_guide_is_deleted_with_its_steps_unless_they_changed_meanwhile(client, plan, step):
    guide = SavedGuide.objects.create(plan=plan, guide="bookbinder", name="Bookbinder")
    other = SavedStep.objects.create(plan=plan, guide="printer", step="step-0", name="Ink")
    question = f"{guide.get_absolute_url()}delete/"
    page = client.get(question)
    assert b"Learn to sew" in page.content
    change(client, step, {"done_on": ""}, done_on="2026-11-20")
    refused = client.post(question, {"fingerprint": page.context["fingerprint"]}, follow=True)
    assert SavedGuide.objects.exists()
    client.post(question, {"fingerprint": refused.context["fingerprint"]})
    assert not SavedGuide.objects.exists()
    assert list(SavedStep.objects.all()) == [other]


def test_deleting_twice_is_no_error(client, plan):
    note = Note.objects.create(plan=plan, text="first")
    question = f"{note.get_absolute_url()}delete/"
    fingerprint = client.get(question).context["fingerprint"]
    assert [client.post(question, {"fingerprint": fingerprint}).status_code for _ in range(2)] == [302, 302]
    assert client.get(question).status_code == 404


def test_sending_a_new_item_twice_adds_one(client, plan):
    target = address("applications")
    for _ in range(2):
        answer = client.post(target, new("applications", post="Binder", employer="Hill College", status="saved"))
        assert answer.status_code == 302
    assert Application.objects.count() == 1


def test_a_part_of_a_new_item_is_refused(client, plan):
    answer = client.post(address("applications"), {"new": "yes", "was-post": "", "post": "Binder"})
    assert answer.status_code == 400
    assert not Application.objects.exists()


def test_a_new_item_makes_a_plan(client, db):
    client.post(address("notes"), new("notes", text="first"))
    assert Note.objects.get().plan_id
    assert b"first" in client.get("/plan/").content


@pytest.mark.parametrize(
    ("status", "filled"), [("applied", "applied_on"), ("offer", "answered_on"), ("turned_down", "answered_on")]
)
def test_moving_on_the_board_fills_the_day(client, plan, status, filled):
    item = make_application(plan)
    answer = change(client, item, {"status": "saved"}, status=status, back="board")
    assert answer["Location"] == f"/plan/applications/?notice=saved#{item.anchor}"
    item.refresh_from_db()
    assert item.status == status
    assert getattr(item, filled)


@pytest.mark.parametrize(("cookie", "hours"), [("840", 14), ("-720", -12), ("", 0), ("9999", 0), ("841", 0), ("x", 0)])
def test_today_is_the_day_of_the_person(client, plan, cookie, hours):
    application = make_application(plan)
    client.cookies["offset"] = cookie
    days = {(datetime.now(UTC) + timedelta(hours=hours)).date()}
    change(client, application, {"status": "saved"}, status="applied")
    days.add((datetime.now(UTC) + timedelta(hours=hours)).date())
    application.refresh_from_db()
    assert application.applied_on in days


def test_a_day_that_is_known_stays(client, plan):
    item = make_application(plan, applied_on="2026-10-01")
    change(client, item, {"status": "saved"}, status="applied")
    item.refresh_from_db()
    assert item.applied_on.isoformat() == "2026-10-01"


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"text": "no value seen"},
        {"was-plan": "1", "plan": "2"},
        {"was-slug": "", "slug": "x"},
        {"was-text": "first", "text": "x", "back": "https://elsewhere.example"},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(client, plan, posted):
    note = Note.objects.create(plan=plan, text="first")
    assert client.post(note.get_absolute_url(), posted).status_code == 400
    note.refresh_from_db()
    assert note.text == "first"


@pytest.mark.parametrize(
    "where", ["/plan/no-such-thing/add/", "/plan/guides/add/", "/plan/notes/short/", "/plan/x/y/delete/"]
)
def test_addresses_of_nothing_are_404(client, plan, where):
    assert client.get(where).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_the_same_moment_one_is_refused(transactional_db):
    client = Client()
    plan = open_plan(client)
    note = Note.objects.create(plan=plan, text="first")
    assert at_once(client, lambda other, text: change(other, note, {"text": "first"}, text=text)) == [302, 409]


@pytest.mark.django_db(transaction=True)
def test_of_two_items_at_the_same_moment_a_plan_takes_as_many_as_it_has_room_for(transactional_db):
    """One too many, and its file could not be imported."""
    client = Client()
    plan = open_plan(client)
    Note.objects.bulk_create(Note(plan=plan, text="x") for _number in range(199))
    assert at_once(client, lambda other, text: other.post(address("notes"), new("notes", text=text))) == [302, 422]
    assert Note.objects.count() == 200


def at_once(client: Client, send: Callable[[Client, str], HttpResponse]) -> list[int]:
    """Have two browsers with the plan of `client` send something each at the same moment; return both statuses."""
    start = Barrier(2)

    def wait_and_send(text: str) -> int:
        other = Client()
        other.cookies["plan"] = client.cookies["plan"].value
        start.wait()
        try:
            return send(other, text).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(wait_and_send, ["one", "two"]))
