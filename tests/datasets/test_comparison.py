"""Figures held against imported data, and taking the newer one over."""

from datetime import date

import pytest

from guides import freezing
from guides.datasets.comparison import NEWER, OTHER, Outdated, hold, use_newer
from guides.datasets.models import HandbookEntry
from guides.models import Edition, Observation, Source
from guides.publishing import editions
from tests import factories

from .files import make_oews, make_ooh


@pytest.fixture
def imported(run, tmp_path):
    """The small files, imported."""
    run("import_oews", make_oews(tmp_path / "survey.xlsx"))
    run("import_ooh", make_ooh(tmp_path / "table.csv"))


@pytest.fixture
def section(db):
    return factories.make_section(factories.make_guide(publish=False), "figures", slug="numbers")


def make_figure(section, codes="25-4031", period="May 2024", said=None, **fields):
    """Return a figure with one official observation."""
    money = {"measure": "pay", "statistic": "median", "unit": "currency", "currency": "USD"}
    fields = money | {"slug": "f", "label": "Median pay", "occupation_codes": codes} | fields
    figure = section.figures.create(**fields)
    year = int(period.removeprefix("May ")[:4]) if period[:3] == "May" or period[:4].isdigit() else 2025
    factories.make_observation(figure, **(said or {"value": 39970}), period=period, year=year)
    return figure


def kind(figure):
    return hold([figure])[0].kind


COUNT = {"measure": "employment", "statistic": "total", "unit": "count", "currency": ""}
CHANGE = {"measure": "change", "statistic": "total", "unit": "percent", "currency": ""}
BOTH = "25-4031 43-4121"


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"said": {"value": 39790}}, OTHER),
        ({"said": {"value": 38400}, "period": "May 2023"}, NEWER),
        ({"period": "May 2023"}, NEWER),
        ({"said": {"value": 41000}, "period": "May 2025"}, ""),
        ({"codes": "43-4121 25-4031", "said": {"value": 37540}}, ""),
        ({"codes": BOTH}, OTHER),
        ({"codes": ""}, ""),
        ({"codes": "25-4011", "said": {"value": 1}}, ""),
        ({"area": "Canada", "said": {"value": 1}}, ""),
        ({"currency": "CAD", "said": {"value": 1}}, ""),
        ({"statistic": "mean"}, OTHER),
        ({"statistic": "range", "said": {"low": 27890, "high": 60960}}, ""),
        ({"statistic": "range", "said": {"low": 27890, "high": 55000}}, OTHER),
        ({"codes": "11-1011", "period": "May 2020"}, ""),  # what is withheld contradicts nothing
        (CHANGE | {"codes": BOTH, "period": "2024-34", "said": {"value": -7}}, ""),
        (CHANGE | {"codes": BOTH, "period": "2022-32", "said": {"value": 1}}, NEWER),
        (COUNT | {"said": {"value": 73770}}, ""),
        (COUNT | {"codes": BOTH, "period": "2024", "said": {"value": 163100}}, ""),
        (COUNT | {"codes": BOTH, "period": "2024-34", "said": {"value": 152100}}, ""),
        (COUNT | {"period": "2024", "said": {"value": 78600}}, ""),  # the survey does not contradict the projections
    ],
)
def test_what_disagrees(section, fields, expected):
    assert kind(make_figure(section, **fields)) == expected


@pytest.mark.usefixtures("imported")
def test_words_disagree_by_age_alone(section):
    fields = {"measure": "education", "statistic": "typical", "unit": "text", "currency": "", "codes": "25-4022"}

    assert kind(make_figure(section, **fields, period="2024", said={"text": "A master's degree"})) == ""
    assert (
        kind(make_figure(section, **fields | {"slug": "g"}, period="2022", said={"text": "Master's degree"})) == NEWER
    )


@pytest.mark.usefixtures("imported")
def test_a_mapping_counts_at_once(section):
    figure = make_figure(section, codes="25-4022 25-4031", said={"value": 1})
    assert kind(figure) == ""

    HandbookEntry.objects.create(slug="librarians", codes="25-4022 25-4031")

    assert kind(figure) == OTHER


