"""Pay by state, as a reader gets it: means beside the nation's mean of the same survey, never beside another year."""

import gzip
import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from guides.datasets import tiles
from guides.datasets.areas import STATES
from guides.datasets.models import StateLink
from guides.models import ContentVersion, LinkVisit
from guides.publishing import content_version
from tests import databases

from .conftest import IMPORTED
from .files import THERE, WASHINGTON, make_means, make_oews

GUIDE = "/guides/library-technical-assistant/"
PAY = f"{GUIDE}pay/"
WAGES = {
    "Alabama": 38_170, "Alaska": 50_980, "California": 52_710, "Connecticut": 55_930, "Florida": 40_700,
    "Idaho": 32_380, "Maine": 43_320, "Mississippi": 27_750, "Ohio": 39_590, "Texas": 36_090, "Washington": 59_990,
    "Puerto Rico": 31_060,
}  # fmt: skip
NATION = {"OCC_CODE": "25-4031", "OCC_TITLE": "Library Technicians", "A_MEAN": 42_570, "H_MEAN": 20.46}


def cents(year):
    return f"{year / 2080:.2f}"


@pytest.fixture(scope="module")
def kept_means(loaded_database, django_db_blocker, tmp_path_factory):
    """What importing writes: it holds every figure of every guide against the file, so once is enough."""
    folder = tmp_path_factory.mktemp("means")
    with django_db_blocker.unblock(), databases.led_to(loaded_database), transaction.atomic():
        before = {model: set(model.objects.values_list("pk", flat=True)) for model in IMPORTED}
        import_means(folder)
        rows = [list(model.objects.exclude(pk__in=before[model])) for model in IMPORTED]
        transaction.set_rollback(True)
    return rows


def import_means(folder):
    """Import the third party's table of means, and the nation of the same May."""
    rows = [(name, "25-4031", "Library Technicians", cents(pay), f"{pay:,}") for name, pay in WAGES.items()]
    nation = {**NATION, "TOT_EMP": 76_670, "A_MEDIAN": 39_310, "H_MEDIAN": 18.9}
    for path in (
        make_means(folder / "state_M2023_means.csv", rows),
        make_oews(folder / "nation.xlsx", [nation], sheet="national_M2023_dl", note="May 2023"),
    ):
        call_command("import_oews", str(path), "--no-input", stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def means(lta, kept_means):
    """The third party's table of means, and the nation of the same May."""
    for rows in filter(None, kept_means):
        type(rows[0]).objects.bulk_create(rows)


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_states_mean_stands_against_the_nations_of_the_same_survey_alone(client, means):
    said = text(client.get(f"{PAY}ohio/"))
    assert "$39,590 mean pay a year, $19.03 an hour" in said
    assert "Against the nation’s $42,570 in the same survey: −7.0%." in said
    assert "Number 7 of 12 states and territories." in said
    assert "BLS OEWS, May 2023, means only" in said
    # Never beside a median, or the guide's newer year.
    for other in ("$39,310", "$44,580", "May 2025", "$39,970"):
        assert other not in said


def test_the_table_has_every_state_and_is_sorted_by_its_address(client, means):
    page = client.get(PAY).content.decode()
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a></th>\s*<td>([^<]+)</td>', page)
    assert len(rows) == len(STATES) == 54
    assert [name for _url, name, _pay in rows] == sorted(state.name for state in STATES)
    said = {name: pay for _url, name, pay in rows}
    assert {name: said[name] for name in WAGES} == {name: f"${pay:,}" for name, pay in WAGES.items()}
    assert said["Guam"] == "not published"
    assert all(client.get(url).status_code == 200 for url, _name, _pay in rows[::9])
    by_pay = re.findall(r'<th scope="row"><a[^>]+>([^<]+)</a>', client.get(f"{PAY}?sort=pay").content.decode())
    assert by_pay[: len(WAGES)] == sorted(WAGES, key=WAGES.get, reverse=True)


def test_the_tiles_are_shaded_by_pay_and_lead_to_their_states(client, means):
    page = client.get(f"{PAY}ohio/").content.decode()
    shade = r'<a class="tile( tile--(\d))?( tile--here)?" href="([^"]+)" tabindex="-1">\s*<title>([^<]+)</title>'
    tiles = {
        name.partition(":")[0]: (int(band or 0), here, url) for _c, band, here, url, name in re.findall(shade, page)
    }
    assert len(tiles) == 54
    assert tiles["Ohio"][1]
    assert tiles["Ohio"][2] == f"{PAY}ohio/"
    assert tiles["Guam"][0] == 0
    ordered = [tiles[name][0] for name in sorted(WAGES, key=WAGES.get)]
    assert ordered == sorted(ordered)
    assert (ordered[0], ordered[-1]) == (1, 5)
    corners = re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)"', page[page.index('class="tiles"') :])
    assert len(set(corners)) == 54
    assert all(int(width) >= 24 for _x, _y, width in corners)


