"""What is typed into a form and not saved: kept for its author alone, offered, taken back, and part of no draft."""

import json
from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from guides.admin.versioned import VersionedAdmin
from guides.jobs import forget_unsaved_texts
from guides.models import Edition, Term, UnsavedText
from guides.models.unsaved import LASTS
from guides.publishing import editions
from tests import factories
from tests.addresses import Site

from .. import desk
from .test_forms import changeable_fields, is_editable, stored

pytestmark = pytest.mark.django_db

KEY = "0123456789abcdef0123456789abcdef"
KEEP = "/admin/unsaved/"


def keep(client, address, typed, key=KEY, **more):
    """Send what stands in a form, as js/admin-unsaved.js does."""
    pairs = [[name, each] for name, value in typed.items() for each in ([value] if isinstance(value, str) else value)]
    return client.post(KEEP, {"key": key, "address": address, "typed": json.dumps(pairs)} | more)


def screens():
    """A row of each model that can be edited, with its screen."""
    for model, screen in admin.site._registry.items():
        row = model._default_manager.order_by("-pk").first()
        if isinstance(screen, VersionedAdmin) and row is not None:
            yield screen, row


@pytest.mark.any_database
def test_every_form_of_content_keeps_what_is_typed_until_it_is_saved():
    site, client, walked, count = Site(), Client(), [], Edition.objects.count()
    site.sign_in(client, "superuser")
    for screen, row in screens():
        address = desk.screen(row)
        opened = client.get(address)
        if opened.status_code != 200 or not is_editable(opened):
            continue
        sent = desk.fields(opened)
        if not screen.keeps_unsaved:
            assert "_unsaved" not in sent, row
            continue
        form, name = changeable_fields(opened, sent)[-1]
        before, words = stored(form, name), f"{sent[name][:20]} half".strip()
        key = f"{len(walked):032x}"
        assert keep(client, address, sent | {name: words}, key).status_code == 204, row
        again = client.get(address)
        assert "and not saved it</h2>" in again.content.decode(), row
        assert "half</ins>" in again.content.decode(), row
        assert desk.fields(again)[name].replace("\r\n", "\n") == before.replace("\r\n", "\n"), row
        taken = client.post(address, {"_take_back": key})
        assert taken.status_code == 200, row
        filled = desk.fields(taken)
        assert (filled["_unsaved"], filled[name], stored(form, name)) == (key, words, before), row
        assert "Please correct" not in taken.content.decode(), row
        assert client.post(address, filled).status_code == 302, (row, name)
        assert stored(form, name) == words, row
        assert "and not saved it</h2>" not in client.get(address).content.decode(), row
        walked.append(type(row).__name__)
    assert {"Guide", "Section", "Figure", "Term", "Report", "Question", "CoverLetter", "TitlePage"} <= set(walked)
    assert not UnsavedText.objects.waiting().exists()
    assert Edition.objects.count() > count, "saving makes drafts as ever"


@pytest.fixture
def section(guide):
    return guide.sections.get(kind="points")


@pytest.fixture
def editor(section):
    return desk.editor()


def type_into(client, row, key=KEY, **changes):
    """Open the screen of a row, type, and leave; return what the form held."""
    typed = desk.fields(client.get(desk.screen(row))) | changes
    assert keep(client, desk.screen(row), typed, key).status_code == 204
    return typed


def test_it_is_seen_by_its_author_alone_and_by_nobody_signed_out(editor, section):
    type_into(editor, section, heading="Mine alone")
    text = UnsavedText.objects.get()
    other = desk.publisher()
    assert "Mine alone" not in other.get(desk.screen(section)).content.decode()
    assert other.get(f"{KEEP}{text.pk}/").status_code == 404
    assert other.post(f"{KEEP}{text.pk}/").status_code == 404
    assert other.post(desk.screen(section), {"_take_back": KEY}).status_code == 302
    # Another person's page with the same key is another text.
    type_into(other, section, heading="Theirs")
    assert UnsavedText.objects.waiting().count() == 2
    nobody = Client()
    signed_out = nobody.post(KEEP, {"key": KEY}, headers={"HX-Request": "true"})
    assert (signed_out.status_code, UnsavedText.objects.count()) == (401, 2)
    assert nobody.get(f"{KEEP}{text.pk}/").status_code == 302
    front = editor.get("/admin/").content.decode()
    assert "Typed, but not saved" in front
    assert f'href="{desk.screen(section)}"' in front
    assert "Mine alone" in editor.get(f"{KEEP}{text.pk}/").content.decode()


def test_a_new_row_and_one_that_was_deleted_come_back(editor, section):
    rows = {
        "points-TOTAL_FORMS": "3",
        "points-2-label": "New",
        "points-2-text": "A row that is new.",
        "points-2-id": "",
    }
    rows |= {"points-2-section": str(section.pk), "points-2-position": ""}
    type_into(editor, section, **rows)
    page = editor.get(desk.screen(section)).content.decode()
    assert "A row that is new." in page
    assert 'id="id_points-2-text"' not in page, "nothing is filled in by itself"
    section.points.first().delete()
    taken = editor.post(desk.screen(section), {"_take_back": KEY})
    # Rows went meanwhile: both versions are shown, and nothing is saved.
    assert (taken.status_code, section.points.count()) == (409, 1)
    saved = editor.post(desk.screen(section), desk.fields(taken))
    assert saved.status_code == 302
    assert sorted(section.points.values_list("text", flat=True))[0] == "A row that is new."
    assert section.points.count() == 3


