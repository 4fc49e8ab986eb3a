"""What something refers to stays, and the page names the places; without them it goes."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from guides.admin.referenced import ReferencedAdmin
from guides.datasets.models import StateLink
from guides.models import (
    CareerLevel,
    Edition,
    Figure,
    Point,
    Route,
    Section,
    Skill,
    Source,
    Step,
    Synonym,
    Term,
)
from guides.publishing import editions, links, references
from guides.readiness.models import Option, Practice, Stage
from guides.readiness.models import Question as ReadinessQuestion
from guides.registry import content_models
from tests import factories
from tests.readiness.sample import make_checks

from .. import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def binder(guide):
    """A published guide whose draft holds rows that name other rows."""
    return make_checks(guide, publish=False)


@pytest.fixture
def printer():
    return factories.make_guide("printer", field_of_work="Crafts")


@pytest.fixture
def editor():
    return desk.editor()


def delete(client, row):
    """Press 'Delete' and say yes."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])
    opened, answer = client.get(address), client.post(address, {"post": "yes"})
    assert opened.status_code == 200
    assert ("these places refer to it" in opened.content.decode()) == (answer.status_code == 409)
    return answer


def stays(client, row, *said):
    """Whether the row cannot be deleted, and the page names the places."""
    answer = delete(client, row)
    text = answer.content.decode()
    missing = [words for words in said if escape(words) not in text]
    assert not missing, f"{missing} in {text}"
    return answer.status_code == 409 and type(row).objects.filter(pk=row.pk).exists()


def goes(client, row):
    return delete(client, row).status_code == 302 and not type(row).objects.filter(pk=row.pk).exists()


def write(guide, text):
    """Give the guide's text section a text, and save the draft."""
    section = guide.sections.get(kind="text")
    section.body = text
    section.save()
    return editions.save(guide)


@pytest.mark.parametrize(
    "mark", ["[glue](glossary:glue)", "[glue](/glossary/#glue)", "[glue][g]\n\n[g]: <glossary:glue>"]
)
def test_a_term_stays_while_a_text_links_to_it(binder, editor, mark):
    term = Term.objects.create(slug="glue", name="Glue", definition="Sticks.")
    before = Term.objects.create(slug="glue-pot", name="Pot", definition="Holds glue.")
    write(binder, f"See {mark}.")
    assert stays(editor, term, "Bookbinder: Text (draft)")
    editions.publish(editions.newest(binder))
    assert stays(editor, term, "Bookbinder: Text (draft, live, edition 2)")
    write(binder, "See nothing.")
    assert stays(editor, term, "Bookbinder: Text (live, edition 2)")
    editions.publish(editions.newest(binder))
    publisher = desk.publisher()
    assert goes(publisher, term)
    assert goes(publisher, before), "a name that begins like another one is another one"


@pytest.mark.parametrize("state", ["submit", "schedule"])
def test_a_term_stays_while_an_edition_waits_that_links_to_it(binder, editor, state):
    term = Term.objects.create(slug="glue", name="Glue", definition="Sticks.")
    edition = write(binder, "See [glue](glossary:glue).")
    if state == "submit":
        editions.submit(edition)
    else:
        editions.schedule(edition, timezone.now() + timedelta(hours=1))
    write(binder, "See nothing.")
    assert stays(editor, term, "edition 2")


def test_a_term_stays_while_any_kind_of_row_links_to_it(binder, editor):
    term = Term.objects.create(slug="glue", name="Glue", definition="Sticks.")
    for content in content_models.CONTENT_MODELS:
        for name in getattr(content.model, "markdown_fields", ()):
            row = content.model.objects.first()
            before = getattr(row, name)
            content.model.objects.filter(pk=row.pk).update(**{name: "See [it](glossary:glue)."})
            assert stays(editor, term, "Bookbinder: "), content
            content.model.objects.filter(pk=row.pk).update(**{name: before})
    assert goes(desk.publisher(), term)


def test_a_source_stays_while_anything_cites_it(binder, editor):
    source = Source.objects.get()
    assert stays(editor, source, "observation “May 2024” (draft, live, edition 1)", "route “Route 0”", "Level 0")
    other = factories.make_source("other")
    for model in (Route, CareerLevel, StateLink):
        model.objects.update(source=other)
    Figure.objects.first().observations.model.objects.update(source=other)
    editions.save(binder)
    assert stays(editor, source, "(live, edition 1)")
    editions.publish(editions.newest(binder))
    assert goes(editor, source)


def test_what_rows_name_by_a_short_name_stays(binder, editor):
    """Every field that the registry lists: the row that it names stays while it does."""
    walked = set()
    for content in content_models.CONTENT_MODELS:
        for name, label in content.names.items():
            user = next(row for row in content.model.objects.all() if getattr(row, name))
            slug = getattr(user, name).split()[0]
            row = next(each for each in rows_of(label) if each.slug == slug)
            section = row if isinstance(row, Section) else row.section
            assert section is row or inline_delete(editor, row) == 200
            assert stays(editor, section, f"{content.model._meta.verbose_name} “"), (content, name)
            walked.add((content.label, name))
    assert len(walked) >= 6


def rows_of(label):
    [content] = [content for content in content_models.CONTENT_MODELS if content.label == label]
    return content.model.objects.select_related(content.guide_path)


def inline_delete(client, row):
    """Tick a row's 'Delete' on its section's screen and save."""
    opened = client.get(desk.screen(row.section))
    [inline] = opened.context["inline_admin_formsets"]
    [prefix] = [form.prefix for form in inline.formset.forms if form.instance.pk == row.pk]
    answer = client.post(desk.screen(row.section), desk.fields(opened) | {f"{prefix}-DELETE": "on"})
    assert type(row).objects.filter(pk=row.pk).exists() == (answer.status_code == 200)
    assert answer.status_code == 302 or "stays, because these places refer to it" in answer.content.decode()
    return answer.status_code


