"""A session that ends while somebody works takes nothing with it, where no script runs: what was sent is kept for its
author, who signs in and sends it again. With a script see tests/browser/test_signing_in.py.
"""

import html
import re
from datetime import timedelta
from time import time
from unittest.mock import patch
from urllib.parse import urljoin

import lxml.html
import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from careerguide.models import KeptForm
from careerguide.outage import SECRETS
from careerguide.signing_in import kept, owner
from guides.datasets.models import CheckedFigure
from guides.models import SharedEdition, Term
from guides.publishing import editions
from tests.addresses import Site, every_address

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough passphrase"
TYPED = "Typed & “kept”: <b>é</b> & 'more'"
# What takes passwords and codes: nobody needs to be signed in there.
NOT_KEPT = ("sign_in", "second_factor")
# These are for people who are not signed in.
OPEN_TO_ALL = {"invitation", "password_forgotten", "password_forgotten_sent", "password_choose"}
# A picture's file is on the author's own disk, and is chosen once more; its words are kept like all others.
CHOSEN_AGAIN = {"upload"}
TOKENS = {"csrfmiddlewaretoken", owner.FIELD, kept.FIELD}


class Browser:
    """A browser that runs no script: it opens pages, fills their forms and follows where they lead."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address, self.answer = "", None

    def open(self, address: str):
        self.address, self.answer = address, self.client.get(address, follow=True)
        if self.answer.redirect_chain:
            self.address = self.answer.redirect_chain[-1][0]
        return self

    @property
    def forms(self) -> list:
        """The forms of the page that send something, but for the one to log out."""
        page = lxml.html.fromstring(self.answer.content.decode())
        return [form for form in page.forms if form.method == "POST" and form.get("id") != "logout-form"]

    def send(self, form, follow: bool = True, **changes: str):
        """Send a form as a browser would, line ends included; return the answer."""
        fields = {}
        for name, value in filled(form, changes):
            fields.setdefault(name, []).append(re.sub(r"\r?\n", "\r\n", value))
        address = urljoin(self.address, form.action or "")
        self.answer = self.client.post(address, fields, follow=follow)
        self.address = self.answer.redirect_chain[-1][0] if follow and self.answer.redirect_chain else address
        return self.answer

    def sign_in(self, name: str, password: str = PASSWORD):
        """Fill in the login page, which is open or else is opened."""
        if "/login/" not in self.address:
            self.open("/admin/login/?next=/admin/")
        return self.send(self.forms[0], username=name, password=password)

    @property
    def text(self) -> str:
        return self.answer.content.decode()


def end_sessions() -> None:
    Session.objects.all().delete()


def filled(form, changes: dict[str, str]) -> list[tuple[str, str]]:
    """What a form sends, after some fields were filled in otherwise."""
    return [pair for pair in form.form_values() if pair[0] not in changes] + list(changes.items())


def values(form, **changes: str) -> list[tuple[str, str]]:
    """What a form sends, but for what each page adds by itself."""
    return sorted((name, re.sub(r"\r?\n", "\n", value)) for name, value in filled(form, changes) if name not in TOKENS)


@pytest.fixture
def site():
    site = Site()
    AccessAttempt.objects.create(username="ed", ip_address="192.0.2.1", failures_since_start=1)
    AccessFailureLog.objects.create(username="ed", ip_address="192.0.2.1")
    AccessLog.objects.create(username="ed", ip_address="192.0.2.1")
    return site


@pytest.fixture
def editor(site):
    browser = Browser()
    browser.sign_in("editor")
    return browser


def type_into(form) -> str:
    """Type into the first field of a form that takes words, if there is one; return what a browser will send of it."""
    for field in form.xpath(".//textarea | .//input[@type='text']"):
        if field.name and "__prefix__" not in field.name and field.name not in SECRETS and not field.get("readonly"):
            field.value = TYPED
            return TYPED
    return ""


def screens(site):
    """The address of each page of the admin that may have a form to type into, and of a list with an action."""
    for model in admin.site._registry:
        if model is CheckedFigure:
            continue  # a list alone
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"{reverse(f'{name}_add')}?guide={site.guide.pk}"
        yield screen(model.objects.order_by("-pk").first())
    for section in site.guide.sections.all():
        yield screen(section)
    yield reverse("admin:auth_user_password_change", args=[site.accounts["editor"].pk])
    yield from ("/admin/password_change/", "/admin/auth/user/")


def press(form) -> dict[str, str]:
    """What the first button of a form sends, and, of a list of rows, one that is ticked for the first action."""
    pressed = {}
    if actions := form.xpath(".//select[@name='action']/option/@value[. != '']"):
        tick = form.xpath(".//input[@name='_selected_action']/@value")[0]
        pressed = {"action": actions[0], "_selected_action": tick, "index": "0"}
    buttons = form.xpath(".//input[@type='submit'][@name] | .//button[@type='submit'][@name]")
    return pressed | {button.get("name"): button.get("value") or "" for button in buttons[:1]}


def every_form(browser, site):
    """Yield each form of the admin that holds anything, something typed into it: its page's address, and what it sends
    but for secrets.
    """
    for address in screens(site):
        browser.open(address)
        assert browser.answer.status_code in {200, 403}, address
        for form in browser.forms if browser.answer.status_code == 200 else []:
            files = form.xpath(".//input[@type='file']/@name")
            assert set(files) <= CHOSEN_AGAIN, "a file would be lost: it cannot be kept"
            type_into(form)
            pressed = press(form)
            sent = [pair for pair in values(form, **pressed) if pair[0] not in SECRETS]
            if sent:
                yield address, form, pressed, sent


@pytest.mark.any_database
def test_what_any_form_of_the_admin_sends_after_the_session_has_ended_is_kept(site):
    """And comes back whole to its author: same address, same fields. What it then does, the tests below try."""
    browser, keeper = Browser(), User.objects.get(username="superuser")
    browser.sign_in("superuser")
    forms = list(every_form(browser, site))
    assert len(forms) > 60
    for start in range(0, len(forms), kept.MOST):
        end_sessions()
        for address, form, pressed, _sent in forms[start : start + kept.MOST]:
            browser.address = address
            assert browser.send(form, follow=False, **pressed).url.startswith("/admin/login/?next=/admin/kept/"), (
                address
            )
        # Signing in made the tokens of the other forms old ones: those are kept just as well.
        browser.sign_in("superuser")
        expected = forms[start : start + kept.MOST]
        for row, (address, _form, _pressed, sent) in zip(reversed(kept.of(keeper)), expected, strict=True):
            again = browser.open(f"/admin/kept/{row.pk}/").forms[0]
            assert (again.action, values(again)) == (address, sent)
        KeptForm.objects.all().delete()


@pytest.mark.any_database
def test_what_is_sent_to_any_address_of_the_admin_is_kept(site):
    """Those too that no form of the small site leads to, such as taking a newer figure over."""
    account, client = site.accounts["editor"], Client()
    for address in every_address():
        view = address.name.removeprefix("admin:")
        if not address.route.startswith("admin/") or view in {"login", "logout"} | OPEN_TO_ALL:
            continue
        if view.startswith(NOT_KEPT):
            continue
        path = site.path(address)
        answer = client.post(path, {"text": TYPED, owner.FIELD: owner.proof(account)})
        row = kept.of(account).first()
        assert answer.url == f"/admin/login/?next=/admin/kept/{row.pk}/", path
        assert (row.address, row.fields) == (path, [["text", TYPED]])


def screen(row, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def form_with(browser, name: str):
    """The first form of the page that has a field or a button of that name."""
    return next(form for form in browser.forms if form.xpath(f".//*[@name='{name}']"))


def interrupted(browser, address: str, which: str = "_save", **changes: str) -> None:
    """Fill in the form of a page that has the button or the field `which`, and send it when the session has ended."""
    form = form_with(browser.open(address), which)
    end_sessions()
    browser.send(form, **press(form) | changes)


def goes_on(browser, name: str = "editor"):
    """Sign in on the page that asks for it, and send what was kept; return the answer."""
    browser.sign_in(name)
    assert "/kept/" in browser.address
    return browser.send(browser.forms[0])


def test_a_section_is_saved(site, editor):
    text = site.guide.sections.get(kind="text")
    interrupted(editor, screen(text), body=f"{TYPED}\n\nTwo.", comment="Said better")
    assert "What you typed is kept" in editor.text
    assert TYPED not in editor.text
    assert "was changed successfully" in goes_on(editor).content.decode()
    text.refresh_from_db()
    assert text.body == f"{TYPED}\n\nTwo."
    newest = site.guide.editions.order_by("-number").first()
    assert (newest.author, newest.comment) == (site.accounts["editor"], "Said better")
    assert not KeptForm.objects.exists()


def test_rows_are_put_in_another_order(site, editor):
    section = site.guide.sections.get(kind="points")
    first, second = section.points.all()
    interrupted(editor, screen(section), **{"points-0-position": "2", "points-1-position": "1"})
    goes_on(editor)
    assert list(section.points.all()) == [second, first]


def test_what_is_wrong_is_asked_for_again_with_everything_in_its_field(site, editor):
    text = site.guide.sections.get(kind="text")
    interrupted(editor, screen(text), heading="", body=TYPED)
    answer = goes_on(editor)
    assert answer.context["adminform"].form.errors["heading"]
    assert editor.address == screen(text)
    form = form_with(editor, "body")
    assert form.fields["body"].strip() == TYPED
    editor.send(form, heading="Better", _save="Save")
    text.refresh_from_db()
    assert (text.heading, text.body) == ("Better", TYPED)


def test_a_term_is_added_and_another_deleted(site, editor):
    glue = Term.objects.get(slug="glue")
    interrupted(editor, reverse("admin:guides_term_add"), name="Awl", slug="awl", definition="It makes holes.")
    goes_on(editor)
    assert Term.objects.filter(slug="awl").exists()
    interrupted(editor, screen(glue, "delete"), "post")
    goes_on(editor)
    assert SharedEdition.objects.drafts().get(slug="glue").is_deletion


def test_a_guide_is_published(site):
    publisher = Browser()
    publisher.sign_in("publisher")
    site.guide.sections.filter(kind="text").update(body="Said better.")
    draft = editions.save(site.guide)
    [form] = [form for form in publisher.open(screen(draft)).forms if dict(form.form_values())["step"] == "publish"]
    end_sessions()
    publisher.send(form)
    goes_on(publisher, "publisher")
    draft.refresh_from_db()
    assert draft.state == draft.State.LIVE


def test_nobody_else_is_shown_what_was_typed(site, editor):
    text = site.guide.sections.get(kind="text")
    interrupted(editor, screen(text), body=TYPED)
    row = KeptForm.objects.get()
    for name in ("publisher", "superuser"):
        editor.sign_in(name)
        assert editor.address == f"/admin/kept/{row.pk}/"
        assert editor.answer.status_code == 404
        assert TYPED not in html.unescape(editor.text)
        assert "Nothing is kept here for you" in editor.text
        assert "Typed, but not saved" not in editor.open("/admin/").text
        for method in (editor.client.get, editor.client.post):
            assert method(f"/admin/kept/{row.pk}/").status_code in {403, 404}
        end_sessions()
        editor.open(f"/admin/kept/{row.pk}/")
    elsewhere = Browser()
    elsewhere.sign_in("editor")
    assert f'/admin/kept/{row.pk}/">section: Text</a>' in elsewhere.text, "the front page leads to it, anywhere"
    elsewhere.send(elsewhere.open(f"/admin/kept/{row.pk}/").forms[0])
    text.refresh_from_db()
    assert text.body == TYPED


def test_a_page_that_was_opened_by_somebody_else_saves_nothing(site, editor):
    """Two people, one browser: the second signs in while the first one's page is still open, and presses its button."""
    text = site.guide.sections.get(kind="text")
    before = text.body
    form = form_with(editor.open(screen(text)), "body")
    end_sessions()
    editor.open("/admin/").sign_in("publisher")
    editor.address = screen(text)
    assert editor.send(form, body=TYPED, _save="Save").status_code == 403
    assert TYPED not in html.unescape(editor.text)
    assert "somebody else" in editor.text
    text.refresh_from_db()
    assert text.body == before
    assert KeptForm.objects.get().owner == site.accounts["editor"]


