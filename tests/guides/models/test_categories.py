"""Figures that are a number for each of several categories, and hourly pay: what editors may write."""

import pytest
from django.core.exceptions import ValidationError

from guides import formats
from guides.models import Figure, Observation
from guides.models.categories import read_categories


def observation(unit, **said):
    figure = Figure(unit=unit, measure="employers", currency="USD" if unit == "cents" else "")
    return Observation(figure=figure, **said)


def test_a_list_is_read_with_commas_in_its_names_and_with_intervals():
    categories = read_categories("local government 56%, libraries, archives and others 6%; degrees 30% (13–55)")
    assert [(each.name, each.amount, each.value, each.low, each.high) for each in categories] == [
        ("Local government", "56%", 56, None, None),
        ("Libraries, archives and others", "6%", 6, None, None),
        ("Degrees", "30%", 30, 13, 55),
    ]
    [one] = read_categories("Private colleges $1,022.76")
    assert (one.amount, one.value) == ("$1,022.76", 1022.76)


@pytest.mark.parametrize("text", ["Schools 15%, and others", "56%", "Schools 15% colleges 13%", "Schools 15% (20–30)"])
def test_what_is_no_such_list_is_refused_with_an_example(text):
    with pytest.raises(ValidationError) as refused:
        observation("category", text=text).clean()
    assert list(refused.value.message_dict) == ["text"]


def test_names_without_a_number_pass_and_are_not_drawn():
    said = observation("category", text="Local government; schools")
    said.clean()
    assert said.categories == []


def test_words_of_other_figures_are_not_read_as_a_list():
    said = observation("text", text="Schools 15%")
    said.clean()
    assert said.categories == []
    assert observation("category", text="Schools 15%").categories[0].value == 15


def test_cents_are_written_as_money_and_need_a_currency():
    assert formats.amount(observation("cents", value=2143)) == "$21.43"
    assert formats.amount(observation("cents", low=1900, high=123405)) == "$19.00–$1,234.05"
    with pytest.raises(ValidationError):
        Figure(unit="cents").clean()
