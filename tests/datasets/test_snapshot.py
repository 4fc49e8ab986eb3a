"""The official snapshot: made of what was imported, loaded where it is missing, and never over a newer import."""

import json
import lzma

import pytest

from guides.datasets import jobs, profiles
from guides.datasets.models import Dataset, ImportedObservation, OccupationBlock, OccupationTitle
from guides.datasets.snapshot import loading, manifest, restored_tables, tables
from guides.models import ContentVersion

from .files import ONET_FILES, TECHNICIANS, make_oews, make_onet, make_rating, make_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def official(settings, tmp_path):
    """The folder of the snapshot, empty at first."""
    settings.FIXTURES_DIR, settings.OFFICIAL_DATA = tmp_path / "fixtures", True
    return tmp_path / "fixtures" / "official"


@pytest.fixture
def imported(run, tmp_path):
    """Two years of the wage survey, and O*NET of two editions."""
    run("import_oews", make_oews(tmp_path / "may_2024.xlsx"))
    run("import_oews", make_oews(tmp_path / "may_2023.xlsx", sheet="national_M2023_dl", note="May 2023 OEWS"))
    run("import_onet", make_onet(tmp_path / "onet"))
    newer = tmp_path / "onet_30.2"
    newer.mkdir()
    make_table(newer / "skills.xlsx", [make_rating("2.A.1.a", "Reading Comprehension")])
    run("import_onet", newer)


def forget():
    """Leave nothing of what was imported."""
    for table in reversed(tables.tables().values()):
        table.model.objects.all().delete()


def jobs_in_may_2024():
    return ImportedObservation.objects.get(dataset__edition="May 2024", codes="25-4031", measure="employment").value


def contents(official):
    return {path.name: path.read_bytes() for path in official.iterdir()}


def test_what_was_imported_comes_back_the_same(run, imported, official):
    said = run("make_snapshot")

    assert "oews May 2024: " in said
    snapshot = contents(official)
    assert set(snapshot) == {"manifest.json", "oews-may-2023.jsonl.xz", "oews-may-2024.jsonl.xz", "onet.jsonl.xz"}
    titles = OccupationTitle.objects.count()
    forget()
    version = ContentVersion.objects.get().number

    assert run("load_snapshot") == "Loaded: oews May 2023, oews May 2024, onet 27.0, 30.2.\n"

    assert jobs_in_may_2024() == 73_770
    assert OccupationTitle.objects.count() == titles
    profile = profiles.of("25-4031.00")
    assert (profile.skills.edition, profile.job_zone.edition) == ("30.2", "27.0")
    assert ContentVersion.objects.get().number > version, "stored pages know that they are old"
    assert run("load_snapshot") == "Loaded: nothing that is not here.\n"
    run("make_snapshot")
    assert contents(official) == snapshot


def test_the_manifest_names_files_editions_licence_and_credit(run, imported, tmp_path, official):
    run("make_snapshot")

    content = json.loads((official / "manifest.json").read_text())
    (survey,) = next(part for part in content["parts"] if "may-2024" in part["file"])["editions"]
    assert (survey["publisher"], survey["edition"]) == ("oews", "May 2024")
    assert survey["files"] == [{"name": "may_2024.xlsx", "sha256": sha256(tmp_path / "may_2024.xlsx")}]
    assert survey["licence"] == "U.S. government work, public domain"
    older, newer = next(part for part in content["parts"] if part["file"] == "onet.jsonl.xz")["editions"]
    assert [file["name"] for file in older["files"]] == ["Alternate Titles.txt", "Job Zones.txt", "Occupation Data.txt"]
    assert [file["name"] for file in newer["files"]] == ["skills.xlsx"]
    assert "O*NET 30.2 Database" in newer["credit"]
    assert newer["licence"] == "CC BY 4.0"
    for part in manifest.parts():
        assert part.sha256 == sha256(official / part.file)
        assert counted(official / part.file) == part.rows


def sha256(path):
    from hashlib import sha256

    return sha256(path.read_bytes()).hexdigest()


def counted(path):
    """The rows of a file by table."""
    counts = {}
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            if isinstance(line, dict):
                label = line.get("table")
            elif label:
                counts[label] = counts.get(label, 0) + 1
    return counts


def test_the_clock_loads_it_once(run, imported, django_assert_num_queries):
    run("make_snapshot")
    forget()
    assert loading.is_needed()

    assert jobs.load_snapshot() == "oews May 2023, oews May 2024, onet 27.0, 30.2"

    with django_assert_num_queries(2):
        assert not loading.is_needed()
    assert jobs.load_snapshot() == ""


def test_a_host_may_leave_it_alone(run, imported, settings):
    run("make_snapshot")
    forget()
    settings.OFFICIAL_DATA = False

    assert not loading.is_needed()
    assert restored_tables() == []


def test_an_import_of_the_same_edition_stays_and_other_editions_stand_beside_it(run, imported, tmp_path):
    run("make_snapshot")
    forget()
    own = TECHNICIANS | {"TOT_EMP": 70_000.0}
    run("import_oews", make_oews(tmp_path / "own.xlsx", rows=[own]))

    assert run("load_snapshot") == "Loaded: oews May 2023, onet 27.0, 30.2.\n"

    assert jobs_in_may_2024() == 70_000
    assert not loading.is_needed()


