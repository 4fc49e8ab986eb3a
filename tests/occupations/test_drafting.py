"""A guide that an editor begins from official data: what stands in it, and what is said to be missing."""

from collections import Counter

import pytest

pytestmark = pytest.mark.django_db


def of_model(begun, model):
    return [plain["fields"] for plain in begun["objects"] if plain["model"] == f"guides.{model}"]


def test_an_editor_finds_the_way(official):
    begun = official.begun
    assert b"/admin/occupations/occupationlisting/" in begun["guides"].content
    assert begun["address"].encode() in begun["choose"].content
    form = begun["form"].context["form"]
    assert form.initial == {"title": "Archivist", "slug": "archivist"}
    assert begun["empty"].context["form"].errors.keys() == {"title", "slug"}
    assert "/admin/guides/edition/" in begun["draft"].redirect_chain[-1][0]
    assert "There is a guide with that address already" in begun["again"].content.decode()
    assert begun["page"].status_code == 404, "readers see nothing of it"


def test_what_is_known_stands_in_the_draft(official):
    begun = official.begun
    observations = of_model(begun, "observation")
    figures = {figure["slug"]: figure for figure in of_model(begun, "figure")}
    assert {"median-pay", "pay-range", "hourly-pay", "people-employed", "openings-a-year"} <= figures.keys()
    assert {"change-in-jobs", "entry-education"} <= figures.keys()
    assert all(figure["occupation_codes"] == "25-4011" for figure in figures.values())
    assert {row["basis"] for row in observations} == {"official"}
    html = official.html("archivists")
    medians = [row for row in observations if row["figure"][-1] == "median-pay"]
    assert len(medians) == 2
    assert f"{max(medians, key=lambda row: row['year'])['value']:,}" in html
    assert len(of_model(begun, "guidetitle")) > 3
    assert len({row["title"] for row in of_model(begun, "guidetitle")}) == len(of_model(begun, "guidetitle"))
    related = {row.get("other") for row in of_model(begun, "relatedcareer")}
    assert "technical-services-librarian" in related
    assert len(of_model(begun, "skill")) >= 5
    # A guide is written in our own words: no task of O*NET's is in it.
    assert not of_model(begun, "point")


def test_what_is_missing_is_said(official):
    problems = official.begun["problems"]
    said = Counter(problem.message for problem in problems if problem.stops)
    assert said["The guide has no summary."] == 1
    assert any("summary: closed" in message for message in said)
    assert any("does not say how it differs" in message for message in said)
    page = official.begun["draft"].content.decode()
    assert "The guide has no summary." in page
