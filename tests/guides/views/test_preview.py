"""Preview: the draft as readers would see it, for editors and for colleagues without a login."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides import jobs
from guides.models import PreviewLink
from guides.publishing import editions
from guides.views import preview
from tests import factories

from .. import desk

# What a preview alone says, above the page.
NOTICE = re.compile(r'<div class="wrap preview-notice".*?</div>', re.DOTALL)


@pytest.fixture
def edition(guide):
    """A draft that differs from what is live."""
    section = guide.sections.get(kind="text")
    section.body = "Only in the **draft**."
    section.save()
    return editions.save(guide)


def linked(guide, edition=None, section=""):
    """The address of a new link."""
    return preview.url_for(guide, PreviewLink.make(guide, edition)[1], section)


@pytest.fixture
def address(edition):
    return linked(edition.guide)


def below(address, page):
    """Another page of the same preview."""
    return address.replace("/guides/bookbinder/", page)


def test_it_shows_what_readers_would_see(guide, edition, address, client):
    preview = client.get(below(address, "/guides/bookbinder/text/")).content.decode()
    assert "Only in the <strong>draft</strong>" in preview
    assert "Only in the" not in client.get("/guides/bookbinder/text/").content.decode()
    editions.publish(edition)
    live = client.get("/guides/bookbinder/text/").content.decode()
    preview = NOTICE.sub("", preview.replace(address.removesuffix("/guides/bookbinder/"), ""))
    assert preview.split() == live.split()


def test_a_draft_that_was_shared_says_that_it_is_one(edition, address, client):
    assert "A draft, shared with you" in client.get(address).content.decode()
    own = preview.url_for(edition.guide, preview.own_token(edition.guide))
    assert "shared with you" not in desk.editor().get(own).content.decode()
    editions.publish(edition)
    assert "shared with you" not in client.get(address).content.decode()


def test_an_edition_that_readers_no_longer_see_says_that_another_took_its_place(guide, edition, client):
    address = linked(guide, guide.editions.live().get())
    editions.publish(edition)
    assert "An earlier edition, shared with you" in client.get(address).content.decode()


def test_its_links_stay_inside(address, client):
    text = client.get(address).content.decode()
    inside = address.removesuffix("/guides/bookbinder/")
    assert f'"{inside}/guides/bookbinder/steps/"' in text
    assert '"/guides/bookbinder/' not in text


@pytest.mark.parametrize("page", ["", "text/", "print/", "sources/", "skills-gap/", "readiness/"])
def test_every_page_of_the_guide(address, client, page):
    answer = client.get(address + page)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_a_section_is_loaded_in_place(address, client):
    answer = client.get(address + "text/", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "draft" in answer.content.decode()


@pytest.mark.parametrize("page", ["/", "/guides/", "/guides/printer/", "/privacy/", "/guides/bookbinder.json"])
def test_other_pages_are_left_to_the_site(address, client, page):
    factories.make_guide("printer")
    answer = client.get(below(address, page) if page != "/" else below(address, "/guides/"))
    assert answer.status_code == 302
    assert answer.url.startswith("/")
    assert not answer.url.startswith(("//", "/preview/"))


@pytest.mark.parametrize("page", ["/guides/bookbinder/nowhere/", "/nowhere", "/admin/", "//example.org/"])
def test_nothing_else_is_served(address, client, page):
    answer = client.get(below(address, page))
    assert answer.status_code in {302, 404}
    assert not answer.get("Location", "/").startswith(("//", "http"))


def test_other_methods_are_refused(address, client):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("token", ["draft-1", "edition-1", "g1:x:y", "", "draft-x", "x" * 200, "é"])
def test_a_forged_address_shows_nothing(guide, edition, client, token):
    answer = client.get(f"/preview/{token or '-'}/guides/bookbinder/")
    assert answer.status_code == 403
    assert "preview is over" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_it_expires(address, client):
    assert PreviewLink.objects.past().count() == 0
    PreviewLink.objects.update(ends_at=timezone.now())
    assert client.get(address).status_code == 403
    assert "deleted" in jobs.forget_preview_links()
    assert not PreviewLink.objects.exists()


def test_no_key_is_kept(guide, edition):
    link, key = PreviewLink.make(guide)
    assert len(key) == 16
    assert key not in str(list(PreviewLink.objects.values()))
    assert link.key_hash != key


def test_a_draft_link_follows_the_draft_and_an_editions_link_does_not(guide, edition, client):
    draft, fixed = linked(guide, section="text"), linked(guide, edition, "text")
    section = guide.sections.get(kind="text")
    section.body = "Later words."
    section.save()
    editions.save(guide)
    assert "Later words." in client.get(draft).content.decode()
    assert "Later words." not in client.get(fixed).content.decode()


def test_a_guide_that_was_never_published(db, client):
    guide = factories.make_guide(publish=False)
    editions.save(guide)
    assert client.get(linked(guide)).status_code == 200
    assert client.get("/guides/bookbinder/").status_code == 404


def test_an_edition_that_was_thinned_away_is_not_found(guide, edition, client):
    address, own = linked(guide, edition), preview.url_for(guide, preview.own_token(guide, edition))
    edition.delete()
    assert client.get(address).status_code == 403
    assert desk.editor().get(own).status_code == 404


def test_an_editors_own_preview_is_opened_by_their_session_alone(guide, edition, client):
    draft = preview.url_for(guide, preview.own_token(guide))
    assert draft == f"/preview/draft-{guide.pk}/guides/bookbinder/"
    editor = desk.editor()
    assert editor.get(draft).status_code == 200
    assert client.get(draft).status_code == 403
    nobody = desk.editor("nobody")
    nobody.user.groups.clear()
    assert nobody.get(draft).status_code == 403


def test_a_preview_leaves_nothing_behind(address, client):
    client.get(address)
    assert reverse("guides:list") == "/guides/"
    assert "Only in the" not in client.get("/guides/bookbinder/print/").content.decode()


class TestFrame:
    """The admin's page around it."""

    @pytest.mark.parametrize("query", ["", "?width=360", "?width=1280&section=steps"])
    def test_it_frames_the_preview_and_nothing_else(self, guide, edition, client, query):
        editor = desk.editor()
        for name, pk in (("guide", guide.pk), ("edition", edition.pk)):
            answer = editor.get(reverse(f"admin:guides_{name}_preview", args=[pk]) + query)
            assert answer.status_code == 200
            assert "frame-src 'self'" in answer["Content-Security-Policy"]
            assert answer["X-Frame-Options"] == "DENY"
            assert editor.get(answer.context["frame_url"]).status_code == 200
            assert not PreviewLink.objects.exists(), "looking makes no link"

    def test_a_link_for_a_colleague_is_shown_once_and_ended_by_a_button(self, guide, edition, client):
        editor = desk.editor()
        for name, pk in (("guide", guide.pk), ("edition", edition.pk)):
            page = reverse(f"admin:guides_{name}_preview", args=[pk])
            made = editor.post(f"{page}?section=text", {"share": "1"})
            assert "no-store" in made["Cache-Control"]
            share = made.context["share_url"]
            assert share in made.content.decode()
            assert "draft" in client.get(share).content.decode()
            again = editor.get(page)
            assert share.split("/")[4] not in again.content.decode()
            link = PreviewLink.objects.get()
            assert (link.made_by, link.edition) == (editor.user, edition if name == "edition" else None)
            other = factories.make_guide(f"other-{name}")
            elsewhere = reverse("admin:guides_guide_preview", args=[other.pk])
            for wrong in (f"{link.pk + 1}", "x", "9" * 30):
                editor.post(page, {"end": wrong})
            editor.post(elsewhere, {"end": link.pk})
            assert client.get(share).status_code == 200, "another guide's page ends no link of this one"
            assert editor.post(page, {"end": link.pk}).status_code == 302
            assert client.get(share).status_code == 403
            assert "does not work any more" in editor.get(page).content.decode()
        assert editor.post(page, {}).status_code == 400
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor.user)
        assert strict.post(page, {"share": "1"}).status_code == 403

    @pytest.mark.parametrize("query", ["?width=5", "?section=%20%2F"])
    def test_an_odd_query_is_a_bad_request(self, guide, query):
        address = reverse("admin:guides_guide_preview", args=[guide.pk])
        assert desk.editor().get(address + query).status_code == 400

    def test_it_asks_for_a_login(self, guide, client):
        assert client.get(reverse("admin:guides_guide_preview", args=[guide.pk])).status_code == 302

    def test_no_other_page_may_be_framed(self, guide, client):
        for page in ("/", "/guides/bookbinder/"):
            answer = client.get(page)
            assert answer["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
