"""Whatever free text an editor types, on a form of a row or on any other page, is kept, offered and given back."""

import json
from itertools import count

import pytest
from django.test import Client
from lxml import html

from guides.exercises import editions as exercise_editions
from guides.exercises.models import Exercise
from guides.models import Batch, Edition, SharedEdition, UnsavedText
from guides.publishing import editions
from tests.addresses import Site, every_address
from tests.crawl import is_html

from .. import desk
from .test_unsaved import KEEP

pytestmark = pytest.mark.django_db

# One word, since changes are shown word by word.
WORDS = "unheardofwords"
# Passwords, codes and what accounts are called are never kept; signing in stands over every page.
NOT_KEPT = (
    "/admin/auth/", "/admin/axes/", "/admin/invitation", "/admin/login/", "/admin/logout/", "/admin/password",
    "/admin/people/", "/admin/second-factor/", "/admin/sessions/", "/admin/sign-in/",
)  # fmt: skip
FREE_TEXT = ".//textarea[@name] | .//input[@name][not(@type) or @type='text' or @type='url' or @type='search']"


@pytest.fixture
def site():
    """The small site, with a guide that readers see and a draft of it that waits for review."""
    site = Site()
    editions.publish(editions.newest(site.guide))
    site.guide.sections.filter(kind="text").update(body="Other words.")
    draft = editions.save(site.guide)
    draft.batch = Batch.objects.create(comment="Glued again")
    draft.save(update_fields=["batch"])
    editions.submit(draft, site.accounts["superuser"])
    return site


@pytest.fixture
def superuser(site):
    client = Client()
    site.sign_in(client, "superuser")
    return client


def pages(site):
    """The addresses of the admin, each leading somewhere; those of editions once for each of the guide's."""
    for address in every_address():
        path = site.path(address)
        if path.startswith("/admin/") and not path.startswith(NOT_KEPT):
            if address.name == "admin:guides_edition_change":
                for edition in Edition.objects.all():
                    yield desk.screen(edition)
            else:
                yield path


def is_typed_into(field):
    """Whether somebody types a text there: the reason of a change alone is none, and an empty row is a pattern."""
    is_fixed = field.get("readonly") is not None or field.get("disabled") is not None
    return not is_fixed and field.get("name") != "comment" and "__prefix__" not in field.get("name")


def forms_with_words(response):
    """The forms of a page that are sent by POST and in which something can be typed."""
    if response.status_code != 200 or not is_html(response) or not response.content.strip():
        return
    for form in html.fromstring(response.content.decode()).forms:
        fields = [field for field in form.xpath(FREE_TEXT) if is_typed_into(field)]
        if form.method == "POST" and fields and form.get("id") != "changelist-form":
            yield form, fields[-1]


def sent_by(form):
    return [[name, value] for name, value in form.form_values() if not name.startswith("_")]


def test_every_form_with_free_text_keeps_what_is_typed_and_gives_it_back(site, superuser):
    walked, unkept, number = set(), [], count()
    for page in dict.fromkeys(pages(site)):
        for form, field in forms_with_words(superuser.get(page)):
            [mark] = form.xpath(".//input[@name='_unsaved']") or [None]
            if mark is None:
                unkept.append((page, form.get("action"), field.get("name")))
                continue
            address, key = mark.get("data-address"), f"{next(number):032x}"
            pairs = [pair for pair in sent_by(form) if pair[0] not in (field.get("name"), "csrfmiddlewaretoken")]
            typed = json.dumps([*pairs, [field.get("name"), WORDS]])
            kept = superuser.post(KEEP, {"key": key, "address": address, "typed": typed})
            assert kept.status_code == 204, (page, kept.content)
            assert WORDS in superuser.get(page).content.decode(), (page, field.get("name"))
            taken = superuser.post(page, {"_take_back": key})
            shown = html.fromstring(taken.content.decode())
            given = [each for each in shown.xpath(FREE_TEXT) if each.get("name") == field.get("name")]
            assert [(each.value or "").strip() for each in given] == [WORDS], page
            assert shown.xpath("//input[@name='_unsaved'][@data-is-typed]/@value") == [key], page
            assert UnsavedText.objects.waiting().count() == 1, page
            superuser.post(f"{KEEP}{UnsavedText.objects.get(key=key).pk}/")
            walked.add(address.partition("#")[2] or page)
    assert not unkept
    assert {"send_back", "unpublish", "submit", "/admin/guides/guide/start/"} <= walked
    assert any("occupationlisting" in page for page in walked)


def subjects(site):
    """What is led to readers, of every kind: an edition, a batch, a term's, an exercise's; all may be submitted."""
    draft = editions.newest(site.guide)
    editions.send_back(draft, "Once more.")
    exercise = Exercise.objects.get(slug="call-numbers")
    exercise.introduction += " And more."
    exercise.save()
    return [draft, draft.batch, SharedEdition.objects.drafts().first(), exercise_editions.save(exercise)]


def test_a_note_stays_in_its_form_when_the_step_is_refused(site, superuser):
    for row in subjects(site):
        page, key = desk.screen(row), "a" * 32
        sent = {"step": "submit", "submit-note": WORDS, "live": "as it was once", "_unsaved": key}
        if isinstance(row, Edition):
            # An edition is refused once it is submitted: the note then has no form any more.
            opened = superuser.post(page, sent)
            sent |= {"submit-note": f"{WORDS}, twice"}
        refused = superuser.post(page, sent)
        assert refused.status_code == 409, row
        assert sent["submit-note"] in refused.content.decode(), row
        if not isinstance(row, Edition):
            form = html.fromstring(refused.content.decode()).xpath("//form[.//textarea[@name='submit-note']]")[0]
            assert form.xpath(".//textarea")[0].value.strip() == WORDS, row
            assert form.xpath(".//input[@name='_unsaved']/@value") == [key], row
            sent["live"] = form.xpath(".//input[@name='live']/@value")[0]
            opened = superuser.post(page, sent)
        assert opened.status_code == 302, row
        if isinstance(row, Edition):
            editions.send_back(row, "Once more.")


def test_a_step_that_is_open_no_longer_is_refused_whatever_its_form_holds(site, superuser):
    for row in subjects(site):
        page = desk.screen(row)
        live = superuser.get(page).context["live_key"]
        for note in ({}, {"send_back-note": WORDS}):
            refused = superuser.post(page, {"step": "send_back", "live": live} | note)
            assert refused.status_code == 409, row
            assert (WORDS in refused.content.decode()) == bool(note), row


def test_a_submission_that_is_taken_back_keeps_its_note(site, superuser):
    for row in subjects(site):
        page = desk.screen(row)
        opened = superuser.get(page)
        sent = {"step": "submit", "submit-note": WORDS, "live": opened.context["live_key"]}
        assert superuser.post(page, sent).status_code == 302, row
        if isinstance(row, Batch):
            editions.send_back(row.editions.get(), "Not yet.")
        else:
            live = superuser.get(page).context["live_key"]
            assert superuser.post(page, {"step": "take_back", "live": live}).status_code == 302, row
        again = html.fromstring(superuser.get(page).content.decode())
        assert again.xpath("//textarea[@name='submit-note']")[0].value.strip() == WORDS, row
