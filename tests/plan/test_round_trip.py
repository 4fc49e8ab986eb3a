"""A plan goes out as a file and comes back in: whatever it holds, up to every limit, and over whatever is there."""

import csv
import io
import json
from collections import Counter
from copy import copy
from dataclasses import astuple
from datetime import datetime

import pytest
import vobject
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import DateField, IntegerField
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from guides.plan import calendars, item_types, keys, merging, plan_file, room, validators
from guides.plan.merging import OnConflict
from guides.plan.models import Note, Plan, SavedStep
from guides.plan.views.overview import safe_cell

from . import strategies
from .conftest import address, change, new, open_plan

quick = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=set(Phase) - {Phase.explain}
)
ITEM = {"id": "abcdefgh2345"}


@pytest.fixture
def undone(db):
    """For what runs many times in one test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def new_plan():
    return Plan.objects.create(key_hash=keys.hashed(keys.new_key()))


def filled(*items):
    """Return a new plan that holds copies of `items`."""
    plan = new_plan()
    for item in map(copy, items):
        item.plan = plan
        item.save()
    return plan


def says(item):
    """What an item says, without its name and time."""
    return tuple(getattr(item, name) for name in item.item_type.fields)


def upload(client, raw, **fields):
    return client.post("/plan/import/", {"file": SimpleUploadedFile("plan.json", raw), **fields}, follow=True)


def page(response):
    return " ".join(response.content.decode().split())


@quick
@given(strategies.kinds)
def test_what_export_writes_import_takes_and_export_gives_it_again(undone, kind):
    item_type, items = kind
    plan, other = filled(*items), new_plan()
    raw = plan_file.dump(plan)
    assert len(raw) <= room.file_size(room.used(plan))
    taken = merging.take_in(other, plan_file.read(raw))
    assert plan_file.dump(other) == raw
    assert taken[item_type].added == len(items)


@quick
@given(strategies.kinds, st.sampled_from(OnConflict), st.data())
def test_a_file_over_a_plan_loses_nothing_and_is_told_truly(undone, kind, way, data):
    """The file has items of its own, some of the plan's as they are, some changed, and some twice."""
    item_type, own = kind
    came = data.draw(strategies.several(item_type))
    for item in own:
        changed = [copy(other) for other in data.draw(st.lists(strategies.item(item_type), max_size=2))]
        for other in changed:
            for name in {"slug", *item_type.once}:
                setattr(other, name, getattr(item, name))
        came += data.draw(st.permutations([*changed, copy(item)]))[: data.draw(st.integers(0, 3))]
    plan = filled(*own)
    told = merging.take_in(plan, {item_type: [copy(item) for item in came]}, way)[item_type]
    here, was, sent = Counter(map(says, item_type.of_plan(plan))), Counter(map(says, own)), Counter(map(says, came))
    *counts, stayed = astuple(told)
    assert sum(counts) - told.removed == len(came)
    assert told.removed == (len(own) if way == OnConflict.INSTEAD else 0)
    assert here.total() == len(own) - told.removed + told.added + told.beside
    assert (was - here).total() <= told.removed + told.replaced + told.filled
    assert len(set(sent) - set(here)) <= told.stayed + told.twice + told.same + told.filled
    assert set(stayed) <= {item.slug for item in item_type.of_plan(plan)}
    assert bool(stayed) >= bool(told.stayed)
    if way == OnConflict.BOTH:
        assert told.replaced == 0
        assert item_type.once != ("slug",) or not (was - here or set(sent) - set(here))


def at_most(item_type, plan):
    """As many items as `plan` takes of that kind, each different, with texts of a few signs."""
    fields = [item_type.model._meta.get_field(name) for name in item_type.fields]
    for number in range(item_type.most):
        given = {field.name: f"x{number}" for field in fields}
        given |= {field.name: field.choices[0][0] for field in fields if field.choices}
        given |= {field.name: "2199-12-31" for field in fields if isinstance(field, DateField)}
        given |= {field.name: number % 100 for field in fields if isinstance(field, IntegerField)}
        given |= {"link": f"https://x/{number}", "content": "[]", "application": validators.new_slug()}
        given |= {"interview": validators.new_slug(), "at": "10:30"}
        if item_type.slug == "comments":
            given |= {"about": f"notes-{validators.new_slug()}"}
        yield item_type.model(plan=plan, **{field.name: given[field.name] for field in fields})


