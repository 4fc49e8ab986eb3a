"""What is counted in an answer, and what is not taken for it."""

import pytest

from guides.practice.counting import count
from guides.practice.vocabulary import cautions, of_guide
from guides.reading import reader
from guides.stories.words import stem


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


def generated():
    """Sentences made of what people say, with the caution that each calls for; none where it is empty."""
    who = ["her husband", "the pastor", "everybody", "his boss", "a police officer", "the mother"]
    record = ["what her son borrowed", "what the pastor borrowed", "what her husband reads", "the book she checked out"]
    yield from ((f"I told {one} {what}.", "loans") for one in who for what in record)
    yield from (
        (f"I {no} tell {one} {what}.", "") for no in ("would never", "cannot") for one in who for what in record
    )
    ages = ["58", "sixty", "fifty-eight", "nineteen"]
    forms = [
        "I am {} years old and I have work to do",
        "I'm {}",
        "At {} I still shelve",
        "When I was {} I began",
        "I turned {}",
    ]
    yield from ((f"{form.format(age)}.", "age") for form in forms for age in ages)
    yield from ((f"{text}.", "") for text in ("I was 10 minutes late", "At 9 I open the doors", "I shelved 58 books"))
    illnesses = ["diabetes", "depression", "severe anxiety", "a chronic illness", "type 2 diabetes"]
    yield from ((f"{have} {one}.", "disability") for have in ("I have", "I've had", "I live with") for one in illnesses)
    yield from ((f"I use {aid}.", "disability") for aid in ("a wheelchair", "a cane", "insulin", "my inhaler"))
    yield from ((f"A patron has {one}.", "") for one in illnesses)
    faiths = ["Jewish", "Muslim", "a Christian", "very religious", "Catholic"]
    yield from ((f"{me} {one}.", "religion") for me in ("I am", "I'm", "My mother is") for one in faiths)
    yield from ((f"I wear {one} at work.", "religion") for one in ("a hijab", "my turban", "a black headscarf"))
    yield from (
        (f"{me} {one}.", "family") for me in ("I am", "I'm") for one in ("pregnant", "a single mother", "married")
    )
    yield from ((f"I have {one}.", "family") for one in ("two kids", "a baby", "three small children"))
    yield from (
        (f"{me} from {one}.", "origin") for me in ("I am", "I'm", "I come") for one in ("Mexico", "Haiti", "Kenya")
    )
    yield from (
        (f"{text}.", "") for text in ("I am from Ohio", "I speak Spanish", "I have two keys", "I read to children")
    )


def test_cautions_know_the_kinds_of_sentences_and_no_others(lta):
    words = of_guide(reader.live("library-technical-assistant"))
    wrong = []
    for text, slug in generated():
        for said in (text, text.replace("'", "\u2019"), f"We were busy that day. {text} Then I went on."):
            found = count(said, words, "")["cautions"]
            if (slug not in found) if slug else found:
                wrong.append((said, found))
    assert not wrong
    # One that harms somebody is credited with nothing.
    harm = "The patron's record shows she has 3 overdue books on cancer, so I told her husband."
    assert count(harm, words, "") | {"skills": [], "duties": []} == count(harm, words, "")
    assert count(harm, words, "")["cautions"] == ["loans"]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("I sort of helped, I kind of, sort of.", "skills", []),
        ("I sort of helped. What kind of books? And like, we did.", "fillers", ["sort of × 1", "and like × 1"]),
        ("I had to save 40 boxes. I saved the file. In the end nothing was lost.", "result", ["In the end"]),
        ("It saved us two hours.", "result", ["It saved"]),
        ("The situation was a flood.", "situation", ["The situation"]),
        ("I worked at a shop. I opened a second register.", "action", ["I opened"]),
        ("I turned sixty.", "action", []),
        ("Twenty-five of a dozen, one hundred and five", "numbers", ["Twenty-five", "a dozen", "one hundred and five"]),
        ("In 2023 I was 67. I'm 58 years old.", "numbers", []),
        ("I served 2,023 people, two thirds of them children.", "numbers", ["2,023", "two thirds"]),
        ("A thank-you note", "words", ["3"]),
    ],
)
def test_what_is_counted_and_what_is_no_part_of_it(lta, text, name, found):
    counted = count(text, of_guide(reader.live("library-technical-assistant")), "")[name]
    assert counted == found


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