def test_a_newer_version_is_said_and_both_are_shown(editor, section):
    type_into(editor, section, heading="What I had typed")
    desk.save(desk.publisher(), section, heading="What was saved since")
    page = editor.get(desk.screen(section)).content.decode()
    assert "Since then a newer version was saved, the last by pat" in page
    taken = editor.post(desk.screen(section), {"_take_back": KEY})
    assert taken.status_code == 409
    assert "Not saved: there is a newer version" in taken.content.decode()
    section.refresh_from_db()
    assert section.heading == "What was saved since"
    assert editor.post(desk.screen(section), desk.fields(taken)).status_code == 302
    section.refresh_from_db()
    assert section.heading == "What I had typed"


def test_what_was_saved_or_thrown_away_does_not_come_back_by_a_slow_line(editor, section):
    typed = type_into(editor, section, heading="Typed and saved")
    assert editor.post(desk.screen(section), typed | {"_unsaved": KEY}).status_code == 302
    assert keep(editor, desk.screen(section), typed | {"heading": "A moment before"}).status_code == 204
    other = "f" * 32
    type_into(editor, section, other, heading="Thrown away")
    assert editor.post(f"{KEEP}{UnsavedText.objects.waiting().get().pk}/").url == desk.screen(section)
    assert keep(editor, desk.screen(section), typed, other).status_code == 204
    assert not UnsavedText.objects.waiting().exists()
    assert "and not saved it" not in editor.get(desk.screen(section)).content.decode()
    assert not UnsavedText.objects.exclude(fields=[]).exists(), "its words are forgotten"


def test_a_form_with_errors_goes_on_being_kept_and_half_a_new_row_is_offered(editor, section):
    address = "/admin/guides/term/add/"
    typed = desk.fields(editor.get(address)) | {"name": "Signature", "_unsaved": KEY}
    refused = editor.post(address, typed)
    assert refused.status_code == 200
    assert desk.fields(refused)["_unsaved"] == KEY
    keep(editor, address, typed)
    assert "Signature" in editor.get(f"{address}?_changelist_filters=q%3Dx").content.decode()
    taken = editor.post(address, {"_take_back": KEY})
    assert desk.fields(taken)["name"] == "Signature"
    assert not Term.objects.filter(name="Signature").exists()
    front = editor.get("/admin/").content.decode()
    assert "new glossary term" in front or "new term" in front


def test_the_form_of_what_was_deleted_still_shows_the_words(editor, section):
    term = Term.objects.create(slug="glue", name="Glue", definition="What holds.")
    type_into(editor, term, definition="What holds leaves together.")
    term.delete()
    page = f"{KEEP}{UnsavedText.objects.get().pk}/"
    assert page in editor.get("/admin/").content.decode()
    form = editor.get(page).content.decode()
    assert "What holds leaves together." in form
    assert "somebody deleted it" in form
    assert editor.post(page).url == "/admin/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "short"},
        {"key": "0" * 31 + "é"},
        {"address": "/guides/"},
        {"address": "//example.org/admin/"},
        {"address": "/admin/auth/user/1/change/"},
        {"address": "/admin/guides/section/99999/change/"},
        {"address": "/admin/guides/section/1/change/" + "x" * 600},
        {"typed": "{}"},
        {"typed": "nothing"},
        {"typed": '[["a", 1]]'},
        {"typed": '[["a", "\\u0000"]]'},
        {"typed": json.dumps([["a", "x" * 1_000_001]])},
        {"typed": json.dumps([["a", "b"]] * 5001)},
        {"age": "-1"},
    ],
)
def test_nothing_else_is_kept(editor, section, wrong):
    right = {"key": KEY, "address": desk.screen(section), "typed": '[["heading", "x"]]'}
    assert editor.post(KEEP, right | wrong).status_code == 422
    assert not UnsavedText.objects.exists()


def test_what_nobody_asks_for_goes(editor, section):
    type_into(editor, section, heading="Long ago")
    type_into(editor, section, "e" * 32, heading="Settled")
    UnsavedText.objects.filter(key="e" * 32).update(is_settled=True, typed_at=timezone.now() - timedelta(days=3))
    UnsavedText.objects.filter(key=KEY).update(typed_at=timezone.now() - LASTS + timedelta(hours=1))
    assert forget_unsaved_texts() == "1 text deleted."
    UnsavedText.objects.update(typed_at=timezone.now() - LASTS)
    assert "Long ago" not in editor.get(desk.screen(section)).content.decode()
    assert forget_unsaved_texts() == "1 text deleted."
    assert (
        keep(editor, desk.screen(section), {"heading": "From a lid closed long"}, age="9999999999").status_code == 204
    )
    assert not UnsavedText.objects.waiting().exists()


def test_no_draft_and_no_preview_holds_it(editor, section, guide):
    before = editions.newest(guide)
    type_into(editor, section, heading="Half a heading")
    assert editions.save(guide) == before
    assert "Half a heading" not in json.dumps(before.content)
    factories.make_source("another")
    assert "Half a heading" not in editor.get(f"/admin/guides/guide/{guide.pk}/change/").content.decode()
