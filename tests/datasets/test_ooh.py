"""The Handbook's table of occupations."""

import pytest

from guides.datasets.models import HandbookEntry, ImportedObservation

from .files import LIBRARIANS, LIBRARY, OOH_HEADER, make_ooh


def of(codes, **fields):
    return ImportedObservation.objects.with_codes().get(counted=codes, **fields)


def test_every_row_becomes_figures_of_its_codes(run, tmp_path):
    said = run("import_ooh", make_ooh(tmp_path / "table.csv"))

    assert "2024-34: figures: 11 added, 0 changed, 0 as before." in said
    both = "25-4031 43-4121"
    change = of(both, measure="change", unit="percent")
    assert (change.value, change.period, change.year, change.says) == (-7, "2024-34", 2024, "−7%")
    assert of(both, measure="change", unit="count").value == -11000
    assert of(both, measure="employment", period="2024").value == 163100
    assert of(both, measure="employment", period="2024-34").value == 152100
    assert of(both, measure="pay").period == "May 2024"
    assert of("25-4022", measure="education").text == "Master's degree"
    assert not ImportedObservation.objects.filter(entry=LIBRARY["slug"], measure="education").exists()


def test_a_second_run_changes_nothing(run, tmp_path):
    path = make_ooh(tmp_path / "table.csv")
    run("import_ooh", path)

    assert "0 added, 0 changed, 11 as before." in run("import_ooh", path)


def test_an_entry_without_codes_is_named_until_an_editor_maps_it(run, tmp_path):
    HandbookEntry.objects.filter(slug=LIBRARY["slug"]).delete()
    path = make_ooh(tmp_path / "table.csv")

    assert f"no figure is held against them: 1 ({LIBRARY['slug']})" in run("import_ooh", path)
    assert not ImportedObservation.objects.with_codes().filter(counted__contains="43-4121").exists()

    HandbookEntry.objects.create(slug=LIBRARY["slug"], codes="25-4031 43-4121")
    assert of("25-4031 43-4121", measure="change", unit="percent").value == -7
    assert "Without an occupation code" not in run("import_ooh", path)


def test_a_later_edition_with_other_names_is_recognized(run, tmp_path):
    new = {
        "num_jobs_2024": "employment_2025", "projected_employment_2034": "projected_employment_2035",
        "outlook_pct": "percent_change", "soc_code": "SOC", "employment_change": "Employment change, numeric",
    }  # fmt: skip
    header = [*(new.get(name, name) for name in OOH_HEADER), "Openings"]
    row = {new.get(name, name): value for name, value in LIBRARY.items()} | {"Openings": "25,800"}

    run("import_ooh", make_ooh(tmp_path / "table.csv", [row], header), pay_period="May 2025")

    assert of("25-4031 43-4121", measure="openings").value == 25800
    assert of("25-4031 43-4121", measure="openings").period == "2025-35"


def test_empty_cells_are_no_figures(run, tmp_path):
    names = {"title": "Military careers", "slug": "military-careers", "url": "https://www.bls.gov/ooh/military.htm"}

    assert "Skipped, entries without any figure: 1." in run(
        "import_ooh", make_ooh(tmp_path / "table.csv", [LIBRARY, names])
    )


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"num_jobs_2024": "many"}, "line 3, column num_jobs_<year>: 'many' is not a number."),
        ({"num_jobs_2024": "142.1"}, "column num_jobs_<year>: '142.1' is not a whole number."),
        ({"median_pay_annual": "nan"}, "column median_pay_annual: 'nan' is not a number."),
        ({"median_pay_annual": "-5"}, "column median_pay_annual: -5 is below zero."),
        ({"soc_code": "25-40222"}, "column soc_code: '25-40222' is not an occupation code."),
        ({"soc_code": "98-4022"}, "column soc_code: '98-4022' is not an occupation code."),
        ({"slug": "../x"}, "column slug: '../x' is not the name of an entry."),
        ({"slug": LIBRARY["slug"]}, "the entry library-technicians-and-assistants stands twice."),
        ({"title": "x" * 201}, "column title: a title of 1 to 200 characters is needed."),
        ({"url": "javascript:alert(1)"}, "column url: 'javascript:alert(1)' is not a web address."),
        ({"title": "a\0b"}, "line 3"),
    ],
)
def test_a_bad_row_is_named(refused, tmp_path, row, line):
    assert line in refused("import_ooh", make_ooh(tmp_path / "table.csv", [LIBRARY, LIBRARIANS | row]))


def test_missing_columns_are_named(refused, tmp_path):
    header = [name for name in OOH_HEADER if name not in ("num_jobs_2024", "soc_code")]

    line = refused("import_ooh", make_ooh(tmp_path / "table.csv", header=header))

    assert "missing columns: soc_code, num_jobs_<year>." in line


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "its last line is not finished"),
        (b"\n", "missing columns: title"),
        (b"\xff\xfe\n", "is not UTF-8 text (after line 0)."),
        (b'title,"slug\n', "cannot be read: unexpected end of data."),
    ],
)
def test_what_is_no_table_is_refused(refused, tmp_path, content, line):
    path = tmp_path / "table.csv"
    path.write_bytes(content)

    assert line in refused("import_ooh", path)


def test_invalid_utf8_in_a_row_is_refused(refused, tmp_path):
    path = make_ooh(tmp_path / "table.csv")
    path.write_bytes(path.read_bytes().replace(b"media specialists", b"media sp\xe9cialistes"))

    assert "is not UTF-8 text" in refused("import_ooh", path)


@pytest.mark.parametrize("cut", [1, 30, 120])
def test_a_file_cut_off_is_refused(refused, tmp_path, cut):
    path = make_ooh(tmp_path / "table.csv")
    path.write_bytes(path.read_bytes()[:-cut])

    assert "cut off" in refused("import_ooh", path)


def test_a_row_cut_off_is_refused(refused, tmp_path):
    path = make_ooh(tmp_path / "table.csv")
    path.write_bytes(path.read_bytes()[:-120] + b"\n")

    assert "cut off?" in refused("import_ooh", path)
