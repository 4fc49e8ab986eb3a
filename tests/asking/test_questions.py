"""The questions of data/questions.tsv that are asked of guides, with the shipped guides loaded, on both databases."""

import pytest

from guides.asking.answering import answer
from guides.asking.guide_passages import live
from guides.asking.words import read

from .asked import count, table

# In a hundred: right in first place, right among three, refused where nothing answers.
FIRST, THREE, REFUSED = 88, 93, 96


@pytest.fixture
def counted(lta):
    return count(profiles=False)


def test_the_guides_answer_and_refuse(counted):
    counts, wrong = counted
    assert counts["first"] * 100 >= FIRST * counts["answerable"], wrong
    assert counts["three"] * 100 >= THREE * counts["answerable"], wrong
    assert counts["refused"] * 100 >= REFUSED * counts["unanswerable"], wrong


def test_there_are_enough_questions_of_every_guide(lta):
    rows = list(table())
    assert sum(expected != ["none"] for _question, _key, expected in rows) >= 150
    assert sum(expected == ["none"] for _question, _key, expected in rows) >= 80
    assert {body.key for body in live()} <= {key for _question, key, _expected in rows}


def test_no_line_of_asking_is_a_question_that_measures(lta):
    lines = {
        line.strip() for part in read("asked.toml").values() for text in part.values() for line in text.splitlines()
    }
    for name in ("questions_held.tsv", "questions_blind.tsv"):
        assert not [question for question, _key, _expected in table(name) if question.lower().rstrip("?") in lines]


def test_every_expected_section_is_there(lta):
    sections = {body.key: body.sections for body in live()}
    for question, key, expected in table():
        if key in sections and expected != ["none"]:
            plain = [each for each in expected if not each.startswith("figure:")]
            assert any(each in sections[key] for each in plain), question


def test_a_figure_is_answered_by_itself_with_source_and_period(lta):
    body = next(body for body in live() if body.key == "library-technical-assistant")
    first = answer("how much does an LTA make", body).quoted[0].passage
    assert first.figure.amount.startswith("$")
    assert first.figure.unit == "a year"
    (source,) = first.sources
    assert (source.name, source.period) == ("BLS OEWS", "May 2025")
    assert source.address.startswith("/guides/library-technical-assistant/sources/#figure-")


def test_a_comparison_shows_the_figure_of_both(lta):
    quoted = answer("who is paid more, an LTA or a library clerk").quoted
    shown = {each.body.key for each in quoted if each.passage.figure}
    assert shown >= {"library-technical-assistant", "library-clerk"}
