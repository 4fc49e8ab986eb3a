"""Interview practice by its addresses: the sessions, the form, the plan, and who alone may open the microphone."""

import json
import re

import lxml.html
import pytest
from django.test import Client

from guides.practice.models import KeptSession
from guides.publishing import editions
from tests.addresses import Site, every_address
from tests.careerguide.test_access import QUERIES
from tests.toolkit.content import make_question

PRACTICE = "/guides/bookbinder/practice/"
WRITTEN = f"{PRACTICE}1/written/"


def html(response):
    return response.content.decode()


def questions_of(page):
    return re.findall(r'data-ask="([^"]+)"', page)


@pytest.fixture
def long_guide(guide):
    """A guide with 14 questions that they ask, of three kinds."""
    for position in range(3, 15):
        group = ["work", "work", "people", "situations"][position % 4]
        make_question(guide, position, group=group, question=f"What of glue {position}?")
    editions.publish(editions.save(guide))
    return guide


def test_sessions_of_five_differ_in_kind_and_hold_every_question(client, long_guide):
    seen, addresses = [], [PRACTICE, f"{PRACTICE}2/", f"{PRACTICE}3/"]
    for number, address in enumerate(addresses, start=1):
        response = client.get(address)
        page = html(response)
        slugs = questions_of(page)
        assert len(set(slugs)) == 5
        assert len(set(re.findall(r"Question \d of 5\s*·\s*([\w ]+?)\s*·", page))) >= 3
        seen += slugs
        following = PRACTICE if number == 3 else f"{PRACTICE}{number + 1}/"
        assert f'href="{following}">Another five' in page
        assert not response.cookies
        # The same bytes for everyone, whatever the address of the first session.
        assert html(Client().get(address)) == page
    assert len(set(seen)) == 14
    assert "ask-2" not in seen  # a question that one asks them
    assert [client.get(f"{PRACTICE}{number}/").status_code for number in (0, 4, 99)] == [404] * 3
    assert client.get("/guides/nobody/practice/").status_code == 404


def test_a_guide_with_nothing_that_they_ask_offers_no_practice(client, guide):
    assert PRACTICE in html(client.get("/guides/bookbinder/toolkit/interview/"))
    guide.interviewquestions.exclude(group="yours").delete()
    editions.publish(editions.save(guide))
    assert client.get(PRACTICE).status_code == 404
    assert PRACTICE not in html(client.get("/guides/bookbinder/toolkit/interview/"))


def test_the_form_counts_what_is_written_and_stores_nothing(client, guide, caplog, django_assert_num_queries):
    # Without a script the page that answers can be opened again: it and the page before it say for how long.
    assert all("for an hour in this browser" in html(client.get(address)) for address in (PRACTICE, WRITTEN))
    empty = client.post(WRITTEN, {"do": "count"})
    assert empty.status_code == 422
    assert "Answer at least one question" in html(empty)
    answer = (
        "When I worked at a shop, I bound 40 books. Um, I like pots. I would tell the mother what her son borrowed."
    )
    response = client.post(WRITTEN, {"answer.ask-0": answer, "do": "count"})
    page = html(response)
    assert "no-store" in response["Cache-Control"]
    assert not KeptSession.objects.exists()
    rows = counted(page)
    assert rows["words"] == ["23", "23"]  # of the session, and of the answer
    assert rows["aloud"] == ["0:11", "0:11"]
    assert rows["situation"] == ["When I worked"]
    assert rows["action"] == ["I bound"]
    assert rows["result"] == ["No words that sound like it"]
    assert rows["numbers"] == ["40", "40"]
    assert rows["voices"][0] == "I × 4; we × 0"
    assert rows["fillers"][0] == "um × 1"
    assert rows["weak"] == ["i like pots"]
    assert "You speak of telling what somebody borrowed" in page
    assert "State law differs" in page
    assert "You speak of your age" not in page
    assert "Love of glue." in page  # the guide's own answer stands beside it
    assert answer in page
    assert "borrowed" not in caplog.text


def counted(page):
    rows = {}
    for place in lxml.html.fromstring(page).xpath("//dd[@data-count]"):
        rows.setdefault(place.get("data-count"), []).append(place.text_content())
    return rows


def test_a_session_is_kept_in_the_plan_alone_and_with_answers_only_where_that_is_wanted(client, guide):
    sent = {"answer.ask-0": "I bound\r\nfour books.", "answer.ask-1": "We glue. I am 58.", "do": "keep"}
    assert client.post(WRITTEN, sent)["Location"] == "/plan/?notice=saved"
    assert client.post(WRITTEN, sent | {"with_answers": "on"}).status_code == 302
    counts, with_answers = KeptSession.objects.all()
    assert "Why glue 0?" in counts.text
    assert "I × 2; we × 1" in counts.text
    assert "four books" not in counts.text
    assert "You speak of your age" in counts.text
    assert "I bound\nfour books." in with_answers.text
    page = html(client.get("/plan/"))
    assert page.count("Interview practice: Bookbinder") >= 2
    assert PRACTICE in page
    # It leaves with the plan and comes back.
    exported = json.loads(client.get("/plan/plan.json").content)
    assert [each["text"] for each in exported["practice"]] == [counts.text, with_answers.text]


def test_bad_input_changes_nothing_and_is_given_back(client, guide):
    for wrong in ("x" * 5_001, "a\x00b", "a\x07b"):
        response = client.post(WRITTEN, {"answer.ask-0": wrong, "do": "keep"})
        assert response.status_code == 422
        assert "Why glue 0?" in html(response)
    assert "x" * 5_001 in html(client.post(WRITTEN, {"answer.ask-0": "x" * 5_001}))
    assert client.post(f"{PRACTICE}9/written/", {"answer.ask-0": "I."}).status_code == 404
    assert not KeptSession.objects.exists()


def test_one_view_alone_opens_the_microphone(db):
    site, wrong, opened = Site(), [], set()
    for address in every_address():
        client = Client()
        site.sign_in(client, "superuser" if address.route.startswith("admin") else "anonymous")
        for method in ("get", "post"):
            path = site.path(address) + QUERIES.get(address.name, "")
            response = getattr(client, method)(path)
            policy, content = response.get("Permissions-Policy", ""), response.get("Content-Security-Policy", "")
            is_open = "microphone=(self)" in policy, "media-src blob:" in content
            if address.name in {"practice:session", "practice:another"} and method == "get":
                opened.add((address.name, is_open, "on-device-speech-recognition=(self)" in policy))
            elif any(is_open) or "media-src" in content or not {
                "microphone=()", "on-device-speech-recognition=()"
            } <= set(policy.split(", ")):  # fmt: skip
                wrong.append(f"{method} {path}: {policy}; {content}")
    assert not wrong
    assert opened == {("practice:session", (True, True), True), ("practice:another", (True, True), True)}
    gone = Client().get("/guides/bookbinder/practice/99/")
    assert (gone.status_code, "microphone=()" in gone["Permissions-Policy"]) == (404, True)