def test_a_page_from_before_one_signed_in_again_goes_on(site, editor):
    """Two windows: signing in again in one of them makes the other one's token an old one."""
    text = site.guide.sections.get(kind="text")
    form = form_with(editor.open(screen(text)), "body")
    end_sessions()
    editor.open("/admin/").sign_in("editor")
    editor.address = screen(text)
    editor.send(form, body=TYPED, _save="Save")
    assert editor.address == f"/admin/kept/{KeptForm.objects.get().pk}/"
    editor.send(editor.forms[0])
    text.refresh_from_db()
    assert text.body == TYPED


def test_a_second_factor_stands_before_it_too(site, editor):
    form = form_with(editor.open(screen(site.guide.sections.get(kind="text"))), "body")
    device = StaticDevice.objects.create(user=site.accounts["editor"], name="Recovery codes")
    StaticToken.objects.create(device=device, token="abcdefgh")
    end_sessions()
    editor.send(form, body=TYPED, _save="Save")
    editor.sign_in("editor")
    assert editor.address.startswith("/admin/second-factor/")
    assert TYPED not in html.unescape(editor.text)
    editor.send(editor.forms[0], code="abcdefgh")
    assert editor.address == f"/admin/kept/{KeptForm.objects.get().pk}/"
    assert TYPED in html.unescape(editor.text)


