"""A plan shown to others: a calendar, a helper who reads, a helper who comments. None changes it, each can be ended."""

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from guides.plan import expiry
from guides.plan.models import Comment, Event, Note, Plan, SharedKey

from .conftest import make_application, open_plan


def make(client, purpose, name="Ms. Reyes"):
    """Make a link as its form does; return its path and query."""
    page = client.post("/plan/share/", {"purpose": purpose, "name": name}).content.decode()
    return html.unescape(re.search(r'value="[^"]*(/plan/(?:shared/|dates\.ics)\?key=[^"]+)"', page)[1])


def helper(client, purpose="reader"):
    """A helper's browser that has opened the link."""
    browser = Client()
    led_on = browser.get(make(client, purpose))
    assert led_on["Location"] == "/plan/shared/"
    return browser


def test_a_calendar_reads_the_dates_and_keeps_the_plan_alive(client, plan):
    Event.objects.create(plan=plan, on=date(2027, 1, 15), name="Course starts")
    address = make(client, "calendar")
    Plan.objects.update(used_at=timezone.now() - timedelta(days=300))
    calendar = Client().get(address)
    assert "no-store" in calendar["Cache-Control"]
    names = [str(event["summary"]) for event in Calendar.from_ical(calendar.content).walk("VEVENT")]
    assert names == ["Course starts"]
    assert Plan.objects.get().used_at.date() == timezone.now().date()


def test_what_a_helper_reads(client, plan):
    make_application(plan, employer="Hill College", contact="Ann Lee")
    Note.objects.create(plan=plan, text="Ask about Saturdays")
    page = helper(client).get("/plan/shared/").content.decode()
    assert all(text in page for text in ("Hill College", "Ask about Saturdays", "Ms. Reyes"))
    assert "<textarea" not in page


def test_a_comment_stands_beside_what_it_speaks_of_and_is_the_persons_to_delete(client, plan):
    item = make_application(plan, employer="Hill College")
    browser = helper(client, "commenter")
    said = browser.post("/plan/shared/comment/", {"about": item.anchor, "text": "Call them on Monday."})
    assert said["Location"] == "/plan/shared/?notice=commented"
    assert b"Call them on Monday." in browser.get("/plan/shared/").content
    assert b"Call them on Monday." in client.get(item.get_absolute_url()).content
    assert b"Call them on Monday." in client.get("/plan/").content
    comment = Comment.objects.get()
    assert (comment.author, comment.about_name) == ("Ms. Reyes", item.title)
    page = client.get(f"/plan/comments/{comment.slug}/delete/")
    client.post(f"/plan/comments/{comment.slug}/delete/", {"fingerprint": page.context["fingerprint"]})
    assert not Comment.objects.exists()


@pytest.mark.parametrize("sent", [{"text": ""}, {"text": "x" * 2001}, {"text": "a\x00b"}, {"text": "x", "about": "y"}])
def test_a_bad_comment_says_what_is_wrong_and_stays_typed(client, plan, sent):
    answer = helper(client, "commenter").post("/plan/shared/comment/", sent)
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_a_helper_changes_nothing_and_opens_no_other_page(client, plan):
    note = Note.objects.create(plan=plan, text="mine")
    browser = helper(client, "reader")
    assert browser.post("/plan/shared/comment/", {"text": "x"})["Location"] == "/plan/shared/"
    assert not Comment.objects.exists()
    key = browser.cookies["plan-helper"].value
    browser.cookies["plan"] = key
    assert browser.get("/plan/").status_code == 404
    assert browser.get(note.get_absolute_url()).status_code == 404
    assert browser.post("/plan/return/", {"key": key, "place": "own"}).status_code == 422
    assert Client().get(f"/plan/dates.ics?key={key}").status_code == 404


def test_a_link_of_a_calendar_opens_no_plan(client, plan):
    key = make(client, "calendar").partition("key=")[2]
    assert Client().get(f"/plan/shared/?key={key}", follow=True).status_code == 404


@pytest.mark.parametrize("purpose", ["reader", "commenter"])
def test_a_helpers_link_ends_after_30_days_and_at_once_where_it_is_ended(client, plan, purpose):
    browser = helper(client, purpose)
    assert browser.get("/plan/shared/").status_code == 200
    SharedKey.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert browser.get("/plan/shared/").status_code == 404
    expiry.expire_plans()
    assert not SharedKey.objects.exists()
    other = helper(client, purpose)
    client.post(f"/plan/share/{SharedKey.objects.get().pk}/end/")
    assert other.get("/plan/shared/").status_code == 404


def test_a_new_key_ends_what_was_shared(client, plan):
    browser = helper(client)
    client.post("/plan/key/new/")
    assert browser.get("/plan/shared/").status_code == 404


def test_nobody_ends_the_links_of_another(client, plan):
    helper(client)
    stranger = Client()
    open_plan(stranger)
    stranger.post(f"/plan/share/{SharedKey.objects.get().pk}/end/")
    assert SharedKey.objects.count() == 1


def test_a_plan_has_at_most_twenty_and_a_public_computer_makes_none(client, plan):
    for number in range(20):
        make(client, "calendar", f"Phone {number}")
    full = client.post("/plan/share/", {"purpose": "reader", "name": "One more"})
    assert full.status_code == 422
    assert b"End one of them first" in full.content
    SharedKey.objects.all().delete()
    client.post("/plan/visit/")
    client.post("/plan/share/", {"purpose": "reader", "name": "A stranger"})
    assert not SharedKey.objects.exists()


def test_a_helper_closes_it_on_a_shared_computer(client, plan):
    browser = helper(client)
    browser.post("/plan/shared/close/")
    assert browser.cookies["plan-helper"].value == ""
    assert browser.get("/plan/shared/").status_code == 404
    assert SharedKey.objects.lasting().exists()
