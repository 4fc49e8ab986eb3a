"""`manage.py check_figures` on what readers see."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from guides.models import Figure, Observation
from guides.publishing import editions
from tests import factories

from .files import TECHNICIANS, make_oews, make_ooh

OFFICE = {"measure": "pay", "statistic": "median", "unit": "currency", "currency": "USD", "label": "Median pay"}


@pytest.fixture
def figure(run, tmp_path):
    """The median pay of a live guide as May 2024 has it, with the figure quoted before, and the survey imported."""
    run("import_oews", make_oews(tmp_path / "survey.xlsx"))
    guide = factories.make_guide()
    Figure.objects.all().delete()
    section = guide.sections.get(kind="figures")
    figure = section.figures.create(slug="median-pay", occupation_codes="25-4031", **OFFICE)
    factories.make_observation(figure, value=39970, period="May 2024", year=2024)
    quoted = {"basis": Observation.Basis.QUOTED, "review_after": date(2020, 1, 1)}
    factories.make_observation(figure, value=38400, period="May 2023", year=2023, **quoted)
    publish(guide)
    return figure


def publish(guide):
    editions.publish(editions.save(guide))


def check(*args):
    """Return what the command exits with and says."""
    out = StringIO()
    try:
        call_command("check_figures", *args, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


def test_superseded_observations_are_listed_and_no_failure(figure):
    code, said = check()

    assert code == 0
    assert "0 failed, 1 stand, 1 superseded." in said
    assert "median-pay  $38,400  May 2023  Office  superseded" in " ".join(said.split("\n")).replace("bookbinder  ", "")


def test_a_leading_figure_set_back_fails_and_is_named(figure):
    figure.observations.get(year=2024).delete()
    publish(figure.section.guide)

    code, said = check()

    assert code == 1
    assert "bookbinder  median-pay  $38,400  May 2023  Office  newer, past review: $39,970 (May 2024)" in said
    assert "1 failed, 0 stand, 0 superseded." in said


def test_another_value_fails(figure):
    figure.observations.filter(year=2024).update(value=39790)
    publish(figure.section.guide)

    assert check()[0] == 1


def test_a_leading_figure_past_review_fails_without_imported_data(figure):
    figure.occupation_codes = ""
    figure.save()
    figure.observations.filter(year=2024).update(review_after=date(2020, 1, 1))
    publish(figure.section.guide)

    code, said = check()

    assert code == 1
    assert "past review" in said


def test_drafts_are_not_read(figure):
    figure.observations.get(year=2024).delete()

    assert check()[0] == 0


def test_guides_that_are_not_live_are_not_read(figure):
    figure.observations.get(year=2024).delete()
    publish(figure.section.guide)
    editions.unpublish(figure.section.guide)

    assert check() == (0, "0 failed, 0 stand, 0 superseded.\n")


def test_json_has_every_finding(figure):
    code, said = check("--json")
    imported = json.loads(said)

    assert (code, imported["failed"], imported["checked"]) == (0, 0, 2)
    leading, superseded = imported["findings"]
    assert leading["state"] == "agrees"
    assert (
        leading | {"newest": "$39,970", "newest_period": "May 2024", "problems": [], "guide": "bookbinder"} == leading
    )
    assert superseded["state"] == "superseded"
    figure.observations.get(year=2024).delete()
    publish(figure.section.guide)
    code, said = check("--json")
    assert (code, json.loads(said)["findings"][0]["problems"]) == (1, ["newer", "past review"])


def test_an_import_says_beforehand_which_figures_it_contradicts(run, figure, tmp_path):
    newer = TECHNICIANS | {"A_MEDIAN": 44580, "H_MEDIAN": 21.43}
    path = make_oews(tmp_path / "newer.xlsx", [newer], sheet="national_M2025_dl", note="")

    said = run("import_oews", path, dry_run=True)

    assert said.startswith("What this import would do:\n")
    assert "Live guides lead with figures that it contradicts (1): bookbinder median-pay $39,970, now $44,580." in said
    assert check()[0] == 0
    assert "contradicts (1)" in run("import_oews", path)
    assert check()[0] == 1
    assert "contradicts" not in run("import_oews", path)


def test_the_first_guide_set_back_is_named(run, lta, tmp_path):
    run("import_oews", make_oews(tmp_path / "survey.xlsx"))
    run("import_ooh", make_ooh(tmp_path / "table.csv"))

    def contradicted():
        imported = json.loads(check("--json")[1])["findings"]
        return [(each["guide"], each["figure"]) for each in imported if {"newer", "other"} & {*each["problems"]}]

    assert contradicted() == []
    official = Observation.objects.filter(figure__section__guide=lta, figure__slug="median-pay", basis="official")
    official.delete()
    # A sentence names what the figure said a year before, so the check before publishing would stop it.
    factories.make_live_unchecked(editions.save(lta))
    assert contradicted() == [("library-technical-assistant", "median-pay")]
    assert check()[0] == 1