def test_the_map_draws_each_state_from_one_file_and_territories_as_tiles(client, means):
    page = client.get(f"{PAY}ohio/?view=map").content.decode()
    shapes = (settings.BASE_DIR / "static" / "maps" / "states.svg").read_text()
    drawn = re.findall(r'<use href="/static/maps/states\.svg#(\w\w)"/>', page)
    assert len(drawn) == 51
    assert set(drawn) == set(re.findall(r'<path id="(\w\w)" d="M', shapes))
    assert {state.abbreviation for state in STATES} - set(drawn) == {"GU", "PR", "VI"}
    for name in ("GU", "PR", "VI"):
        assert f">{name}</text>" in page
    assert "us-atlas (ISC license)" in page
    assert len(gzip.compress(shapes.encode())) < 25_000


def test_every_state_has_a_place_in_the_grid():
    assert set(tiles.PLACES) == {state.abbreviation for state in STATES}


def test_choosing_a_state_leads_to_its_address(client, means):
    response = client.get(f"{PAY}?state=puerto-rico")
    assert (response.status_code, response["Location"]) == (302, f"{PAY}puerto-rico/")
    assert "Pay and help in Puerto Rico" in text(client.get(response["Location"]))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{PAY}atlantis/", 404), (f"{PAY}united-states/", 404), (f"{PAY}?state=atlantis", 400),
        (f"{PAY}?sort=height", 400), (f"{PAY}?view=globe", 400), (f"{PAY}ohio/?sort=%00", 400),
        ("/guides/nobody/pay/", 404),
        ("/guides/nobody/pay/ohio/", 404),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_said_in_a_page(client, means, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert "<h1>" in response.content.decode()
    assert client.post(f"{PAY}").status_code == 405


def test_a_place_without_pay_is_said_so(client, means):
    said = text(client.get(f"{PAY}guam/"))
    assert "publishes no pay for this job in Guam" in said


def test_the_publishers_file_brings_medians_and_jobs(client, run, tmp_path, lta):
    seattle = (
        THERE
        | WASHINGTON
        | {
            "A_MEDIAN": 58_000,
            "H_MEDIAN": 27.88,
            "A_PCT75": 66_000,
            "H_PCT75": 31.73,
            "A_PCT90": 80_000,
            "H_PCT90": 38.46,
        }
    )
    path = make_oews(tmp_path / "state_M2024_dl.xlsx", [seattle], sheet="state_M2024_dl", note="May 2024")
    run("import_oews", path, "--no-input")
    run("import_oews", make_oews(tmp_path / "national.xlsx"), "--no-input")
    said = text(client.get(f"{PAY}washington/"))
    assert "$58,000 median pay a year, $27.88 an hour" in said
    assert "Against the nation’s $39,970 in the same survey" in said
    assert "Jobs there: 2,510." in said
    assert "means" not in said


def test_the_guide_leads_there_only_where_something_is_known(client, run, tmp_path, lta):
    assert PAY not in client.get(GUIDE).content.decode()
    assert "No pay by state is here yet" in text(client.get(PAY))
    before = ContentVersion.objects.get().number
    rows = [("Ohio", "25-4031", "Library Technicians", "19.03", "39,590")]
    run("import_oews", make_means(tmp_path / "state_M2023_means.csv", rows), "--no-input")
    # Stored pages know that they are old.
    assert ContentVersion.objects.get().number > before
    for address in (GUIDE, f"{GUIDE}pay-outlook/"):
        assert f'href="{PAY}"' in client.get(address).content.decode()
    assert f"{PAY}</loc>" in client.get("/sitemap.xml").content.decode()
    # No nation of the same survey: nothing to hold it against.
    assert "Against the nation" not in text(client.get(f"{PAY}ohio/"))


def test_the_plan_leads_to_it_for_the_guides_that_have_it(client, means):
    client.post("/plan/save/?guide=library-technical-assistant", {"guide": "on"})
    client.post("/plan/save/?guide=library-clerk", {"guide": "on"})
    plan = client.get("/plan/").content.decode()
    assert "Library Clerk" in plan
    assert plan.count("Pay in your state") == plan.count(f'href="{PAY}"') == 1


def test_the_pages_cost_the_same_whatever_is_imported(client, means, django_assert_max_num_queries):
    for address in (PAY, f"{PAY}ohio/"):
        with django_assert_max_num_queries(7):
            client.get(address)


def test_no_section_can_take_the_address(guide):
    from django.core.exceptions import ValidationError

    section = guide.sections.first()
    section.slug = "pay"
    with pytest.raises(ValidationError, match="address of the site itself"):
        section.full_clean()


def test_a_states_page_says_where_to_look_and_who_helps(client, means):
    page = client.get(f"{PAY}ohio/").content.decode()
    assert page.index('id="help"') < page.index('id="all-states"')
    for address in ("http://olc.org/resources/library-jobs/", "https://library.ohio.gov", "https://ged.com"):
        assert f'<a href="{address}" rel="noopener">' in page
    assert "State Library of Pennsylvania" not in page
    # A guide without links of its own borrows those of its field, and says whose they are.
    borrowed = text(client.get("/guides/library-aide/pay/ohio/"))
    assert "Where to look, and who helps in Ohio OLC JOBLine" in borrowed
    assert "From the guide to Library Technical Assistant." in borrowed
    # Readers have what was published: what an editor takes out of the draft stays until then.
    StateLink.objects.all().delete()
    assert text(client.get("/guides/library-aide/pay/ohio/")) == borrowed
    # Without pay in the survey the help is there all the same; of a territory without links it says so.
    assert "American Job Center" in text(client.get("/guides/library-assistant/pay/guam/"))
    assert "We know of no job line or library association in Guam." in text(client.get(f"{PAY}guam/"))
    assert 'id="help"' not in client.get(PAY).content.decode()


def test_the_list_by_state_leads_to_each_states_page_and_the_sources_say_what_was_read(client, lta):
    page = client.get(f"{GUIDE}by-state/").content.decode()
    assert page.count(f'<b class="points__label"><a href="{PAY}') == 51
    sources = client.get(f"{GUIDE}sources/").content.decode()
    table = sources[sources.index('id="links-by-state"') :]
    links = StateLink.objects.all()
    assert table.count('<th scope="row">') == len(links) > 120
    for link in links:
        assert f'<a href="#source-{link.source.slug}">' in table
        assert f'id="source-{link.source.slug}"' in sources
        assert link.url or link.purpose == "association"


def test_a_dead_address_leaves_the_name(client, lta):
    LinkVisit.objects.filter(url="https://library.ohio.gov").update(failures=2)
    content_version.content_changed()
    for address in (f"{PAY}ohio/", f"{GUIDE}by-state/", f"{GUIDE}sources/"):
        page = client.get(address).content.decode()
        assert "State Library of Ohio" in page
        assert 'href="https://library.ohio.gov"' not in page
