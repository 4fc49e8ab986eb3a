"""Glossary and synonyms from an editor's hand to readers: draft, review, publishing, history, and back."""

import pytest
from django.core.management import call_command

from guides.models import SharedEdition, Synonym, Term
from guides.publishing import content_version, shared_editions

from .. import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(guide):
    return Term.objects.create(slug="glue", name="Glue", definition="What holds.")


@pytest.fixture
def editor(term):
    return desk.editor()


@pytest.fixture
def publisher(term):
    return desk.publisher()


def page_of(edition):
    return f"/admin/guides/sharededition/{edition.pk}/change/"


def step(client, edition, name, **fields):
    """Take a step on an edition's page, as it was just opened; return the page it leads to."""
    opened = client.get(page_of(edition))
    sent = {"step": name, "live": opened.context["live_key"]}
    sent |= {f"{name}-{key}": value for key, value in fields.items()}
    return client.post(page_of(edition), sent, follow=True)


def page_steps(client, edition):
    """The steps that are open to a person."""
    return [key for key, _step, _form in client.get(page_of(edition)).context["steps"]]


def draft():
    return SharedEdition.objects.drafts().get()


def test_a_term_goes_from_an_editor_to_readers_and_back(term, editor, publisher, client):
    saved = desk.save(editor, term, definition="What holds leaves together.")
    assert "Draft saved." in saved.content.decode()
    assert "What holds leaves together." not in client.get("/glossary/").content.decode()
    # The form goes on with the draft, and says so; a second save replaces it.
    assert desk.fields(editor.get(desk.screen(term)))["definition"] == "What holds leaves together."
    assert "A draft of" in editor.get(desk.screen(term)).content.decode()
    desk.save(editor, term, definition="What holds leaves and boards.")
    # Two at once: the older copy of the draft is refused.
    sent = desk.fields(publisher.get(desk.screen(term)))
    desk.save(editor, term, definition="What holds a book.")
    refused = publisher.post(desk.screen(term), sent | {"definition": "Mine."})
    assert refused.status_code == 409
    assert "ed saved it at" in refused.content.decode()

    assert step(editor, draft(), "publish").status_code == 403
    step(editor, draft(), "submit")
    assert "glossary term &#x27;glue&#x27;, edition" in publisher.get("/admin/").content.decode()
    step(publisher, draft(), "send_back", note="Shorter.")
    assert "Shorter." in editor.get(page_of(draft())).content.decode()
    before = content_version.ContentVersion.objects.get().number
    page = publisher.get(page_of(draft())).content.decode()
    assert "<del>" in page
    assert "<ins>" in page
    edition = draft()
    assert "Readers see it from now on." in step(publisher, edition, "publish").content.decode()
    assert "What holds a book." in client.get("/glossary/").content.decode()
    assert content_version.ContentVersion.objects.get().number > before
    # The history holds what readers saw before there was any draft, and brings it back as one.
    first = SharedEdition.objects.get(number=1)
    assert (first.fields["definition"], first.state) == ("What holds.", "retired")
    step(editor, first, "restore")
    assert draft().fields["definition"] == "What holds."
    step(editor, draft(), "throw_away")
    assert not SharedEdition.objects.drafts().exists()
    assert "What holds a book." in client.get("/glossary/").content.decode()


def test_a_new_synonym_is_seen_once_it_is_published(guide, editor, publisher, client):
    fields = {"words": "tome stitcher\nbookbinder", "slug": "stitcher"}
    editor.post("/admin/guides/synonym/add/", fields)
    row = Synonym.objects.get()
    assert not row.is_live
    assert "Bookbinder" not in client.get("/search/?q=tome+stitcher").content.decode()
    desk.save(editor, row, words="tome stitcher\nbook stitcher\nbookbinder")
    step(publisher, draft(), "publish")
    assert "Bookbinder" in client.get("/search/?q=tome+stitcher").content.decode()
    assert Synonym.objects.get().phrases()[1] == "book stitcher"
    # One that readers never saw goes with its draft.
    editor.post("/admin/guides/synonym/add/", {"words": "a\nb", "slug": "another"})
    step(editor, draft(), "throw_away")
    assert not Synonym.objects.filter(slug="another").exists()


def test_an_editor_proposes_that_a_term_goes_and_it_comes_back_from_where_it_went(term, editor, publisher, client):
    gone = editor.post(desk.screen(term).replace("change", "delete"), {"post": "yes"}, follow=True)
    assert "Readers go on seeing it" in gone.content.decode()
    assert "Glue" in client.get("/glossary/").content.decode()
    edition = draft()
    step(publisher, edition, "publish")
    assert not Term.objects.exists()
    first = SharedEdition.objects.get(number=1)
    step(publisher, first, "restore")
    assert "Glue" not in client.get("/glossary/").content.decode()
    step(publisher, draft(), "publish")
    assert "What holds." in client.get("/glossary/").content.decode()


def test_nothing_is_published_over_what_changed_meanwhile(term, editor, publisher):
    desk.save(editor, term, definition="Ours.")
    edition = draft()
    opened = publisher.get(page_of(edition)).context["live_key"]
    Term.objects.update(definition="A release has it so.")
    refused = publisher.post(page_of(edition), {"step": "publish", "live": opened}, follow=True)
    assert "meanwhile somebody changed it" in refused.content.decode()
    assert Term.objects.get().definition == "A release has it so."
    # Twice, or by a step that is not open, nothing happens.
    step(publisher, edition, "publish")
    again = publisher.post(page_of(edition), {"step": "publish", "live": "x"}, follow=True)
    assert "Nothing was done" in again.content.decode()
    assert publisher.post(page_of(edition), {"step": "nonsense"}).status_code == 403
    # What readers saw between two editions is in the history, too.
    desk.save(editor, term, definition="Newer.")
    assert SharedEdition.objects.filter(fields__definition="Ours.", state="live").exists()


def test_a_draft_with_nothing_new_is_none_and_drafts_are_not_exported(term, editor, tmp_path):
    said = desk.save(editor, term)
    assert "no draft waits" in said.content.decode()
    desk.save(editor, term, definition="A draft.")
    editor.post("/admin/guides/term/add/", {"name": "Awl", "slug": "awl", "definition": "It makes holes."})
    call_command("export_guides", str(tmp_path), verbosity=0)
    written = (tmp_path / "glossary.json").read_text()
    assert "What holds." in written
    assert "A draft." not in written
    assert "Awl" not in written
    assert shared_editions.draft_of(term).fields["definition"] == "A draft."


def test_a_definition_is_plain_text(term, editor):
    answer = desk.save(editor, term, definition="What holds: see [paste](glossary:paste).")
    assert "this is plain text" in desk.errors(answer)["definition"][0]
    assert "stay as typed" in answer.content.decode()
    assert desk.errors(desk.save(editor, term, definition="What holds [sic] * 2.")) == {}
