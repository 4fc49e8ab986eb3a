"""The first guide says every fact of its source text, in our own words."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from guides import freezing
from guides.models import Guide
from guides.publishing import outside_links

CHECK = settings.BASE_DIR.parent / "shared" / "checks" / "content.py"


@pytest.mark.skipif(not CHECK.exists(), reason="Facts are not held against the source text: ../shared is not there.")
def test_every_fact_is_there_and_no_sentence_is_copied(client, lta, tmp_path):
    page = tmp_path / "print.html"
    page.write_bytes(client.get("/guides/library-technical-assistant/print/").content)
    result = subprocess.run([sys.executable, str(CHECK), str(page)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "146 of 146 facts present, 0 copied runs" in result.stdout


def test_no_figure_of_a_shipped_guide_lacks_source_or_period(lta):
    from guides.models import Figure, Observation

    assert not Figure.objects.filter(observations=None).exists()
    assert not Observation.objects.filter(period="").exists()


LEAST = {
    "library-technical-assistant": 60,
    "library-aide": 15,
    "library-assistant": 15,
    "library-clerk": 15,
    "cataloging-library-technical-assistant": 15,
    "technical-services-librarian": 15,
}


@pytest.mark.parametrize(("guide", "least"), LEAST.items())
def test_a_guide_leads_to_where_a_person_applies_learns_and_gets_money(lta, guide, least):
    frozen = freezing.freeze(Guide.objects.get(slug=guide), derived=False)
    assert len({address for plain in frozen["objects"] for address in outside_links.addresses_of(plain)}) >= least


@pytest.mark.parametrize("guide", LEAST)
def test_every_outside_link_of_a_guide_has_its_source(lta, guide):
    """The address of a link is that of a cited source, or stands in a row that names the source and the copy."""
    frozen = freezing.freeze(Guide.objects.get(slug=guide), derived=False)
    cited = {source["fields"].get("url") for source in frozen["sources"]}
    for plain in frozen["objects"]:
        if not plain["fields"].get("source"):
            without = set(outside_links.addresses_of(plain)) - cited
            assert not without, f"{plain['fields'].get('section')}: {without}"


def test_every_source_says_of_when_it_is(lta):
    for guide in Guide.objects.all():
        for source in freezing.freeze(guide)["sources"]:
            told = f"{source['fields']['title']}. {source['fields'].get('note', '')}"
            assert re.search(r"\b(19|20)\d\d\b", told), f"{guide}: {source['fields']['slug']} has no date"