@pytest.mark.usefixtures("imported")
def test_the_newest_import_counts(run, section, tmp_path):
    figure = make_figure(section)

    run("import_oews", make_oews(tmp_path / "next.xlsx"), period="May 2025")
    assert kind(figure) == NEWER
    run("import_oews", make_oews(tmp_path / "older.xlsx"), period="May 2021")
    assert hold([figure])[0].imported.period == "May 2025"


@pytest.mark.usefixtures("imported")
def test_many_figures_cost_as_many_queries_as_one(section, django_assert_num_queries):
    figures = [make_figure(section, slug=f"f{number}") for number in range(5)]
    figures = list(type(figures[0]).objects.filter(slug__startswith="f").prefetch_related("observations__source"))

    with django_assert_num_queries(1):
        hold(figures)


@pytest.mark.usefixtures("imported")
def test_using_the_newer_figure_keeps_the_old_and_saves_the_draft(section, admin_user):
    figure = make_figure(section, period="May 2023", said={"value": 38400, "basis": Observation.Basis.QUOTED})
    live = editions.publish(editions.save(section.guide))

    observation = use_newer(figure, hold([figure])[0].imported.pk, admin_user)

    figure = type(figure).objects.get(pk=figure.pk)
    assert [each.value for each in figure.history] == [39970, 38400]
    assert (observation.source.slug, observation.basis, observation.period) == ("bls-oews-2024", "official", "May 2024")
    assert observation.review_after > observation.checked_on
    newest = section.guide.editions.first()
    assert (newest.author, newest.comment) == (admin_user, "Taken over from imported data: Median pay (May 2024)")
    assert newest.number == live.number + 1
    live = Edition.objects.live().get()
    assert [each.period for each in find(freezing.thaw(live.content), "f").history] == ["May 2023"]
    assert kind(figure) == ""


def find(guide, slug):
    return next(each for section in guide.sections.all() for each in section.figures.all() if each.slug == slug)


@pytest.mark.usefixtures("imported")
def test_another_value_of_the_same_source_and_period_is_corrected(section):
    source = factories.make_source("bls-oews-2024")
    figure = make_figure(section, said={"value": 39790, "source": source, "note": "Typed by hand."})

    use_newer(figure, hold([figure])[0].imported.pk)

    (observation,) = figure.observations.all()
    assert observation.value == 39970
    assert observation.note == "Corrected; it said $39,790 before. Typed by hand."


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(
    ("fields", "slug", "title"),
    [
        (
            {"codes": BOTH, "period": "May 2022"},
            "bls-ooh-library-technicians-and-assistants-2024",
            "Occupational Outlook",
        ),
        (CHANGE | {"codes": BOTH, "period": "2022-32"}, "bls-ep-2024", "Employment Projections, 2024-34"),
    ],
)
def test_the_handbook_is_cited_for_pay_and_the_projections_for_jobs(section, fields, slug, title):
    figure = make_figure(section, **fields)

    source = use_newer(figure, hold([figure])[0].imported.pk).source

    assert source.slug == slug
    assert title in source.title
    source.full_clean()


@pytest.mark.usefixtures("imported")
def test_an_editors_own_source_of_the_page_is_cited(section):
    figure = make_figure(section, codes="25-4022", period="May 2022")
    url = hold([figure])[0].imported.url
    own = factories.make_source("bls-ooh-librarians-of-2024", url=url)

    assert use_newer(figure, hold([figure])[0].imported.pk).source == own
    assert Source.objects.filter(url=url).count() == 1


@pytest.mark.usefixtures("imported")
def test_what_changed_meanwhile_is_not_taken_over(section):
    figure = make_figure(section, period="May 2023")
    imported = hold([figure])[0].imported
    factories.make_observation(figure, value=42000, period="May 2025", year=2025)

    with pytest.raises(Outdated):
        use_newer(figure, imported.pk)
    assert figure.observations.count() == 2


def test_review_is_half_a_year_away_at_least():
    from guides.datasets.periods import review_after

    assert review_after("May 2024", date(2025, 5, 1)) == date(2026, 10, 1)
    assert review_after("May 2024", date(2026, 11, 22)) == date(2027, 5, 23)
    assert review_after("2024-34", date(2026, 1, 1)) == date(2027, 3, 3)
