"""Cover letters: the examples, the places to fill, the files."""

import io

import docx
import pytest
from pypdf import PdfReader

from guides.toolkit.letters import checks, layout
from guides.toolkit.letters.draft import Letter, find_places

EXAMPLES = "/guides/bookbinder/toolkit/cover-letter/"
WRITE = "/guides/bookbinder/toolkit/cover-letter/write/"
TYPED = {
    "example": "first-job",
    "name": "Zoë Łódź",
    "to": "Anna Brown\r\nMarlow Public Library",
    "body": "Dear [name],\r\n\r\nI saw your [shop]. I like your [shop].\r\nAnd [why].",
    "place.name": "Anna",
    "place.shop": "bindery <b>",
}


def html(response):
    return response.content.decode()


def test_the_examples_mark_their_places(client, guide):
    response = client.get(EXAMPLES)
    assert html(response).count("<mark>[shop]</mark>") == 2
    assert not response.cookies


def test_a_letter_starts_from_its_example(client, guide):
    page = html(client.get(f"{WRITE}?example=first-job"))
    assert 'name="place.shop"' in page
    assert page.count('name="place.') == 2
    assert html(client.get(WRITE)).count('name="place.') == 2
    assert client.get(f"{WRITE}?example=none").status_code == 404


def test_what_is_filled_in_stands_at_every_place_and_comes_back(client, guide):
    response = client.post(WRITE, TYPED)
    page = html(response)
    assert "I saw your bindery &lt;b&gt;. I like your bindery &lt;b&gt;." in page
    assert "<mark>[why]</mark>" in page
    assert "Still to fill: [why]" in page
    assert 'value="bindery &lt;b&gt;"' in page
    assert "Anna Brown\nMarlow Public Library" in page
    assert "no-store" in response["Cache-Control"]


def test_a_letter_outlives_its_example(client, guide):
    assert "bindery" in html(client.post(WRITE, TYPED | {"example": "gone"}))


def test_a_letter_far_too_long_is_shown_again_and_laid_out_no_further(client, guide):
    body = "[place]" * 100_000
    response = client.post(WRITE, {"body": body, "do": "preview"})
    assert response.status_code == 422
    assert body in response.content.decode(), "what was typed is kept"
    assert len(response.content) < 2 * len(body)


def test_the_files_hold_the_letter(client, guide):
    text = client.post(WRITE, TYPED | {"do": "txt"}).content.decode()
    assert "Dear Anna,\n\nI saw your bindery <b>. I like your bindery <b>.\nAnd [why].\n\nSincerely,\nZoë Łódź" in text
    pdf = client.post(WRITE, TYPED | {"do": "pdf", "design": "cloth"})
    assert "I saw your bindery <b>." in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    word = docx.Document(io.BytesIO(client.post(WRITE, TYPED | {"do": "docx"}).content))
    assert "Dear Anna," in [paragraph.text for paragraph in word.paragraphs]
    # Its paragraphs stand apart, as a letter's do.
    assert word.styles["Normal"].paragraph_format.space_after >= docx.shared.Pt(8)


def test_an_error_loses_nothing(client, guide):
    response = client.post(WRITE, TYPED | {"do": "pdf", "body": "x" * 8_001, "place.name": "Kept"})
    assert response.status_code == 422
    assert "x" * 8_001 in html(response)
    assert "you wrote 8001" in html(response)
    response = client.post(WRITE, TYPED | {"do": "pdf", "name": "東京"})
    assert response.status_code == 422
    assert "The PDF cannot show" in html(response)
    assert "bindery" in html(response)


def test_places_are_found_once_each_and_markup_is_none():
    assert find_places("[a] [b] [a] [[c]] [d\ne] []") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("To whom it may concern, " + "word " * 200, "greet the hiring team"),
        ("Short.", "1 word so far, of 120 or more"),
        ("word " * 500, "400 at most"),
    ],
)
def test_advice(body, advice):
    letter = Letter({"name": "A"}, body)
    assert any(advice in each.text for each in checks.check(letter, layout.document(letter)))
