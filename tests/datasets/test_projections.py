"""The workbook of the Employment Projections."""

import pytest

from guides.datasets.models import Dataset, ImportedObservation, Projection
from guides.models import Source

from .files import FACTORS, PROJECTED, SEPARATED, make_oews, make_projections

TECHNICIANS, OTHERS = PROJECTED[2], PROJECTED[:2]
LEAVING = SEPARATED[2]


def change(row, **cells):
    """Return a row with other cells, by their place."""
    return [cells.get(f"at{place}", cell) for place, cell in enumerate(row)]


def test_each_occupation_becomes_a_row_and_figures(run, tmp_path):
    said = run("import_projections", make_projections(tmp_path / "occupation.xlsx"))

    assert "2024-34: figures: 23 added, 0 changed, 0 as before; projections: 3 added" in said
    assert "reasons for changes: 2 added" in said
    assert "Source: U.S. Bureau of Labor Statistics, Employment Projections, 2024-34." in said
    technicians, factors = Projection.objects.newest_explained("25-4031")
    assert (technicians.employment, technicians.projected_employment, technicians.change) == (78_600, 73_200, -5_400)
    assert (technicians.openings, technicians.exits, technicians.transfers) == (13_000, 7_000, 6_500)
    assert (technicians.separations, technicians.lost_a_year, technicians.years) == (13_500, 540, "2024-34")
    assert (str(technicians.change_percent), technicians.self_employed_percent) == ("-6.8", None)
    assert (technicians.education, technicians.training) == ("Postsecondary nondegree award", "None")
    assert [(factor.industry, factor.kind) for factor in factors] == [
        ("Junior colleges; state", "Demand change"),
        ("Junior colleges; local", "Demand change"),
    ]
    everyone = Projection.objects.newest("00-0000")
    assert (everyone.is_group, everyone.education, str(everyone.self_employed_percent)) == (True, "", "5.8")
    assert Projection.objects.newest("25-4022").lost_a_year == 0
    assert Projection.objects.newest("11-1011") is None


def test_its_figures_are_of_one_occupation_alone(run, tmp_path):
    run("import_projections", make_projections(tmp_path / "occupation.xlsx"))

    figures = ImportedObservation.objects.filter(codes="25-4031")
    assert {(row.measure, row.unit, row.period, row.says) for row in figures} == {
        ("employment", "count", "2024", "78,600"), ("employment", "count", "2024-34", "73,200"),
        ("change", "count", "2024-34", "−5,400"), ("change", "percent", "2024-34", "−7%"),
        ("openings", "count", "2024-34", "13,000"), ("exits", "count", "2024-34", "7,000"),
        ("transfers", "count", "2024-34", "6,500"), ("education", "text", "2024", "Postsecondary nondegree award"),
    }  # fmt: skip
    cited = Dataset.objects.get().publisher.cite(figures.first())
    assert cited.title == "Employment Projections, 2024-34: tables 1.2 and 1.10, by occupation"
    assert len(cited.slug) <= Source._meta.get_field("slug").max_length


def test_a_second_run_changes_nothing(run, tmp_path):
    path = make_projections(tmp_path / "occupation.xlsx")
    run("import_projections", path)

    said = run("import_projections", path)
    assert "0 added, 0 changed, 23 as before; projections: 0 added, 0 changed, 3 as before; reasons" in said


def test_a_correction_is_listed(run, tmp_path):
    run("import_projections", make_projections(tmp_path / "occupation.xlsx"))
    corrected = [*OTHERS, change(TECHNICIANS, at9=12.9)]

    said = run("import_projections", make_projections(tmp_path / "occupation.xlsx", corrected), dry_run=True)

    assert "25-4031 Library technicians, openings a year, 2024-34 (total): 13,000 -> 12,900" in said
    assert Projection.objects.newest("25-4031").openings == 13_000


def test_an_older_edition_is_imported_only_when_asked_for(run, refused, tmp_path):
    run("import_projections", make_projections(tmp_path / "occupation.xlsx"))
    older = make_projections(tmp_path / "older.xlsx", years=("2022", "2032"))

    assert "2022-32 is older than 2024-34, which is here already: add --older" in refused("import_projections", older)
    run("import_projections", older, older=True)
    assert Projection.objects.newest("25-4031").years == "2024-34"
    assert [row.years for row in Projection.objects.of("25-4031")] == ["2024-34", "2022-32"]


@pytest.mark.parametrize(
    ("projected", "line"),
    [
        (
            change(TECHNICIANS, at1="25-403"),
            "'Table 1.2', row 5, column National Employment Matrix code: '25-403'",
        ),
        (change(TECHNICIANS, at3="many"), "row 5, column Employment, first year: 'many' is not a number."),
        (change(TECHNICIANS, at4=78.6), "row 5: -5,400 is not the change from 78,600 jobs to 78,600."),
        (change(TECHNICIANS, at3=78.61234), "column Employment, first year: '78.61234' has more digits than 1/1000."),
        (change(TECHNICIANS, at2="Line"), "column Occupation type: 'Line' is no Summary and no Line item."),
        (change(TECHNICIANS, at11=None), "column Typical education needed for entry: a text of 1 to 80 characters"),
        (OTHERS[0], "row 5: 00-0000 stands twice in the table."),
    ],
)
def test_a_bad_row_of_the_projections_is_named(refused, tmp_path, projected, line):
    path = make_projections(tmp_path / "occupation.xlsx", [*OTHERS, projected])

    assert line in refused("import_projections", path)


@pytest.mark.parametrize(
    ("separated", "factors", "line"),
    [
        (
            [*SEPARATED[:2], change(LEAVING, at8=9)],
            FACTORS,
            "13,500 is not 9,000 who leave work with 6,500 who",
        ),
        (
            [*SEPARATED[:2], change(LEAVING, at3=80)],
            FACTORS,
            "'Table 1.10', row 5: 25-4031 is not the same there",
        ),
        (SEPARATED[:2], FACTORS, "table 1.10 lacks 1 occupations of table 1.2: cut off?"),
        (SEPARATED, [change(FACTORS[0], at1="25-4021")], "sheet 'Table 1.12', row 3: 25-4021 is not in table 1.2."),
        (SEPARATED, [], "its tables 1.2 and 1.12 have no rows."),
    ],
)
def test_tables_that_do_not_agree_are_refused(refused, tmp_path, separated, factors, line):
    assert line in refused(
        "import_projections", make_projections(tmp_path / "occupation.xlsx", PROJECTED, separated, factors)
    )


def test_another_workbook_is_named(refused, tmp_path):
    survey = make_oews(tmp_path / "survey.xlsx", note="May 2024 OEWS Estimates")
    projections = make_projections(tmp_path / "occupation.xlsx")
    other = make_oews(tmp_path / "other.xlsx", note="")

    assert "is a workbook of the wage survey: import_oews reads it." in refused("import_projections", survey)
    assert "is not the workbook of the Employment Projections; its sheets are: national_M2024_dl" in refused(
        "import_projections", other
    )
    assert "is the workbook of the Employment Projections: import_projections reads it." in refused(
        "import_oews", projections
    )
    assert "is an Excel workbook, where a table in text or the publisher's XML is wanted." in refused(
        "import_ooh", other
    )
    assert "is the workbook of the Employment Projections: import_projections reads it." in refused(
        "import_ooh", projections
    )
    assert "is a workbook of the wage survey: import_oews reads it." in refused("import_ooh", survey)
