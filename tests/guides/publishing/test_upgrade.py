"""What a release ships reaches a site that runs, and nothing that an editor wrote is lost on the way."""

import json
import lzma
import shutil
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides import freezing
from guides.models import Edition, Guide, Point, Release, Section, ShippedContent, Skill, Source, Step, Synonym, Term
from guides.publishing import editions, listings
from guides.readiness.models import Option
from tests import factories
from tests.guides.releases import GUIDE, SHIPPED, Releases, start

State = Edition.State
FALSE, TRUE = "A false sentence.", "A corrected sentence."


@pytest.fixture
def librarian(releases):
    return Guide.objects.get(slug=GUIDE)


def record():
    return ShippedContent.objects.with_drafts().get(model="guides.guide", slug=GUIDE)


def waiting():
    return list(ShippedContent.objects.waiting().values_list("slug", flat=True))


def correct(releases):
    """Correct the first point of the guide, in the release to come."""
    return releases.change("guides.point", position=1, new={"text": TRUE})


def first_point():
    return Point.objects.filter(section__slug="responsibilities").first()


def written(row, **fields):
    """What an editor does: change a row, and save the draft."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return editions.save(Guide.objects.get(slug=GUIDE))


def page(client, section="responsibilities"):
    return client.get(f"/guides/{GUIDE}/{section}/").content.decode()


def test_a_first_start_publishes_everything_and_says_so(db, tmp_path, settings):
    Releases(tmp_path, settings)
    said = start()
    assert f"From release 0.1.0, published: {GUIDE}." in said
    assert Term.objects.exists()
    assert Guide.objects.get().editions.get().comment == "From release 0.1.0"
    assert waiting() == []
    assert start() == ""


def test_a_second_start_asks_the_database_once(releases):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert start() == ""
    assert len(queries) == 1


def test_a_correction_reaches_the_readers_of_a_guide_nobody_touched(releases, librarian, client):
    assert TRUE not in page(client)
    pk = first_point().pk
    correct(releases)
    assert f"From release 0.2.0, published: {GUIDE}." in releases.ship()
    assert TRUE in page(client)
    live = librarian.editions.live().get()
    assert (live.number, live.comment, live.author) == (2, "From release 0.2.0", None)
    assert first_point().pk == pk
    assert (record().release, record().collisions, waiting()) == ("0.2.0", [], [])
    assert start() == ""


def test_the_next_release_counts_from_this_one(releases, librarian, client):
    correct(releases)
    releases.ship()
    releases.change("guides.point", position=2, new={"text": "The next correction."})
    releases.ship()
    assert "The next correction." in page(client)
    assert [edition.number for edition in librarian.editions.all()] == [3, 2, 1]


def test_every_model_that_hangs_from_a_guide_is_brought(releases, librarian):
    """A text of each registered model, changed in one release."""
    releases.add_guide("technical_services_librarian", whole=True)
    changed = {}
    objects = releases.objects()
    for plain in objects:
        model = freezing.apps.get_model(plain["model"])
        names = [field.name for field in freezing.fields_of(model) if field.get_internal_type() == "CharField"]
        free = {"slug", "kind", "tool", "part", "fault", "group", "difficulty", "basis", "measure", "statistic", "unit"}
        free |= {"currency", "occupation_code", "occupation_codes", "language", "weight", "starts", "ends", "period"}
        name = next((name for name in names if name not in free and plain["fields"].get(name)), None)
        if name and plain["model"] not in changed:
            plain["fields"][name] = f"{plain['fields'][name]}"[:50] + " anew"
            changed[plain["model"]] = plain["fields"][name]
    releases.write(objects)
    releases.ship()
    assert librarian.editions.live().get().number == 2
    librarian.refresh_from_db()
    now = json.dumps(freezing.freeze(librarian), ensure_ascii=False)
    assert len(changed) > 15
    assert [label for label, text in changed.items() if json.dumps(text, ensure_ascii=False) not in now] == []


def test_a_draft_that_editors_changed_keeps_their_text_and_gets_the_release(releases, librarian, client):
    mine = Point.objects.filter(section__slug="responsibilities")[1]
    written(mine, text="What an editor wrote.")
    correct(releases)
    assert f"From release 0.2.0, in a draft, for an editor to look at: {GUIDE}." in releases.ship()
    assert first_point().text == TRUE
    assert Point.objects.get(pk=mine.pk).text == "What an editor wrote."
    assert TRUE not in page(client)
    draft = editions.newest(librarian)
    assert (draft.number, draft.state) == (3, State.SAVED)
    assert draft.comment == "From release 0.2.0, merged with what was written here"
    assert (record().collisions, waiting()) == ([], [GUIDE])
    editions.publish(draft)
    assert waiting() == []
    assert TRUE in page(client)


def test_what_both_changed_stays_the_editors_and_waits_to_be_seen(releases, librarian):
    before = first_point().text
    written(first_point(), text="What an editor wrote.")
    correct(releases)
    assert "collide" in releases.ship()
    assert first_point().text == "What an editor wrote."
    [states] = record().collisions
    said = [states[side]["fields"]["text"] for side in ("base", "theirs", "shipped")]
    assert said == [before, "What an editor wrote.", TRUE]
    assert waiting() == [GUIDE]
    assert start() == ""


def test_a_collision_is_kept_until_it_is_settled_whatever_releases_follow(releases, librarian):
    written(first_point(), text="What an editor wrote.")
    correct(releases)
    releases.ship()
    releases.change("guides.skill", new={"detail": "Another correction."})
    releases.ship()
    assert Skill.objects.filter(detail="Another correction.").exists()
    assert len(record().collisions) == 1
    releases.change("guides.point", position=1, new={"text": "Corrected once more."})
    releases.ship()
    [states] = record().collisions
    assert states["shipped"]["fields"]["text"] == "Corrected once more."


def test_an_edited_guide_that_was_published_is_not_overwritten(releases, librarian, client):
    editions.publish(written(first_point(), text="What an editor wrote."))
    releases.change("guides.skill", new={"detail": "A correction."})
    releases.ship()
    assert "What an editor wrote." in page(client)
    assert librarian.editions.live().get().number == 2
    assert first_point().text == "What an editor wrote."
    assert waiting() == [GUIDE]


def test_a_withdrawn_guide_stays_withdrawn_with_the_text_in_its_draft(releases, librarian, client):
    editions.unpublish(librarian)
    correct(releases)
    releases.ship()
    assert client.get(f"/guides/{GUIDE}/").status_code == 410
    assert first_point().text == TRUE
    assert editions.newest(librarian).state == State.SAVED
    assert waiting() == [GUIDE]


def test_a_deleted_guide_stays_deleted(releases, librarian):
    librarian.delete()
    correct(releases)
    releases.ship()
    assert not Guide.objects.exists()
    assert waiting() == []
    assert start() == ""


@pytest.mark.parametrize("step", ["submit", "schedule"])
def test_what_waits_for_review_or_its_moment_still_does(releases, librarian, step):
    edition = written(first_point(), text="What an editor wrote.")
    if step == "submit":
        editions.submit(edition)
    else:
        editions.schedule(edition, timezone.now() + timedelta(days=1))
    edition.refresh_from_db()
    state = edition.state
    releases.change("guides.skill", new={"detail": "A correction."})
    releases.ship()
    edition.refresh_from_db()
    assert edition.state == state
    assert edition.content == Edition.objects.get(pk=edition.pk).content
    assert editions.newest(librarian).number == 3
    assert first_point().text == "What an editor wrote."
    assert librarian.editions.live().get().number == 1


def test_an_older_edition_that_is_scheduled_is_no_guide_nobody_touched(releases, librarian):
    """The draft is as it was shipped again, but another text goes live tomorrow."""
    edition = written(first_point(), text="For tomorrow.")
    editions.schedule(edition, timezone.now() + timedelta(days=1))
    editions.restore(librarian.editions.get(number=1))
    correct(releases)
    releases.ship()
    edition.refresh_from_db()
    assert edition.state == State.SCHEDULED
    assert librarian.editions.live().get().number == 1
    assert waiting() == [GUIDE]


def test_rows_that_editors_deleted_and_moved_stay_so(releases, librarian):
    points = list(Point.objects.filter(section__slug="responsibilities"))
    points[0].delete()
    for position, point in enumerate(reversed(points[1:]), start=1):
        written(point, position=position)
    releases.add("guides.point", section=[GUIDE, "responsibilities"], text="New in the release.", position=99)
    releases.ship()
    said = [point.text for point in Point.objects.filter(section__slug="responsibilities")]
    assert [text for text in said if text != "New in the release."] == [point.text for point in reversed(points[1:])]
    assert "New in the release." in said


def test_an_answer_that_names_a_step_deleted_here_is_shown_and_the_rest_arrives(releases, librarian):
    step = Step.objects.filter(section__guide=librarian).first()
    Option.objects.filter(step=step.slug).update(step="")
    freed = freezing.freeze(librarian)
    assert freed
    step.delete()
    editions.save(librarian)
    option = Option.objects.filter(step="").first()
    releases.change("readiness.option", slug=option.slug, new={"step": step.slug, "advice": "Take that step."})
    correct(releases)
    said = releases.ship()
    assert "Not brought in" not in said
    assert first_point().text == TRUE
    assert not Option.objects.filter(advice="Take that step.").exists()
    assert any("Take that step." in json.dumps(states["shipped"]) for states in record().collisions)


def test_a_route_that_the_release_renames_stays_where_an_editors_row_needs_it(releases, librarian):
    from guides.readiness.models import Stage

    stage = Stage.objects.filter(guide=librarian).exclude(route="").first()
    written(stage, text="An editor's words.")
    old = stage.route
    objects = json.loads(json.dumps(releases.objects()).replace(f'"{old}"', '"renamed-route"'))
    releases.write(objects)
    assert "Not brought in" not in releases.ship()
    slugs = set(librarian.sections.filter(routes__isnull=False).values_list("routes__slug", flat=True))
    assert {old, "renamed-route"} <= slugs
    assert Stage.objects.get(text="An editor's words.").route == old


def test_a_guide_of_the_sites_own_at_the_address_of_a_new_one_is_left_alone(releases):
    for name in ("library_clerk", "library_assistant", "library_aide"):
        releases.add_guide(name, linked=True)
    own = Guide.objects.create(
        slug="library-clerk", title="Our clerk", summary="S", field_of_work="F", occupation_code="43-4121",
        reviewed_on="2026-11-01",
    )  # fmt: skip
    editions.save(own)
    said = releases.ship()
    # They link to the clerk's guide, which is not live here: an editor has to look at them.
    assert "for an editor to look at: library-aide, library-assistant." in said
    own.refresh_from_db()
    assert (own.title, own.sections.count(), own.editions.count()) == ("Our clerk", 0, 1)
    assert waiting() == ["library-aide", "library-assistant", "library-clerk"]
    assert start() == ""


def test_guides_that_link_to_one_another_go_live_together(releases, client):
    """Each alone would link to what is not live yet."""
    for name in ("library_clerk", "library_assistant", "library_aide"):
        releases.add_guide(name, linked=True)
    said = releases.ship()
    assert "published: library-aide, library-assistant, library-clerk." in said
    assert Edition.objects.live().count() == 4


def test_a_text_that_would_lead_nowhere_here_waits_in_the_draft(releases, librarian, client):
    releases.change("guides.point", position=1, new={"text": "See [this](/guides/nothing-of-this-name/)."})
    releases.ship()
    assert librarian.editions.live().get().number == 1
    assert waiting() == [GUIDE]
    assert "nothing-of-this-name" in first_point().text


def test_terms_synonyms_and_sources_are_brought_and_edited_ones_kept(releases, librarian, client):
    Term.objects.filter(slug="ils").update(definition="Ours.")
    Term.objects.filter(slug="oclc").delete()
    releases.change("guides.term", "glossary", slug="ils", new={"definition": "The release's."})
    releases.change("guides.term", "glossary", slug="oclc", new={"definition": "Comes not back."})
    releases.change("guides.term", "glossary", slug="marc21", new={"definition": "Corrected."})
    releases.add("guides.term", "glossary", slug="new-term", name="New", definition="A new one.")
    releases.change("guides.synonym", "synonyms", slug="pay", new={"words": "pay\nwage\nstipend"})
    releases.change("guides.source", "sources", slug="onet-27", new={"note": "A truer note."})
    releases.ship()
    glossary = client.get("/glossary/").content.decode()
    assert "Corrected." in glossary
    assert "A new one." in glossary
    assert "Ours." in glossary
    assert "The release&#x27;s." not in glossary
    assert not Term.objects.filter(slug="oclc").exists()
    assert "stipend" in Synonym.objects.get(slug="pay").words
    assert waiting() == ["ils"]
    # Readers see a source with the guides that cite it.
    cites = any(plain["fields"]["slug"] == "onet-27" for plain in freezing.freeze(librarian)["sources"])
    assert (librarian.editions.live().get().number == 2) is cites


def test_a_corrected_source_reaches_the_readers_of_the_guide_that_cites_it(releases, librarian, client):
    releases.change("guides.source", "sources", slug="bls-oews-2024", new={"note": "A truer note."})
    releases.ship()
    assert "A truer note." in client.get(f"/guides/{GUIDE}/sources/").content.decode()


def test_a_source_that_editors_changed_stays_and_its_guides_get_a_draft(releases, librarian):
    Source.objects.filter(slug="bls-oews-2024").update(note="Our note.")
    editions.save(librarian)
    releases.change("guides.source", "sources", slug="bls-oews-2024", new={"note": "A truer note."})
    correct(releases)
    releases.ship()
    assert Source.objects.get(slug="bls-oews-2024").note == "Our note."
    assert librarian.editions.live().get().number == 1
    assert first_point().text == TRUE
    assert set(waiting()) == {"bls-oews-2024", GUIDE}


def test_a_synonym_that_is_shipped_no_longer_goes_and_an_edited_one_stays(releases):
    releases.change("guides.synonym", "synonyms", slug="pay", new=None)
    releases.change("guides.synonym", "synonyms", slug="ill", new=None)
    Synonym.objects.filter(slug="ill").update(words="ill\nours")
    releases.ship()
    assert not Synonym.objects.filter(slug="pay").exists()
    assert Synonym.objects.get(slug="ill").words == "ill\nours"
    releases.ship()
    assert Synonym.objects.filter(slug="ill").exists()


def test_a_term_that_is_shipped_no_longer_goes_unless_a_guide_refers_to_it(releases):
    terms = set(Term.objects.values_list("slug", flat=True))
    releases.change("guides.point", position=1, new={"text": "Learn the [ILS](glossary:ils)."})
    for slug in ("ils", "weeding"):
        releases.change("guides.term", "glossary", slug=slug, new=None)
    releases.ship()
    assert terms - set(Term.objects.values_list("slug", flat=True)) == {"weeding"}


def test_a_guide_that_is_shipped_no_longer_stays(releases, librarian, client):
    releases.path("technical_services_librarian").unlink()
    assert releases.ship() == ""
    assert client.get(f"/guides/{GUIDE}/").status_code == 200


def test_a_fault_in_one_guide_keeps_no_other_out_and_is_said(releases, librarian, client):
    releases.add_guide("library_clerk")
    objects = releases.objects()
    objects[0]["fields"]["occupation_code"] = "wrong"
    releases.write(objects)
    said = releases.ship()
    assert f"Not brought in: {GUIDE}:" in said
    assert "occupation_code" in said
    assert client.get("/guides/library-clerk/").status_code == 200
    assert librarian.editions.live().get().number == 1
    assert GUIDE in waiting()
    assert f"Not brought in: {GUIDE}:" in start()
    releases.add_guide("technical_services_librarian")
    correct(releases)
    releases.ship()
    assert TRUE in page(client)
    assert waiting() == []


def test_a_file_that_cannot_be_read_is_said_and_takes_nothing_away(releases, client):
    releases.path("synonyms").write_text("[{")
    correct(releases)
    said = releases.ship()
    assert "synonyms.json: line 1" in said
    assert Synonym.objects.filter(slug="pay").exists()
    assert TRUE in page(client)


def test_a_host_of_an_older_release_brings_no_old_text_back(releases, librarian, client):
    old = releases.objects()
    correct(releases)
    releases.ship("0.10.0")
    releases.write(old)
    assert releases.ship("0.9.1") == ""
    assert TRUE in page(client)


def test_loading_the_release_by_hand_collides_with_nothing(releases, librarian):
    correct(releases)
    call_command("load_guides", str(releases.path("technical_services_librarian")), stdout=StringIO())
    releases.ship()
    assert record().collisions == []
    assert record().release == "0.2.0"


class TestBeforeUpgrades:
    """A site that was set up when nothing was kept of what releases shipped: its base is the first release."""

    @pytest.fixture
    def old(self, db, tmp_path, settings):
        """A site with the texts of the first release, loaded as its installation did, and this project's folder."""
        archive = json.loads(lzma.decompress((SHIPPED / "first_release.json.xz").read_bytes()))
        folder = tmp_path / "old"
        folder.mkdir()
        keep = {"technical-services-librarian", *(name for name in ("sources", "glossary", "synonyms"))}
        shared = {"guides.source": "sources", "guides.term": "glossary", "guides.synonym": "synonyms"}
        files = {}
        for plain in archive["objects"]:
            above = plain["fields"].get("slug") if plain["model"] == "guides.guide" else None
            name = (
                shared.get(plain["model"])
                or above
                or next(value[0] for value in plain["fields"].values() if isinstance(value, list) and len(value) >= 1)
            )
            files.setdefault(name, []).append(plain)
        assert keep <= files.keys()
        for name in keep:
            (folder / f"{name}.json").write_text(json.dumps(files[name]))
        call_command("load_guides", *map(str, sorted(folder.glob("*.json"))), stdout=StringIO())
        self.publish(editions.newest(Guide.objects.get()))
        assert not ShippedContent.objects.exists()
        releases = Releases(tmp_path, settings)
        shutil.copy(SHIPPED / "first_release.json.xz", tmp_path)
        return releases

    def publish(self, edition):
        """Publish as that installation did: it let texts hold official figures by hand."""
        factories.make_live_unchecked(edition)
        listings.write(Edition.objects.get(pk=edition.pk))

    def test_an_untouched_guide_gets_the_new_text_published(self, old, client):
        correct(old)
        Term.objects.filter(slug="ils").update(definition="Ours.")
        old.change("guides.term", "glossary", slug="marc21", new={"definition": "Corrected."})
        said = old.ship()
        assert f"published: {GUIDE}." in said
        assert TRUE in page(client)
        assert Term.objects.get(slug="marc21").definition == "Corrected."
        assert Term.objects.get(slug="ils").definition == "Ours."
        assert waiting() == []
        assert start() == ""

    def test_an_edited_guide_gets_a_draft(self, old, client):
        self.publish(written(Point.objects.filter(section__slug="responsibilities")[1], text="Ours."))
        correct(old)
        old.ship()
        assert "Ours." in page(client)
        assert first_point().text == TRUE
        assert "{figure:pay-outlook/median-pay}" in Section.objects.get(slug="pay-outlook").summary
        assert waiting() == [GUIDE]

    def test_guides_that_it_never_had_or_deleted_do_not_come(self, old):
        old.add_guide("library_clerk")
        old.ship()
        assert Guide.objects.count() == 1


def test_releases_are_kept_by_their_number(releases):
    correct(releases)
    releases.ship()
    assert [str(release) for release in Release.objects.all()] == ["0.2.0", "0.1.0"]


def test_a_section_deleted_here_does_not_come_back(releases, librarian):
    Section.objects.get(guide=librarian, slug="responsibilities").delete()
    editions.save(librarian)
    correct(releases)
    releases.ship()
    assert not Section.objects.filter(guide=librarian, slug="responsibilities").exists()
    assert any(states["theirs"] is None for states in record().collisions)
