"""How long a text is, and how old a reader it asks for."""

import pytest

from guides.publishing.readability import count_syllables, measure

EASY = "The cat sat on the mat. The dog ran to the door. It was a warm day. We all went out to play in the sun."
HARD = (
    "Institutional repositories necessitate considerable organizational coordination, notwithstanding "
    "technological interoperability, because administrators habitually underestimate maintenance obligations "
    "associated with heterogeneous bibliographic infrastructures."
)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("cat", 1), ("library", 3), ("make", 1), ("table", 2), ("the", 1), ("people", 2), ("degree", 2), ("hm", 1)],
)
def test_syllables(word, syllables):
    assert count_syllables(word) == syllables


def test_easy_is_younger_than_hard():
    assert measure(EASY).age < 9
    assert measure(HARD).age > 20


def test_words_are_counted():
    assert measure(EASY).words == 26
    assert measure("").words == 0


def test_a_few_words_have_no_age():
    assert measure("Only a few words.").age is None


def test_the_address_of_a_link_is_not_read():
    assert (
        measure(EASY + " [More](https://www.example.org/institutional/repositories).").age
        == measure(EASY + " More.").age
    )
