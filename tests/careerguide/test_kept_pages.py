"""A page that answers a form is kept for an hour at an address of its own: for the browser that sent it, and locked."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from careerguide import backups, jobs, kept_pages
from careerguide.models import KeptPage

pytestmark = pytest.mark.django_db
ADDRESS = "/guides/bookbinder/toolkit/cover-letter/write/"
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def reader(client, guide):
    """A reader's browser, which has opened the form."""
    client.get(ADDRESS)
    return client


def send(client, address=ADDRESS, **fields):
    return client.post(address, fields or {"name": "Zoë Łódź", "body": "I shelve."}, headers=PAGE)


def test_the_answer_is_given_back_at_its_address_and_says_so(reader):
    response = send(reader)
    assert response.status_code == 303
    assert re.fullmatch(rf"{ADDRESS}\?kept=[\w-]{{22}}", response["Location"])
    assert "no-store" in response["Cache-Control"]
    for _time in range(2):
        page = reader.get(response["Location"])
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert "Zoë Łódź" in page.content.decode()
        assert "Delete what I typed" in page.content.decode()
    row = KeptPage.objects.get()
    assert "Łódź".encode() not in bytes(row.content), "it is locked"
    assert response["Location"][-22:] not in str(KeptPage.objects.values()), "nobody who has the database opens it"


def test_what_is_to_be_mended_and_what_an_address_holds_come_the_same_way(reader):
    reader.get("/plan/notes/add/?back=board")
    response = send(reader, "/plan/notes/abcdefghijkl/?back=board", new="yes", **{"text": "", "was-text": ""})
    assert response.status_code == 303
    assert response["Location"].startswith("/plan/notes/abcdefghijkl/?back=board&kept=")
    assert "data-error-summary" in reader.get(response["Location"]).content.decode()


def test_scripts_and_programs_get_the_answer_itself(reader):
    assert reader.post(ADDRESS, {"name": "A"}).status_code == 200
    assert reader.post(ADDRESS, {"name": "A"}, headers={"HX-Request": "true"} | PAGE).status_code == 200
    assert reader.post(ADDRESS, {"do": "txt"}, headers=PAGE)["Content-Disposition"]
    assert not KeptPage.objects.exists()


def test_it_opens_for_nobody_else_nowhere_else_and_not_after_an_hour(reader):
    address = send(reader)["Location"]
    stranger = Client()
    stranger.get(ADDRESS)
    elsewhere = address.replace("cover-letter", "job-description")
    for client, wrong in [(stranger, address), (Client(), address), (reader, elsewhere), (reader, f"{address}x")]:
        page = client.get(wrong)
        assert page.status_code == 410
        assert "Łódź" not in page.content.decode()
        assert "no-store" in page["Cache-Control"]
    KeptPage.objects.update(kept_at=timezone.now() - kept_pages.KEPT_FOR - timedelta(seconds=1))
    gone = reader.get(address)
    assert (gone.status_code, f'href="{ADDRESS}"' in gone.content.decode()) == (410, True)
    assert kept_pages.is_any_old()
    assert jobs.forget_kept_pages() == "1 page deleted."
    assert (kept_pages.is_any_old(), KeptPage.objects.count()) == (False, 0)


def test_a_button_deletes_what_the_browser_has(reader, guide):
    addresses = [send(reader)["Location"] for _time in range(2)]
    stranger = Client()
    stranger.get(ADDRESS)
    theirs = send(stranger)["Location"]
    assert "2 pages are kept for this browser." in reader.get("/kept-pages/").content.decode()
    done = reader.post("/kept-pages/", follow=True)
    assert "Nothing is kept for this browser now." in done.content.decode()
    assert [reader.get(address).status_code for address in addresses] == [410, 410]
    assert stranger.get(theirs).status_code == 200


def test_there_are_limits_and_beyond_them_the_answer_is_shown(reader, monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_OF_A_BROWSER", 2)
    addresses = [send(reader)["Location"] for _time in range(3)]
    assert [reader.get(address).status_code for address in addresses] == [410, 200, 200]
    for name, limit in [("LARGEST", 10), ("MOST_BYTES", 10), ("LIMIT", kept_pages.Limit("kept-page", 0, 3600))]:
        with monkeypatch.context() as patch:
            patch.setattr(kept_pages, name, limit)
            assert send(reader).status_code == 200, name
    assert KeptPage.objects.count() == 2


def test_no_backup_has_it():
    assert KeptPage._meta.db_table in backups.left_out()
    assert KeptPage._meta.db_table in connection.introspection.table_names()
