"""What stands where a guide or a section was: true for a guide that was withdrawn, and for one that never was."""

import pytest

from guides.models import Guide
from guides.publishing import editions
from tests import factories
from tests.addresses import Site, every_address


def test_every_address_of_a_withdrawn_guide_says_that_it_was_withdrawn(client, db):
    site = Site()
    editions.unpublish(site.guide)
    # What an editor writes now is nobody's business yet.
    Guide.objects.update(title="A secret title")
    addresses = [address for address in every_address() if "<slug:guide>" in address.route]
    assert len(addresses) > 15
    for address in addresses:
        response = client.get(site.path(address))
        # A picture is for programs: they are told by its status alone.
        assert response.status_code == (404 if address.name == "guides:image" else 410), address
        if response.status_code == 410:
            page = response.content.decode()
            assert "The guide “Bookbinder” could be read here" in page, address
            assert "secret" not in page
            assert "no-store" in response["Cache-Control"]
    assert client.get("/plan/save/?guide=bookbinder").status_code == 410
    editions.publish(editions.save(site.guide))
    assert client.get("/guides/bookbinder/").status_code == 200


@pytest.mark.parametrize("path", ["", "steps/", "print/", "skills-gap/", "toolkit/"])
def test_a_guide_that_nobody_could_read_yet_is_not_spoken_of(client, db, path):
    factories.make_guide(publish=False)
    for slug in ("bookbinder", "nobody"):
        response = client.get(f"/guides/{slug}/{path}")
        assert response.status_code == 404
        assert "No page has this address" in response.content.decode()
        assert "Bookbinder" not in response.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_section_that_the_guide_does_not_have_leads_to_the_guide(client, guide, headers):
    response = client.get("/guides/bookbinder/no-such-part/", headers=headers)
    assert response.status_code == 404
    page = response.content.decode()
    assert "The guide “Bookbinder” has no part with this address" in page
    assert '<a href="/guides/bookbinder/">' in page
