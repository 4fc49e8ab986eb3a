"""Editions: from a draft to readers and back, and which ones stay."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from guides.models import Edition, Guide, Point, Term, edition_formats
from guides.publishing import editions, retention
from guides.reading import reader
from guides.registry import jobs
from tests import factories

OLD = Path(__file__).parents[2] / "data" / "edition_format_0.json"
State = Edition.State


def change(guide, body="Other words."):
    """Change a text and save; return the new edition."""
    guide.sections.filter(kind="text").update(body=body)
    return editions.save(guide, comment=body)


def states(guide):
    return dict(guide.editions.values_list("number", "state"))


def test_readers_see_the_live_edition_until_the_next_is_published(guide, client):
    edition = change(guide, "Not **yet**.")
    assert "Not <strong>yet" not in client.get("/guides/bookbinder/print/").content.decode()
    section = guide.sections.get(kind="text")
    section.save()
    edition = editions.save(guide)
    editions.publish(edition)
    assert "Not <strong>yet" in client.get("/guides/bookbinder/print/").content.decode()
    assert states(guide)[1] == State.RETIRED


def test_saving_without_a_change_makes_no_edition(guide):
    assert editions.save(guide) == guide.editions.get()


def test_an_edition_says_what_changed(guide):
    guide.sections.get(kind="points").points.first().delete()
    guide.title = "Binder of books"
    guide.save()
    assert editions.save(guide).changes == "Guide details; Points"


def test_one_edition_waits_for_review(guide):
    first, second = change(guide, "One."), change(guide, "Two.")
    editions.submit(first)
    editions.submit(second)
    assert states(guide) == {1: State.LIVE, 2: State.SAVED, 3: State.SUBMITTED}


def test_what_was_sent_back_carries_a_note(guide):
    edition = change(guide)
    editions.submit(edition)
    editions.send_back(edition, "Say where it is from.")
    edition.refresh_from_db()
    assert (edition.state, edition.review_note) == (State.SAVED, "Say where it is from.")
    editions.submit(edition)
    edition.refresh_from_db()
    assert edition.review_note == ""


@pytest.mark.parametrize("step", ["submit", "schedule"])
def test_what_is_live_is_not_submitted_or_scheduled(guide, step):
    live = guide.editions.get()
    with pytest.raises(editions.PublishingRefused):
        editions.submit(live) if step == "submit" else editions.schedule(live, timezone.now() + timedelta(1))


def test_what_does_not_wait_is_not_sent_back_or_unscheduled(guide):
    edition = change(guide)
    with pytest.raises(editions.PublishingRefused, match="not waiting"):
        editions.send_back(edition, "No.")
    with pytest.raises(editions.PublishingRefused, match="not scheduled"):
        editions.unschedule(edition)


def test_publish_due_publishes_what_is_due(guide):
    edition, now = change(guide, "Later."), timezone.now()
    editions.schedule(edition, now + timedelta(hours=1), User.objects.create_user("pat"))
    job = jobs.registered()["publish"]
    assert not job.is_needed()
    assert editions.publish_due() == []
    assert states(guide) == {1: State.LIVE, 2: State.SCHEDULED}
    assert editions.publish_due(now + timedelta(hours=2)) == [edition]
    assert states(guide) == {1: State.RETIRED, 2: State.LIVE}
    assert guide.editions.live().get().published_by.username == "pat"
    assert editions.publish_due(now + timedelta(hours=2)) == []
    Edition.objects.filter(pk=edition.pk).update(state=State.SCHEDULED, publish_at=now)
    assert job.is_needed()
    assert job.run() == "Bookbinder, edition 2"


def schedule_what_breaks(guide, moment):
    """Schedule an edition that links to a term, and let the term go as no screen would."""
    term = Term.objects.create(slug="nothing", name="Nothing", definition="Not a thing.")
    edition = change(guide, "See [this](glossary:nothing).")
    editions.schedule(edition, moment)
    term.delete()
    return edition


def test_what_the_check_refuses_at_its_moment_waits_and_says_why(guide):
    now = timezone.now()
    edition = schedule_what_breaks(guide, now + timedelta(hours=1))
    assert not edition.is_overdue
    later = now + timedelta(hours=2)
    assert editions.publish_due(later) == []
    edition.refresh_from_db()
    assert (edition.state, edition.refused_at) == (State.SCHEDULED, later)
    assert edition.refusal.startswith("Text: The glossary has no term 'nothing'.")
    assert states(guide)[1] == State.LIVE
    # It is tried again, but not each time the clock looks.
    Term.objects.create(slug="nothing", name="Nothing", definition="Not a thing.")
    assert editions.publish_due(later + timedelta(minutes=1)) == []
    assert editions.publish_due(later + timedelta(minutes=11)) == [edition]
    edition.refresh_from_db()
    assert (edition.state, edition.refusal, edition.refused_at) == (State.LIVE, "", None)


def test_one_that_fails_keeps_no_other_from_readers(guide, caplog):
    broken, other = change(guide), factories.make_guide("printer", publish=False)
    now = timezone.now()
    editions.schedule(broken, now + timedelta(minutes=1))
    whole = editions.save(other)
    editions.schedule(whole, now + timedelta(minutes=2))
    Edition.objects.filter(pk=broken.pk).update(packed=b"damaged")
    with pytest.raises(RuntimeError, match="Bookbinder, edition 2: error"):
        editions.publish_due(now + timedelta(hours=1))
    assert states(other) == {1: State.LIVE}
    broken = Edition.objects.defer("packed").get(pk=broken.pk)
    assert "failed to publish it" in broken.refusal
    assert states(guide) == {1: State.LIVE, 2: State.SCHEDULED}


def test_a_refusal_goes_when_its_edition_moves_on(guide):
    moment = timezone.now() + timedelta(hours=1)
    edition = schedule_what_breaks(guide, moment)
    editions.publish_due(moment)
    editions.unschedule(edition)
    edition.refresh_from_db()
    assert (edition.state, edition.refusal, edition.refused_at) == (State.SAVED, "", None)


def test_a_moment_that_has_passed_is_refused(guide):
    with pytest.raises(editions.PublishingRefused, match="passed"):
        editions.schedule(change(guide), timezone.now())


def test_publishing_a_newer_text_withdraws_what_would_bring_an_older_one_back(guide):
    early, late = change(guide, "One."), change(guide, "Two.")
    editions.schedule(early, timezone.now() + timedelta(1))
    editions.publish(late)
    assert editions.publish_due(timezone.now() + timedelta(2)) == []
    assert states(guide) == {1: State.RETIRED, 2: State.SAVED, 3: State.LIVE}


def test_an_older_text_published_leaves_a_newer_one_waiting(guide):
    early, late = change(guide, "One."), change(guide, "Two.")
    editions.submit(late)
    editions.publish(early)
    assert states(guide) == {1: State.RETIRED, 2: State.LIVE, 3: State.SUBMITTED}


def test_unpublishing_keeps_everything(guide, client):
    editions.unpublish(guide)
    assert client.get("/guides/bookbinder/").status_code == 410
    assert guide.sections.exists()
    with pytest.raises(editions.PublishingRefused):
        editions.unpublish(guide)
    editions.publish(guide.editions.get())
    assert client.get("/guides/bookbinder/").status_code == 200


def test_restoring_is_an_edition_and_keeps_the_rows_keys(guide):
    before = {
        model: dict(model.objects.values_list("pk", flat=False))
        if False
        else set(model.objects.values_list("pk", flat=True))
        for model in factories.edited_models()[1:-1]
    }
    change(guide)
    guide.sections.get(kind="points").points.first().delete()
    editions.save(guide)
    restored = editions.restore(guide.editions.get(number=1))
    assert (restored.number, restored.comment) == (4, "Restored from edition 1")
    assert restored.content == guide.editions.get(number=1).content
    after = {model: set(model.objects.values_list("pk", flat=True)) for model in before}
    changed = {model for model in before if before[model] != after[model]}
    assert changed <= {Point}
    assert guide.editions.live().get().number == 1


def test_rows_can_be_added_after_restoring(guide):
    editions.restore(guide.editions.get())
    section = guide.sections.get(kind="points")
    assert factories.make_point(section, 9).pk not in {None, *section.points.values_list("pk", flat=True)[:2]}


def test_an_edition_of_format_0_still_thaws_and_restores(db):
    frozen = json.loads(OLD.read_text())
    assert frozen["format"] == 0
    guide = Guide.objects.create(
        slug="bookbinder",
        title="B",
        summary="S",
        field_of_work="F",
        occupation_code="51-5113",
        reviewed_on="2026-11-01",
    )
    edition = Edition(guide=guide, number=1)
    edition.content = frozen
    edition.save()
    edition = Edition.objects.get()
    assert edition.format == 0
    bases = {observation.basis for figure in reader.of(edition).figures for observation in figure.history}
    assert bases == {"official", "estimate"}
    restored = editions.restore(edition)
    assert restored.format == edition_formats.FORMAT
    guide.refresh_from_db()
    assert guide.title == "Bookbinder"


class TestThinning:
    """All for 30 days, then the newest of a day for a year, then the newest of a month."""

    NOW = timezone.now().replace(month=6, day=15, hour=12)

    def make(self, guide, number, days, hours=0, **fields):
        moment = self.NOW - timedelta(days=days, hours=hours)
        edition = Edition(guide=guide, number=number, created_at=moment, **fields)
        edition.content = {"format": 1, "sources": [], "objects": [], "n": number}
        edition.save()

    def kept(self, guide):
        retention.thin(self.NOW)
        return set(guide.editions.values_list("number", flat=True))

    @pytest.fixture
    def bare(self, db):
        guide = factories.make_guide(publish=False)
        self.make(guide, 99, days=0)
        return guide

    def test_a_month_is_kept_whole(self, bare):
        for number in range(1, 6):
            self.make(bare, number, days=29)
        assert self.kept(bare) == {1, 2, 3, 4, 5, 99}

    def test_a_year_is_kept_by_the_day(self, bare):
        for number, hours in enumerate([3, 2, 1, 0], start=1):
            self.make(bare, number, days=40, hours=hours)
        self.make(bare, 5, days=39)
        assert self.kept(bare) == {4, 5, 99}

    def test_older_ones_are_kept_by_the_month(self, bare):
        for number, days in enumerate([401, 400, 399], start=1):
            self.make(bare, number, days=days)
        self.make(bare, 4, days=450)
        assert len(self.kept(bare) & {1, 2, 3}) == 1
        assert 4 in self.kept(bare)

    @pytest.mark.parametrize("state", [State.LIVE, State.RETIRED, State.SUBMITTED, State.SCHEDULED])
    def test_what_was_published_or_waits_is_kept(self, bare, state):
        published = self.NOW if state in {State.LIVE, State.RETIRED} else None
        self.make(bare, 1, days=500, hours=2, state=state, published_at=published)
        self.make(bare, 2, days=500, hours=1)
        self.make(bare, 3, days=500)
        assert self.kept(bare) == {1, 3, 99}

    def test_the_newest_edition_is_the_draft_and_is_kept(self, db):
        guide = factories.make_guide(publish=False)
        self.make(guide, 1, days=500)
        assert self.kept(guide) == {1}

    def test_guides_do_not_count_for_each_other(self, bare):
        other = factories.make_guide("printer", publish=False)
        self.make(other, 2, days=100)
        self.make(other, 1, days=100, hours=1)
        self.make(bare, 1, days=100)
        assert self.kept(bare) == {1, 99}
        assert self.kept(other) == {2}

    def test_the_clock_is_told_how_many(self, bare):
        self.make(bare, 2, days=0)
        self.make(bare, 1, days=0)
        noon = timezone.now().replace(hour=12) - timedelta(days=100)
        bare.editions.filter(number__lt=99).update(created_at=noon)
        assert jobs.registered()["thin_editions"].run() == "1 edition deleted."
