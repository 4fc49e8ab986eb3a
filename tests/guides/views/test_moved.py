"""No address that readers could follow once leads nowhere: renamed, moved and deleted sections, replaced guides."""

import pytest
from django.core.exceptions import ValidationError

from guides.models import FormerAddress, Guide, PublishedSection
from guides.publishing import editions
from tests import factories
from tests.guides import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return desk.editor()


def publish(guide: Guide) -> None:
    editions.publish(editions.save(guide))


def ends_at(client, path: str, **headers) -> str:
    """The address at which a reader of `path` ends, over one redirect that is forgotten after an hour."""
    moved = client.get(path, headers=headers)
    assert moved.status_code == 301, path
    assert moved["Cache-Control"] == "public, max-age=3600"
    assert client.get(moved["Location"], headers=headers).status_code == 200
    return moved["Location"]


def test_a_renamed_section_leads_to_itself(client, guide, editor):
    section = guide.sections.get(slug="steps")
    for slug in ("way-in", "way-into-it"):
        assert "was changed successfully" in desk.save(editor, section, slug=slug).content.decode()
        publish(guide)
        section.refresh_from_db()
    assert ends_at(client, "/guides/bookbinder/steps/") == "/guides/bookbinder/way-into-it/"
    assert ends_at(client, "/guides/bookbinder/way-in/?open=all") == "/guides/bookbinder/way-into-it/?open=all"
    assert ends_at(client, "/guides/bookbinder/steps/", **{"HX-Request": "true"}) == "/guides/bookbinder/way-into-it/"
    # Back to the first name: it is read there, and no address leads on to itself.
    desk.save(editor, section, slug="steps")
    publish(guide)
    assert client.get("/guides/bookbinder/steps/").status_code == 200
    assert ends_at(client, "/guides/bookbinder/way-in/") == "/guides/bookbinder/steps/"


def test_a_draft_that_is_renamed_and_never_published_leads_nowhere(client, guide, editor):
    section = factories.make_section(guide, slug="secret", heading="Secret", summary="Not yet.")
    editions.save(guide)
    desk.save(editor, section, slug="hidden")
    publish(guide)
    assert client.get("/guides/bookbinder/hidden/").status_code == 200
    assert client.get("/guides/bookbinder/secret/").status_code == 404


@pytest.mark.parametrize("section", ["skills", "points"])
def test_a_deleted_section_leads_to_the_guide_and_a_deleted_part_to_its_section(client, guide, section):
    whole = guide.sections.get(slug=section)
    factories.make_section(guide, parent=whole, slug="its-part", heading="A part")
    publish(guide)
    guide.sections.get(slug="its-part").delete()
    publish(guide)
    assert ends_at(client, "/guides/bookbinder/its-part/") == f"/guides/bookbinder/{section}/"
    whole.delete()
    publish(guide)
    assert ends_at(client, f"/guides/bookbinder/{section}/") == "/guides/bookbinder/"
    assert ends_at(client, "/guides/bookbinder/its-part/") == "/guides/bookbinder/"


def test_every_section_ever_published_can_be_followed(client, guide):
    addresses = [section.get_absolute_url() for section in guide.sections.all()]
    assert PublishedSection.objects.filter(guide=guide).count() == len(addresses) > 5
    guide.sections.all().delete()
    guide.former_addresses.all().delete()
    factories.make_section(guide, slug="new", heading="New", summary="All new.")
    publish(guide)
    for address in addresses:
        assert ends_at(client, address) == "/guides/bookbinder/"


def test_an_editor_says_where_a_former_address_leads(client, guide, editor):
    answer = desk.save(
        editor,
        guide,
        **{
            "former_addresses-TOTAL_FORMS": "2",
            "former_addresses-1-slug": "market-2025",
            "former_addresses-1-leads_to": "points",
        },
    )
    assert "was changed successfully" in answer.content.decode()
    publish(guide)
    assert ends_at(client, "/guides/bookbinder/market-2025/") == "/guides/bookbinder/points/"
    assert ends_at(client, "/guides/bookbinder/folding/") == "/guides/bookbinder/text/"
    with pytest.raises(ValidationError, match="It leads to itself"):
        FormerAddress(guide=guide, slug="points", leads_to="points").full_clean()


def test_a_withdrawn_guide_leads_to_the_one_that_took_its_place_page_by_page(client, guide, editor):
    other = factories.make_guide(slug="conservator", title="Conservator", publish=True)
    # It counts without publishing, so an editor who may not publish cannot say it.
    desk.save(editor, guide, replaced_by="conservator")
    assert Guide.objects.get(pk=guide.pk).replaced_by == ""
    refused = desk.save(desk.publisher(), guide, replaced_by="conservater").content.decode()
    assert "There is no such guide." in refused
    said = desk.save(desk.publisher("pia"), guide, replaced_by="conservator").content.decode()
    assert "was changed successfully" in said
    publish(guide)
    assert client.get("/guides/bookbinder/").status_code == 200
    editions.unpublish(guide)
    for page in ("", "steps/", "print/", "sources/", "toolkit/"):
        assert ends_at(client, f"/guides/bookbinder/{page}") == f"/guides/conservator/{page}"
    # A link to it leads somewhere, so that it keeps no other guide from its readers.
    point = other.sections.get(slug="points").points.first()
    point.text = "See [the bookbinder](/guides/bookbinder/) and [the steps](/guides/bookbinder/steps/)."
    point.save()
    publish(other)
    # What is sent goes nowhere else by itself.
    assert client.post("/guides/bookbinder/readiness/", {}).status_code in (405, 410)
    editions.unpublish(other)
    assert client.get("/guides/bookbinder/").status_code == 410


def test_a_guide_cannot_take_its_own_place(guide):
    answer = desk.save(desk.publisher(), guide, replaced_by=guide.slug)
    assert "A guide cannot take its own place" in answer.content.decode()
