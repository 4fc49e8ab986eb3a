"""The glossary, and the marks in texts that lead to it."""

import re

from guides.models import SharedEdition, Term
from guides.models.markdown import render
from guides.publishing import shared_editions


def test_a_mark_links_to_the_term():
    assert render("An [ILS](glossary:ils).") == '<p>An <a href="/glossary/#ils" rel="noopener">ILS</a>.</p>'
    assert "href" not in render("[x](glossary:no good)")
    assert "href" not in render("[x](glossary:)")


def test_terms_have_a_place_each(client, lta):
    page = client.get("/glossary/").content.decode()
    assert Term.objects.count() >= 15
    for term in Term.objects.all():
        assert f'id="{term.slug}"' in page
        assert term.get_absolute_url() == f"/glossary/#{term.slug}"


def test_every_mark_in_the_shipped_guides_leads_to_a_term(client, lta):
    page = client.get("/guides/library-technical-assistant/print/").content.decode()
    marks = set(re.findall(r'href="/glossary/#([-\w]+)"', page))
    assert len(marks) >= 5
    assert marks <= set(Term.objects.values_list("slug", flat=True))


def test_an_empty_glossary_is_a_friendly_page(client, db):
    assert "No term has been explained yet" in client.get("/glossary/").content.decode()


def test_editors_change_terms_and_synonyms(admin_client, db):
    assert admin_client.get("/admin/guides/term/add/").status_code == 200
    fields = {"name": "RFID", "long_name": "", "slug": "rfid", "definition": "Tags read by radio."}
    assert admin_client.post("/admin/guides/term/add/", fields).status_code == 302
    assert "Tags read by radio." not in admin_client.get("/glossary/").content.decode(), "a save is a draft"
    shared_editions.publish(SharedEdition.objects.get())
    assert "Tags read by radio." in admin_client.get("/glossary/").content.decode()
    assert admin_client.post("/admin/guides/synonym/add/", {"words": "one", "slug": "one"}).status_code == 200
    assert admin_client.post("/admin/guides/synonym/add/", {"words": "one\ntwo", "slug": "one"}).status_code == 302
