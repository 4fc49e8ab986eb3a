"""The publishers' own files, where they lie beside the project."""

from pathlib import Path

import pytest
from django.conf import settings

from guides.datasets.checking import contradicted_figures
from guides.datasets.models import Area, HandbookEntry, ImportedObservation, OccupationTitle, Projection, WageEstimate
from guides.models import Observation
from guides.publishing import editions
from tests import factories
from tests.faults.outage import LONG

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="The publishers' files are not at ../shared/data."),
    pytest.mark.any_database,
]


def test_the_wage_survey(run):
    path = DATA / "bls" / "national_M2024_dl.xlsx"
    assert "May 2024: figures: 5,124 added" in run("import_oews", path)

    def of(code, measure="pay", statistic="median"):
        return ImportedObservation.objects.get(codes=code, measure=measure, statistic=statistic)

    assert [of(code).value for code in ("25-4031", "43-4121", "25-4022")] == [39970, 36010, 64320]
    assert of("25-4031").period == "May 2024"
    assert of("25-4031", "employment", "total").value == 73770
    assert of("27-2011").says == "not published"
    assert "0 added, 0 changed, 5,124 as before" in run("import_oews", path)


def see_the_handbook(run):
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


def test_the_wage_survey_of_states(run):
    """Means alone, against the mean of the nation of the same May."""
    run("import_oews", DATA / "bls" / "oews" / "national_M2023_dl.xlsx")
    assert "May 2023: wages by area: 37,676 added" in run(
        "import_oews", DATA / "bls" / "oews" / "state_M2023_means.csv"
    )

    technicians = WageEstimate.objects.of("25-4031")
    states = {row.area.name: row.annual_mean for row in technicians.in_states()}
    assert (len(states), min(states.values()), max(states.values())) == (52, 27_750, 59_990)
    assert (states["Mississippi"], states["Washington"]) == (27_750, 59_990)
    nation = technicians.in_nation().get(dataset=technicians.in_states().newest_edition())
    assert (nation.annual_mean, nation.annual_median, nation.employment) == (42_570, 39_310, 76_670)
    assert Area.objects.filter(kind__in=("state", "territory")).count() == 54


@pytest.mark.skipif(not LONG, reason="The wage survey of older years takes its time: `make faults` reads it.")
@pytest.mark.parametrize(
    ("year", "employment", "median"), [(2020, 89_070, 37_010), (2021, 73_000, 36_970), (2022, 73_330, 37_600)]
)
def test_the_wage_survey_of_other_years(run, year, employment, median):
    see_the_wage_survey(run, year, employment, median)


def see_the_wage_survey(run, year, employment, median):
    run("import_oews", DATA / "bls" / "oews" / f"national_M{year}_dl.xlsx")

    nation = WageEstimate.objects.of("25-4031").get(dataset__edition=f"May {year}")
    assert (nation.employment, nation.annual_median) == (employment, median)


def see_the_projections(run):
    said = run("import_projections", DATA / "bls" / "projections" / "occupation.xlsx")

    assert "projections: 1,113 added, 0 changed, 0 as before; reasons for changes: 998 added" in said
    for code, row in {
        "25-4031": (78_600, 73_200, 13_000, 7_000, 6_500),
        "43-4121": (84_500, 78_900, 12_800, 7_200, 6_200),
        "25-4022": (142_100, 144_500, 13_500, 7_600, 5_700),
    }.items():
        projection = Projection.objects.newest(code)
        names = ("employment", "projected_employment", "openings", "exits", "transfers")
        assert tuple(getattr(projection, name) for name in names) == row
    reasons = {factor.text for factor in Projection.objects.newest_explained("25-4031")[1]}
    assert len(reasons) == 1
    assert reasons.pop().startswith("Demand change - share decreases as library usage declines")


def test_the_newest_of_each_and_every_guide_against_them(run, lta):
    see_the_wage_survey(run, 2025, 68_690, 44_580)
    see_the_projections(run)
    see_the_handbook(run)
    assert contradicted_figures() == []

    newest = Observation.objects.filter(figure__section__guide=lta, figure__slug="median-pay", year=2025)
    assert newest.delete()[0]
    factories.make_live_unchecked(editions.save(lta))

    assert contradicted_figures() == ["library-technical-assistant median-pay $39,970, now $44,580"]
