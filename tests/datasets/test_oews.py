"""The wage survey's workbook."""

import struct
import zipfile

import openpyxl
import pytest

from guides.datasets.files import workbooks
from guides.datasets.models import Dataset, ImportedObservation

from .files import CHIEFS, OEWS_HEADER, SEATTLE, TECHNICIANS, THERE, WASHINGTON, make_oews


def of(code, measure="pay", statistic="median"):
    return ImportedObservation.objects.get(codes=code, measure=measure, statistic=statistic)


def test_every_row_becomes_figures_with_the_period_of_the_workbook(run, tmp_path):
    said = run("import_oews", make_oews(tmp_path / "survey.xlsx"))

    assert "May 2024: figures: 11 added, 0 changed, 0 as before;" in said
    median = of("25-4031")
    assert (median.value, median.period, median.year, median.area) == (39970, "May 2024", 2024, "United States")
    assert of("25-4031", "employment", "total").value == 73770
    pay_range = of("25-4031", statistic="range")
    assert (pay_range.low, pay_range.high) == (27890, 60960)


def test_withheld_values_are_not_published(run, tmp_path):
    run("import_oews", make_oews(tmp_path / "survey.xlsx"))

    assert (of("11-1011").withheld, of("11-1011").says) == ("*", "not published")
    assert of("11-1011", "employment", "total").withheld == "**"
    assert of("11-1011", statistic="range").says == "from $73,710, upper end not published"


def test_a_second_run_changes_nothing(run, tmp_path):
    path = make_oews(tmp_path / "survey.xlsx")
    run("import_oews", path)
    first = Dataset.objects.get().imported_at

    assert "figures: 0 added, 0 changed, 11 as before;" in run("import_oews", path)
    assert Dataset.objects.get().imported_at == first


def test_a_corrected_file_changes_what_differs(run, tmp_path):
    run("import_oews", make_oews(tmp_path / "survey.xlsx"))

    said = run("import_oews", make_oews(tmp_path / "survey.xlsx", [TECHNICIANS | {"A_MEDIAN": 39980}, CHIEFS]))

    assert "figures: 0 added, 1 changed, 10 as before;" in said
    assert of("25-4031").value == 39980


def test_later_names_of_columns_are_recognized_in_any_order(run, tmp_path):
    new = {"OCC_CODE": "SOC Code", "A_MEDIAN": "Annual Median Wage", "TOT_EMP": "total_employment"}
    header = [new.get(name, name) for name in reversed(OEWS_HEADER)]
    row = {new.get(name, name): value for name, value in TECHNICIANS.items()}

    run("import_oews", make_oews(tmp_path / "survey.xlsx", [row], header))

    assert of("25-4031").value == 39970


def test_single_industries_are_skipped(run, tmp_path):
    rows = [TECHNICIANS, TECHNICIANS | {"I_GROUP": "sector", "A_MEAN": 1}]

    said = run("import_oews", make_oews(tmp_path / "survey.xlsx", rows))

    assert "figures: 6 added" in said
    assert "Skipped, rows of single industries: 1." in said


