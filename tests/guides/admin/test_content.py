"""The editors' screens: guide, section, figure, source."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from guides.models import Figure, Guide, Section, Source
from guides.publishing import editions
from guides.registry import kinds
from guides.registry.groups import EDITORS, PUBLISHERS
from tests import factories

from .. import desk


@pytest.fixture
def editor(guide):
    return desk.editor()


def newest(guide):
    return guide.editions.order_by("-number").first()


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_section_of_every_kind_is_opened_and_saved_with_its_rows(guide, editor, kind):
    section = guide.sections.get(kind=kind)
    rows = section.kind_info.rows
    formsets = editor.get(desk.screen(section)).context["inline_admin_formsets"]
    assert [inline.formset.queryset.model for inline in formsets] == ([getattr(section, rows).model] if rows else [])

    answer = desk.save(editor, section, heading="A new heading")

    assert "was changed successfully" in answer.content.decode()
    section.refresh_from_db()
    assert section.heading == "A new heading"
    assert not rows or getattr(section, rows).count() == 2


def test_saving_what_a_browser_sends_back_changes_no_line_end(guide, editor):
    section = guide.sections.get(kind="text")
    Section.objects.filter(pk=section.pk).update(body="One.\n\nTwo.")
    desk.save(editor, section, body="One.\r\n\r\nTwo.")
    section.refresh_from_db()
    assert section.body == "One.\n\nTwo."


def test_every_save_is_an_edition_with_author_and_reason(guide, editor):
    before = newest(guide).number
    desk.save(editor, guide.sections.get(kind="text"), body="Better.", comment="Simpler words")
    edition = newest(guide)
    assert (edition.number, edition.author, edition.comment) == (before + 1, editor.user, "Simpler words")
    assert editions.published_names(guide)
    assert guide.editions.live().get().number == before


def test_a_guide_is_saved_with_its_titles_careers_and_outline(guide, editor):
    first, second = guide.sections.filter(parent=None)[:2]
    outline = editor.get(desk.screen(guide)).context["inline_admin_formsets"][0].formset.forms
    places = {form.instance.pk: form.prefix for form in outline}
    answer = desk.save(
        editor,
        guide,
        title="Bookbinder and finisher",
        **{
            "titles-0-title": "Finisher",
            "related_careers-1-DELETE": "on",
            f"{places[first.pk]}-position": "2",
            f"{places[second.pk]}-position": "1",
        },
    )
    assert "was changed successfully" in answer.content.decode()
    guide.refresh_from_db()
    assert guide.title == "Bookbinder and finisher"
    assert guide.titles.get().title == "Finisher"
    assert guide.related_careers.count() == 1
    assert list(guide.sections.filter(pk__in=[first.pk, second.pk])) == [second, first]


def test_the_outline_shows_parts_under_their_section(guide, editor):
    outline = editor.get(desk.screen(guide)).context["inline_admin_formsets"][0].formset.forms
    slugs = [form.instance.slug for form in outline]
    place = slugs.index("pros-and-cons")
    assert slugs[place : place + 3] == ["pros-and-cons", "pros", "cons"]
    assert len(slugs) == len(kinds.KINDS)


def test_rows_are_put_in_order(guide, editor):
    section = guide.sections.get(kind="steps")
    desk.save(editor, section, **{"steps-0-position": "2", "steps-1-position": "1"})
    assert [step.slug for step in section.steps.all()] == ["step-1", "step-0"]


@pytest.mark.parametrize("position", ["", "no number", "-1", "99999999999999999999"])
def test_an_odd_position_is_no_server_error(guide, editor, position):
    section = guide.sections.get(kind="steps")
    assert desk.save(editor, section, **{"steps-0-position": position}).status_code == 200
    assert desk.save(editor, guide, **{"sections-0-position": position}).status_code == 200
    assert section.steps.count() == 2


def test_rows_are_added_and_moved_where_no_script_runs(guide, editor):
    section = guide.sections.get(kind="points")
    assert 'type="number" name="points-0-position"' in editor.get(desk.screen(section)).content.decode()
    opened = editor.get(desk.screen(section) + "?rows")
    typed = desk.fields(opened) | {"points-0-position": "9", "points-2-label": "New", "points-2-text": "Added by hand."}
    before = list(section.points.values_list("pk", flat=True))
    editor.post(desk.screen(section) + "?rows", typed)
    after = list(section.points.values_list("pk", "label"))
    assert [pk for pk, _label in after][:1] == before[1:2]
    assert {label for pk, label in after if pk not in before} == {"New"}


def test_fields_of_a_table_have_names(guide, editor):
    page = editor.get(desk.screen(guide.sections.get(kind="points"))).content.decode()
    assert page.count('aria-label="Text"') >= 2


def test_a_figure_is_saved_with_its_observations(guide, editor):
    figure = Figure.objects.filter(section__kind="figures").first()
    answer = desk.save(editor, figure, **{"observations-0-value": "51000", "label": "Middle pay"})
    assert "was changed successfully" in answer.content.decode()
    assert figure.observations.filter(value=51_000).exists()
    assert "51000" in str(newest(guide).content["objects"])


def test_errors_name_the_field_and_keep_what_was_typed(guide, editor):
    figure = Figure.objects.filter(section__kind="figures").first()
    answer = desk.save(
        editor, figure, **{"currency": "dollars", "observations-0-low": "5", "observations-0-high": "3", "label": "X y"}
    )
    errors = desk.errors(answer)
    assert errors["currency"]
    assert errors["observations-0-low"] == ["5 is above 3: swap them."]
    assert 'value="X y"' in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    figure.refresh_from_db()
    assert figure.label == "Median pay 0"


def test_published_names_stay(guide, editor):
    """That of a section may change: see tests/guides/views/test_moved.py."""
    section = guide.sections.get(kind="skills")
    desk.save(editor, section, **{"skills-0-slug": "other"})
    desk.save(editor, guide, slug="elsewhere")
    guide.refresh_from_db()
    assert (guide.slug, section.skills.first().slug) == ("bookbinder", "skill-0")


def test_an_address_that_nobody_saw_can_change(guide, editor):
    section = factories.make_section(guide, slug="brand-new")
    desk.save(editor, section, slug="even-newer")
    section.refresh_from_db()
    assert section.slug == "even-newer"


def test_a_kind_that_would_hide_rows_is_refused(guide, editor):
    section = guide.sections.get(kind="skills")
    answer = desk.save(editor, section, kind="steps")
    assert "Delete them first" in desk.errors(answer)["kind"][0]
    points = guide.sections.get(kind="points")
    desk.save(editor, points, kind="pros")
    points.refresh_from_db()
    assert points.kind == "pros"


def test_a_section_is_added_last_and_then_asks_for_its_rows(guide, editor):
    address = reverse("admin:guides_section_add") + f"?guide={guide.pk}"
    opened = editor.get(address)
    data = desk.fields(opened) | {"heading": "New", "slug": "new", "kind": "points", "summary": "New."}
    answer = editor.post(address, data, follow=True)
    section = Section.objects.get(slug="new")
    assert answer.redirect_chain[0][0].startswith(desk.screen(section))
    assert guide.sections.last() == section
    assert newest(guide).author == editor.user


def test_a_guide_and_a_figure_are_added(guide, editor):
    address = reverse("admin:guides_guide_add")
    filled = {"title": "Printer", "slug": "printer", "summary": "Prints.", "field_of_work": "Crafts"}
    filled |= {"occupation_code": "51-5112", "reviewed_on": "2026-11-01", "titles-TOTAL_FORMS": "1"}
    editor.post(address, desk.fields(editor.get(address)) | filled | {"titles-0-title": "Pressman"})
    added = Guide.objects.get(slug="printer")
    assert added.titles.get().title == "Pressman"
    assert newest(added).author == editor.user

    section = guide.sections.get(kind="figures")
    # Figures before it were deleted.
    section.figures.filter(pk=section.figures.last().pk).update(position=9)
    address = reverse("admin:guides_figure_add") + f"?section={section.pk}"
    filled = {"label": "Mean pay", "slug": "mean-pay", "measure": "pay", "statistic": "mean", "unit": "currency"}
    editor.post(address, desk.fields(editor.get(address)) | filled | {"currency": "USD"})
    assert section.figures.last().slug == "mean-pay"


@pytest.mark.parametrize("slug", ["print", "sources", "skills"])
def test_a_reserved_or_taken_address_is_refused(guide, editor, slug):
    address = reverse("admin:guides_section_add")
    data = {"guide": guide.pk, "heading": "New", "slug": slug, "kind": "text", "summary": "New."}
    answer = editor.post(address, data)
    assert answer.status_code == 200
    assert not Section.objects.filter(heading="New").exists()


def test_deleting_a_section_changes_the_draft_alone(guide, editor, client):
    section = guide.sections.get(kind="points")
    address = reverse("admin:guides_section_delete", args=[section.pk])
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert client.get(f"/guides/bookbinder/{section.slug}/").status_code == 200
    assert newest(guide).comment.startswith("Deleted:")


def test_a_guide_that_readers_have_seen_is_not_deleted(guide, editor):
    assert editor.post(reverse("admin:guides_guide_delete", args=[guide.pk]), {"post": "yes"}).status_code == 403
    editions.unpublish(guide)
    assert editor.post(reverse("admin:guides_guide_delete", args=[guide.pk]), {"post": "yes"}).status_code == 403


def test_a_guide_that_nobody_saw_is_deleted_by_its_own_author_or_by_who_may_publish(
    db, caplog, django_capture_on_commit_callbacks
):
    """Its history goes with it, so nobody deletes another person's work who could not publish it either."""
    author, other, publisher = desk.editor(), desk.editor("eve"), desk.publisher()
    others, shared, own = (factories.make_guide(slug, publish=False) for slug in ("binder", "printer", "framer"))
    for guide in (others, shared, own):
        editions.save(guide, author.user)
    Guide.objects.filter(pk=shared.pk).update(summary="Eve had a hand in it.")
    editions.save(shared, other.user)

    def delete(client, guide):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("admin:guides_guide_delete", args=[guide.pk]), {"post": "yes"}).status_code

    assert "deletelink" not in other.get(desk.screen(others)).content.decode()
    assert [delete(other, others), delete(other, shared), delete(author, shared)] == [403, 403, 403]
    assert others.editions.exists()
    assert others.sections.exists()
    with caplog.at_level("INFO", "careerguide.audit"):
        assert [delete(author, own), delete(publisher, shared), delete(publisher, others)] == [302, 302, 302]
    assert not Guide.objects.exists()
    told = [json.loads(record.getMessage()) for record in caplog.records if record.name == "careerguide.audit"]
    deleted = [(line["account"], line["guide"]) for line in told if line["event"] == "deleted"]
    assert deleted == [("ed", "framer"), ("pat", "printer"), ("pat", "binder")]