def test_if_the_session_ends_once_more_it_is_kept_once(site, editor):
    interrupted(editor, screen(site.guide.sections.get(kind="text")), body=TYPED)
    editor.sign_in("editor")
    form = editor.forms[0]
    end_sessions()
    editor.send(form)
    assert KeptForm.objects.count() == 1
    editor.sign_in("editor")
    editor.send(editor.forms[1])
    assert (editor.address, KeptForm.objects.count()) == ("/admin/", 0), "thrown away"


def test_passwords_are_not_kept(site):
    browser = Browser()
    browser.sign_in("superuser")
    secret = "a passphrase of mine"
    changes = {"old_password": PASSWORD, "new_password1": secret, "new_password2": secret}
    interrupted(browser, "/admin/password_change/", "old_password", **changes)
    assert not KeptForm.objects.exists()
    browser.sign_in("superuser")
    assert browser.address == "/admin/password_change/"
    interrupted(browser, "/admin/auth/user/add/", username="new", password1=secret, password2=secret)
    assert secret not in str(KeptForm.objects.get().fields)
    answer = goes_on(browser, "superuser")
    assert set(answer.context["adminform"].form.errors) == {"password1", "password2"}
    assert answer.context["adminform"].form["username"].value() == "new"


def test_nothing_is_kept_of_what_no_page_of_ours_sent(site):
    address, client = screen(site.guide.sections.get(kind="text")), Client()
    other = signing.TimestampSigner().sign(str(site.accounts["editor"].pk))
    for proof in ({}, {owner.FIELD: ""}, {owner.FIELD: str(site.accounts["editor"].pk)}, {owner.FIELD: other}):
        assert client.post(address, {"body": TYPED} | proof).url == f"/admin/login/?next={address}"
    proof = owner.proof(site.accounts["editor"])
    client.post(address, {"body": "Nothing\0", owner.FIELD: proof})
    with patch("django.core.signing.time.time", return_value=time() + owner.LASTS.total_seconds() + 60):
        client.post(address, {"body": TYPED, owner.FIELD: proof})
    assert not KeptForm.objects.exists()
    # Whoever is gone has nothing kept.
    User.objects.filter(username="editor").delete()
    assert client.post(address, {"body": TYPED, owner.FIELD: proof}).status_code == 302
    assert not KeptForm.objects.exists()
    # A form of another site, sent by the browser of somebody who is signed in, stays refused.
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(site.accounts["publisher"])
    assert strict.post(address, {"body": TYPED}).status_code == 403
    assert strict.post(address, {"body": TYPED, owner.FIELD: "1:forged"}).status_code == 403


