"""Taking a plan along: calendar, record, export and import, packet, expiry."""

import csv
import io
import json
import re
from datetime import date, timedelta
from itertools import product

import jsonschema
import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guides import registry
from guides.models import Guide
from guides.plan import item_types, plan_file
from guides.plan.models import Application, Event, Note, Plan, SavedGuide, SavedStep
from guides.plan.views.overview import safe_cell
from guides.registry import jobs

from .conftest import make_application


@pytest.fixture
def full(plan):
    """A plan with something of every kind."""
    SavedGuide.objects.create(plan=plan, guide="bookbinder", name="Bookbinder")
    SavedStep.objects.create(plan=plan, guide="bookbinder", step="step-0", name="Sew", done_on="2026-11-01")
    SavedStep.objects.create(plan=plan, guide="bookbinder", step="step-1", name="Glue", due_on="2027-01-31")
    make_application(plan, status="applied", applied_on="2026-10-05", documents="resume\nletter", note='a, b; "c"\nd')
    make_application(
        plan, post="=1+1", employer="@Café", status="interview", applied_on="2026-09-01", interview_on="2026-11-02"
    )
    Note.objects.create(plan=plan, text="Umlauts: äöü\n\n☂")
    Event.objects.create(plan=plan, on="2027-02-01", name="Course, part 1; room 2\\3")
    return plan


def upload(client, content, **fields):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post("/plan/import/", {"file": SimpleUploadedFile("plan.json", raw), **fields})


def exported(client):
    return json.loads(client.get("/plan/plan.json").content)


