"""Occupations beside guides and beside each other: the same figures of the same period, and what nobody has written."""

import pytest

from .official import COMPARED
from .test_official import text_of

pytestmark = pytest.mark.django_db


def said(official, query):
    response = official.answers[f"/compare/{query}"]
    assert response.status_code == 200, query
    return text_of(response.content.decode())


def test_a_guide_and_an_occupation_stand_side_by_side(official):
    mixed = said(official, "?g=library-technical-assistant&g=archivists")
    median = official.listings["archivists"].median_pay
    assert f"${median:,}" in mixed.partition("Median pay a year")[2].partition("Pay range a year")[0]
    assert "no one has written a guide to this job yet" in mixed
    assert "Knowledge that matters most" in mixed
    assert "CC BY 4.0" in mixed
    assert "Not the same period" not in mixed
    # Pros and cons and skills are a guide's: beside one guide alone nothing of them stands.
    assert "Pros and cons" not in mixed
    row = next(
        row for row in official.answers[f"/compare/{COMPARED[0]}"].context["facts"] if row.label == "Change in jobs"
    )
    assert {cell.observation.figure.unit for cell in row.cells} == {"percent"}


def test_two_guides_among_them_keep_what_guides_say(official):
    four = said(official, "?g=registered-nurses&g=archivists&g=library-clerk&g=home-health-aides")
    assert four.count("no one has written a guide") == 3
    one = said(official, "?g=archivists&g=25-4011.00")
    assert one.count("no one has written a guide") == 1, "its slug and its code are one career"
    military = said(official, "?g=archivists&g=infantry")
    assert "not known" in military


def test_occupations_are_added_by_name(official):
    teacher = said(official, "?g=archivists&add=teacher")
    assert "Which “teacher” do you mean?" in teacher
    assert "Elementary School Teachers" in teacher
    added = official.answers["/compare/?g=archivists&add=registered+nurse"]
    assert (added.status_code, added["Location"]) == (302, "/compare/?g=archivists&g=29-1141.00")
    assert "no career “99-9999.00”" in said(official, "?g=archivists&g=99-9999.00")
