"""Editors' screens for feeds: adding one, a look at what it lists, turning it on, fetching it, and what is wrong."""

import pytest
from django.test import Client

from guides.openings.models import Feed, Posting
from tests.addresses import make_account
from tests.guides import desk

from .feeds import item, library_job, neogov, rss

pytestmark = pytest.mark.django_db

ADD, LIST = "/admin/openings/feed/add/", "/admin/openings/feed/"


@pytest.fixture
def clients():
    found = {}
    for name, group in [("editor", "Editors"), ("publisher", "Publishers")]:
        found[name] = Client()
        found[name].force_login(make_account(name, group))
    return found


def change(client, feed, **values):
    """Save the feed's form as it stands, with other values."""
    address = f"{LIST}{feed.pk}/change/"
    fields = desk.fields(client.get(address))
    sent = {name: value for name, value in (fields | values).items() if value is not None}
    return client.post(address, sent)


def fetch(client, feed):
    return client.post(f"{LIST}{feed.pk}/fetch/", follow=True).content.decode()


def test_from_an_address_to_postings(feeds, clients):
    editor, publisher = clients["editor"], clients["publisher"]
    feeds.put("/jobs.rss", neogov(library_job(), library_job(jobId="2", title="<b>Page</b>")))
    typed = {"name": "City of Columbus", "address": f"{feeds.url}/jobs.rss", "terms": "Free to show, says its page.",
             "is_on": "on"}  # fmt: skip
    assert editor.post(ADD, typed | {"terms": "Free."}).status_code == 200
    assert editor.post(ADD, typed).status_code == 302
    feed = Feed.objects.get()
    # An editor adds it and looks at it; only who may publish turns it on.
    assert not feed.is_on
    assert "Off: readers see nothing of it." in editor.get(LIST).content.decode()
    looked = fetch(editor, feed)
    assert "It was recognized as NEOGOV" in looked
    assert "It lists 2 postings." in looked
    assert "&lt;b&gt;" not in looked
    assert not Posting.objects.exists()
    change(editor, feed, is_on="on")
    assert not Feed.objects.get().is_on
    assert change(publisher, feed, is_on="on").status_code == 302
    assert "On; not fetched yet." in editor.get(LIST).content.decode()
    assert "Fetched: 2 postings." in fetch(editor, feed)
    assert "Works: read last on" in editor.get(LIST).content.decode()
    # What readers see is changed by publishers alone.
    change(editor, feed, address=f"{feeds.url}/other.rss")
    assert Feed.objects.get().address == f"{feeds.url}/jobs.rss"
    assert editor.post(f"{LIST}{feed.pk}/delete/", {"post": "yes"}).status_code == 403
    change(publisher, feed, is_on=None)
    assert not Posting.objects.open().exists()
    assert publisher.post(f"{LIST}{feed.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Feed.objects.exists()


def test_another_address_begins_anew_and_deleting_takes_postings_away(feeds, clients):
    publisher = clients["publisher"]
    feed = feeds.feed("/jobs.rss", rss(item("Page")))
    feeds.put("/other.rss", rss(item("Clerk")))
    fetch(publisher, feed)
    change(publisher, feed, address=f"{feeds.url}/other.rss")
    assert not Posting.objects.open().exists()
    fetch(publisher, feed)
    assert Posting.objects.open().get().title == "Clerk"
    publisher.post(f"{LIST}{feed.pk}/delete/", {"post": "yes"})
    assert not Posting.objects.open().exists()


def test_editors_see_what_is_wrong(feeds, clients):
    editor = clients["editor"]
    feed = feeds.feed("/jobs", "<!doctype html><title>Jobs</title>")
    assert "It did not work. It is a page for people" in fetch(editor, feed)
    front = editor.get("/admin/").content.decode()
    assert "feed of openings does not work" not in front
    fetch(editor, feed)
    assert "Failed 2 times in a row: It is a page for people" in editor.get(LIST).content.decode()
    assert "1 feed of openings does not work." in editor.get("/admin/").content.decode()
    off = feeds.feed("/nothing", on=False)
    feeds.answers.pop("/nothing")
    assert "There is nothing at this address (status 404)" in fetch(editor, off)
    assert editor.get(f"{LIST}{feed.pk}/fetch/").status_code == 405
