"""Where a release and editors changed the same row: announced, shown side by side, and settled."""

import re

import pytest
from django.test import Client

from guides.models import Guide, Point, Section, SharedEdition, ShippedContent, Source, Step, Term
from guides.publishing import editions
from guides.readiness.models import Option
from tests.guides import desk
from tests.guides.releases import GUIDE

OURS, RELEASED = "What an editor wrote.", "What the release corrects."


@pytest.fixture
def editor(releases):
    return desk.editor()


def record(slug=GUIDE):
    return ShippedContent.objects.get(slug=slug)


def point(place=0):
    return Point.objects.filter(section__slug="responsibilities")[place]


def save(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return editions.save(Guide.objects.get(slug=GUIDE))


@pytest.fixture
def collided(releases):
    """Two points that both sides changed, and a skill that the release alone did."""
    for place in (0, 1):
        save(point(place), text=f"{OURS} {place}")
        releases.change("guides.point", position=place + 1, new={"text": f"{RELEASED} {place}"})
    releases.change("guides.skill", new={"detail": "Corrected."})
    releases.ship()


def names(response):
    """The names of the choices on the page, in its order."""
    return list(dict.fromkeys(re.findall(r'name="(row-\w+)"', response.content.decode())))


def open_page(client, slug=GUIDE):
    return client.get(desk.screen(record(slug)))


def choose(client, slug=GUIDE, **choices):
    return client.post(desk.screen(record(slug)), choices, follow=True)


def test_the_front_page_announces_it_until_readers_have_it(collided, editor):
    front = editor.get("/admin/")
    assert "2 changes collide with what was written here" in front.content.decode()
    assert desk.screen(record()) in front.content.decode()
    page = open_page(editor)
    choose(editor, **dict.fromkeys(names(page), "keep"))
    assert "its text is in the draft" in editor.get("/admin/").content.decode()
    editions.publish(editions.newest(Guide.objects.get(slug=GUIDE)))
    assert "From a new release" not in editor.get("/admin/").content.decode()


def test_both_sides_stand_side_by_side_with_the_text_before(collided, editor):
    before = record().collisions[0]["base"]["fields"]["text"]
    page = open_page(editor).content.decode()
    assert before.partition(".")[0] in page
    assert "Release 0.2.0" in page
    plain = re.sub(r"<[^>]+>", "", page)
    for place in (0, 1):
        assert f"{OURS} {place}" in plain
        assert f"{RELEASED} {place}" in plain
    assert desk.screen(Section.objects.get(slug="responsibilities")) in page
    assert "Corrected." not in plain


def test_one_is_kept_and_one_is_taken(collided, editor):
    kept, taken = names(open_page(editor))
    answer = choose(editor, **{kept: "keep", taken: "take"})
    assert "2 settled." in answer.content.decode()
    assert [point(place).text for place in (0, 1)] == [f"{OURS} 0", f"{RELEASED} 1"]
    draft = editions.newest(Guide.objects.get(slug=GUIDE))
    assert draft.comment.startswith("Taken from release 0.2.0: point: ")
    assert draft.author == editor.user
    assert record().collisions == []
    assert record().draft_number == draft.number


def test_what_is_left_open_stays_open(collided, editor):
    first, second = names(open_page(editor))
    choose(editor, **{first: "take"})
    assert names(open_page(editor)) == [second]
    assert "Nothing was chosen" in choose(editor).content.decode()


def test_what_somebody_else_settled_meanwhile_is_refused_whole(collided, editor):
    first, second = names(open_page(editor))
    choose(editor, **{first: "keep"})
    answer = choose(editor, **{first: "take", second: "take"})
    assert "Meanwhile someone else settled a part of this." in answer.content.decode()
    assert [point(place).text for place in (0, 1)] == [f"{OURS} 0", f"{OURS} 1"]
    assert names(open_page(editor)) == [second]


def test_a_row_that_was_changed_since_is_not_overwritten(collided, editor):
    first, _second = names(open_page(editor))
    save(point(), text="Written after the upgrade.")
    answer = choose(editor, **{first: "take"})
    assert "has been changed since the upgrade" in answer.content.decode()
    assert point().text == "Written after the upgrade."
    assert len(record().collisions) == 2


def test_a_section_deleted_here_comes_back_whole_when_it_is_taken(releases, editor):
    Section.objects.get(slug="responsibilities").delete()
    editions.save(Guide.objects.get(slug=GUIDE))
    releases.change("guides.point", position=1, new={"text": RELEASED})
    releases.ship()
    page = open_page(editor)
    assert "It was deleted here" in page.content.decode()
    choose(editor, **dict.fromkeys(names(page), "take"))
    section = Section.objects.get(slug="responsibilities")
    assert section.points.count() > 5
    assert section.points.first().text == RELEASED
    assert record().collisions == []


def test_a_row_that_the_release_removes_goes_when_that_is_taken(releases, editor):
    section = Section.objects.get(slug="responsibilities")
    save(section, summary=OURS)
    objects = releases.objects()
    releases.write([plain for plain in objects if "responsibilities" not in str(plain["fields"])])
    releases.ship()
    page = open_page(editor)
    assert "the release has it no longer" in page.content.decode()
    choose(editor, **dict.fromkeys(names(page), "take"))
    assert not Section.objects.filter(slug="responsibilities").exists()


def test_a_choice_that_the_guide_cannot_hold_changes_nothing(releases, editor):
    """The release's answer names a step that editors have deleted since."""
    option = Option.objects.exclude(step="").first()
    step = Step.objects.get(section__guide__slug=GUIDE, slug=option.step)
    Option.objects.filter(step=step.slug).update(step="")
    save(option, step="", advice=OURS)
    releases.change("readiness.option", slug=option.slug, new={"advice": RELEASED})
    releases.ship()
    step.delete()
    editions.save(Guide.objects.get(slug=GUIDE))
    [name] = names(open_page(editor))
    answer = choose(editor, **{name: "take"})
    assert "Nothing was taken over" in answer.content.decode()
    assert Option.objects.get(slug=option.slug).advice == OURS
    assert len(record().collisions) == 1


@pytest.mark.parametrize(("decision", "said"), [("keep", "Ours."), ("take", "The release's.")])
def test_a_term_is_settled_at_once(releases, client, decision, said):
    publisher = desk.publisher()
    Term.objects.filter(slug="circulation").update(definition="Ours.")
    releases.change("guides.term", "glossary", slug="circulation", new={"definition": "The release's."})
    releases.ship()
    page = open_page(publisher, "circulation")
    assert "What you take counts at once." in page.content.decode()
    choose(publisher, "circulation", **dict.fromkeys(names(page), decision))
    assert Term.objects.get(slug="circulation").definition == said
    assert said.replace("'", "&#x27;") in client.get("/glossary/").content.decode()
    assert record("circulation").collisions == []


def test_a_term_that_an_editor_takes_is_a_draft(releases, editor):
    Term.objects.filter(slug="circulation").update(definition="Ours.")
    releases.change("guides.term", "glossary", slug="circulation", new={"definition": "The release's."})
    releases.ship()
    page = open_page(editor, "circulation")
    assert "What you take is a draft" in page.content.decode()
    choose(editor, "circulation", **dict.fromkeys(names(page), "take"))
    assert Term.objects.get(slug="circulation").definition == "Ours."
    assert SharedEdition.objects.drafts().get().fields["definition"] == "The release's."


def test_a_source_that_is_taken_goes_into_the_drafts_that_cite_it(releases, editor):
    Source.objects.filter(slug="bls-oews-2024").update(note="Ours.")
    editions.save(Guide.objects.get(slug=GUIDE))
    releases.change("guides.source", "sources", slug="bls-oews-2024", new={"note": "A truer note."})
    releases.ship()
    choose(editor, "bls-oews-2024", **dict.fromkeys(names(open_page(editor, "bls-oews-2024")), "take"))
    newest = editions.newest(Guide.objects.get(slug=GUIDE))
    assert "A truer note." in str(newest.content["sources"])
    assert newest.author == editor.user


def test_a_draft_or_a_fault_is_taken_off_the_front_page(releases, editor):
    editions.unpublish(Guide.objects.get(slug=GUIDE))
    releases.change("guides.skill", new={"detail": "Corrected."})
    releases.ship()
    assert "its text is in the draft" in editor.get("/admin/").content.decode()
    choose(editor, seen="1")
    assert "From a new release" not in editor.get("/admin/").content.decode()


def test_the_list_names_what_needs_an_editor(collided, editor):
    listed = editor.get("/admin/guides/shippedcontent/?waiting=1").content.decode()
    assert GUIDE in listed
    assert "marc21" not in listed
    assert "marc21" in editor.get("/admin/guides/shippedcontent/?q=marc").content.decode()


def test_a_page_of_what_was_deleted_here_says_so(releases, editor):
    Term.objects.filter(slug="circulation").delete()
    assert "It was deleted here, and releases leave it deleted." in open_page(editor, "circulation").content.decode()


def test_readers_and_bad_addresses(collided, editor):
    assert Client().get(desk.screen(record())).status_code == 302
    assert editor.get("/admin/guides/shippedcontent/999999/change/").status_code in {302, 404}
    assert editor.get("/admin/guides/shippedcontent/nonsense/change/").status_code in {302, 404}
    [first, _second] = names(open_page(editor))
    assert choose(editor, **{first: "nonsense"}).status_code == 200
    assert len(record().collisions) == 2
