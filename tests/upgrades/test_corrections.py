"""What the release corrects arrives on a site of the last one, and what people left there stays theirs."""

import json

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from guides.models import Edition, Feedback, Guide, Report, ShippedContent
from guides.openings.models import Posting
from guides.plan import keys
from guides.plan.models import Plan

from .release import EDITED, SECRET_KEY, UNTOUCHED, known

State = Edition.State


def letters(slug):
    """The bodies of the guide's letters as this release ships them: what it corrects."""
    written = (settings.FIXTURES_DIR / f"{slug.replace('-', '_')}.json").read_text()
    return {plain["fields"]["body"] for plain in json.loads(written) if plain["model"] == "toolkit.coverletter"}


def letters_of(edition):
    return {plain["fields"]["body"] for plain in edition.content["objects"] if plain["model"] == "toolkit.coverletter"}


def test_a_guide_that_nobody_touched_has_the_releases_text_for_readers(site_data):
    live = Guide.objects.get(slug=UNTOUCHED).editions.live().get()
    assert f"published: {UNTOUCHED}." in site_data.said
    assert live.comment == f"From release {settings.RELEASE}"
    assert letters_of(live) == letters(UNTOUCHED)


def test_a_guide_that_editors_changed_has_their_text_and_the_corrections_in_a_draft(site_data):
    guide, texts = Guide.objects.get(slug=EDITED), known(connection.vendor)
    live, newest = guide.editions.live().get(), guide.editions.order_by("-number").first()
    assert live.number == 2, "readers see what they saw"
    assert letters_of(live) != letters(EDITED) == letters_of(newest)
    assert guide.sections.get(slug=texts["published"]).body == "What the editors of this site wrote."
    assert guide.sections.get(slug=texts["drafted"]).body == "What is not published yet."
    assert not ShippedContent.objects.filter(model="guides.guide", slug=EDITED).exclude(fault="").exists()


def test_what_people_left_is_there_and_opens(site_data, client, settings):
    settings.SECRET_KEY = SECRET_KEY
    key = known(connection.vendor)["key"]
    assert Plan.objects.get(key_hash=keys.hashed(key)).applications.get().employer == "Hill Library"
    client.cookies[keys.cookie_name()] = key
    page = client.get("/plan/applications/").content.decode()
    assert "Hill Library" in page
    assert Report.objects.get().text == "A step is missing."
    assert (Feedback.objects.count(), Posting.objects.count(), User.objects.count()) == (1, 1, 4)
    assert "What the editors of this site wrote." in client.get(f"/guides/{EDITED}/print/").content.decode()
