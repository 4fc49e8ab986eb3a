"""No page of an occupation ends without a next step, and a state may be named in any way."""

import lxml.html
import pytest

from guides.datasets import state_field
from guides.datasets.areas import STATES
from guides.datasets.models import Dataset, Occupation
from guides.models import Source
from guides.occupations.models import OccupationListing

FINDERS = {"apprenticeship-finder", "american-job-centers"}


@pytest.fixture
def binders(lta):
    dataset = Dataset.objects.create(form="onet", edition="30.2", file_name="onet.zip")
    Occupation.objects.create(code="51-5113.00", title="Binders", dataset=dataset)
    return OccupationListing.objects.create(slug="binders", code="51-5113.00", title="Binders", major_group="51")


def next_steps(client):
    page = lxml.html.fromstring(client.get("/occupations/binders/").content.decode())
    return page.xpath("//nav[@aria-labelledby='next']//a/@href")


def test_an_occupation_leads_on(client, binders):
    finders = {source.url for source in Source.objects.filter(slug__in=FINDERS)}
    assert len(finders) == 2
    steps = next_steps(client)
    assert finders < set(steps)
    for address in set(steps) - finders:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("written", ["OH", "oh", "ohio", "Ohio"])
def test_every_page_takes_a_state_however_it_is_written(client, binders, written):
    html = client.get(f"/occupations/?state={written}").content.decode()
    assert 'href="/explore/?state=OH"' in html
    assert client.get(f"/openings/?state={written}").status_code == 200
    pay = "/guides/library-technical-assistant/pay/"
    assert client.get(f"{pay}?state={written}")["Location"] == f"{pay}ohio/"
    answer = client.get(f"{pay}{written}/")
    assert answer.status_code == 200 if written == "ohio" else answer["Location"] == f"{pay}ohio/"


def test_every_state_is_meant_by_all_of_its_names():
    for state in STATES:
        names = (state.name, state.abbreviation, state.slug, state.name.upper(), f" {state.abbreviation.lower()} ")
        assert [state_field.meant(name) for name in names] == [state] * 5
    assert state_field.meant("") is None
    assert state_field.meant("Ohoi") is None
