"""Signing in over a page that is open: what the dialog of js/admin-session.js asks, and who may answer."""

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from careerguide.signing_in import owner

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough passphrase"
OTHERS = "another long passphrase"
ADDRESS = "/admin/sign-in/"


@pytest.fixture
def author():
    return User.objects.create_user("ed", password=PASSWORD, is_staff=True)


@pytest.fixture
def other():
    return User.objects.create_user("pat", password=OTHERS, is_staff=True)


class Dialog:
    """The dialog over a page of `author`."""

    def __init__(self, author: User, client: Client | None = None) -> None:
        self.client = client or Client(enforce_csrf_checks=True)
        self.proof = owner.proof(author)
        self.answer = self.client.get(ADDRESS, headers={"HX-Request": "true", "Opened-By": self.proof})

    @property
    def part(self):
        return lxml.html.fromstring(self.answer.content.decode())

    def fill(self, **fields: str) -> "Dialog":
        [form] = self.part.xpath("//form")
        sent = dict(form.form_values()) | fields
        self.answer = self.client.post(form.get("data-hx-post"), sent, headers={"HX-Request": "true"})
        return self

    @property
    def is_done(self) -> bool:
        return bool(self.part.xpath("//*[@data-signed-in]"))


def test_the_password_is_enough_where_there_is_no_second_factor(author):
    dialog = Dialog(author)
    assert dialog.part.xpath("//input[@autocomplete='username']/@value") == ["ed"]
    dialog.fill(password="wrong")
    assert dialog.answer.status_code == 422
    assert dialog.part.xpath("//input[@aria-invalid='true']/@name") == ["password"]
    assert dialog.fill(password=PASSWORD).is_done
    token = dialog.part.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    assert dialog.client.post("/admin/logout/", {"csrfmiddlewaretoken": token}).url == "/admin/login/"


def test_whoever_is_signed_in_gets_new_tokens_at_once(author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    assert Dialog(author, client).is_done


def test_nobody_else_can_sign_in_over_a_page(author, other):
    dialog = Dialog(author)
    for fields in ({"password": OTHERS}, {"password": OTHERS, "username": "pat"}):
        assert dialog.fill(**fields).answer.status_code == 422
    assert dialog.client.get("/admin/").status_code == 302
    for sealed in ("", "1:forged", str(author.pk)):
        assert Client().get(ADDRESS, headers={"Opened-By": sealed}).status_code == 400
        assert Client().post(ADDRESS, {"password": PASSWORD, owner.FIELD: sealed}).status_code == 400


def test_whoever_signed_in_meanwhile_is_named_and_signed_out(author, other):
    client = Client(enforce_csrf_checks=True)
    client.force_login(other)
    dialog = Dialog(author, client)
    assert "pat has signed in meanwhile" in dialog.answer.content.decode()
    assert dialog.fill(password=PASSWORD).is_done
    assert int(client.session["_auth_user_id"]) == author.pk


def test_the_second_factor_comes_after_the_password(author):
    device = StaticDevice.objects.create(user=author, name="Recovery codes")
    StaticToken.objects.create(device=device, token="abcdefgh")
    dialog = Dialog(author)
    assert Client().post(f"{ADDRESS}code/", {owner.FIELD: dialog.proof, "code": "abcdefgh"}).status_code == 200
    assert StaticToken.objects.exists(), "a code without a password is not even tried"
    assert not dialog.fill(password=PASSWORD).is_done
    assert dialog.client.get("/admin/").status_code == 302
    assert dialog.fill(code="000000").answer.status_code == 422
    StaticDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert dialog.fill(code="abcdefgh").is_done
    assert dialog.client.get("/admin/").status_code == 200


def test_who_must_set_a_second_factor_up_is_told_where(author, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    dialog = Dialog(author).fill(password=PASSWORD)
    assert not dialog.is_done
    assert dialog.part.xpath("//a/@href") == ["/admin/second-factor/set-up/"]


def test_wrong_passwords_wait_here_too(author, audit):
    dialog = Dialog(author)
    assert [dialog.fill(password="wrong").answer.status_code for _ in range(4)] == [422] * 4
    token = dict(dialog.part.xpath("//form")[0].form_values())
    assert dialog.client.post(ADDRESS, token | {"password": "wrong"}).status_code == 429
    assert dialog.client.post(ADDRESS, token | {"password": PASSWORD}).status_code == 429
    assert "wrong" not in str(audit())
    assert {line["event"] for line in audit()[-3:]} <= {"login failed", "login locked"}


def test_who_is_no_editor_any_more_cannot_go_on(author):
    dialog = Dialog(author)
    User.objects.update(is_staff=False)
    assert dialog.fill(password=PASSWORD).answer.status_code == 422