def fill_up(plan, content):
    """Give every document of the plan that content until it takes no more."""
    for document in item_types.all_types()["documents"].of_plan(plan):
        with room.changing(plan):
            document.content = content
            document.save()


def test_the_largest_plan_goes_out_and_comes_back_in(client, plan):
    """Every kind to its number, notes to their length, and documents until the plan takes no more."""
    for item_type in item_types.all_types().values():
        item_type.model.objects.bulk_create(at_most(item_type, plan))
    # Signs that take most bytes, and such as are escaped, and escaped once more where they are escaped already.
    Note.objects.update(text="😀" * 5000)
    with pytest.raises(ValidationError, match="at most 8 MB"):
        fill_up(plan, json.dumps([["body", '"' * 15_000]]))
    raw = client.get("/plan/plan.json").content
    assert 0.95 * room.MOST_BYTES < len(raw) <= room.file_size(room.used(plan)) <= room.MOST_BYTES
    other = Client()
    assert "All that your file holds is in the plan." in page(upload(other, raw))
    assert other.get("/plan/plan.json").content == raw
    # What is full takes no more, by whatever way, but it can be made less.
    for kind, values in [("notes", {"text": "one more"}), ("dates", {"name": "x", "on": "2027-01-01"})]:
        assert "at most 200" in page(client.post(address(kind), new(kind, **values)))
    refused = upload(client, json.dumps({"format": 1, "notes": [ITEM | {"text": "one more"}]}).encode())
    assert refused.status_code == 422
    assert "at most 200" in page(refused)
    note = Note.objects.filter(plan=plan).first()
    assert change(client, note, {"text": note.text}, text="less").status_code == 302
    assert client.get("/plan/plan.json").content != raw


def test_a_full_plan_can_be_made_less_and_not_more(client, plan, monkeypatch):
    note = Note.objects.create(plan=plan, text="x" * 4_000)
    monkeypatch.setattr(room, "MOST_BYTES", 3_000)
    assert "as much as its file" in page(change(client, note, {"text": note.text}, text="x" * 4_001))
    assert "as much as its file" in page(client.post(address("notes"), new("notes", text="x")))
    assert change(client, note, {"text": note.text}, text="x" * 3_999).status_code == 302
    assert Note.objects.get().text == "x" * 3_999


def test_a_file_that_makes_a_plan_too_full_makes_none(db, monkeypatch):
    monkeypatch.setattr(room, "MOST_BYTES", 1_100)
    client = Client()
    raw = json.dumps({"format": 1, "notes": [ITEM | {"text": "x" * 100}]}).encode()
    assert "as much as its file" in page(upload(client, raw))
    assert "plan" not in client.cookies
    assert not Plan.objects.exists()


def notes(*pairs):
    return json.dumps({"format": 1, "notes": [{"id": slug, "text": text} for slug, text in pairs]}).encode()


A, B = "abcdefgh2345", "abcdefgh2346"


def test_two_notes_with_one_id_both_come_in(client, plan):
    told = page(upload(client, notes((A, "one"), (A, "two"), (A, "one"))))
    assert [note.text for note in Note.objects.order_by("pk")] == ["one", "two"]
    assert "Notes:</b> 2 added, 1 stood in the file a second time and was left out." in told
    assert "All that your file holds" not in told


WAYS = [
    ("", ["mine", "theirs"], "1 differed from what was there and stands beside it now"),
    ("both", ["mine", "theirs"], "1 differed from what was there and stands beside it now"),
    (
        "mine",
        ["mine"],
        "1 differed from your own and was left out. These stayed as your plan has them: <ul><li>mine</li></ul>",
    ),
    ("file", ["theirs"], "1 of your own gave way to the file’s"),
    ("instead", ["theirs"], "1 was deleted first, 1 added"),
]