def test_a_period_that_the_workbook_does_not_say_is_asked_for(run, refused, tmp_path):
    path = make_oews(tmp_path / "survey.xlsx", sheet="table", note="Estimates")

    assert "--period 'May 2024'" in refused("import_oews", path)
    assert "is not a survey's period" in refused("import_oews", path, period="2024")
    assert "May 2023: figures: 11 added" in run("import_oews", path, period="May 2023")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([TECHNICIANS | {"A_MEDIAN": "about 40k"}], "row 2, column A_MEDIAN: 'about 40k' is not a number."),
        ([TECHNICIANS | {"A_MEDIAN": True}], "row 2, column A_MEDIAN: 'True' is not a number."),
        ([TECHNICIANS | {"TOT_EMP": 73.77}], "column TOT_EMP: '73.77' is not a whole number."),
        ([TECHNICIANS | {"TOT_EMP": -1}], "column TOT_EMP: -1 is below zero."),
        ([TECHNICIANS | {"A_MEAN": 1e300}], "column A_MEAN: '1e+300' is too large to be true."),
        ([TECHNICIANS | {"A_PCT10": 35000, "H_PCT10": ""}], "row 2: A_PCT10 (35000) is above A_PCT25 (33510)."),
        ([TECHNICIANS | {"A_PCT90": "", "H_PCT75": 30}], "row 2: H_PCT75 (30.00) is above H_PCT90 (29.31)."),
        ([TECHNICIANS | {"A_MEAN": 4305}], "row 2, column A_MEAN: 4305 is not 2,080 times 20.70 an hour."),
        ([TECHNICIANS | {"H_MEAN": 20.705}], "row 2, column H_MEAN: '20.705' has more digits than 1/100."),
        ([TECHNICIANS | {"OCC_CODE": "25-403"}], "column OCC_CODE: '25-403' is not an occupation code."),
        ([TECHNICIANS | {"OCC_CODE": "99-1234"}], "column OCC_CODE: '99-1234' is not an occupation code."),
        ([TECHNICIANS | {"OCC_TITLE": ""}], "column OCC_TITLE: a title of 1 to 200 characters is needed."),
        ([TECHNICIANS, TECHNICIANS | {"TOT_EMP": 1}], "row 3: 25-4031 stands twice in the sheet"),
        ([THERE | WASHINGTON, THERE | WASHINGTON | {"TOT_EMP": 1}], "25-4031 stands twice for Washington in the sheet"),
        ([TECHNICIANS | {"I_GROUP": "sector"}], "has no rows for the United States or a state."),
        ([TECHNICIANS | WASHINGTON | {"AREA_TITLE": "Washingtn"}], "AREA_TITLE: '53' 'Washingtn' is not a state or"),
        (
            [TECHNICIANS | WASHINGTON | {"AREA": "54"}],
            "column AREA_TITLE: '54' 'Washington' is not a state or territory.",
        ),
        ([TECHNICIANS | {"AREA_TYPE": "7"}], "column AREA_TYPE: '7' is not a type of area from 1 to 6."),
        ([TECHNICIANS | SEATTLE | {"PRIM_STATE": ""}], "row 2: an area needs its code, name and state"),
    ],
)
def test_a_bad_row_is_named(refused, tmp_path, rows, line):
    assert line in refused("import_oews", make_oews(tmp_path / "survey.xlsx", rows))


def test_a_missing_column_is_named(refused, tmp_path):
    header = [name for name in OEWS_HEADER if name not in ("A_MEDIAN", "TOT_EMP")]

    line = refused("import_oews", make_oews(tmp_path / "survey.xlsx", header=header))

    assert "sheet 'national_M2024_dl': missing columns: TOT_EMP, A_MEDIAN." in line


def test_a_column_that_stands_twice_is_named(refused, tmp_path):
    line = refused("import_oews", make_oews(tmp_path / "survey.xlsx", header=[*OEWS_HEADER, "ANNUAL_MEDIAN"]))

    assert "more than one column looks like A_MEDIAN" in line


