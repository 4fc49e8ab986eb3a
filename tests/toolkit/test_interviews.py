"""Interview questions, the sheet, and practice."""

import re
from html import unescape

from guides.toolkit.interviews.deck import Deck

QUESTIONS = "/guides/bookbinder/toolkit/interview/"
PRACTICE = f"{QUESTIONS}practice/"


def html(response):
    return response.content.decode()


def fields(page):
    """The hidden fields that the page carries along."""
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
        if name != "csrfmiddlewaretoken"
    }


def test_every_question_says_what_is_looked_for(client, guide):
    response = client.get(QUESTIONS)
    page = html(response)
    assert page.count("Love of glue.") == 3
    assert page.index("The work") < page.index("People") < page.index("Your questions to them")
    assert "When to ask" in page
    assert "Pots are not asked for." in page
    assert not response.cookies


def test_the_sheet_can_be_narrowed(client, guide):
    assert html(client.get(f"{QUESTIONS}sheet/")).count("Why glue") == 3
    assert html(client.get(f"{QUESTIONS}sheet/?group=work&group=yours")).count("Why glue") == 2
    assert client.get(f"{QUESTIONS}sheet/?group=cats").status_code == 400


def begin(client, **chosen):
    return html(client.post(PRACTICE, {"start": "1", "minutes": "3"} | chosen))


def test_a_practice_goes_through_the_deck_and_weak_ones_come_back(client, guide):
    page = begin(client)
    assert fields(page)["waiting"] == "ask-0 ask-1 ask-2"
    assert 'data-minutes="3"' in page
    page = html(client.post(PRACTICE, fields(page) | {"answer.ask-0": "Because <b>.", "do": "weak"}))
    assert fields(page)["waiting"] == "ask-1 ask-2 ask-0"
    page = html(client.post(PRACTICE, fields(page) | {"do": "good"}))
    page = html(client.post(PRACTICE, fields(page) | {"do": "fair"}))
    assert fields(page)["waiting"] == "ask-0 ask-2"
    assert "Because &lt;b&gt;.</textarea>" in page
    page = html(client.post(PRACTICE, fields(page) | {"answer.ask-0": "Better.", "do": "good"}))
    page = html(client.post(PRACTICE, fields(page) | {"do": "fair"}))
    assert "That was all" in page
    assert "Better." in page
    # It ends in the answer that was never good, and where to write a better one.
    missing = page.partition("The story that is missing")[2]
    assert f"{QUESTIONS}#ask-2" in missing
    assert "You called your answer fair." in missing
    assert "/plan/applications/add/" in missing


def test_a_practice_without_a_word_written_says_which_story_is_missing():
    deck = Deck(done=["a", "b"], ratings={"a": "good", "b": "good"})
    assert deck.missing({"a": "Mine."}) == "b"
    assert deck.missing({"a": "Mine.", "b": "Mine, too."}) is None


def test_a_deck_by_group_and_difficulty(client, guide):
    assert fields(begin(client, group=["people", "work"], difficulty=["hard"]))["waiting"] == "ask-1"
    assert "That was all" in begin(client, group=["technology"])
    assert client.post(PRACTICE, {"start": "1", "group": "cats"}).status_code == 400


def test_an_outline_is_shown_and_the_answer_stays(client, guide):
    page = html(client.post(PRACTICE, fields(begin(client)) | {"answer.ask-0": "Mine.", "do": "outline"}))
    assert "Love of glue." in page
    assert "Mine.</textarea>" in page
    assert fields(page)["waiting"] == "ask-0 ask-1 ask-2"


def test_skipping_asks_at_the_end(client, guide):
    assert fields(html(client.post(PRACTICE, fields(begin(client)) | {"do": "skip"})))["waiting"].endswith("ask-0")


def test_what_the_page_carries_along_cannot_break_it(client, guide):
    sent = {"waiting": "ask-1 gone ask-1 ../x", "done": "gone", "minutes": "999", "rating.ask-0": "x", "do": "good"}
    response = client.post(PRACTICE, sent)
    assert response.status_code == 200
    assert "That was all" in html(response)
    assert client.post(PRACTICE, {"do": "good"}).status_code == 200


def test_a_long_answer_is_refused_and_kept(client, guide):
    response = client.post(PRACTICE, fields(begin(client)) | {"answer.ask-0": "x" * 5_001, "do": "good"})
    assert response.status_code == 422
    assert "x" * 5_001 in html(response)
    assert fields(html(response))["waiting"].startswith("ask-0")


def test_answers_are_downloaded(client, guide):
    sent = fields(begin(client)) | {"answer.ask-0": "Mine.", "do": "download"}
    response = client.post(PRACTICE, sent)
    assert "Why glue 0?\n\nMine." in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_weak_one_comes_back_after_two_others():
    deck = Deck(list("abcde"))
    deck.rate("weak")
    assert deck.waiting == list("bcade")