def test_an_import_over_what_was_loaded_is_somebodys_own(run, imported, tmp_path, official):
    run("make_snapshot")
    forget()
    run("load_snapshot")
    assert "datasets_importedobservation" in restored_tables()
    own = TECHNICIANS | {"TOT_EMP": 70_000.0}

    run("import_oews", make_oews(tmp_path / "own.xlsx", rows=[own, own | {"OCC_CODE": "11-1011"}]))

    assert not loading.is_needed()
    assert "datasets_importedobservation" not in restored_tables()
    assert "datasets_occupationtitle" in restored_tables()


def test_a_newer_import_of_onet_stays_whole_and_an_older_one_gives_way(run, imported, tmp_path):
    run("make_snapshot")
    forget()
    newest = make_onet(tmp_path / "newest", read=["O*NET 31.0 Database"])
    run("import_onet", newest)
    assert run("load_snapshot") == "Loaded: oews May 2023, oews May 2024.\n"
    assert set(OccupationBlock.objects.values_list("dataset__edition", flat=True)) == {"31.0"}

    forget()
    run("import_onet", make_onet(tmp_path / "old", read=["O*NET 29.0 Database"]))
    assert "onet 27.0, 30.2" in run("load_snapshot")
    assert set(Dataset.objects.filter(form="onet").values_list("edition", flat=True)) == {"27.0", "30.2"}

    # One block of a newer edition, imported over what was loaded: all of O*NET is this site's own from then on.
    skills = tmp_path / "onet_31.1"
    skills.mkdir()
    make_table(skills / "skills.xlsx", [make_rating("2.A.1.a", "Reading Comprehension", value=2)])
    run("import_onet", skills)
    assert not loading.is_needed()
    assert not {name for name in restored_tables() if "occupation" in name}


def test_another_releases_snapshot_takes_the_place_of_the_one_loaded_before(run, imported, tmp_path, official):
    run("make_snapshot")
    older = contents(official)
    titles = [*ONET_FILES["Alternate Titles.txt"], "25-4031.00\tLibrary Technician\tn/a\t02"]
    run("import_onet", make_onet(tmp_path / "onet", alternate=titles))
    run("make_snapshot")
    newer = contents(official)
    forget()
    for release, count in ((older, 3), (newer, 4)):
        for name, content in release.items():
            (official / name).write_bytes(content)
        run("load_snapshot")
        assert OccupationTitle.objects.count() == count
    assert Dataset.objects.filter(form="onet").count() == 2


def test_what_a_backup_left_out_is_loaded_again(run, imported):
    run("make_snapshot")
    forget()
    run("load_snapshot")
    names = restored_tables()
    assert set(names) == {table.model._meta.db_table for table in tables.tables().values()} - {"datasets_dataset"}
    for table in reversed(tables.tables().values()):
        if table.model is not Dataset:
            table.model.objects.all().delete()

    assert loading.is_needed()
    assert run("load_snapshot") == "Loaded: oews May 2023, oews May 2024, onet 27.0, 30.2.\n"
    assert OccupationTitle.objects.count() == 3
    assert not loading.is_needed()


def test_no_row_of_another_table_refers_to_what_a_backup_leaves_out():
    """It could not be brought back without them: name an occupation by its code."""
    for table in tables.tables().values():
        for relation in table.model._meta.related_objects:
            assert relation.related_model._meta.label_lower in tables.tables(), relation.field


def test_a_faulty_snapshot_is_refused_in_one_line_and_changes_nothing(run, refused, imported, official):
    run("make_snapshot")
    forget()
    good = contents(official)
    (official / "onet.jsonl.xz").write_bytes(good["onet.jsonl.xz"][:-7])
    path = official / "onet.jsonl.xz"
    part = next(part for part in manifest.parts() if part.publisher == "onet")
    with pytest.raises(Exception, match="it is damaged or of another release"):
        jobs.load_snapshot()
    assert not OccupationTitle.objects.exists()
    path.unlink()
    assert f"{path}: cannot be read: No such file or directory." in refused("load_snapshot")
    assert part.rows["datasets.occupationtitle"] == 3

    index = official / "manifest.json"
    for text, said in [
        ("{", "is no manifest of a snapshot (JSONDecodeError"),
        ("{}", "is no manifest of a snapshot (KeyError: 'format')"),
        ('{"format": 2, "parts": []}', "is of format 2, and this release reads 1."),
    ]:
        index.write_text(text)
        assert said in refused("load_snapshot")


def test_a_site_without_a_snapshot_has_nothing_to_load(run, refused):
    assert not loading.is_needed()
    assert run("load_snapshot") == "Loaded: nothing that is not here.\n"
    assert "Nothing was imported: there is nothing to make a snapshot of." in refused("make_snapshot")


def test_a_snapshot_that_is_too_large_is_not_made(run, refused, imported, official, monkeypatch):
    run("make_snapshot")
    before = contents(official)
    monkeypatch.setattr(manifest, "LARGEST", 1_000)
    OccupationTitle.objects.all().delete()

    assert "more than the project ships." in refused("make_snapshot")

    assert contents(official) == before


def test_an_edition_that_does_not_say_where_it_is_from_is_not_shipped(run, refused, imported):
    Dataset.objects.get(edition="May 2023").files.all().delete()

    assert "May 2023: does not say which files it was read from: import it again." in refused("make_snapshot")


def test_editions_of_unknown_publishers_are_not_shipped(run, imported):
    Dataset.objects.create(form="strange", edition="1", file_name="x")
    run("make_snapshot")

    assert {part.publisher for part in manifest.parts()} == {"oews", "onet"}