def test_a_workbook_without_the_sheet_is_refused(refused, tmp_path):
    line = refused("import_oews", make_oews(tmp_path / "survey.xlsx", header=["Name", "Price"], sheet="Prices"))

    assert "no sheet has the columns OCC_CODE" in line
    assert "its sheets are: Prices, Field Descriptions." in line


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_file_cut_off_is_refused(refused, tmp_path, share):
    whole = make_oews(tmp_path / "survey.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: int(len(whole) * share)])

    assert "is not an Excel workbook (.xlsx), or is cut off." in refused("import_oews", tmp_path / "cut.xlsx")


PARTS = ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("damaged", PARTS)
def test_a_damaged_part_is_refused(refused, tmp_path, damaged):
    replace_part(make_oews(tmp_path / "survey.xlsx"), damaged, lambda content: content[: len(content) // 2])

    assert "is damaged" in refused("import_oews", tmp_path / "survey.xlsx")


def replace_part(path, name, change):
    """Write the workbook at `path` again with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_files_that_are_no_workbook_are_refused(refused, tmp_path):
    (tmp_path / "text.xlsx").write_text("OCC_CODE,A_MEDIAN\n")
    with zipfile.ZipFile(tmp_path / "archive.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")

    assert "is not an Excel workbook" in refused("import_oews", tmp_path / "text.xlsx")
    assert "cannot be read as an Excel workbook" in refused("import_oews", tmp_path / "archive.xlsx")
    assert "cannot be read: No such file or directory." in refused("import_oews", tmp_path / "none.xlsx")
    assert "cannot be read: Is a directory." in refused("import_oews", tmp_path)


def with_part(path, name, content):
    """Return a workbook at `path` with one part more."""
    make_oews(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


@pytest.fixture
def never_opened(monkeypatch):
    """Fail where openpyxl is given the file."""
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *args, **kwargs: pytest.fail("was opened"))


@pytest.mark.usefixtures("never_opened")
def test_a_zip_bomb_is_refused_unread(refused, tmp_path, monkeypatch):
    bomb = with_part(tmp_path / "bomb.xlsx", "xl/worksheets/sheet9.xml", b" " * (20 * 2**20))
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 30 * 2**20)
    big = with_part(tmp_path / "big.xlsx", "xl/worksheets/sheet9.xml", b" " * (workbooks.MAX_UNPACKED + 1))
    styles = with_part(tmp_path / "styles.xlsx", "xl/styles2.xml", b" " * (3 * 2**20))

    assert "unpacks more than 100-fold: refused." in refused("import_oews", bomb)
    assert "unpacks to more than 30 MB: refused unread." in refused("import_oews", big)
    assert "'xl/styles2.xml' is oversized" in refused("import_oews", styles)


def test_a_zip_that_lies_about_its_sizes_unpacks_no_further(refused, tmp_path):
    path = with_part(tmp_path / "liar.xlsx", "xl/sharedStrings2.xml", b" " * (20 * 2**20))
    honest, small = struct.pack("<I", 20 * 2**20), struct.pack("<I", 1000)
    path.write_bytes(path.read_bytes().replace(honest, small))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/sharedStrings2.xml").file_size == 1000
        with pytest.raises(zipfile.BadZipFile):
            archive.read("xl/sharedStrings2.xml")


def test_entities_that_multiply_are_refused(refused, tmp_path):
    whole = make_oews(tmp_path / "survey.xlsx")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(9))
    cell = '<row><c t="str"><v>&e8;</v></c></row>'
    sheet = f"<!DOCTYPE worksheet [{entities}]><worksheet><sheetData>{cell}</sheetData></worksheet>"
    replace_part(whole, "xl/worksheets/sheet1.xml", lambda content: sheet)

    assert "is damaged" in refused("import_oews", whole)


def test_a_wrong_size_in_the_sheet_hides_no_row(run, tmp_path):
    path = make_oews(tmp_path / "survey.xlsx")
    replace_part(path, "xl/worksheets/sheet1.xml", lambda content: content.replace(b'ref="A1:AF3"', b'ref="A1:AF2"'))

    assert "11 added" in run("import_oews", path)


def test_a_sheet_of_a_million_rows_is_refused(refused, tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_ROWS", 50)

    line = refused("import_oews", make_oews(tmp_path / "survey.xlsx", [TECHNICIANS] * 60))

    assert "has more than 50 rows" in line


def test_a_file_that_lost_rows_is_refused(run, refused, tmp_path):
    run("import_oews", make_oews(tmp_path / "survey.xlsx"))

    line = refused("import_oews", make_oews(tmp_path / "survey.xlsx", [CHIEFS]))

    assert "lacks 6 of the 11 figures that this edition has: cut off?" in line


def test_a_failure_while_storing_leaves_nothing(run, tmp_path, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("guides.datasets.storing.content_changed", fail)
    with pytest.raises(RuntimeError):
        run("import_oews", make_oews(tmp_path / "survey.xlsx"))

    assert not Dataset.objects.exists()
    assert not ImportedObservation.objects.exists()