@pytest.mark.parametrize(("way", "stands", "said"), WAYS)
def test_a_note_of_which_the_file_says_otherwise(client, plan, way, stands, said):
    Note.objects.create(plan=plan, slug=A, text="mine")
    told = page(upload(client, notes((A, "theirs")), way=way))
    assert [note.text for note in Note.objects.order_by("pk")] == stands
    assert said in told
    assert ("left out" in told) == (way == "mine")


@pytest.mark.parametrize(
    ("mine", "theirs", "stands", "said"),
    [
        ({}, {"done_on": "2026-11-01"}, {"done_on": "2026-11-01"}, "1 of your own got a date that it lacked"),
        ({"done_on": "2026-11-01"}, {}, {"done_on": "2026-11-01"}, "1 was there already"),
        ({"due_on": "2027-01-01"}, {"due_on": "2027-02-02"}, {"due_on": "2027-01-01"}, "1 differed from your own"),
    ],
)
def test_a_step_is_in_a_plan_once_and_takes_the_dates_it_lacks(client, plan, mine, theirs, stands, said):
    step = {"guide": "bookbinder", "step": "step-0", "name": "Sew"}
    SavedStep.objects.create(plan=plan, **step, **mine)
    raw = json.dumps({"format": 1, "steps": [{"id": A, **step, **theirs}]}).encode()
    assert said in page(upload(client, raw))
    stored = SavedStep.objects.values("due_on", "done_on").get()
    assert {name: str(day) for name, day in stored.items() if day} == stands


def test_what_is_told_of_a_file_is_told_to_its_plan_alone(client, plan):
    address = upload(client, notes((A, "one"))).redirect_chain[-1][0]
    assert client.get(address).status_code == 200
    assert client.get(f"{address}x").status_code == 400
    assert client.get("/plan/imported/").status_code == 400
    other = Client()
    open_plan(other)
    assert other.get(address).status_code == 400
    assert Client().get(address)["Location"] == "/plan/"
    Note.objects.all().delete()
    assert client.get(address).status_code == 200


def test_an_empty_file_says_so(client, plan):
    assert "holds nothing" in page(upload(client, b'{"format": 1}'))


@quick
@given(strategies.kinds)
def test_calendar_programs_read_every_date_as_it_was_written(undone, kind):
    """Two libraries that are not the one that writes it, or that know nothing of how it was written."""
    _item_type, items = kind
    plan = filled(*items)
    dates = item_types.all_dates(item_types.all_items(plan))
    raw = calendars.calendar(dates)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    # Of a text that begins with the unseen mark at the start of files, the library that writes them drops that.
    written = Counter((dated.text.removeprefix("\ufeff"), moment(dated)) for dated in dates)
    for events in (vobject.readOne(raw.decode()).contents.get("vevent", []), Calendar.from_ical(raw).walk("VEVENT")):
        assert Counter(map(event_of, events)) == written


def moment(dated):
    """The day, or the hour where that is known."""
    return dated.on if dated.at is None else datetime.combine(dated.on, dated.at)


def event_of(event):
    """The words and the day of an event, as vobject or as icalendar has read it."""
    if isinstance(event, Event):
        return str(event["summary"]), event["dtstart"].dt
    return event.summary.value, event.dtstart.value


@quick
@given(
    st.lists(
        strategies.item(item_types.all_types()["applications"]), min_size=1, max_size=3, unique_by=lambda one: one.slug
    )
)
def test_spreadsheets_read_every_cell_of_the_record(undone, items):
    plan, client = filled(*items), Client()
    key = keys.new_key()
    Plan.objects.filter(pk=plan.pk).update(key_hash=keys.hashed(key))
    client.cookies["plan"] = key
    rows = list(csv.reader(io.StringIO(client.get("/plan/record.csv").content.decode("utf-8-sig"), newline="")))
    done = [dated for item in items for dated in item.dates() if dated.evidence and dated.on <= timezone.localdate()]
    assert len(rows) == 1 + len(done)
    cells = Counter((row[0], row[2], row[3]) for row in rows[1:])
    assert cells == Counter(
        (str(dated.on), safe_cell(dated.item.post), safe_cell(dated.item.employer)) for dated in done
    )
