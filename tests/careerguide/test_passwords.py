"""A forgotten password: a link by mail or from who runs the site, which says nothing of who has an account."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client

from tests.addresses import make_account

pytestmark = pytest.mark.django_db
NEW = "another long passphrase"
ASK = "/admin/password/forgotten/"


@pytest.fixture
def editor(settings):
    settings.SENDS_MAIL = True
    return make_account("ed", "Editors", email="ed@example.org")


def path(link):
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def link_in(message):
    return path(re.search(r"https?://\S+", message.body)[0])


def choose(client, link, password=NEW):
    opened = client.get(link)
    assert opened.url == "/admin/password/choose/", "the key leaves the address at once"
    assert client.get(opened.url).status_code == 200
    return client.post(opened.url, {"new_password1": password, "new_password2": password})


def test_a_link_by_mail_leads_to_a_new_password(client, editor, audit):
    assert ASK in client.get("/admin/login/").content.decode()
    there = Client()
    there.force_login(editor)
    answer = client.post(ASK, {"email": "ED@example.org"})
    assert answer.url == "/admin/password/sent/"
    [sent] = mail.outbox
    link = link_in(sent)
    assert sent.to == ["ed@example.org"]
    assert choose(client, link, "short").status_code == 422
    assert choose(client, link).url == "/admin/login/"
    assert "Your new password is set. Sign in with it." in client.get("/admin/login/").content.decode()
    editor.refresh_from_db()
    assert editor.check_password(NEW)
    assert there.get("/admin/").status_code == 302, "sessions under the old password have ended"
    assert client.get("/admin/").status_code == 302, "and whoever has the link is not signed in by it"
    assert Client().get(link, follow=True).status_code == 410, "it works once"
    assert link.partition("key=")[2] not in str(audit())
    assert NEW not in str(audit())


def test_whoever_had_to_wait_after_wrong_passwords_need_not_any_more(client, editor):
    login = {"username": "ed", "password": "wrong", "next": "/admin/"}
    statuses = [client.post("/admin/login/", login).status_code for _try in range(5)]
    assert statuses[-1] == 429
    client.post(ASK, {"email": "ed@example.org"})
    choose(client, link_in(mail.outbox[0]))
    assert client.post("/admin/login/", login | {"password": NEW}).status_code == 302


def test_nobody_learns_who_has_an_account(client, editor, caplog):
    make_account("closed", "Editors", email="closed@example.org", is_active=False)
    User.objects.create_user("no role", email="none@example.org", password=NEW)
    answers = [
        client.post(ASK, {"email": address})
        for address in ("ed@example.org", "nobody@example.org", "closed@example.org", "none@example.org")
    ]
    assert {(answer.status_code, answer.url, answer.content) for answer in answers} == {
        (302, "/admin/password/sent/", b"")
    }
    assert [message.to for message in mail.outbox] == [["ed@example.org"]]
    assert client.post(ASK, {"email": "no address"}).status_code == 422
    assert "@example.org" not in caplog.text


def test_a_mail_server_that_is_away_is_told_to_nobody_who_asks(client, editor, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    assert client.post(ASK, {"email": "ed@example.org"}).url == "/admin/password/sent/"
    assert "could not be sent" in caplog.text
    assert "ed@example.org" not in caplog.text
    assert "key=" not in caplog.text


def test_no_address_is_sent_many_and_no_client_asks_often(client, editor):
    clients = [f"192.0.2.{number}" for number in range(1, 6)]
    for address in clients:
        assert client.post(ASK, {"email": "ed@example.org"}, REMOTE_ADDR=address).status_code == 302
    assert len(mail.outbox) == 3
    statuses = {client.post(ASK, {"email": "x@example.org"}, REMOTE_ADDR="192.0.2.9").status_code for _ in range(11)}
    assert statuses == {302, 429}


def test_where_no_mail_is_sent_the_page_says_so(client, editor, settings):
    settings.SENDS_MAIL = False
    page = client.get(ASK).content.decode()
    assert "This site sends no mail" in page
    assert "<form" not in page.partition("content-main")[2]


def test_who_runs_the_site_makes_a_link_that_works_once_for_a_day(client, editor, audit, monkeypatch):
    owner = make_account("owner", is_superuser=True)
    client.force_login(owner)
    address = f"/admin/people/{editor.pk}/password/"
    assert client.get(address).context["link"] == ""
    page = client.post(address)
    assert "no-store" in page["Cache-Control"]
    link = path(page.context["link"])
    assert "Made a link for a new password" in client.get(f"/admin/auth/user/{editor.pk}/history/").content.decode()
    assert (audit()[-1]["event"], audit()[-1]["about"]) == ("password link made", "ed")
    assert link.partition("key=")[2] not in str(audit())
    late = datetime.now() + timedelta(days=1, minutes=1)
    with monkeypatch.context() as patch:
        patch.setattr(default_token_generator, "_now", lambda: late)
        assert Client().get(link, follow=True).status_code == 410
    guest = Client()
    assert choose(guest, link).status_code == 302
    assert guest.get(link, follow=True).status_code == 410
    client.force_login(make_account("pub", "Publishers"))
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("key", ["", "x", "MQ", "MQ.", "MQ.set-password", "é.é", "99999999999999999999.x"])
def test_wrong_keys_open_nothing(client, editor, key):
    assert client.get("/admin/password/choose/", {"key": key}, follow=True).status_code == 410
    assert client.post("/admin/password/choose/", {"new_password1": NEW, "new_password2": NEW}).status_code == 410
