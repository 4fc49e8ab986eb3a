"""An occupation's address: made once, kept when official data changes, and leading on where a code is dropped."""

import lxml.html
import pytest
from django.utils import timezone

from guides.datasets.models import Area, Dataset, Occupation, OccupationProfile, OccupationTitle, WageEstimate
from guides.datasets.packing import pack
from guides.models import ContentVersion
from guides.occupations import jobs, listings
from guides.occupations.joint_rows import row_that_counts
from guides.occupations.models import OccupationListing, SavedOccupation
from guides.registry.jobs import registered

pytestmark = pytest.mark.django_db
ZONE = {"job_zone": {"edition": "30.2", "surveys": [["2024-08", "Analyst"]], "rows": [[0, 3]]}}


def load(titles, edition="30.2"):
    """Load an edition of O*NET with these titles by code, as an import does: in place of the one before."""
    Dataset.objects.filter(form="onet").delete()
    dataset = Dataset.objects.create(form="onet", edition=edition, file_name="x", imported_at=timezone.now())
    for code, title in titles.items():
        occupation = Occupation.objects.create(dataset=dataset, code=code, title=title, description=f"{title} work.")
        OccupationProfile.objects.create(occupation=occupation, packed=pack(ZONE))
    return dataset


def slugs():
    return dict(OccupationListing.objects.values_list("code", "slug"))


def test_without_official_data_the_pages_say_so(client):
    assert not listings.is_needed()
    response = client.get("/occupations/")
    assert (response.status_code, "The official data is not here yet." in response.content.decode()) == (200, True)
    missing = client.get("/occupations/archivists/")
    assert (missing.status_code, "The official data is not here yet" in missing.content.decode()) == (404, True)
    assert "/occupations/" not in client.get("/sitemap.xml").content.decode()
    assert listings.write() == 0


def test_the_clock_lists_them_once(django_assert_num_queries):
    load({"25-4011.00": "Archivists", "25-4031.00": "Library Technicians"})
    assert listings.is_needed()
    before = ContentVersion.objects.get_or_create(pk=1)[0].number
    assert jobs.list_occupations() == "2 occupations listed."
    assert ContentVersion.objects.get().number > before, "stored pages know that they are old"
    with django_assert_num_queries(2):
        assert not listings.is_needed()
    assert registered()["list_occupations"].run is jobs.list_occupations


def test_a_slug_is_kept_whatever_a_new_edition_calls_it(client):
    load({"25-4011.00": "Archivists", "25-4031.00": "Library Technicians"})
    listings.write()
    load(
        {"25-4011.00": "Archivists and Keepers", "25-4031.00": "Library Technicians", "25-4032.00": "Archivists"},
        "31.0",
    )
    listings.write()
    assert slugs() == {
        "25-4011.00": "archivists",
        "25-4031.00": "library-technicians",
        "25-4032.00": "archivists-25-4032-00",
    }
    assert "Archivists and Keepers" in client.get("/occupations/archivists/").content.decode()


def test_a_dropped_code_leads_on(client):
    load({"25-4011.00": "Archivists", "25-4021.00": "Librarians", "13-1199.05": "Sustainability Specialists"})
    listings.write()
    dataset = load({"25-4011.00": "Archivists", "25-4022.00": "Librarians and Curators"}, "31.0")
    new = Occupation.objects.get(code="25-4022.00")
    OccupationTitle.objects.create(occupation=new, title="Librarians")
    assert dataset.occupations.count() == 2
    listings.write()

    response = client.get("/occupations/librarians/")
    assert (response.status_code, response["Location"]) == (301, "/occupations/librarians-and-curators/")
    assert client.get("/occupations/25-4021/")["Location"] == "/occupations/librarians-and-curators/"
    assert client.get("/occupations/librarians.json")["Location"] == "/occupations/librarians-and-curators.json"
    # Nothing takes its place: its field's list.
    assert client.get("/occupations/sustainability-specialists/")["Location"] == "/occupations/?major_group=13"
    assert client.get("/occupations/?major_group=13").status_code == 200

    load({"25-4011.00": "Archivists", "25-4021.00": "Librarians"}, "31.1")
    listings.write()
    assert client.get("/occupations/librarians/").status_code == 200, "it came back, under its old address"


