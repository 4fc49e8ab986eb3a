"""The admin's door: wrong passwords wait, a second factor where there is one, sessions that end."""

from base64 import b32decode
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.core import signing
from django.utils import timezone
from django.utils.http import urlencode
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from careerguide import second_factor

PASSWORD = "a long enough passphrase"
LOGIN = "/admin/login/?next=/admin/guides/"


@pytest.fixture
def editor(db):
    user = User.objects.create_user("ed", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def sign_in(client, password=PASSWORD, **headers):
    return client.post(LOGIN, {"username": "ed", "password": password}, **headers)


def code(device, later=0):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = timezone.now().timestamp() + later
    return f"{totp.token():06}"


def set_up(client):
    """Set up the second factor as a person would; return the device and the recovery codes."""
    page = client.get("/admin/second-factor/set-up/")
    assert b"<svg" in page.content
    assert not TOTPDevice.objects.exists(), "looking stores nothing"
    device = TOTPDevice(key=b32decode(page.context["key"].replace(" ", "")).hex())
    sent = {"code": code(device), "sealed": page.context["sealed"]}
    response = client.post("/admin/second-factor/set-up/", sent, follow=True)
    return TOTPDevice.objects.get(), response.context["codes"]


def test_five_wrong_passwords_then_wait(client, editor):
    assert [sign_in(client, "wrong").status_code for _ in range(5)] == [200] * 4 + [429]
    refused = sign_in(client)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert sign_in(client, REMOTE_ADDR="198.51.100.7").status_code == 302, "another address is not locked out"


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "", "/admin/", "\\\\evil.example"]
)
def test_whoever_signs_in_comes_to_a_page_of_ours(client, editor, target):
    sent = {"username": "ed", "password": PASSWORD, "next": target}
    response = client.post(f"/admin/login/?{urlencode({'next': target})}", sent, follow=True)
    assert [address for address, _status in response.redirect_chain] == ["/admin/"]
    assert response.status_code == 200
    # And whoever is signed in already.
    assert client.get(f"/admin/login/?{urlencode({'next': target})}").url == "/admin/"


def test_whoever_signs_out_comes_to_the_login_page(client, editor):
    sign_in(client)
    assert client.post("/admin/logout/").url == "/admin/login/"


def test_the_recovery_codes_stand_on_a_page_that_can_be_loaded_again_for_ten_minutes(client, editor):
    sign_in(client)
    _device, codes = set_up(client)
    again = client.get("/admin/second-factor/codes/")
    assert again.context["codes"] == codes
    assert "no-store" in again["Cache-Control"]
    session = client.session
    session[second_factor.CODES_SHOWN_UNTIL] -= 601
    session.save()
    assert client.get("/admin/second-factor/codes/").url == "/admin/"


def test_a_second_factor_is_asked_for_once_set_up(client, editor, audit):
    assert sign_in(client).url == "/admin/guides/"
    device, _codes = set_up(client)
    client.logout()
    assert sign_in(client).url == "/admin/guides/"
    owed = client.get("/admin/guides/", follow=True)
    assert owed.redirect_chain[-1][0].startswith("/admin/second-factor/")
    assert client.post(owed.redirect_chain[-1][0], {"code": "000000"}).status_code == 422
    assert (audit()[-1]["event"], audit()[-1]["account"]) == ("second factor failed", "ed")
    before = client.cookies["session"].value
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    onward = client.post("/admin/second-factor/?next=/admin/guides/", {"code": code(device, later=30)})
    assert onward.url == "/admin/guides/"
    assert client.cookies["session"].value != before, "a session known before the code is worth nothing after it"
    assert client.get("/admin/guides/").status_code == 200


def test_a_recovery_code_works_once(client, editor):
    sign_in(client)
    _device, codes = set_up(client)
    assert len(codes) == 10
    for expected in (302, 422):
        client.logout()
        sign_in(client)
        assert client.post("/admin/second-factor/", {"code": codes[0]}).status_code == expected


def test_a_password_alone_cannot_replace_the_second_factor(client, editor):
    sign_in(client)
    device, _codes = set_up(client)
    client.logout()
    sign_in(client)
    assert client.get("/admin/second-factor/set-up/").url == "/admin/second-factor/"
    assert client.post("/admin/second-factor/remove/").status_code == 302
    assert TOTPDevice.objects.get() == device


def test_the_site_can_require_it(client, editor, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client)
    assert client.get("/admin/guides/", follow=True).redirect_chain[-1][0].startswith("/admin/second-factor/set-up/")


def test_nobody_chooses_the_key_of_a_second_factor(client, editor):
    sign_in(client)
    device = TOTPDevice(key="ab" * 20)
    for sealed in ("", "ab" * 20, f"{editor.pk}:{device.key}", signing.TimestampSigner().sign(f"1:{device.key}")):
        response = client.post("/admin/second-factor/set-up/", {"code": code(device), "sealed": sealed})
        assert response.status_code == 422
    other = second_factor._seal.sign(f"{editor.pk + 1}:{device.key}")
    assert client.post("/admin/second-factor/set-up/", {"code": code(device), "sealed": other}).status_code == 422
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_leads_off_the_site(client, editor, target):
    sign_in(client)
    _device, codes = set_up(client)
    client.logout()
    sign_in(client)
    assert client.post(f"/admin/second-factor/?next={target}", {"code": codes[0]}).url == "/admin/"


def test_sessions_end_after_eight_idle_hours(client, editor):
    sign_in(client)
    response = client.get("/admin/")
    assert response.cookies["session"]["max-age"] == 8 * 60 * 60, "each admin page starts the time anew"
    session = client.session
    session.set_expiry(timezone.now() - timedelta(seconds=1))
    session.save()
    assert client.get("/admin/").status_code == 302


def test_logins_are_logged_without_passwords(client, editor, audit):
    sign_in(client, "a wrong secret")
    sign_in(client)
    assert [(line["event"], line["account"]) for line in audit()] == [("login failed", "ed"), ("login", "ed")]
    assert "secret" not in str(audit())
    assert PASSWORD not in str(audit())


def test_a_password_typed_as_the_name_is_kept_nowhere(client, editor, audit):
    wrong = {"username": PASSWORD, "password": PASSWORD}
    assert [client.post(LOGIN, wrong).status_code for _ in range(5)] == [200] * 4 + [429]
    assert {line["event"] for line in audit()} == {"login failed", "login locked"}
    assert len({line["account"] for line in audit()}) == 1, "one text, one seal"
    client.post(LOGIN, wrong | {"username": "another text"})
    assert len({line["account"] for line in audit()}) == 2
    attempts = list(AccessAttempt.objects.values())
    assert len(attempts) == 2
    for kept in (str(audit()), str(attempts)):
        assert PASSWORD not in kept
        assert "another text" not in kept


def test_passwords_are_kept_as_argon2_hashes():
    from careerguide import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
