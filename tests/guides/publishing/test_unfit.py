"""Every way to readers makes the same check: what it finds keeps an edition from them, and is said, not lost."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from guides import freezing
from guides.models import Edition, Figure, Section, Skill
from guides.publishing import checks, editions
from guides.readiness.models import Practice
from tests import factories
from tests.guides import desk
from tests.readiness.sample import make_checks

State = Edition.State


@pytest.fixture
def printer(db):
    """A live guide that another live guide links to."""
    guide = make_checks(factories.make_guide("printer", publish=False))
    text = factories.make_guide("bookbinder", publish=False).sections.get(kind="text")
    Section.objects.filter(pk=text.pk).update(body="See [this](/guides/printer/points/).")
    editions.publish(editions.save(text.guide))
    return guide


def link_to_nothing(guide):
    guide.sections.filter(kind="text").update(body="See [this](/nowhere/).")


def lose_a_term(guide):
    guide.sections.filter(kind="text").update(body="See [this](glossary:lost).")


def link_elsewhere_in_disguise(guide):
    guide.sections.get(kind="points").points.update(text="See [this](//evil.example/).")


def empty_a_section(guide):
    guide.sections.filter(kind="text").update(body="")


def lose_an_observation(guide):
    Figure.objects.filter(section__guide=guide, slug="figures-0").first().observations.all().delete()


def lose_a_skill(guide):
    Skill.objects.filter(section__guide=guide, slug="skill-0").delete()


def lose_what_another_guide_links_to(guide):
    guide.sections.get(kind="points").delete()


FAULTS = {
    link_to_nothing: "'/nowhere/' leads nowhere",
    lose_a_term: "The glossary has no term 'lost'.",
    link_elsewhere_in_disguise: "'//evil.example/' leads nowhere",
    empty_a_section: "The section is empty",
    lose_an_observation: "has no observation",
    lose_a_skill: "There is no skill 'skill-0' in this guide.",
    lose_what_another_guide_links_to: "'Bookbinder: Text (live, edition 1)' links to what this edition no longer has.",
}


def step(edition, name, **data):
    live = edition.guide.editions.live().get().number
    page = reverse("admin:guides_edition_change", args=[edition.pk])
    answer = desk.publisher().post(page, {"step": name, "live": live} | data, follow=True)
    return " ".join(map(str, answer.context["messages"]))


def publish_now(edition, tmp_path):
    return step(edition, "publish")


def publish_later(edition, tmp_path):
    return step(edition, "schedule", **{"schedule-moment": "2999-01-01T10:00"})


def publish_by_the_clock(edition, tmp_path):
    # Scheduled while all was well.
    now = timezone.now()
    Edition.objects.filter(pk=edition.pk).update(state=State.SCHEDULED, publish_at=now)
    assert editions.publish_due(now) == []
    page = desk.publisher().get("/admin/").content.decode()
    assert "Overdue since" in page, "editors see it on their front page"
    return Edition.objects.get(pk=edition.pk).refusal


def publish_from_a_file(edition, tmp_path):
    file, said = tmp_path / "printer.json", StringIO()
    file.write_text(
        json.dumps([{key: plain[key] for key in ("model", "fields")} for plain in edition.content["objects"]])
    )
    before = edition.guide.editions.count()
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load_guides", str(file), publish=True, stderr=said)
    assert edition.guide.editions.count() == before
    return said.getvalue()


def publish_from_code(edition, tmp_path):
    with pytest.raises(editions.Unfit) as refused:
        editions.publish(edition)
    return str(refused.value)


WAYS = [publish_now, publish_later, publish_by_the_clock, publish_from_a_file, publish_from_code]


def spoiled(guide, spoil, number):
    """Return an edition of the guide's draft as it is after `spoil`; the draft itself stays as it was."""
    edition = Edition(guide=guide, number=number)
    with transaction.atomic():
        spoil(guide)
        edition.content = freezing.freeze(guide)
        transaction.set_rollback(True)
    edition.save()
    return edition


def test_what_the_check_finds_keeps_an_edition_from_readers(printer, tmp_path):
    for number, (spoil, said) in enumerate(FAULTS.items(), start=2):
        assert said in publish_from_code(spoiled(printer, spoil, number), tmp_path), spoil
    assert printer.editions.live().get().number == 1


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_around_the_check(printer, tmp_path, way, client):
    for number, spoil in enumerate([lose_a_term, lose_what_another_guide_links_to], start=2):
        edition = spoiled(printer, spoil, number)
        assert FAULTS[spoil] in way(edition, tmp_path), spoil
        assert printer.editions.live().get().number == 1
        edition.delete()
        desk.User.objects.all().delete()
    assert client.get("/guides/printer/points/").status_code == 200


def test_guides_that_go_live_together_may_lead_to_one_another(db, tmp_path):
    guides = [factories.make_guide(slug, publish=False) for slug in ("binder", "printer")]
    for guide, other in (guides, reversed(guides)):
        guide.sections.filter(kind="text").update(body=f"See [this](/guides/{other.slug}/steps/).")
    saved = [editions.save(guide) for guide in guides]
    assert all(checks.errors(edition) for edition in saved)
    editions.publish_together(saved)
    assert Edition.objects.live().count() == 2
    assert not any(checks.errors(edition) for edition in Edition.objects.live())


def test_together_all_go_live_or_none(db):
    good, bad = (factories.make_guide(slug, publish=False) for slug in ("binder", "printer"))
    link_to_nothing(bad)
    with pytest.raises(editions.Unfit, match="Printer, Text: '/nowhere/' leads nowhere"):
        editions.publish_together([editions.save(guide) for guide in (good, bad)])
    assert not Edition.objects.live().exists()


def test_a_guide_that_loses_a_section_goes_live_with_the_one_that_no_longer_links_there(printer):
    binder = Section.objects.get(guide__slug="bookbinder", kind="text").guide
    lose_what_another_guide_links_to(printer)
    without = editions.save(printer)
    assert checks.errors(without)
    binder.sections.filter(kind="text").update(body="See nothing.")
    editions.publish_together([without, editions.save(binder)])
    assert printer.editions.live().get() == without


def test_a_withdrawn_guide_comes_back_only_with_what_others_link_to(printer):
    whole = printer.editions.get()
    editions.unpublish(printer)
    lose_what_another_guide_links_to(printer)
    with pytest.raises(editions.Unfit):
        editions.publish(editions.save(printer))
    assert editions.publish(whole).state == State.LIVE


def test_the_page_of_an_edition_says_what_its_rows_name_and_lack(printer):
    lose_a_skill(printer)
    Practice.objects.filter(guide=printer).update(step="gone")
    edition = editions.save(printer)
    page = desk.editor().get(reverse("admin:guides_edition_change", args=[edition.pk])).content.decode()
    assert "Skills gap and readiness</a>: There is no skill &#x27;skill-0&#x27; in this guide." in page
    assert "There is no step &#x27;gone&#x27; in this guide." in page
