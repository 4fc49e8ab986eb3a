"""The log of security events: time, address and account of each, and never content."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from guides.publishing import editions
from tests.addresses import make_account
from tests.factories import make_guide
from tests.guides import desk

pytestmark = pytest.mark.django_db
SECRET = "another long passphrase"


@pytest.fixture
def owner(client):
    user = make_account("owner", is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def editor(db):
    return make_account("ed", "Editors")


def brief(lines):
    return [(line["event"], line["account"], line["address"], line.get("about")) for line in lines]


def test_changes_of_accounts_are_logged(client, owner, editor, audit):
    before = len(audit())
    page = f"/admin/auth/user/{editor.pk}"
    publishers = Group.objects.get(name="Publishers")
    form = desk.fields(client.get(f"{page}/change/")) | {"groups": [publishers.pk]}
    del form["is_active"]
    assert client.post(f"{page}/change/", form).status_code == 302
    password = {"password1": SECRET, "password2": SECRET, "usable_password": "true"}
    assert client.post(f"{page}/password/", password).status_code == 302
    assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 302
    lines = audit()[before:]
    by_owner = ("owner", "127.0.0.1")
    assert brief(lines) == [
        ("account changed", *by_owner, "ed"),
        ("rights changed", *by_owner, "account ed"),
        ("rights changed", *by_owner, "account ed"),
        ("password changed", *by_owner, "ed"),
        ("account deleted", *by_owner, "ed"),
    ]
    assert lines[0]["fields"] == ["is_active"]
    assert SECRET not in str(lines)


def test_an_own_new_password_is_logged(client, owner, audit):
    form = {"old_password": "a long enough passphrase", "new_password1": SECRET, "new_password2": SECRET}
    assert client.post("/admin/password_change/", form).status_code == 302
    assert brief(audit())[-1] == ("password changed", "owner", "127.0.0.1", "owner")
    assert SECRET not in str(audit())


def test_a_new_account_and_a_groups_rights_are_logged(audit):
    User.objects.create_user("new", password=SECRET)
    Group.objects.get(name="Editors").permissions.clear()
    assert brief(audit()) == [("account made", "", "", "new"), ("rights changed", "", "", "group Editors")]


@pytest.mark.django_db(transaction=True)
def test_publishing_is_logged_with_the_address(client, audit):
    guide = make_guide()
    client.force_login(make_account("pub", "Publishers"))
    guide.title = "Book mender"
    guide.save()
    edition = editions.save(guide)
    form = {"step": "publish", "live": "1"}
    assert client.post(f"/admin/guides/edition/{edition.pk}/change/", form).status_code == 302
    line = audit()[-1]
    assert (line["event"], line["guide"], line["edition"]) == ("published", "bookbinder", edition.number)
    assert (line["account"], line["address"]) == ("pub", "127.0.0.1")
    editions.unpublish(guide)
    line = audit()[-1]
    assert (line["event"], line["account"], line["address"]) == ("unpublished", "", ""), "no request: a command did it"
    assert "mender" not in str(audit())


def test_refusals_are_logged_of_accounts_alone(editor, guide, audit):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/report/?guide=bookbinder&section=steps", {"text": "My secret."}).status_code == 403
    assert audit() == []
    client.force_login(editor)
    assert client.get("/admin/auth/user/?q=secret").status_code == 403
    assert client.post("/admin/guides/guide/add/", {"title": "My secret."}).status_code == 403
    lines = audit()[1:]
    assert [(line["event"], line["account"], line["method"], line["path"]) for line in lines] == [
        ("refused", "ed", "GET", "/admin/auth/user/"),
        ("refused", "ed", "POST", "/admin/guides/guide/add/"),
    ]
    assert "secret" not in str(audit())
