"""The publishers' own files, where they lie beside the project."""

from pathlib import Path

import pytest
from django.conf import settings

from guides.datasets.models import HandbookEntry, ImportedObservation, OccupationTitle

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="The publishers' files are not at ../shared/data.")


def test_the_wage_survey(run):
    path = DATA / "bls" / "national_M2024_dl.xlsx"
    assert "May 2024: figures: 3,416 added" in run("import_oews", path)

    def of(code, measure="pay", statistic="median"):
        return ImportedObservation.objects.get(codes=code, measure=measure, statistic=statistic)

    assert [of(code).value for code in ("25-4031", "43-4121", "25-4022")] == [39970, 36010, 64320]
    assert of("25-4031").period == "May 2024"
    assert of("25-4031", "employment", "total").value == 73770
    assert of("27-2011").says == "not published"
    assert "0 added, 0 changed, 3,416 as before" in run("import_oews", path)


def test_the_handbook(run):
    path = DATA / "bls" / "occupations.csv"
    run("import_ooh", path)

    both = ImportedObservation.objects.with_codes().filter(counted="25-4031 43-4121")
    change = both.get(measure="change", unit="percent")
    assert (change.value, change.period) == (-7, "2024-34")
    assert both.get(measure="pay").value == 37540
    entries = set(ImportedObservation.objects.values_list("entry", flat=True))
    assert set(HandbookEntry.objects.values_list("slug", flat=True)) <= entries
    assert "0 added, 0 changed" in run("import_ooh", path)


def test_onet(run):
    folder = DATA / "onet-27.0"
    assert "O*NET database, 27.0: occupations: 1,016 added" in run("import_onet", folder)

    titles = OccupationTitle.objects.filter(title="Circulation Clerk")
    assert {"25-4031.00", "43-4121.00"} < set(titles.values_list("occupation__code", flat=True))
    assert "titles: 0 added, 0 changed" in run("import_onet", folder)