def test_view_on_site_leads_where_readers_can_go(guide, editor):
    section = guide.sections.get(kind="text")
    assert "View on site" in editor.get(desk.screen(section)).content.decode()
    added = factories.make_section(guide, slug="not-live")
    assert "View on site" not in editor.get(desk.screen(added)).content.decode()
    editions.unpublish(guide)
    for obj in (guide, section):
        assert "View on site" not in editor.get(desk.screen(obj)).content.decode()


def test_a_source_changes_every_guide_that_cites_it(guide, editor):
    other = factories.make_guide("printer", field_of_work="Crafts")
    source = Source.objects.get()
    desk.save(editor, source, title="Wages, revised")
    for cited in (guide, other):
        assert newest(cited).comment == "Source changed: Office of Statistics: Wages, revised"


@pytest.mark.parametrize("model", ["guide", "section", "figure", "source"])
@pytest.mark.parametrize("query", ["", "?q=pay", "?o=1"])
def test_lists_are_searched_and_sorted(guide, editor, model, query):
    assert editor.get(reverse(f"admin:guides_{model}_changelist") + query).status_code == 200


@pytest.mark.parametrize("value", ["live", "changed", "never", "withdrawn", "review", "scheduled", "nonsense"])
def test_guides_are_filtered_by_status(guide, editor, value):
    desk.save(editor, guide, title="Changed")
    never = factories.make_guide("printer", publish=False)
    editions.save(never)
    listed = editor.get(reverse("admin:guides_guide_changelist") + f"?status={value}").context["cl"].queryset
    expected = {"changed": {"bookbinder"}, "never": {"printer"}, "nonsense": {"bookbinder", "printer"}}
    assert {each.slug for each in listed} == expected.get(value, set())