def test_so_many_are_kept_for_so_long(site):
    account, client = site.accounts["editor"], Client()
    KeptForm.objects.create(owner=account, address="/admin/", fields=[["a", "b"]])
    KeptForm.objects.update(kept_at=timezone.now() - owner.LASTS - timedelta(minutes=1))
    assert not kept.of(account).exists()
    assert (kept.delete_old(), KeptForm.objects.count()) == (1, 0)
    for number in range(kept.MOST + 3):
        client.post("/admin/guides/term/add/", {"name": str(number), owner.FIELD: owner.proof(account)})
    assert KeptForm.objects.count() == kept.MOST
    assert kept.of(account).first().fields == [["name", str(kept.MOST + 2)]]


@pytest.mark.any_database
def test_a_script_is_never_answered_with_a_login_page(site):
    """It would put the page into the form that it asked for."""
    client, wrong = Client(headers={"HX-Request": "true"}), []
    sent = {owner.FIELD: owner.proof(site.accounts["editor"]), "name": TYPED}
    for address in every_address():
        if not address.route.startswith("admin/") or address.name in {"admin:sign_in", "admin:sign_in_code"}:
            continue
        if address.name.removeprefix("admin:") in OPEN_TO_ALL:
            continue
        for send in (client.get, client.post):
            answer = send(site.path(address), sent, follow=True)
            if answer.status_code != 401 and address.name != "admin:logout":
                wrong.append(f"{send.__name__} {address.name}: {answer.status_code}")
            assert b"<form" not in answer.content
    assert wrong == []
    assert Client(headers={"Sec-Fetch-Dest": "empty"}).get("/admin/").status_code == 401
    assert not KeptForm.objects.exists(), "what a script sends is still on its page"


def test_what_is_kept_has_a_name(site):
    text = site.guide.sections.get(kind="text")
    for address, name in {
        screen(text): "section: Text",
        screen(text, "delete"): "delete section: Text",
        "/admin/guides/term/add/?_popup=1": "new glossary term",
        "/admin/guides/section/999999/change/": "/admin/guides/section/999999/change/",
        "/admin/guides/section/x/change/": "/admin/guides/section/x/change/",
        "/admin/auth/user/?q=a": "/admin/auth/user/?q=a",
        "/admin/password_change/": "/admin/password_change/",
        "/nowhere/": "/nowhere/",
    }.items():
        assert KeptForm(address=address).name == name


def test_forms_on_readers_pages_do_not_say_whose_they_are(site, client):
    client.force_login(site.accounts["editor"])
    page = client.get("/report/?guide=bookbinder&section=steps").content.decode()
    assert "csrfmiddlewaretoken" in page
    assert owner.FIELD not in page
