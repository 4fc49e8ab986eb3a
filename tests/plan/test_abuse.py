"""Bad input and abuse: clear answers, nothing half-saved, nothing left lying about."""

import json
import logging
import tempfile
from datetime import date

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from guides.plan.item_types import all_types
from guides.plan.models import Application, Note, Plan, SavedStep

from .conftest import address, make_application, new

NOTE = address("notes")
FIRST = {"post": "Binder", "employer": "Hill College", "status": "saved"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 5001, "under 5000 characters"),
        ("x" * 1_000_000, "under 5000 characters"),
        ("bell \x07", "control character"),
        ("escape \x1b[31m", "control character"),
        ("c1 \x9b31m", "control character"),
        ("", "cannot stay empty"),
        ("   ", "cannot stay empty"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_and_shown_again(client, plan, text, why):
    response = client.post(NOTE, new("notes", text=text))
    assert response.status_code == 422
    assert why in response.content.decode()
    assert not Note.objects.exists()
    if len(text) > 100:
        assert text in response.content.decode()


def test_nul_is_refused(client, plan):
    assert client.post(NOTE, new("notes", text="a\0b")).status_code == 422


def test_a_body_of_3_mb_is_refused(client, plan):
    assert client.post(NOTE, new("notes", text="x" * 3_000_000)).status_code == 413
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"link": "javascript:alert(1)"},
        {"link": "https://a b"},
        {"link": 'https://a"onclick='},
        {"link": "x" * 600},
        {"status": "hired"},
        {"post": ""},
        {"post": "two\nlines"},
        {"post": "x" * 121},
        {"applied_on": "31 January"},
        {"applied_on": "0001-01-01"},
        {"applied_on": "9999-12-31"},
        {"documents": "x" * 1001},
    ],
)
def test_an_application_that_cannot_be_kept_is_refused_and_shown_again(client, plan, wrong):
    response = client.post(address("applications"), new("applications", **FIRST | wrong))
    assert response.status_code == 422
    assert b"Please fix this first" in response.content
    assert b"Hill College" in response.content
    assert not Application.objects.exists()


def test_what_is_typed_is_shown_as_text(client, plan):
    client.post(address("applications"), new("applications", **FIRST | {"employer": '"><img src=x onerror=alert(1)>'}))
    for page in ["/plan/", "/plan/applications/", "/plan/applications/?view=table", "/plan/packet/?part=plan&part=log"]:
        assert b"<img src=x" not in client.get(page).content


def test_a_note_about_scripts_is_kept_and_shown_as_text(client, plan):
    text = "Learn: <script>alert(1)</script> and </ SCRIPT>"
    assert client.post(NOTE, new("notes", text=text)).status_code == 302
    assert Note.objects.get().text == text
    for page in ["/plan/", "/plan/packet/?part=plan", Note.objects.get().get_absolute_url()]:
        html = client.get(page).content
        assert b"&lt;script&gt;alert(1)" in html
        assert b"<script>alert" not in html


def test_a_plan_takes_500_applications_and_says_so(client, plan):
    Application.objects.bulk_create(
        Application(plan=plan, post=f"Post {number}", employer="Hill College") for number in range(500)
    )
    response = client.post(address("applications"), new("applications", **FIRST))
    assert response.status_code == 422
    assert b"at most 500" in response.content
    assert Application.objects.count() == 500


def test_pages_cost_the_same_queries_however_full(client, plan, guide, django_assert_max_num_queries):
    for number in range(120):
        make_application(plan, post=f"Post {number}", applied_on=date(2026, 1 + number % 10, 1))
        SavedStep.objects.create(plan=plan, guide="bookbinder", step=f"step-{number}", name="Step")
    for page in ["/plan/", "/plan/applications/", "/plan/applications/?view=table", "/plan/record/", "/plan/packet/"]:
        with django_assert_max_num_queries(6 + len(all_types())):
            assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "record/?month=2026-13",
        "record/?month=x",
        "applications/?view=x",
        "applications/?page=0",
        "?notice=x",
        "packet/?guide=%3C",
    ],
)
def test_queries_that_no_page_links_to_are_refused(client, plan, query):
    assert client.get(f"/plan/{query}").status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, plan, method):
    for page in ["/plan/", "/plan/save/", "/plan/delete/", "/plan/return/", "/plan/import/"]:
        assert getattr(client, method)(page).status_code == 405


def test_changes_need_the_token(plan, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    item = make_application(plan)
    for page in [
        item.get_absolute_url(),
        f"{item.get_absolute_url()}delete/",
        "/plan/delete/",
        "/plan/leave/",
        "/plan/import/",
    ]:
        assert strict.post(page, {}).status_code == 403
    assert Plan.objects.exists()


CANARY = "canary-7f3a9c"


def test_a_canary_in_the_notes_is_in_no_log_url_cache_or_temporary_file(
    client, plan, guide, tmp_path, monkeypatch, caplog, capfd
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    addresses = []

    def send(page, data=None, **options):
        response = client.post(page, data, **options) if data is not None else client.get(page)
        addresses.append(response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"])
        addresses.append(response.get("Location", ""))
        return response

    send(NOTE, new("notes", text=f"note {CANARY}"))
    send(NOTE, {"was-text": "stale", "text": f"clash {CANARY}"})
    send(NOTE, new("notes", text=f"{CANARY} \x07"))
    send(
        address("applications"), new("applications", **FIRST | {"note": CANARY, "employer": CANARY, "contact": CANARY})
    )
    send(address("dates"), new("dates", name=CANARY, on="2026-12-01"))
    for page in [
        "",
        "applications/",
        "applications/?view=table",
        "record/",
        "record.csv",
        "calendar.ics",
        "plan.json",
        "packet/",
    ]:
        send(f"/plan/{page}")
    exported = send("/plan/plan.json").content
    assert CANARY.encode() in exported
    send("/plan/import/", {"file": SimpleUploadedFile("plan.json", exported), "way": "instead"})
    broken = json.loads(exported) | {"surprise": CANARY}
    send("/plan/import/", {"file": SimpleUploadedFile(f"{CANARY}.json", json.dumps(broken).encode())})
    send("/plan/import/", {"file": SimpleUploadedFile("big.json", CANARY.encode() * 700_000)})
    send("/guides/bookbinder/")

    output = capfd.readouterr()
    # Django's own log of queries is written under DEBUG alone; pytest's handler sees it all the same.
    logged = [record for record in caplog.records if record.name != "django.db.backends"]
    assert CANARY not in "".join(f"{record.getMessage()} {record.args}" for record in logged)
    assert CANARY not in output.out + output.err
    assert not [where for where in addresses if CANARY in where]
    assert CANARY not in str([vars(cache) for cache in caches.all()])
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def test_deleting_leaves_no_row(client, plan, guide):
    client.post("/plan/save/?guide=bookbinder", {"steps": "on"})
    make_application(plan)
    Note.objects.create(plan=plan, text="first")
    response = client.post("/plan/delete/", follow=True)
    assert b"Your plan is deleted" in response.content
    assert client.cookies["plan"].value == ""
    assert not Plan.objects.exists()
    assert not any(item_type.model.objects.exists() for item_type in all_types().values())
