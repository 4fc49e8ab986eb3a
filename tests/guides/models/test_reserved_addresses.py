"""Sections at addresses that the site came to need: moved by a migration in drafts and editions, readers led on."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from guides.models import Edition, FormerAddress, Guide, Section
from guides.publishing import checks, editions

from ... import factories

MIGRATION = import_module("guides.migrations.0015_move_reserved_sections")


@pytest.fixture
def host(guide):
    """A host's guide with sections at addresses that were free once, published, and a newer draft."""
    asks = factories.make_section(
        guide, slug="ask", heading="Ask a binder", body="Ask [about it](/guides/bookbinder/ask/)."
    )
    pay = factories.make_section(guide, "figures", slug="pay", heading="What it pays")
    factories.make_figure(pay, slug="a-wage", on_card=False)
    factories.make_section(guide, slug="about-ask", heading="Taken", parent=asks, body="{figure:pay/a-wage} a year.")
    editions.publish(editions.save(guide))
    editions.save(guide, comment="A draft")
    return guide


def move():
    MIGRATION.move(apps, None)


@pytest.mark.parametrize("word", ["pay", "ask", "openings", "exercises"])
def test_no_section_can_take_such_an_address(guide, word):
    section = guide.sections.first()
    section.slug = word
    with pytest.raises(ValidationError, match="address of the site itself"):
        section.full_clean()


def test_a_hosts_section_is_moved_with_all_that_names_it(client, host):
    move()
    assert set(host.sections.filter(heading__in=["Ask a binder", "What it pays"]).values_list("slug", flat=True)) == {
        "about-ask-2", "about-pay",
    }  # fmt: skip
    page = client.get("/guides/bookbinder/about-ask-2/").content.decode()
    assert "Ask a binder" in page
    assert 'href="/guides/bookbinder/about-ask-2/"' in page
    assert "$40,000 a year." in page
    # The addresses that the site needs are its own.
    assert client.get("/guides/bookbinder/ask/").status_code == 200
    assert "Pay by state" in client.get("/guides/bookbinder/pay/").content.decode()
    assert "What it pays" in client.get("/guides/bookbinder/about-pay/").content.decode()
    former = FormerAddress.objects.filter(slug__in=MIGRATION.WORDS).values_list("slug", "leads_to")
    assert set(former) == {("ask", "about-ask-2"), ("pay", "about-pay")}


def test_every_edition_still_opens_and_can_be_published(client, host):
    move()
    for edition in Edition.objects.filter(guide=host):
        assert not {section.slug for section in edition_sections(edition)} & set(MIGRATION.WORDS)
    draft = Edition.objects.filter(guide=host).order_by("-number").first()
    assert not checks.errors(draft)
    editions.publish(editions.save(Guide.objects.get(pk=host.pk)))
    assert client.get("/guides/bookbinder/about-pay/").status_code == 200


def edition_sections(edition):
    from guides.reading import reader

    return list(reader.of(edition).all_sections())


def test_a_second_run_and_other_guides_change_nothing(guide, lta):
    before = {edition.pk: edition.content_hash for edition in Edition.objects.all()}
    slugs = sorted(Section.objects.values_list("slug", flat=True))
    move()
    assert {edition.pk: edition.content_hash for edition in Edition.objects.all()} == before
    assert sorted(Section.objects.values_list("slug", flat=True)) == slugs