def test_the_calendar_is_read_by_another_library(client, full):
    response = client.get("/plan/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = vobject.readOne(response.content.decode()).vevent_list
    dated = {(event.summary.value, event.dtstart.value.isoformat()) for event in events}
    assert ("Glue", "2027-01-31") in dated
    assert ("Course, part 1; room 2\\3", "2027-02-01") in dated
    assert ("Interview: =1+1, @Café", "2026-11-02") in dated
    assert len({event.uid.value for event in events}) == len(events) == 6
    assert all(event.dtend.value - event.dtstart.value == timedelta(days=1) for event in events)


def test_export_then_import_gives_an_equal_plan(client, full):
    other = Client()
    assert upload(other, client.get("/plan/plan.json").content).status_code == 302
    assert exported(other) == exported(client)
    assert Plan.objects.count() == 2


def test_the_export_follows_the_published_schema(client, full):
    schema = client.get("/plan/schema.json").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    plan = exported(client)
    jsonschema.validate(plan, schema, jsonschema.Draft202012Validator)
    assert plan["$schema"] == schema["$id"]
    assert set(schema["properties"]) == {"$schema", "format", *item_types.all_types()}


def test_whatever_names_a_guide_takes_its_whole_address():
    longest = Guide._meta.get_field("slug").max_length
    named = {
        each.slug: each.model._meta.get_field("guide") for each in item_types.all_types().values() if has_guide(each)
    }
    assert {slug: field.max_length for slug, field in named.items()} == dict.fromkeys(named, longest)
    assert {"guides", "steps", "practice"} <= set(named)


def has_guide(item_type):
    return any(field.name == "guide" for field in item_type.model._meta.fields)


def test_the_schema_is_public_and_the_same_for_everyone(client, full):
    assert client.get("/plan/schema.json").content == Client().get("/plan/schema.json").content
    assert "public" in client.get("/plan/schema.json")["Cache-Control"]


def test_importing_can_replace_the_plan(client, full):
    before = exported(client)
    Note.objects.update(text="changed since")
    make_application(full)
    upload(client, before, way="instead")
    assert exported(client) == before


ITEM = {"id": "abcdefgh2345"}
BAD = [
    b"",
    b"not json",
    b"\xff\xfe",
    b"[" * 200_000,
    b"9" * 10_000,
    b"NaN",
    b"<script>alert(1)</script>",
    [],
    {},
    {"format": 2},
    {"format": 1, "surprise": []},
    {"format": 1, "notes": "text"},
    {"format": 1, "notes": [{"text": "no id"}]},
    {"format": 1, "notes": [{"id": "../../etc/pass", "text": "x"}]},
    {"format": 1, "notes": [ITEM | {"text": ""}]},
    {"format": 1, "notes": [ITEM | {"text": 1}]},
    {"format": 1, "notes": [ITEM | {"text": "x" * 5001}]},
    {"format": 1, "notes": [ITEM | {"text": "bell \x07"}]},
    {"format": 1, "notes": [ITEM | {"text": "nul \0"}]},
    {"format": 1, "notes": [ITEM | {"text": "half \ud800"}]},
    {"format": 1, "notes": [ITEM | {"text": "<script>\x07</script>"}]},
    {"format": 1, "notes": [ITEM | {"text": " \n"}]},
    b'{"format": 1, "notes": [], "notes": []}',
    b'{"format": 1, "notes": [{"id": "abcdefgh2345", "text": "one", "text": "two"}]}',
    {"format": 1, "notes": [ITEM | {"text": "x", "plan": 1}]},
    {"format": 1, "notes": [ITEM | {"text": "x", "added_at": "yesterday"}]},
    {"format": 1, "notes": [ITEM | {"text": "x", "added_at": "0001-01-01T00:00:00+14:00"}]},
    {"format": 1, "notes": [ITEM | {"text": "x", "added_at": "2026-02-31T00:00:00Z"}]},
    {"format": 1, "applications": [ITEM | {"post": "x", "employer": "y", "link": "javascript:alert(1)"}]},
    {"format": 1, "applications": [ITEM | {"post": "x", "employer": "y", "status": "hired"}]},
    {"format": 1, "applications": [ITEM | {"post": "x", "employer": "y", "applied_on": "2026-02-31"}]},
    {"format": 1, "applications": [ITEM | {"post": "x", "employer": "y", "applied_on": "9999-12-31"}]},
    {"format": 1, "applications": [ITEM | {"post": "x", "employer": "y", "id": f"{n:012}"} for n in range(10_000)]},
    {"format": 1, "guides": [ITEM | {"guide": "../admin", "name": "x"}]},
    {"format": 1, "notes": [ITEM | {"text": "good"}], "dates": [ITEM | {"on": "never", "name": "x"}]},
]


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_a_file_that_is_no_plan_is_refused_whole(client, full, content):
    before = exported(client)
    response = upload(client, content, way="instead")
    assert response.status_code == 422
    assert b"Please fix this first" in response.content
    assert b"<script>" not in response.content
    assert exported(client) == before
    assert upload(Client(), content).status_code == 422
    assert Plan.objects.count() == 1


def test_a_refusal_says_where_and_what_is_wrong(client, full):
    response = upload(client, {"format": 1, "applications": [ITEM | {"post": "x", "link": "x"}], "notes": [{"id": 5}]})
    page = response.content.decode()
    assert "applications &gt; 1: lacks what every entry has: employer." in page
    assert "applications &gt; 1 &gt; link: is no link" in page
    assert "notes &gt; 1: lacks what every entry has: text." in page
    assert "notes &gt; 1 &gt; id: is of the wrong type." in page
    assert "control character" not in page


def test_a_file_of_50_mb_is_refused(client, full):
    response = upload(client, b" " * 50_000_000)
    assert response.status_code == 422
    assert b"at most 8 MB" in response.content


def test_no_file_is_refused(client, full):
    assert client.post("/plan/import/").status_code == 422


def test_importing_into_a_full_plan_changes_nothing(client, plan):
    Note.objects.bulk_create(Note(plan=plan, text="x") for _ in range(200))
    assert upload(client, {"format": 1, "notes": [ITEM | {"text": "one more"}]}).status_code == 422
    assert Note.objects.count() == 200


def test_the_record_is_by_month_and_holds_what_was_done(client, full):
    future = timezone.localdate() + timedelta(days=40)
    make_application(full, post="Later", interview_on=future, closes_on=future)
    page = client.get("/plan/record/").content.decode()
    assert [month.slug for month in client.get("/plan/record/").context["months"]] == ["2026-11", "2026-10", "2026-09"]
    assert "Later" not in page
    october = client.get("/plan/record/?month=2026-10")
    assert [month.name for month in october.context["chosen"]] == ["October 2026"]


def test_the_record_as_csv_is_no_formula(client, full):
    rows = list(csv.reader(io.StringIO(client.get("/plan/record.csv").content.decode("utf-8-sig"))))
    assert [row[:4] for row in rows] == [
        ["Date", "What", "Job title", "Employer"],
        ["2026-09-01", "Applied", "'=1+1", "'@Café"],
        ["2026-10-05", "Applied", "Binder", "Hill College"],
        ["2026-11-02", "Interview", "'=1+1", "'@Café"],
    ]
    assert len(list(csv.reader(io.StringIO(client.get("/plan/record.csv?month=2026-10").content.decode())))) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\uff1d", "\uff20"])
def test_no_cell_begins_like_a_formula(start):
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_a_text_adds_no_line_to_the_calendar(client, plan):
    text = "Call\\nEND:VEVENT; BEGIN:VALARM, ATTACH:https://evil.example"
    make_application(plan, next_action=text, next_on="2027-01-31")
    lines = client.get("/plan/calendar.ics").content.replace(b"\r\n ", b"").split(b"\r\n")
    assert sum(line.startswith((b"ATTACH", b"BEGIN:VALARM")) for line in lines) == 0
    assert any(b"\\;" in line and b"\\," in line for line in lines)


def test_overdue_is_first(client, plan):
    today = timezone.localdate()
    make_application(plan, post="Later", next_on=today + timedelta(days=3))
    make_application(plan, post="Undated")
    make_application(plan, post="Overdue", status="applied", next_on=today - timedelta(days=3))
    make_application(plan, post="Closed", status="withdrawn", next_on=today - timedelta(days=9))
    SavedStep.objects.create(plan=plan, guide="x", step="y", name="Step", due_on=today - timedelta(days=1))
    Event.objects.create(plan=plan, on=today, name="Course")
    table = client.get("/plan/applications/?view=table").context["page"]
    assert [item.post for item in table] == ["Overdue", "Later", "Undated", "Closed"]
    # What nobody can move comes first, then what is overdue.
    week = client.get("/plan/").context["week"]
    assert [(thing.item.title, thing.is_overdue) for thing in week.things] == [
        ("Course", False),
        ("Overdue, Hill College", True),
        ("Step", True),
    ]
    assert week.more == 1


def test_the_packet_holds_guide_plan_and_log(client, guide, full):
    page = client.get("/plan/packet/?part=guide&part=plan&part=log").content.decode()
    for text in ["An introduction to", "Glue", "Umlauts", "Hill College", "Jan 31, 2027"]:
        assert text in page
    assert "data-plan=" not in page


def test_plans_that_nobody_opened_for_a_year_are_removed(full, db):
    old, kept = Plan.objects.create(key_hash="a"), Plan.objects.create(key_hash="b")
    Note.objects.create(plan=old, text="old")
    Plan.objects.filter(pk=old.pk).update(used_at=timezone.now() - timedelta(days=366))
    Plan.objects.filter(pk=kept.pk).update(used_at=timezone.now() - timedelta(days=364))
    assert jobs.registered()["expire_plans"].run() == "1 plan deleted."
    assert set(Plan.objects.all()) == {full, kept}
    assert not Note.objects.filter(text="old").exists()


def test_opening_a_plan_starts_its_year_anew_and_the_page_names_the_day(client, plan):
    Plan.objects.update(used_at=timezone.now() - timedelta(days=100))
    response = client.get("/plan/")
    plan.refresh_from_db()
    assert plan.used_at.date() == timezone.now().date()
    assert response.cookies["plan"]["max-age"] == 400 * 24 * 60 * 60
    day = plan.expires_on
    assert f"{day:%B} {day.day}, {day.year}" in response.content.decode()
    assert not client.get("/plan/").cookies.get("plan")


def test_every_kind_of_item_can_be_exported_and_has_a_schema(db):
    for item_type in item_types.all_types().values():
        assert set(item_type.form) <= set(item_type.fields), item_type.slug
        assert {"id", *item_type.fields} <= set(plan_file.schema._items(item_type)["items"]["properties"])


@pytest.fixture
def extras():
    """What another app adds to what a plan can hold."""
    extra = item_types.ItemType("extras", "plan.note", "Extras", "extra", ("text",), panel="plan/_notes.html")
    registry.add(registry.Extension("extras", plan_items=[extra]))
    yield extra
    registry.remove("extras")


@pytest.mark.usefixtures("extras")
def test_another_app_adds_what_a_plan_can_hold(client, plan):
    Note.objects.create(plan=plan, text="from another app")
    page = client.get("/plan/").content.decode()
    assert "Extras" in page
    assert exported(client)["extras"][0]["text"] == "from another app"
    assert "extras" in client.get("/plan/schema.json").json()["properties"]


def test_dates_of_an_application(plan):
    item = make_application(plan, status="offer", answered_on=date(2026, 11, 1), next_on=date(2026, 11, 9))
    assert [(dated.field, dated.evidence, dated.action) for dated in item.dates()] == [
        ("answered_on", "Offer", False),
        ("next_on", "", True),
    ]
    assert Application.objects.get().document_list() == []


def test_no_day_that_is_still_to_come_is_called_done_or_past(client, plan):
    day = timezone.localdate() + timedelta(days=5)
    names = ["closes_on", "applied_on", "interview_on", "answered_on", "next_on"]
    for status, name in product(Application.Status.values, names):
        make_application(plan, status=status, **{name: day})
    for address in [
        "/plan/",
        "/plan/packet/?part=plan&part=log",
        "/plan/applications/",
        "/plan/applications/?view=table",
    ]:
        page = client.get(address).content.decode()
        said = re.sub(r"<[^>]*>", "\n", page[page.index("<main") : page.index("</main>")]).split("\n")
        assert not {"done", "past", "overdue"} & {words.strip() for words in said}, address
        assert "in 5 days" in page, address


def test_a_closing_date_asks_for_nothing_once_the_application_is_sent(client, plan):
    today = timezone.localdate()
    make_application(plan, post="Sent", status="applied", closes_on=today + timedelta(days=5))
    make_application(plan, post="Missed", status="applied", closes_on=today - timedelta(days=5))
    make_application(plan, post="Open", closes_on=today + timedelta(days=5))
    page = client.get("/plan/")
    assert [thing.item.post for thing in page.context["week"].things] == ["Open"]
    assert [dated.item.post for dated in page.context["past"]] == ["Missed", "Sent"]
    assert "2 dates that ask for nothing more" in page.content.decode()
