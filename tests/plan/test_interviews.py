"""What belongs to an application: interviews, people, and the rhythm of asking again."""

import re
from datetime import date, datetime, time, timedelta

import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guides.plan import merging, plan_file
from guides.plan.models import Application, Contact, EarlierState, FollowUp, Interview

from .conftest import address, change, make_application, new, open_plan

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def application(plan):
    return make_application(plan, status="applied", applied_on=in_days(-2))


def add(client, what, application, **values):
    where = address(what)
    assert client.post(where, new(what, application=application.slug) | values).status_code == 302
    return where


def reminders(application):
    rows = FollowUp.objects.filter(application=application.slug).order_by("due_on")
    return {(row.about, (row.due_on - timezone.localdate()).days) for row in rows}


def test_interviews_and_people_stand_with_their_application_everywhere(client, plan, application):
    form = client.get(f"/plan/interviews/add/?application={application.slug}").content.decode()
    assert "For <a" in form
    assert f'name="application" value="{application.slug}"' in form
    day = in_days(3)
    first = {"on": day, "at": "10:30", "kind": "phone", "with_whom": "Ms. Reyes", "place": "360-555-0117"}
    add(client, "interviews", application, **first)
    add(client, "interviews", application, on=day, at="15:00", kind="panel", note="Bring the portfolio.")
    person = {"name": "Dana Reyes", "role": "branch manager", "reach": "dana@hill.example", "note": "Likes maps."}
    add(client, "contacts", application, **person)
    page = client.get(application.get_absolute_url()).content.decode()
    for said in ("10:30 AM", "3:00 PM", "by phone", "with a panel", "Ms. Reyes", "Bring the portfolio.", "Dana Reyes"):
        assert said in page, said
    assert "dana@hill.example" in client.get("/plan/applications/?view=table").content.decode()
    assert "Interview, with a panel, 3:00 PM" in client.get("/plan/applications/").content.decode()
    events = vobject.readOne(client.get("/plan/calendar.ics").content.decode()).vevent_list
    starts = {event.dtstart.value for event in events}
    assert {datetime.combine(day, time(10, 30)), datetime.combine(day, time(15))} <= starts
    week = client.get("/plan/").context["week"]
    assert [thing.name.partition(": B")[0] for thing in week.things[:2]] == [
        "Interview, by phone, 10:30 AM",
        "Interview, with a panel, 3:00 PM",
    ]
    packet = client.get("/plan/packet/?part=log").content.decode()
    assert "Likes maps." in packet
    assert packet.count("Binder, Hill College") >= 3


def test_a_day_of_the_application_and_its_interview_are_told_once(client, plan, application):
    day = in_days(-1)
    Application.objects.update(interview_on=day)
    assert [dated.label for dated in Application.objects.get().all_dates() if dated.evidence] == [
        "Applied",
        "Interview",
    ]
    Interview.objects.create(plan=plan, application=application.slug, on=day, at=time(9))
    Interview.objects.create(plan=plan, application=application.slug, on=day, at=time(14))
    labels = [dated.label for dated in Application.objects.get().all_dates() if dated.evidence]
    assert labels == ["Applied", "Interview, 9:00 AM", "Interview, 2:00 PM"]
    record = client.get("/plan/record.csv").content.decode()
    assert record.count("Interview,Binder,Hill College") == 2


def test_nothing_belongs_to_an_application_that_is_not_there(client, plan, application):
    nobody = "a" * 12
    assert client.get("/plan/interviews/add/").status_code == 404
    assert client.get(f"/plan/contacts/add/?application={nobody}").status_code == 404
    sent = new("contacts", application=nobody, name="Nobody")
    assert client.post(address("contacts"), sent).status_code == 404
    other = Client()
    open_plan(other)
    assert other.post(address("contacts"), sent | {"application": application.slug}).status_code == 404
    assert Client().post(address("contacts"), sent).status_code == 404
    for wrong in ({"on": "2026-13-01"}, {"on": in_days(1), "at": "25:00"}, {"on": in_days(1), "kind": "seance"}, {}):
        answer = client.post(address("interviews"), new("interviews", application=application.slug) | wrong)
        assert answer.status_code == 422
    assert not Contact.objects.exists()
    assert not Interview.objects.exists()


def test_an_application_takes_with_it_what_belongs_to_it_and_all_of_it_comes_back(client, plan, application):
    where = add(client, "interviews", application, on=in_days(3), at="10:30")
    add(client, "contacts", application, name="Dana Reyes")
    question = client.get(f"{application.get_absolute_url()}delete/")
    for title in ("Interview: Binder, Hill College", "Dana Reyes", "Thank them for the interview"):
        assert title in question.content.decode()
    fingerprint = question.context["fingerprint"]
    assert client.post(f"{application.get_absolute_url()}delete/", {"fingerprint": fingerprint}).status_code == 302
    assert not any(model.objects.exists() for model in (Application, Interview, Contact, FollowUp))
    for state in EarlierState.objects.filter(was_deleted=True, kind__in=["applications", "interviews", "contacts"]):
        assert client.post(f"/plan/earlier/{state.pk}/").status_code == 302
    assert Interview.objects.get().its_application == Application.objects.get()
    assert client.get(where).status_code == 200
    Application.objects.all().delete()
    assert "an application that is deleted" in client.get(where).content.decode()
    assert client.get("/plan/").status_code == client.get("/plan/record/").status_code == 200


