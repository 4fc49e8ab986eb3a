"""Figures that texts name, on the editors' screens."""

import pytest
from django.urls import reverse

from guides.models import Figure, Point, Section
from guides.publishing import editions
from guides.toolkit.models import CoverLetter
from tests import factories

from .. import desk

NAME = "{figure:figures/figures-0}"
WRONG = "{figure:figures/nothing}"


@pytest.fixture
def editor(guide):
    return desk.editor()


@pytest.fixture
def section(guide):
    return guide.sections.get(kind="points")


def test_a_text_that_names_a_figure_is_saved_as_it_stands(editor, section):
    desk.save(editor, section, summary=f"It pays {NAME}.", body=f"In {{figure:figures/figures-0 period}} **{NAME}**.")
    section.refresh_from_db()
    assert section.summary == f"It pays {NAME}."
    assert section.body_html == f"<p>In {{figure:figures/figures-0 period}} <strong>{NAME}</strong>.</p>"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("summary", "no such figure. Did you mean figures/figures-1, figures/figures-0?"),
        ("body", "no such figure"),
        ("heading", "only a text of several sentences can"),
    ],
)
def test_a_wrong_name_is_told_at_its_field(editor, section, field, said):
    before = Section.objects.values().get(pk=section.pk)
    response = desk.save(editor, section, **{field: f"Pay: {WRONG}."})
    [message] = desk.errors(response)[field]
    assert said in message
    assert Section.objects.values().get(pk=section.pk) == before


def test_a_wrong_name_in_a_long_text_is_told_with_its_line(editor, section):
    [message] = desk.errors(desk.save(editor, section, body=f"Pay.\r\n\r\nIt is {WRONG}."))["body"]
    assert message.startswith(f"Line 3: “{WRONG}”")


def test_a_wrong_name_in_a_row_is_told_at_the_row(editor, section):
    response = desk.save(editor, section, **{"points-1-text": f"Pays {WRONG}."})
    assert "no such figure" in desk.errors(response)["points-1-text"][0]
    assert not Point.objects.filter(text__contains="{").exists()


def test_a_new_row_and_another_apps_row_may_name_figures(editor, section, guide):
    opened = desk.fields(editor.get(desk.screen(section)))
    opened |= {"points-TOTAL_FORMS": "3", "points-2-text": f"Pays {NAME}.", "points-2-section": str(section.pk)}
    editor.post(desk.screen(section), opened | {"_continue": "1"})
    assert section.points.filter(text=f"Pays {NAME}.").exists()
    letter = CoverLetter.objects.first()
    desk.save(editor, letter, why=f"It knows {NAME}.")
    assert "no such figure" in desk.errors(desk.save(editor, letter, why=f"It knows {WRONG}."))["why"][0]
    letter.refresh_from_db()
    assert letter.why == f"It knows {NAME}."


def test_the_guides_own_summary_may_name_figures(editor, guide):
    assert "no such figure" in desk.errors(desk.save(editor, guide, summary=f"Earns {WRONG}."))["summary"][0]
    desk.save(editor, guide, summary=f"Earns {NAME}.")
    guide.refresh_from_db()
    assert guide.summary == f"Earns {NAME}."


def test_an_observation_says_its_own_number(editor, guide):
    figure = Figure.objects.get(slug="figures-0")
    response = desk.save(editor, figure, **{"observations-0-note": f"Was {NAME}."})
    assert "only a text" in desk.errors(response)["observations-0-note"][0]


def test_a_summary_may_be_longer_than_readers_see_it(editor, section):
    text = f"{NAME} " * 9 + "and no more."
    assert len(text) < 260
    long = f"{NAME} " * 15
    desk.save(editor, section, summary=long.strip())
    section.refresh_from_db()
    assert section.summary == long.strip()
    response = desk.save(editor, section, summary=f"{NAME} " * 30)
    assert "at most 260" in desk.errors(response)["summary"][0]


def test_the_box_shows_a_text_as_readers_see_it(editor, section, guide):
    section.body = f"It pays **{NAME}**."
    section.save()
    page = editor.get(desk.screen(section)).content.decode()
    assert "<p>It pays <strong>$40,000</strong>.</p>" in page
    address = f"{reverse('admin:guides_section_markdown')}?guide={guide.pk}"
    assert f'data-hx-post="{address}"' in page
    preview = editor.post(address, {"text": f"Pay is {NAME}, not {WRONG}."}).content.decode()
    assert f"Pay is $40,000, not {WRONG}." in preview
    typed = editor.post(address, {"text": f"Pay is {NAME}.\n\nNot {WRONG}."}).content.decode()
    assert typed.count("this guide has no such figure") == 1
    assert f"Line 3: “{WRONG}”: this guide has no such figure." in typed


@pytest.mark.parametrize("query", ["?guide=x", "?guide=999999"])
def test_a_text_of_no_guide_is_a_bad_request(editor, query):
    assert editor.post(f"{reverse('admin:guides_section_markdown')}{query}", {"text": "x"}).status_code == 400


def test_the_screen_offers_the_names(editor, section):
    factories.make_observation(Figure.objects.get(slug="figures-0"), value=38_000, period="May 2023", year=2023)
    page = editor.get(desk.screen(section)).content.decode()
    assert f"<code>{NAME}</code>" in page
    assert "<td>$40,000</td>" in page
    assert "<code>before</code> $38,000" in page
    for form in ("before", "period"):
        assert f'data-figure-name="{{figure:figures/figures-0 {form}}}"' in page
    assert "{figure:figures/figures-0 low}" not in page


def test_what_a_text_names_is_not_deleted_and_says_where(editor, section, guide):
    Section.objects.filter(pk=section.pk).update(summary=f"It pays {NAME}.")
    editions.save(guide)
    figure = Figure.objects.get(slug="figures-0")
    response = editor.post(reverse("admin:guides_figure_delete", args=[figure.pk]), {"post": "yes"})
    assert response.status_code == 409
    assert "Points" in response.content.decode()
    assert Figure.objects.filter(pk=figure.pk).exists()
