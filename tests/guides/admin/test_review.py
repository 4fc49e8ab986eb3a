"""Between author and reviewer: notes both ways, a submission taken back, and a first review that shows all of it."""

import pytest

from guides.models import Edition, SharedEdition, Term
from guides.publishing import editions, shared_editions
from tests import factories

from .. import desk
from . import test_words as words
from .test_editions import change, said, state, step, steps


@pytest.fixture
def people(guide):
    return desk.editor(), desk.editor("eve"), desk.publisher()


def section_of(page, name):
    """What the front page says under a heading, by the heading's id."""
    return page.content.decode().partition(f'id="{name}"')[2].partition("</section>")[0]


def test_a_submission_carries_a_note_and_is_taken_back_by_whoever_made_it(guide, people):
    editor, other, publisher = people
    edition = change(guide)
    step(editor, edition, "submit", **{"submit-note": "The pay is new."})
    assert "The pay is new." in section_of(publisher.get("/admin/"), "for-review")
    assert "The pay is new." in publisher.get(desk.screen(edition)).content.decode()
    assert steps(editor, edition) == ["take_back"]
    assert steps(other, edition) == []
    assert "take_back" not in steps(publisher, edition)
    assert said(step(other, edition, "take_back"))[0].startswith("Nothing was done")
    assert state(edition) == "submitted"
    assert said(step(editor, edition, "take_back")) == ["It is your draft again, and waits for nobody."]
    assert state(edition) == "saved"
    assert steps(editor, edition) == ["submit"]


def test_whoever_submits_with_errors_is_told(guide, people):
    editor, told = people[0], "keep this edition from readers"
    whole = change(guide)
    assert told not in editor.get(desk.screen(whole)).content.decode()
    assert len(said(step(editor, whole, "submit"))) == 1
    broken = change(guide, "See [it](/nowhere/).")
    assert told in editor.get(desk.screen(broken)).content.decode()
    assert said(step(editor, broken, "submit"))[-1].startswith("It was submitted with errors")


def test_a_word_is_taken_back_too(guide, people):
    editor, other, _publisher = people
    term = Term.objects.create(slug="glue", name="Glue", definition="What holds.")
    desk.save(editor, term, definition="What holds leaves.")
    words.step(editor, words.draft(), "submit", note="In all guides.")
    assert words.draft().submission_note == "In all guides."
    assert "take_back" not in words.page_steps(other, words.draft())
    words.step(editor, words.draft(), "take_back")
    assert words.draft().state == SharedEdition.State.SAVED
    shared_editions.submit(words.draft(), editor.user)
    shared_editions.send_back(words.draft(), "Whose leaves?")
    assert "Whose leaves?" in editor.get(desk.screen(term)).content.decode()


def test_the_note_of_a_refusal_stands_on_every_form_of_the_guide(guide, people):
    editor, _other, publisher = people
    section, figure = guide.sections.get(kind="text"), guide.sections.get(kind="figures").figures.first()
    edition = change(guide)
    step(editor, edition, "submit")
    step(publisher, edition, "send_back", **{"send_back-note": "Name the source."})
    # It stands where one submits again, though what was mended since is another edition.
    assert "Name the source." in editor.get(desk.screen(change(guide, "With a source."))).content.decode()
    for row in (guide, section, figure, guide.coverletters.get()):
        assert "Name the source." in editor.get(desk.screen(row)).content.decode(), row
    desk.save(editor, section, body="With its source.")
    assert "Name the source." in editor.get(desk.screen(section)).content.decode()
    step(editor, editions.newest(guide), "submit")
    assert "Name the source." not in editor.get(desk.screen(section)).content.decode()


def test_the_first_review_of_a_guide_shows_all_of_it(db):
    guide = factories.make_guide(publish=False)
    editions.save(guide)
    draft = change(guide)
    publisher = desk.publisher()
    page = publisher.get(desk.screen(draft))
    names = {change.name for change, _place in page.context["changes"]}
    rows = [plain for plain in draft.content["objects"] if plain["model"] == "guides.section"]
    assert {f"section: {plain['fields']['heading']}" for plain in rows} <= names
    assert {"guide: Bookbinder", "skill: Skill 0", "cover letter: First job"} <= names
    assert "Only what changed since edition 1" in page.content.decode()
    # Once it was read, what readers read last counts, even while it is withdrawn.
    editions.publish(draft)
    editions.unpublish(guide, None, "For a while.")
    again = publisher.get(desk.screen(change(guide, "Again.")))
    assert [change.name for change, _place in again.context["changes"]] == ["section: Text"]


def test_the_front_page_counts_what_waits_and_names_my_drafts_first(guide, people):
    editor, other, publisher = people
    desk.save(editor, guide.sections.get(kind="text"), body="Mine.")
    front = editor.get("/admin/")
    counts = {str(name): count for name, count, _url in front.context["counts"]}
    assert counts == {
        "My drafts": 1, "For review": 0, "Overdue": 0, "Readers’ reports": 0, "Dead links": 0, "Withdrawn": 0,
    }  # fmt: skip
    assert "Bookbinder, edition 2" in section_of(front, "my-drafts")
    assert "Bookbinder, edition 2" not in section_of(other.get("/admin/"), "my-drafts")
    assert "Bookbinder, edition 2" in section_of(other.get("/admin/"), "drafts")
    for _name, _count, url in front.context["counts"]:
        assert url.startswith("#") or editor.get(url).status_code == 200
    live = Edition.objects.live().get()
    step(publisher, live, "unpublish", **{"unpublish-reason": "Nobody hires.", "unpublish-sure": "on"})
    assert "Nobody hires." in section_of(editor.get("/admin/"), "withdrawn")
