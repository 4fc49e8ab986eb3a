"""How a link to a page looks where it is shared: its picture, and what is said beside it."""

import struct

import lxml.html
import pytest
from django.urls import reverse

from guides.occupations import share_image
from guides.occupations.models import OccupationListing
from guides.registry.tools import SITE_TOOLS, TOOLS, every
from tests.addresses import Site, make_imported
from tests.factories import make_guide

pytestmark = pytest.mark.django_db
# A picture that a messenger fetches on a phone, in bytes.
MOST_BYTES = 50_000


def shared(client, address):
    """What the page says to those who show a link to it, by property; each is said once."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = lxml.html.fromstring(answer.content.decode())
    said = [(meta.get("property"), meta.get("content")) for meta in page.xpath("//head/meta[@property]")]
    assert len(dict(said)) == len(said), address
    assert all(content for _, content in said), address
    return dict(said)


def assert_is_picture(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png"), address
    assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
    assert len(answer.content) < MOST_BYTES, address
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "max-age=86400"
    return answer.content


def test_every_tool_has_a_picture_of_its_own_and_says_on_it_what_it_gives(client):
    pictures = {}
    for tool in every():
        assert tool.drawing, tool.key
        assert len(tool.gives) == 3, tool.key
        # Longer than two lines of the card is no picture any more.
        assert max(len(str(each)) for each in tool.gives) < 40, tool.key
        pictures[tool.slug] = assert_is_picture(client, reverse("guides:tool_image", args=[tool.slug]))
    assert len(set(pictures.values())) == len(pictures) > 12
    assert client.get("/tools/juggling.png").status_code == 404


def test_a_link_to_each_tool_shows_its_picture(client, settings):
    site = Site()
    for key, tool in TOOLS.items():
        said = shared(client, tool.url(site.guide))
        assert said["og:url"] == settings.SITE_URL + tool.url(site.guide)
        assert said["og:title"] == f"{tool.name}: {site.guide.title}", key
    addresses = [tool.url(site.guide) for tool in TOOLS.values()]
    addresses += [reverse("guides:tool", args=[tool.slug]) for tool in TOOLS.values() if tool.door]
    addresses += [tool.url for tool in SITE_TOOLS.values()]
    for address in [*addresses, "/", "/tools/", "/guides/bookbinder/", "/guides/bookbinder/steps/"]:
        said = shared(client, address)
        assert_is_picture(client, said["og:image"].removeprefix(settings.SITE_URL))
    assert shared(client, "/tools/")["og:image"] == f"{settings.SITE_URL}/tools.png"


def test_what_a_person_answered_is_not_in_what_is_shared(client, settings):
    make_guide()
    assert shared(client, "/compare/?g=bookbinder")["og:url"] == f"{settings.SITE_URL}/compare/"


def test_an_occupation_has_a_picture_with_its_figures(client, settings):
    make_imported()
    OccupationListing.objects.create(
        slug="gilders", code="51-5114.00", title="Gilders of the very longest kind, and all other workers of gold",
        major_group="51", pay_code="51-5113", projection_code="51-5113", pay_edition="May 2025", median_hourly=2143,
        change_percent="-6.8", projection_edition="2024-34", typical_education="Postsecondary nondegree award",
    )  # fmt: skip
    gilders = OccupationListing.objects.get(slug="gilders")
    assert share_image.facts(gilders) == [
        ("Median pay an hour", "$21.43", "BLS OEWS, May 2025, with others"),
        ("Change in jobs", "−6.8%", "BLS Projections, 2024–34, with others"),
        ("Typical entry education", "Postsecondary nondegree award", "BLS Projections, 2024–34, with others"),
    ]
    assert_is_picture(client, "/occupations/gilders.png")
    said = shared(client, "/occupations/binders/")
    assert said["og:image"] == f"{settings.SITE_URL}/occupations/binders.png"
    assert_is_picture(client, "/occupations/binders.png")
    for address in ("/occupations/nobody.png", f"/occupations/{'x' * 200}.png"):
        assert client.get(address).status_code == 404


def test_pages_that_are_no_tool_have_none(client):
    assert not shared(client, "/privacy/")
