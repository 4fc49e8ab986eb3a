"""The O*NET database's text files."""

from guides.datasets.models import Dataset, Occupation, OccupationTitle

from .files import ONET_FILES, make_onet


def test_occupations_and_titles_are_stored_with_the_credit(run, tmp_path):
    said = run("import_onet", make_onet(tmp_path / "onet"))

    assert "O*NET database, 27.0: occupations: 2 added, 0 changed, 0 as before; titles: 3 added" in said
    assert "Used under the CC BY 4.0 license." in said
    assert Occupation.objects.get(code="25-4031.00").job_zone == 3
    listed = OccupationTitle.objects.filter(title="Circulation Clerk").values_list("occupation__code", flat=True)
    assert list(listed) == ["25-4031.00", "43-4121.00"]
    assert "O*NET 27.0 Database" in Dataset.objects.get().credit


def test_a_second_run_changes_nothing(run, tmp_path):
    folder = make_onet(tmp_path / "onet")
    run("import_onet", folder)
    first = Dataset.objects.get().imported_at

    said = run("import_onet", folder)

    assert "occupations: 0 added, 0 changed, 2 as before; titles: 0 added, 0 changed, 3 as before;" in said
    assert Dataset.objects.get().imported_at == first


def test_a_later_edition_takes_the_place_of_the_one_before(run, tmp_path):
    run("import_onet", make_onet(tmp_path / "onet"))
    titles = [line for line in ONET_FILES["Alternate Titles.txt"] if "LTA" not in line]

    said = run("import_onet", make_onet(tmp_path / "newer", read=["O*NET 29.1 Database"], alternate=titles))

    assert "O*NET database, 29.1: occupations: 0 added, 2 changed, 0 as before;" in said
    assert "titles: 0 added, 0 changed, 2 as before, 1 removed" in said
    assert Dataset.objects.get().edition == "29.1"


def test_files_are_recognized_by_their_headers(run, tmp_path):
    folder = make_onet(tmp_path / "db_30_0_text", read=None)
    (folder / "Alternate Titles.txt").rename(folder / "Lay Titles.txt")

    assert "O*NET database, 30.0: occupations: 2 added" in run("import_onet", folder)


def test_missing_files_and_columns_are_named(run, refused, tmp_path):
    folder = make_onet(tmp_path / "onet", alternate=None, job=["O*NET-SOC Code\tZone"])
    (folder / "Tools Used.txt").write_text("O*NET-SOC Code\tExample\n25-4031.00\tStamps\n", encoding="utf-8")

    assert "Job Zones.txt: missing columns: Job Zone." in refused("import_onet", folder)

    (folder / "Job Zones.txt").unlink()
    said = run("import_onet", folder)
    assert "Not in this folder: Alternate Titles, Sample of Reported Titles, Job Zones, Task Statements," in said
    assert "Not used: Job Zone Reference.txt, Tools Used.txt." in said


def test_a_folder_without_a_table_that_is_read_is_refused(refused, tmp_path):
    (tmp_path / "Tools Used.txt").write_text("O*NET-SOC Code\tExample\n25-4031.00\tStamps\n", encoding="utf-8")

    line = refused("import_onet", tmp_path, edition="30.2")

    assert "none of its files is a table of the O*NET database that we read: Occupation Data (O*NET-SOC Code," in line


def test_an_unknown_edition_is_asked_for(run, refused, tmp_path):
    folder = make_onet(tmp_path / "files", read=["Hello"])

    assert "--edition 27.0" in refused("import_onet", folder)
    assert "is not an edition" in refused("import_onet", folder, edition="new")
    assert "O*NET database, 28.2" in run("import_onet", folder, edition="28.2")


def test_bad_rows_are_named(refused, tmp_path):
    head = "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)"

    def line(*rows, **files):
        return refused("import_onet", make_onet(tmp_path / "onet", **files or {"alternate": [head, *rows]}))

    assert "line 2, column O*NET-SOC Code: '11-1011.00' is not in the list of occupations." in line(
        "11-1011.00\tChief\tn/a\t02"
    )
    assert "line 2 has 2 cells, the header 4: cut off?" in line("25-4031.00\tPage")
    assert "column Alternate Title: a text of 1 to 250" in line("25-4031.00\t\tn/a\t02")
    zones = ["O*NET-SOC Code\tJob Zone", "25-4031.00\tthree"]
    assert "column Job Zone: 'three' is not a number from 1 to 5." in line(job=zones)


def test_a_folder_that_is_none_is_refused(refused, tmp_path):
    assert "cannot be read: No such file or directory." in refused("import_onet", tmp_path / "none")


def test_a_file_that_lost_titles_is_refused(run, refused, tmp_path):
    run("import_onet", make_onet(tmp_path / "onet"))

    line = refused("import_onet", make_onet(tmp_path / "onet", alternate=ONET_FILES["Alternate Titles.txt"][:3]))

    assert "lacks 1 of the 3 rows of Alternate Titles that this edition has: cut off?" in line
