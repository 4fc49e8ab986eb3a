"""The pages that answer: quoted as it stands, the same for everyone, nothing kept; and whatever an address may hold."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches

from guides.models import Point, Report, Section
from guides.publishing import editions

ASK = "/guides/bookbinder/ask/"


def says(client, query, address=ASK):
    response = client.get(address, {"q": query})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def told(guide):
    """The small guide with a section that says something of its own."""
    section = Section.objects.get(guide=guide, slug="steps")
    Point.objects.create(
        section=Section.objects.create(
            guide=guide,
            slug="hours-and-benefits",
            heading="Hours",
            kind="points",
            summary="By day, mostly.",
            position=90,
        ),
        label="Weekends",
        text="Binders rest on Sunday. They work every other Saturday until noon.",
    )
    editions.publish(editions.save(guide))
    return section


def test_an_answer_quotes_marks_and_links(client, told):
    page = says(client, "do you work saturdays")
    assert '<a href="/guides/bookbinder/hours-and-benefits/">Hours</a>' in page
    assert "<mark>They work every other Saturday until noon.</mark>" in page
    assert "Binders rest on Sunday." in page
    assert "The guide’s own words, as published on" in page


def test_what_is_not_said_is_refused_with_a_way_on(client, told):
    page = says(client, "may i bring my dachshund to the office")
    assert "This guide does not say." in page
    assert "<blockquote" not in page
    for address in ("/ask/?q=may", "/search/?q=may", "/guides/"):
        assert f'href="{address}' in page


def test_danger_gets_a_line_and_no_search(client, told):
    for question in ("i want to kill myself over this job search", "my husband beats me, can i work saturdays"):
        page = says(client, question, "/ask/")
        assert "988" in page
        assert "<blockquote" not in page
        assert "does not say" not in page
    assert "800-799-7233" in page


def test_questions_of_the_person_say_whom_to_ask(client, told):
    page = says(client, "can i work saturdays with a felony")
    assert "eeoc.gov" in page
    assert "read on November 28, 2026" in page


def test_nothing_asked_is_kept_or_logged(client, told, caplog, django_assert_max_num_queries):
    with caplog.at_level(logging.DEBUG), django_assert_max_num_queries(12) as queries:
        response = client.get("/ask/", {"q": "do binders have zebrafish on saturdays"})
    assert response.status_code == 200
    assert not response.cookies
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "zebrafish" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
    assert not Session.objects.exists()
    assert not Report.objects.exists()
    assert caches["default"].get("zebrafish") is None


@pytest.mark.parametrize("address", ["/ask/", "/guides/bookbinder/ask/"])
@pytest.mark.parametrize(
    "query", ["", "   ", "?", "the of", "\0", "a\u202eb", "😀 😀", "' OR 1=1 --", "{{ 7 }}", "x" * 300]
)
def test_anything_may_be_asked(client, guide, address, query):
    response = client.get(address, {"q": query})
    assert response.status_code in (200, 400)
    assert b"<html" in response.content


def test_what_is_too_long_is_said(client, guide):
    response = client.get(ASK, {"q": "why " * 100})
    assert response.status_code == 400
    assert "at most 300 characters" in response.content.decode()


def test_what_is_typed_is_escaped(client, guide):
    page = says(client, '<script>alert("1")</script> saturdays')
    assert "<script>alert" not in page


def test_editors_are_told_without_the_words_unless_agreed(client, guide):
    address = "/ask/missing/?guide=bookbinder&section=steps&q=dogs+at+work"
    assert "dogs at work" in client.get(address).content.decode()
    response = client.post(address, {"words": "dogs at work"})
    assert response["Location"] == "/report/thanks/?guide=bookbinder&section=steps"
    assert "dogs" not in Report.objects.get().text
    client.post(address, {"words": "dogs at work", "agreed": "on"})
    assert "dogs at work" in Report.objects.latest("pk").text
    client.post(address, {"words": "spam", "agreed": "on", "website": "x"})
    assert Report.objects.count() == 2
    assert client.get("/ask/missing/?guide=bookbinder").status_code == 400
    assert client.get("/ask/missing/?guide=bookbinder&section=nowhere").status_code == 404


def test_every_way_in(client, guide):
    assert f'href="{ASK}"' in client.get("/guides/bookbinder/").content.decode()
    assert 'href="/ask/?q=how%20do%20i%20become%20a%20bookbinder"' in says(
        client, "how do i become a bookbinder", "/search/"
    )
    assert "/ask/?q=bookbinder" not in says(client, "bookbinder", "/search/")
    assert client.get("/guides/no-such-guide/ask/").status_code == 404
    assert client.get("/occupations/no-such-job/ask/").status_code == 404
