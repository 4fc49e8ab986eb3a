"""The wage survey by area: the publisher's files of states, and a table of means alone."""

import pytest

from guides.datasets.models import Area, Dataset, ImportedObservation, WageEstimate
from guides.models import ContentVersion

from .files import (
    CHIEFS,
    GUAM,
    MEANS_HEADER,
    OEWS_HEADER,
    SEATTLE,
    TECHNICIANS,
    THERE,
    WASHINGTON,
    make_means,
    make_oews,
)

MEANS = [
    ("Washington", "25-4031", "Library Technicians", "28.84", "59,990"),
    ("Puerto Rico", "25-4031", "Library Technicians", "14.93", "31,060"),
    ("Guam", "25-2021", "Elementary School Teachers, Except Special Education", "*", "52,010"),
    ("Guam", "29-1249", "Surgeons, All Other", "#", "#"),
]


def wage(code="25-4031", area="Washington", **fields):
    return WageEstimate.objects.get(code=code, area__name=area, **fields)


def state_file(path, rows=(THERE | WASHINGTON, THERE | GUAM), year=2024):
    return make_oews(
        path / f"state_M{year}_dl.xlsx", rows, sheet=f"state_M{year}_dl", note=f"May {year} OEWS Estimates"
    )


def test_a_file_of_states_stands_beside_the_nations(run, tmp_path):
    run("import_oews", make_oews(tmp_path / "national.xlsx"))
    said = run("import_oews", state_file(tmp_path))

    assert "wages by area: 2 added, 0 changed, 0 as before." in said
    assert (
        "Without rows for 52 of 54 states and territories: Alabama, Alaska, Arizona, Arkansas, California, ..." in said
    )
    there = wage()
    assert (there.employment, there.annual_mean, there.hourly_mean, there.hourly_p10) == (2510, 60000, 2885, 1341)
    assert (there.annual_p25, there.annual_p75, there.annual_median) == (33510, 49740, None)
    assert [there.says(name) for name in ("employment", "annual_median", "hourly_mean", "annual_mean")] == [
        "2,510", "not published", "$28.85", "$60,000",
    ]  # fmt: skip
    nation = wage(area="United States")
    assert (nation.annual_median, nation.hourly_median) == (39970, 1922)
    chiefs = wage("11-1011", "United States")
    assert (chiefs.mark("employment"), chiefs.says("annual_p90")) == (
        "**",
        "at or above the highest that is published",
    )
    assert Dataset.objects.get() == there.dataset == nation.dataset
    assert {(area.slug, area.kind, area.state) for area in Area.objects.all()} == {
        ("united-states", "nation", "US"), ("washington", "state", "WA"), ("guam", "territory", "GU"),
    }  # fmt: skip
    # Guides' figures are the nation's.
    assert not ImportedObservation.objects.exclude(area="United States").exists()
    assert ImportedObservation.objects.count() == 11


def test_the_nations_file_again_leaves_the_states(run, tmp_path):
    national = make_oews(tmp_path / "national.xlsx")
    run("import_oews", national)
    run("import_oews", state_file(tmp_path))
    before = ContentVersion.objects.get().number

    assert "figures: 0 added, 0 changed, 11 as before; wages by area: 0 added, 0 changed, 2 as before." in run(
        "import_oews", national
    )
    assert WageEstimate.objects.count() == 4
    assert ContentVersion.objects.get().number == before


def test_years_stand_side_by_side_and_the_newest_is_found(run, tmp_path):
    run("import_oews", state_file(tmp_path, year=2024))
    run("import_oews", state_file(tmp_path, [THERE | WASHINGTON], year=2023))
    make_oews(tmp_path / "national_M2025_dl.xlsx", sheet="national_M2025_dl", note="May 2025")
    run("import_oews", tmp_path / "national_M2025_dl.xlsx")

    estimates = WageEstimate.objects.of("25-4031")
    assert [edition.edition for edition in estimates.editions()] == ["May 2025", "May 2024", "May 2023"]
    assert estimates.in_states().newest_edition().edition == "May 2024"
    assert [row.area.name for row in estimates.in_states().filter(dataset__edition="May 2024")] == [
        "Guam",
        "Washington",
    ]
    assert estimates.in_nation().newest_edition().edition == "May 2025"
    assert WageEstimate.objects.of("99-9999").newest_edition() is None


def test_a_file_of_states_from_before_areas_had_a_type(run, tmp_path):
    header = ["AREA", "ST", "STATE", *OEWS_HEADER[8:]]
    row = THERE | {"AREA": 53, "ST": "WA", "STATE": "Washington"}

    run("import_oews", make_oews(tmp_path / "state_M2018_dl.xlsx", [row], header, sheet="state_dl", note=""))

    assert (wage().area.code, wage().area.kind, wage().dataset.edition) == ("53", "state", "May 2018")


def test_metropolitan_rows_are_kept(run, tmp_path):
    other = {
        "AREA": 5300001,
        "AREA_TITLE": "Western Washington nonmetropolitan area",
        "AREA_TYPE": 6,
        "PRIM_STATE": "WA",
    }
    rows = [TECHNICIANS, THERE | WASHINGTON, THERE | SEATTLE, THERE | other]

    run("import_oews", make_oews(tmp_path / "all_data_M_2024.xlsx", rows, sheet="All May 2024 data", note=""))

    assert wage(area="Seattle-Tacoma-Bellevue, WA").area.kind == "metro"
    assert Area.objects.get(code="5300001").kind == "other"
    assert [row.area.name for row in WageEstimate.objects.of("25-4031").in_states()] == ["Washington"]