def test_figures_are_filtered_by_review(guide, editor):
    due = Figure.objects.first()
    due.observations.update(review_after="2020-01-01")
    bare = Figure.objects.last()
    bare.observations.all().delete()
    address = reverse("admin:guides_figure_changelist")
    assert list(editor.get(f"{address}?review=due").context["cl"].queryset) == [due]
    assert list(editor.get(f"{address}?review=none").context["cl"].queryset) == [bare]


def test_editors_edit_content_and_nothing_else(guide, editor):
    granted = Permission.objects.filter(group__name=EDITORS)
    apps = {"guides", "datasets", "exercises", "readiness", "toolkit", "openings"}
    assert set(granted.values_list("content_type__app_label", flat=True)) == apps
    assert not granted.filter(codename="publish_guide").exists()
    assert Permission.objects.filter(group__name=PUBLISHERS, codename="publish_guide").exists()
    for address in ("/admin/auth/user/", "/admin/auth/group/"):
        assert editor.get(address).status_code == 403


def test_the_screens_ask_for_a_login(guide, client):
    for obj in (guide, guide.sections.first(), Figure.objects.first(), Source.objects.first()):
        assert client.get(desk.screen(obj)).status_code == 302
        assert client.post(desk.screen(obj), {}).status_code == 302


def test_after_a_save_one_stays_in_the_guide(guide, editor):
    section, publisher = guide.sections.get(kind="text"), desk.publisher("pia")
    sent = desk.fields(editor.get(desk.screen(section))) | {"body": "Another sentence."}
    saved = editor.post(desk.screen(section), sent | {"_save": "Save"}, follow=True)
    assert saved.redirect_chain[-1][0] == f"/admin/guides/guide/{guide.pk}/change/#sections-group"
    page = saved.content.decode()
    assert "Draft saved." in page
    assert f'href="/admin/guides/guide/{guide.pk}/preview/?section=text"' in page
    assert f'<a href="/admin/guides/guide/{guide.pk}/draft/#steps">Submit for review</a>' in page
    # A publisher is led on to what would change for readers; a list that was filtered is come back to.
    sent = desk.fields(publisher.get(desk.screen(section))) | {"body": "One sentence more."}
    assert publisher.post(desk.screen(section), sent | {"_review": "x"}).url.endswith(f"/{guide.pk}/draft/")
    filtered = f"{desk.screen(section)}?_changelist_filters=kind__exact%3Dtext"
    sent = desk.fields(publisher.get(filtered)) | {"body": "And one."}
    back = publisher.post(filtered, sent | {"_save": "Save"}, follow=True)
    assert back.redirect_chain[-1][0] == "/admin/guides/section/?kind__exact=text"
    assert "Publish</a>" in back.content.decode()
    # The figure's screen leads there as well, and so does deleting.
    figure = Figure.objects.filter(section__guide=guide).first()
    assert editor.post(desk.screen(figure), desk.fields(editor.get(desk.screen(figure)))).url.endswith(
        "#sections-group"
    )
    point = factories.make_section(guide, slug="to-go")
    deleted = editor.post(desk.screen(point).replace("change", "delete"), {"post": "yes"})
    assert deleted.url == f"/admin/guides/guide/{guide.pk}/change/#sections-group"
