"""While hosts are changed one after the other, both releases serve from the upgraded database: the last one's own code
in its own process, beside this one's."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection

from guides.models import Section
from tests.faults.site import Site
from tests.faults.visitor import FORM, fields_of
from tests.guides import desk

from .release import EDITED, SECRET_KEY, UNTOUCHED, known

PAGES = [
    *("/", "/guides/", "/guides/?order=title", "/glossary/", "/feed/", "/tools/", "/occupations/", "/exercises/"),
    *("/explore/", "/move/", "/openings/", "/openings/?state=WA", "/search/?q=library", "/search/?q=bookbinder"),
    *("/alerts/", "/privacy/", "/accessibility/", "/robots.txt", "/readyz", "/ask/?q=what+does+a+clerk+earn"),
    *(f"/compare/?g={UNTOUCHED}&g={EDITED}", "/occupations/binders/", "/occupations/binders/gap/"),
    *(f"/guides/{EDITED}.json", f"/guides/{EDITED}.png", f"/guides/{EDITED}/print/", f"/guides/{UNTOUCHED}/print/"),
]


@pytest.fixture(scope="module")
def old(upgraded, old_code, tmp_path_factory):
    """The last release's site, on the upgraded database."""
    own = {"SECRET_KEY": SECRET_KEY, "CLOCK": "0"}
    with Site(tmp_path_factory.mktemp("old"), upgraded.address, root=old_code, **own) as site:
        yield site


@pytest.fixture(scope="module")
def new(upgraded, tmp_path_factory):
    """This release's."""
    own = {"SECRET_KEY": SECRET_KEY, "CLOCK": "0"}
    with Site(tmp_path_factory.mktemp("new"), upgraded.address, **own) as site:
        yield site


def reader(site):
    """Whoever holds the plan."""
    visitor = site.visitor()
    visitor.cookies["plan"] = known(connection.vendor)["key"]
    return visitor


def test_the_last_releases_reading_pages_all_answer(old):
    visitor = old.visitor()
    listed = re.findall("<loc>(.*?)</loc>", visitor.get("/sitemap.xml").text)
    paths = {urlsplit(address).path for address in listed} | set(PAGES)
    for guide in (UNTOUCHED, EDITED, "bookbinder"):
        # Each section, and each tool of the guide.
        paths |= set(re.findall(rf'"(/guides/{guide}/[^"?#]+)', visitor.get(f"/guides/{guide}/").text))
    assert len(paths) > 100
    answers = {path: visitor.raw(path)[0] for path in sorted(paths)}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_what_one_release_saves_the_other_one_shows(old, new):
    for first, other, employer in [(old, new, "Old Mill Library"), (new, old, "New Mill Library")]:
        saved = apply(reader(first), employer)
        assert saved.status in {302, 303}, saved.text
        assert employer in reader(other).get("/plan/applications/").text
        assert other.visitor().get("/guides/").status == 200


def apply(visitor, employer):
    """Add an application to the plan, as its form does."""
    page = visitor.get("/plan/applications/add/").text
    where = re.search(r'action="(/plan/applications/\w{12}/)"', page)[1]
    [form] = [number for number, form in enumerate(FORM.findall(page)) if 'name="employer"' in form]
    return visitor.post(where, fields_of(page, form) | {"post": "Clerk", "employer": employer})


def test_an_editor_goes_on_from_one_release_to_the_other(old, new, site_data):
    screen = desk.screen(Section.objects.get(guide__slug=EDITED, slug=known(connection.vendor)["published"]))
    visitor = old.visitor()
    visitor.sign_in("ed", "correct horse battery")
    for site, text in [(old, "Written on a host of the last release."), (new, "And on one of this release.")]:
        sent = visitor.at(site).form(screen) | {"body": text, "_continue": "1"}
        assert visitor.post(screen, sent).status == 302
        other = new if site is old else old
        assert visitor.at(other).form(screen)["body"] == text