def test_a_table_of_means(run, tmp_path):
    path = make_means(tmp_path / "state_M2023_means.csv", MEANS)

    assert "May 2023: wages by area: 4 added" in run("import_oews", path)
    assert (wage().annual_mean, wage().hourly_mean, wage().employment) == (59990, 2884, None)
    assert [wage().says(name) for name in ("annual_mean", "annual_median", "employment")] == ["$59,990", "", ""]
    assert wage(area="Puerto Rico").area.kind == "territory"
    assert wage("25-2021", "Guam").says("hourly_mean") == "not published"
    assert not ImportedObservation.objects.exists()
    assert "0 added, 0 changed, 4 as before." in run("import_oews", path)


def test_means_do_not_go_over_the_publishers_own_file(run, refused, tmp_path):
    run("import_oews", state_file(tmp_path, year=2023))
    means = make_means(tmp_path / "state_M2023_means.csv", MEANS)

    assert "lacks TOT_EMP, H_PCT10, " in refused("import_oews", means)


def test_the_publishers_own_file_goes_over_means(run, tmp_path):
    run("import_oews", make_means(tmp_path / "state_M2023_means.csv", MEANS[:1]))

    said = run("import_oews", state_file(tmp_path, year=2023))

    assert "25-4031 Library Technicians, Washington: employment nothing -> 2,510, hourly_mean $28.84 -> $28.85" in said
    assert "wages by area: 1 added, 1 changed, 0 as before." in said
    assert wage().employment == 2510


def test_a_dry_run_lists_what_would_change_and_changes_nothing(run, tmp_path):
    run("import_oews", state_file(tmp_path))
    corrected = THERE | WASHINGTON | {"A_MEAN": 60010}

    said = run("import_oews", state_file(tmp_path, [corrected, THERE | GUAM]), dry_run=True)

    assert "25-4031 Library Technicians, Washington: annual_mean $60,000 -> $60,010" in said
    assert said.endswith("Nothing was imported.\n")
    assert wage().annual_mean == 60000


class Terminal:
    """A person at a terminal who answers the question."""

    def __init__(self, answer):
        self.answer = answer

    def isatty(self):
        return True

    def readline(self):
        return self.answer


@pytest.mark.parametrize(("answer", "mean"), [("y\n", 60010), ("\n", 60000)])
def test_at_a_terminal_the_person_is_asked(run, tmp_path, monkeypatch, answer, mean):
    run("import_oews", state_file(tmp_path))
    monkeypatch.setattr("sys.stdin", Terminal(answer))

    run("import_oews", state_file(tmp_path, [THERE | WASHINGTON | {"A_MEAN": 60010}, THERE | GUAM]))

    assert wage().annual_mean == mean


def test_a_file_of_states_without_states_is_refused(refused, tmp_path):
    assert "is named a file of states and has no row of a state." in refused(
        "import_oews", state_file(tmp_path, [TECHNICIANS, CHIEFS])
    )


def test_a_file_of_states_cut_short_is_refused(run, refused, tmp_path):
    run("import_oews", state_file(tmp_path))

    assert "lacks 1 of the 2 wages by area that this edition has: cut off?" in refused(
        "import_oews", state_file(tmp_path, [THERE | WASHINGTON])
    )


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            ("Atlantis", "25-4031", "Library Technicians", "20.00", "41,600"),
            "column AREA_TITLE: 'Atlantis' is not a state",
        ),
        (("Ohio", "25-4031", "Library Technicians", "20.00", "41,6"), "line 6, column A_MEAN: '41,6' is not a number."),
        (
            ("Ohio", "25-4031", "Library Technicians", "20.00", "41"),
            "column A_MEAN: 41 is not 2,080 times 20.00 an hour.",
        ),
        (("Ohio", "25-4031", "Library Technicians", "20.00"), "line 6 has 4 cells, the header 5: cut off?"),
    ],
)
def test_a_bad_line_of_a_table_is_named(refused, tmp_path, row, line):
    assert line in refused("import_oews", make_means(tmp_path / "state_M2023_means.csv", [*MEANS, row]))


def test_tables_that_are_none_are_refused(refused, tmp_path):
    header = [name for name in MEANS_HEADER if name != "A_MEAN"]
    workbook = make_oews(tmp_path / "state.xlsx").rename(tmp_path / "state_M2023.csv")

    assert "missing columns: A_MEAN." in refused(
        "import_oews", make_means(tmp_path / "state_M2023_means.csv", [], header)
    )
    assert "is an Excel workbook or another archive" in refused("import_oews", workbook)
    assert "add --period" in refused("import_oews", make_means(tmp_path / "means.csv", MEANS))
    assert "has no rows." in refused("import_oews", make_means(tmp_path / "state_M2023_means.csv", []))


def test_an_area_drawn_anew_keeps_its_name(run, tmp_path):
    run("import_oews", make_oews(tmp_path / "a.xlsx", [THERE | SEATTLE], note="May 2023", sheet="a"))
    run("import_oews", make_oews(tmp_path / "b.xlsx", [THERE | SEATTLE | {"AREA": "42661"}]))

    assert sorted(Area.objects.values_list("slug", flat=True)) == [
        "seattle-tacoma-bellevue-wa",
        "seattle-tacoma-bellevue-wa-42661",
    ]