def test_a_row_that_nothing_names_goes_from_its_section(binder, editor):
    Practice.objects.all().delete()
    ReadinessQuestion.objects.update(skill="")
    Option.objects.update(step="", routes="")
    Stage.objects.all().delete()
    for model in (Skill, Step, Route, Point):
        assert inline_delete(editor, model.objects.first()) == 302


def test_a_career_level_stays_while_a_figure_is_for_it(binder, editor):
    level = CareerLevel.objects.first()
    Figure.objects.filter(section__kind="pay_levels").update(career_level=level)
    assert inline_delete(editor, level) == 200
    assert stays(editor, level.section, "Pay levels, figure “Median pay 0” (draft)")
    Figure.objects.update(career_level=None)
    assert inline_delete(editor, level) == 302


@pytest.mark.parametrize(
    "link", ["/guides/bookbinder/steps/", "/guides/bookbinder/steps/#more", "{site}/guides/bookbinder/steps/"]
)
def test_a_section_stays_while_another_guide_links_to_it(binder, printer, editor, settings, link):
    settings.SITE_URL = "https://guides.example"
    section = binder.sections.get(kind="steps")
    Option.objects.update(step="")
    Practice.objects.update(step="")
    write(printer, f"See [this]({link.format(site='https://guides.example')}).")
    assert stays(editor, section, "Printer: Text (draft)")
    editions.publish(editions.newest(printer))
    write(printer, "See nothing.")
    assert stays(editor, section, "Printer: Text (live, edition 2)")
    editions.publish(editions.newest(printer))
    assert goes(editor, section)


def test_a_section_stays_while_its_own_guide_links_to_it(binder, editor):
    section = binder.sections.get(kind="points")
    write(binder, "See [this](#points).")
    assert stays(editor, section, "Bookbinder: Text (draft)")
    editions.publish(editions.newest(binder))
    write(binder, "See nothing.")
    assert goes(editor, section), "the live edition holds what it links to"


def test_what_goes_together_does_not_hold_itself(binder, editor):
    pair = binder.sections.get(kind="pros_and_cons")
    binder.sections.filter(kind="pros").update(body="See [cons](#cons) and [both](#pros-and-cons).")
    assert goes(editor, pair)


@pytest.mark.parametrize(("anchor", "label"), links.ANCHORS.items())
def test_a_row_stays_while_a_text_leads_to_its_place(binder, printer, editor, client, anchor, label):
    row = rows_of(label).first()
    pages = [client.get(f"/guides/bookbinder/{page}/").content.decode() for page in ("print", "sources")]
    assert any(f'id="{anchor}-{row.slug}"' in page for page in pages), "readers find the place"
    write(printer, f"See [this]({row.section.get_absolute_url()}#{anchor}-{row.slug}).")
    assert "Printer: Text (draft)" in map(str, references.places(row))


def test_a_draft_guide_stays_while_another_one_links_to_it(printer, editor):
    draft = factories.make_guide("draft", publish=False)
    editions.save(draft, editor.user)
    write(printer, "See [this](/guides/draft/).")
    assert stays(editor, draft, "Printer: Text (draft)")
    write(printer, "See nothing.")
    assert goes(editor, draft)
    assert not Edition.objects.filter(guide__slug="draft").exists()


def test_a_short_name_that_others_know_is_not_changed(binder, editor):
    fresh = factories.make_section(binder, "points", slug="fresh")
    factories.make_point(fresh)
    write(binder, "See [this](#fresh).")
    answer = desk.save(editor, fresh, slug="fresher")
    assert "Others know it by this name" in desk.errors(answer)["slug"][0]
    assert f'href="{desk.screen(binder.sections.get(kind="text"))}"' in answer.content.decode()
    write(binder, "See nothing.")
    assert desk.errors(desk.save(editor, fresh, slug="fresher")) == {}
    assert Section.objects.get(pk=fresh.pk).slug == "fresher"


def test_synonyms_hold_nothing_and_nothing_holds_them(binder):
    assert goes(desk.publisher(), Synonym.objects.create(slug="glue", words="glue\npaste"))


def test_whoever_withdraws_a_guide_sees_what_leads_nowhere_now(binder, printer):
    publisher = desk.publisher()
    write(printer, "See [this](/guides/bookbinder/steps/).")
    editions.publish(editions.newest(printer))
    live = binder.editions.live().get()
    page = publisher.post(
        reverse("admin:guides_edition_change", args=[live.pk]),
        {"step": "unpublish", "live": "1", "unpublish-reason": "Old.", "unpublish-sure": "on"},
        follow=True,
    )
    assert "Printer: Text (live, edition 2)" in page.content.decode()


def test_the_screens_that_delete_ask_first():
    """Whatever a text, a row or a key can refer to is deleted on a screen that looks for the places."""
    labels = {*content_models.SHARED, "guides.guide", *links.ANCHORS.values()}
    labels |= {label for content in content_models.CONTENT_MODELS for label in content.names.values()}
    for model, screen in admin.site._registry.items():
        if model._meta.label_lower in labels or content_models.content_of(model):
            assert isinstance(screen, ReferencedAdmin), model


def test_looking_for_places_costs_no_more_with_many_guides(binder, django_assert_max_num_queries):
    term = Term.objects.create(slug="glue", name="Glue", definition="Sticks.")
    for number in range(5):
        factories.make_guide(f"guide-{number}", title="Guide")
    with django_assert_max_num_queries(10):
        references.places(term)