def test_a_file_brings_interviews_along_with_their_own_application(client, plan, application):
    add(client, "interviews", application, on=in_days(3), at="10:30")
    add(client, "contacts", application, name="Dana Reyes")
    raw = client.get("/plan/plan.json").content
    Application.objects.update(note="changed since")
    answer = client.post("/plan/import/", {"file": SimpleUploadedFile("plan.json", raw)}, follow=True)
    assert answer.status_code == 200
    assert Application.objects.count() == 2
    for each in Application.objects.all():
        assert len(each.interviews()) == len(each.contacts()) == 1
        assert each.follow_ups()


OLD = b"""{"format": 1, "applications": [{"id": "abcdefgh2345", "post": "Binder", "employer": "Hill College",
"status": "interview", "applied_on": "2026-09-01", "interview_on": "2026-11-02"}]}"""


def test_a_file_of_before_still_comes_in(plan):
    merging.take_in(plan, plan_file.read(OLD))
    stored = Application.objects.get()
    assert (stored.follow_up, stored.interview_on) == ("", date(2026, 11, 2))
    assert not FollowUp.objects.exists()


def test_an_application_that_is_sent_is_asked_after_and_each_day_has_its_reason(client, plan):
    sent = new("applications", post="Binder", employer="Hill College", status="applied")
    client.post(address("applications"), sent)
    application = Application.objects.get()
    assert reminders(application) == {("applied", 8)}
    page = client.get("/plan/").content.decode()
    assert "A short note a week after applying" in page
    assert "https://apuedge.com/when-to-follow-up" in page
    assert "Ask how the application stands: Binder" in client.get("/plan/calendar.ics").content.decode()
    # Before it closes nobody has anything to say.
    change(client, application, {"closes_on": ""}, closes_on=in_days(10))
    assert reminders(application) == {("applied", 17)}
    add(client, "interviews", application, on=in_days(20))
    assert reminders(application) == {("thanks", 21), ("decision", 27)}
    change(client, Interview.objects.get(), {"on": in_days(20)}, on=in_days(30))
    assert reminders(application) == {("thanks", 31), ("decision", 37)}
    change(client, application, {"follow_up": ""}, follow_up="later")
    assert reminders(application) == {("thanks", 31), ("decision", 44)}
    change(client, application, {"status": "applied"}, status="turned_down")
    assert reminders(application) == set()
    assert EarlierState.objects.filter(kind="follow-ups", was_deleted=True).count() == 3


def test_only_the_last_of_several_interviews_is_waited_for(client, plan, application):
    """Whoever is asked to come again knows how the first one went."""
    add(client, "interviews", application, on=in_days(2))
    add(client, "interviews", application, on=in_days(9))
    assert reminders(application) == {("thanks", 3), ("thanks", 10), ("decision", 16)}
    first, second = Interview.objects.order_by("on")
    change(client, first, {"on": first.on}, on=in_days(3))
    assert reminders(application) == {("thanks", 4), ("thanks", 10), ("decision", 16)}
    change(client, first, {"on": in_days(3)}, on=second.on + timedelta(days=1))
    assert reminders(application) == {("thanks", 11), ("thanks", 10), ("decision", 17)}


def test_what_the_person_says_of_a_reminder_stands(client, plan, application):
    change(client, application, {"closes_on": ""}, closes_on=in_days(-5))
    reminder = FollowUp.objects.get()
    day = in_days(12)
    assert change(client, reminder, {"due_on": reminder.due_on}, due_on=day).status_code == 302
    change(client, application, {"note": ""}, note="Called.")
    assert FollowUp.objects.get().due_on == day
    question = client.get(f"{reminder.get_absolute_url()}delete/")
    client.post(f"{reminder.get_absolute_url()}delete/", {"fingerprint": question.context["fingerprint"]})
    change(client, application, {"note": "Called."}, note="Called again.")
    assert not FollowUp.objects.exists(), "one that was removed does not come back with another change"
    change(client, application, {"follow_up": ""}, follow_up="none")
    add(client, "interviews", application, on=in_days(4))
    assert not FollowUp.objects.exists(), "where nobody wants to be reminded, nobody is"


def test_nobody_is_sent_to_ask_after_what_is_long_past(client, plan):
    long_ago = new("applications", post="Old", employer="X", status="applied", applied_on=in_days(-90))
    client.post(address("applications"), long_ago)
    assert not FollowUp.objects.exists()
    add(client, "interviews", Application.objects.get(), on=in_days(-60))
    assert not FollowUp.objects.exists()


def test_a_reminder_is_no_gap_and_nothing_to_do_before_its_day(client, plan, application):
    change(client, application, {"status": "applied", "closes_on": ""}, status="applied", closes_on=in_days(20))
    week = client.get("/plan/").context["week"]
    assert not week.things
    FollowUp.objects.update(due_on=in_days(0))
    [thing] = client.get("/plan/").context["week"].things
    assert thing.why.startswith("A short note")
    packet = client.get("/plan/packet/?part=summary").content.decode()
    assert "Gaps to close" not in packet
    done = re.search(r'name="done_on" value="(\d{4}-\d\d-\d\d)"', client.get("/plan/").content.decode())[1]
    change(client, FollowUp.objects.get(), {"done_on": ""}, done_on=done)
    assert FollowUp.objects.get().done_on == timezone.localdate()
