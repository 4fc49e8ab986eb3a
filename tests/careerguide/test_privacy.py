"""The page on privacy says what the site keeps: it is made of what is switched on, and its numbers are the code's."""

import dataclasses
import html
import re
from datetime import timedelta

import pytest

from careerguide import kept_pages
from careerguide.apps import privacy_template
from careerguide.backups import nightly
from guides.models.report import TEXT_KEPT_FOR
from guides.plan import keys
from guides.plan.models import KEPT_FOR
from guides.registry.extension import EXTENSIONS

pytestmark = pytest.mark.django_db


def words(client):
    page = client.get("/privacy/").content.decode()
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_its_numbers_are_those_of_the_code(client):
    page = words(client)
    assert f"ends after {keys.IDLE.seconds // 60} minutes without use" in page
    assert f"nobody opens for {KEPT_FOR.days // 30} months" in page
    assert f"deleted {TEXT_KEPT_FOR.days // 30} months after" in page
    assert timedelta(hours=1) == kept_pages.KEPT_FOR
    assert "We keep that page for an hour" in page


@pytest.mark.parametrize(("folder", "sentence"), [("", "makes no backups by itself"), ("backups", "newest 30 copies")])
def test_it_speaks_of_backups_where_they_are_made(client, settings, monkeypatch, folder, sentence):
    settings.BACKUP_DIR = folder
    own = EXTENSIONS["careerguide"]
    changed = dataclasses.replace(own, templates={"privacy": privacy_template()})
    monkeypatch.setitem(EXTENSIONS, "careerguide", changed)
    page = words(client)
    assert sentence in page
    assert ("copies are kept" in page) is bool(folder)
    assert nightly.KEPT == 30


@pytest.mark.parametrize("app", ["plan", "readiness", "toolkit", "careerguide"])
def test_an_app_that_is_gone_is_not_spoken_of(client, monkeypatch, app):
    before = words(client)
    monkeypatch.setitem(EXTENSIONS, app, dataclasses.replace(EXTENSIONS[app], templates={}))
    assert len(words(client)) < len(before)


def test_every_app_whose_items_a_plan_holds_or_that_takes_texts_says_what_it_keeps():
    """A plan holds what exercises and occupations add too: the plan's own words speak of all that is saved."""
    keeping = {label for label, extension in EXTENSIONS.items() if extension.plan_items and extension.content_models}
    silent = {label for label in keeping if "privacy" not in EXTENSIONS[label].templates}
    assert silent <= {"exercises", "occupations"}
