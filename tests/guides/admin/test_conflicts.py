"""No lost update: a save over a newer version is refused, and nothing typed is lost."""

import pytest

from guides.models import Figure, Point
from guides.publishing import editions
from tests import factories

from .. import desk


@pytest.fixture
def editor(guide):
    return desk.editor()


@pytest.fixture
def publisher(guide):
    return desk.publisher()


def late(client, obj, between, **changes):
    """Open a screen, let `between` happen, then save with `changes`."""
    sent = desk.fields(client.get(desk.screen(obj))) | changes
    between()
    return client.post(desk.screen(obj), sent | {"_continue": "1"}, follow=True)


def test_the_same_section(guide, editor, publisher):
    section = guide.sections.get(kind="text")
    between = lambda: desk.save(publisher, section, body="Theirs, which is newer.")  # noqa: E731
    answer = late(editor, section, between, body="Mine, typed for an hour.")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Not saved" in text
    assert "pat saved it at" in text
    sides = answer.context["conflict"]
    assert "".join(part.text for part in sides[0].stored) == "Theirs, which is newer."
    assert "Mine, typed for an hour.</textarea>" in text
    section.refresh_from_db()
    assert section.body == "Theirs, which is newer."

    again = editor.post(desk.screen(section), desk.fields(answer) | {"_continue": "1"}, follow=True)
    assert "was changed successfully" in again.content.decode()
    section.refresh_from_db()
    assert section.body == "Mine, typed for an hour."


def test_a_row_of_the_same_section(guide, editor, publisher):
    section = guide.sections.get(kind="points")
    between = lambda: desk.save(publisher, section, **{"points-0-text": "Theirs."})  # noqa: E731
    answer = late(editor, section, between, **{"points-1-text": "Mine."})
    assert answer.status_code == 409
    assert [point.text for point in section.points.all()] == ["Theirs.", "Some *text*."]


def test_a_row_deleted_meanwhile_is_not_lost(guide, editor, publisher):
    section = guide.sections.get(kind="points")
    between = lambda: desk.save(publisher, section, **{"points-0-DELETE": "on"})  # noqa: E731
    answer = late(editor, section, between, **{"points-0-text": "Mine, in the row that went."})
    assert answer.status_code == 409
    assert "Mine, in the row that went." in answer.content.decode()
    editor.post(desk.screen(section), desk.fields(answer) | {"_continue": "1"})
    assert sorted(point.text for point in section.points.all()) == ["Mine, in the row that went.", "Some *text*."]


def test_a_section_deleted_meanwhile_gives_back_what_was_typed(guide, editor):
    section = guide.sections.get(kind="text")
    answer = late(editor, section, section.delete, body="Typed for an hour.")
    assert answer.status_code == 410
    assert "Typed for an hour." in answer.content.decode()


def test_a_restore_meanwhile_is_a_newer_version(guide, editor):
    section = guide.sections.get(kind="points")
    first = guide.editions.get()
    Point.objects.filter(section=section, position=0).update(text="Second.")
    editions.save(guide)
    answer = late(editor, section, lambda: editions.restore(first), **{"points-1-text": "Mine."})
    assert answer.status_code == 409
    editor.post(desk.screen(section), desk.fields(answer) | {"_continue": "1"})
    assert [point.text for point in section.points.all()] == ["Second.", "Mine."]


def test_different_sections_do_not_collide(guide, editor, publisher):
    section, other = guide.sections.get(kind="text"), guide.sections.get(kind="points")
    between = lambda: desk.save(publisher, other, heading="Theirs", **{"points-0-text": "Theirs."})  # noqa: E731
    answer = late(editor, section, between, body="Mine.")
    assert answer.status_code == 200
    newest = str(editions.newest(guide).content)
    assert "Mine." in newest
    assert "Theirs." in newest


def test_a_guides_details_and_its_sections_do_not_collide(guide, editor, publisher):
    section = guide.sections.get(kind="text")
    between = lambda: desk.save(publisher, section, heading="Theirs")  # noqa: E731
    assert late(editor, guide, between, title="Mine").status_code == 200


def test_the_same_outline_collides(guide, editor, publisher):
    between = lambda: desk.save(publisher, guide, **{"sections-0-position": "90"})  # noqa: E731
    assert late(editor, guide, between, **{"sections-1-position": "91"}).status_code == 409


def test_the_same_figure_and_source(guide, editor, publisher):
    figure, source = Figure.objects.first(), factories.make_source()
    # Near the last one: of what is ten times or a tenth of it the form asks first.
    one, two = (str(figure.leading.value + step) for step in (1, 2))
    between = lambda: desk.save(publisher, figure, **{"observations-0-value": one})  # noqa: E731
    assert late(editor, figure, between, **{"observations-0-value": two}).status_code == 409
    between = lambda: desk.save(publisher, source, title="Theirs")  # noqa: E731
    assert late(editor, source, between, title="Mine").status_code == 409


def test_a_save_without_a_version_is_refused(guide, editor):
    section = guide.sections.get(kind="text")
    sent = desk.fields(editor.get(desk.screen(section))) | {"body": "Mine."}
    del sent["version"]
    assert editor.post(desk.screen(section), sent).status_code == 409


@pytest.mark.parametrize("forms", ["x", "-1", "99999999"])
def test_an_odd_number_of_rows_is_no_server_error(guide, editor, forms):
    section = guide.sections.get(kind="points")
    sent = desk.fields(editor.get(desk.screen(section))) | {
        "points-INITIAL_FORMS": forms,
        "points-TOTAL_FORMS": forms,
    }
    assert editor.post(desk.screen(section), sent).status_code in {200, 302}
    assert section.points.count() == 2


@pytest.mark.parametrize("key", ["x", "0", "99999999999999999999999"])
def test_an_odd_key_is_no_server_error(guide, editor, key):
    assert editor.post(f"/admin/guides/section/{key}/change/", {"body": "x" * 5}).status_code in {302, 404, 410}
