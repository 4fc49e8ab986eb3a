"""What is counted in an answer, and what is not taken for it."""

import pytest

from guides.practice.counting import count
from guides.practice.vocabulary import cautions, of_guide
from guides.practice.words import stem
from guides.reading import reader


def test_the_guides_skills_and_duties_are_found_in_any_form_and_nothing_is_made_of_other_words(lta, client):
    words = of_guide(reader.live("library-technical-assistant"))

    def said(text, name):
        return count(text, words, "")[name]

    assert "Cataloging and metadata standards" in said("I did some copy-cataloging in MARC records.", "skills")
    assert "Integrated library systems (ILS)" in said("We used Koha there.", "skills")
    assert said("In a word, I excel at nothing and I like access.", "skills") == []
    assert "Care for the collection" in said("I shelved items and checked the order of the shelves.", "duties")
    assert said("I like people and I like order.", "duties") == []
    # Cautions know a telling from a refusal, and one's own age from a child's.
    telling = "I would tell the father what his daughter checked out."
    assert said(telling, "cautions") == ["loans"]
    assert said("I would not tell the father what his daughter checked out.", "cautions") == []
    assert said("I say kindly that loans are private. The book is returned.", "cautions") == []
    assert said("I’m 58 years old.", "cautions") == ["age"]
    assert said("I read to children who are 5 years old.", "cautions") == []
    assert said("My church asked me. I was diagnosed with it.", "cautions") == ["religion", "disability"]
    assert said("I diagnosed the printer.", "cautions") == []
    loans = cautions(reader.live("library-technical-assistant"))[0]
    assert any("loans are private" in quote for _where, quote in loans.quotes)
    assert said("", "words") == ["0"]
    # The weak examples and outlines that we ship call for no caution: they are no such talk.
    for question in reader.live("library-technical-assistant").guide.interviewquestions.all():
        for text in (question.action, question.result, question.situation):
            assert count(text, words, "")["cautions"] == [], text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shelves", "shelving"),
        ("cataloged", "cataloging"),
        ("libraries", "library"),
        ("planned", "plan"),
        ("tell", "tells"),
    ],
)
def test_forms_of_one_word_are_one(one, other):
    assert stem(one) == stem(other)