def test_while_official_data_is_loaded_anew_nothing_is_dropped(client):
    load({"25-4011.00": "Archivists"})
    listings.write()
    # As after a backup was brought back that left the snapshot's rows out.
    Occupation.objects.all().delete()
    Dataset.objects.update(imported_at=timezone.now())
    assert listings.is_needed()
    assert listings.write() == 0
    assert slugs() == {"25-4011.00": "archivists"}
    response = client.get("/occupations/archivists/")
    assert response.status_code == 200
    assert "It is loaded by itself" in response.content.decode()


def test_a_backup_keeps_the_addresses():
    from guides import registry

    left_out = {name for tables in registry.each("restored") for name in tables()}
    assert OccupationListing._meta.db_table not in left_out


def test_pay_at_the_top_of_the_scale_has_no_number(client):
    load({"29-1241.00": "Ophthalmologists"})
    survey = Dataset.objects.create(form="oews", edition="May 2025", file_name="x")
    nation = Area.objects.create(code="99", slug="united-states", name="United States", kind="nation", state="US")
    marks = "annual_median=# annual_p75=# annual_p90=#"
    WageEstimate.objects.create(
        dataset=survey, area=nation, code="29-1241", title="Eye doctors", annual_p10=90_000, marks=marks
    )
    listings.write()
    listing = OccupationListing.objects.get()
    assert (listing.median_pay, listing.is_top_pay, listing.pay_band) == (None, True, "over-75")
    html = client.get("/occupations/ophthalmologists/").content.decode()
    assert "at or above the highest that is published" in html
    assert "estimatedSalary" not in html
    assert "at or above the highest that is published" in client.get("/occupations/?pay_band=over-75").content.decode()


@pytest.mark.parametrize(
    ("code", "published", "row"),
    [
        ("31-1121", {"31-1120"}, "31-1120"),
        ("25-4031", {"25-4030", "25-4031"}, "25-4031"),
        ("21-1011", {"21-1010", "21-1018", "21-1012"}, "21-1018"),
        ("21-1011", {"21-1010", "21-1012"}, ""),
        ("21-1011", set(), ""),
        ("53-1042", {"53-1040", "53-1041", "53-1047"}, "53-1047"),
    ],
)
def test_which_row_counts_a_code(code, published, row):
    occupations = {"31-1121", "31-1122", "25-4031", "21-1011", "21-1012", "53-1041", "53-1042"}
    assert row_that_counts(code, published, occupations) == row


def test_an_occupation_goes_into_a_plan_once_and_keeps_its_name(client):
    load({"25-4011.00": "Archivists"})
    listings.write()
    assert "/occupations/archivists/save/" in client.get("/occupations/archivists/").content.decode()
    for _time in range(2):
        assert client.post("/occupations/archivists/save/")["Location"].startswith("/plan/?notice=saved#occupations-")
    # From the results of /explore/ one goes back there, once the page has said that it is saved.
    there = "/occupations/archivists/save/?explore=like%3Dwords%26state%3DOH"
    assert client.post(there)["Location"] == there
    page = client.get(there).content.decode()
    assert "It is in your plan." in page
    assert 'href="/explore/?like=words&amp;state=OH"' in page
    assert "<html" not in client.get(there, headers={"HX-Request": "true"}).content.decode()
    elsewhere = client.get("/occupations/archivists/save/?explore=like%3D//example.org").content.decode()
    assert "example.org" not in elsewhere.split("<main", 1)[1]
    saved = SavedOccupation.objects.get()
    # The plan's first lines say what to do with it.
    response = client.get("/plan/")
    [thing] = response.context["week"].things
    assert (thing.item, thing.name) == (saved, "Look into: Archivists")
    assert [words for words, _address in thing.links] == [
        "Read", "Check your skills gap", "Find an American Job Center",
    ]  # fmt: skip
    assert all(client.get(address).status_code == 200 for _words, address in thing.links)
    [week] = lxml.html.fromstring(response.content.decode()).find_class("guide-hero__card")
    assert "This week: one thing" in week.text_content()
    assert "ask an American Job Center" in week.text_content()
    mark = client.get("/plan/marks/").json()["marks"]["occupations/archivists"]
    assert mark["href"] == f"/plan/#{saved.anchor}"
    assert (saved.occupation, saved.name) == ("archivists", "Archivists")
    load({"25-4031.00": "Library Technicians"}, "31.0")
    listings.write()
    plan = client.get("/plan/").content.decode()
    assert "Archivists" in plan
    assert 'href="/occupations/archivists/"' in plan
    assert client.get("/plan/plan.json").json()["occupations"][0]["name"] == "Archivists"
    assert client.get("/occupations/archivists/save/").status_code == 404
