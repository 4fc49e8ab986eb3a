"""Who may come in: invited by a link, with roles in words, and told what is missing where something is refused."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from lxml import html

from careerguide import jobs
from careerguide.models import Invitation
from careerguide.people import invitations, roles, sessions
from tests.addresses import make_account
from tests.guides import desk

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough passphrase"
LIST = "/admin/invitations/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def owner(client):
    user = make_account("owner", is_superuser=True)
    client.force_login(user)
    return user


def words(response):
    return " ".join(html.fromstring(response.content.decode()).xpath("//main")[0].text_content().split())


def group(name):
    return Group.objects.get(name=name)


def invite(client, role="Publishers", email="", whom="Ann of the library"):
    """Invite somebody; return the path of the link that the page shows."""
    response = client.post(LIST, {"for_whom": whom, "roles": [group(role).pk], "email": email})
    assert response.status_code == 200, words(response)
    assert "no-store" in response["Cache-Control"], "the page holds the key: no browser keeps it"
    link = urlsplit(response.context["link"])
    return f"{link.path}?{link.query}"


def test_somebody_is_invited_and_makes_their_own_account(client, owner, audit):
    link = invite(client)
    key = link.partition("key=")[2]
    assert len(key) >= 32
    assert not Invitation.objects.filter(key_hash__contains=key).exists()
    guest = Client()
    assert guest.get(link).url == "/admin/invitation/", "the key leaves the address at once"
    page = guest.get("/admin/invitation/")
    assert "May publish" in words(page)
    assert key not in page.content.decode()
    form = {"username": "ann", "email": "ann@example.org", "password1": "short", "password2": "short"}
    assert guest.post("/admin/invitation/", form).status_code == 422
    assert not User.objects.filter(username="ann").exists()
    form |= {"password1": PASSWORD, "password2": PASSWORD}
    assert guest.post("/admin/invitation/", form).url == "/admin/"
    assert guest.get("/admin/").status_code == 200
    ann = User.objects.get(username="ann")
    assert ann.check_password(PASSWORD)
    assert (ann.is_staff, ann.is_superuser, ann.has_perm("guides.publish_guide")) == (True, False, True)
    # Once: neither the link nor a form that was open meanwhile makes another one.
    assert Client().get(link).status_code == 410
    assert guest.post("/admin/invitation/", form | {"username": "ben"}).status_code == 410
    assert "accepted at" in words(client.get(LIST))
    events = [(line["event"], line.get("about")) for line in audit()]
    number = f"invitation {Invitation.objects.get().pk}"
    assert ("invited", number) in events
    assert ("invitation accepted", number) in events
    assert key not in str(audit())
    assert PASSWORD not in str(audit())


def test_a_form_that_was_open_when_another_browser_used_the_link_makes_nothing(client, owner):
    link = invite(client)
    first, second = Client(), Client()
    form = {"username": "ann", "password1": PASSWORD, "password2": PASSWORD}
    for guest in (first, second):
        guest.get(link)
    assert first.post("/admin/invitation/", form).status_code == 302
    assert second.post("/admin/invitation/", form | {"username": "ben"}).status_code == 410
    assert not User.objects.filter(username="ben").exists()


def test_an_invitation_is_taken_back_or_ends_by_itself(client, owner):
    link, other = invite(client), invite(client, whom="Ben")
    guest = Client()
    guest.get(link)
    ann = Invitation.objects.get(for_whom="Ann of the library")
    assert client.post(f"/admin/invitations/{ann.pk}/revoke/").url == LIST
    assert "taken back" in words(client.get(LIST))
    assert guest.get("/admin/invitation/").status_code == 410, "one that is open in a browser ends too"
    assert Client().get(link).status_code == 410
    Invitation.objects.filter(for_whom="Ben").update(ends_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(other).status_code == 410
    over = words(client.get(LIST))
    assert "not accepted in time" in over
    client.post(f"/admin/invitations/{ann.pk}/revoke/")
    assert "had ended already" in client.get(LIST).content.decode()
    for wrong in ("", "x", "é" * 300):
        assert Client().get("/admin/invitation/", {"key": wrong}).status_code == 410
    assert Client().get("/admin/invitation/").status_code == 410
    Invitation.objects.update(ends_at=timezone.now() - invitations.KEPT_FOR - timedelta(days=1))
    assert jobs.forget_invitations() == "2 invitations deleted."
    assert not Invitation.objects.exists()


def test_an_invitation_is_also_sent_where_the_site_sends_mail(client, owner, settings):
    settings.SENDS_MAIL = True
    link = invite(client, "Editors", "ann@example.org")
    [sent] = mail.outbox
    assert sent.to == ["ann@example.org"]
    assert link in sent.body
    assert settings.SITE_URL in sent.body
    guest = Client()
    guest.get(link)
    assert guest.get("/admin/invitation/").context["form"].initial["email"] == "ann@example.org"
    settings.SENDS_MAIL = False
    response = client.post(LIST, {"for_whom": "Ben", "roles": [group("Editors").pk], "email": "ben@example.org"})
    assert "No mail was sent to ben@example.org" in words(response)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_harms_nothing(client, owner, settings, caplog):
    settings.SENDS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    response = client.post(LIST, {"for_whom": "Ann", "roles": [group("Editors").pk], "email": "ann@example.org"})
    assert "No mail was sent" in words(response)
    link = urlsplit(response.context["link"])
    assert Client().get(f"{link.path}?{link.query}").status_code == 302
    assert "could not be sent" in caplog.text
    assert "key" not in caplog.text


def test_bad_invitations_are_refused_with_a_sentence(client, owner):
    right = {"for_whom": "Ann", "roles": [group("Editors").pk], "email": ""}
    for wrong in (
        {"for_whom": ""},
        {"roles": []},
        {"email": "no address"},
        {"for_whom": "A" * 151},
        {"roles": ["9999"]},
    ):
        form = right | wrong
        response = client.post(LIST, form)
        assert response.status_code == 422
        assert "errorlist" in response.content.decode()
    assert not Invitation.objects.exists()


def test_whoever_may_only_make_accounts_gives_no_role_that_they_do_not_have(client):
    ed = make_account("ed", "Editors")
    ed.user_permissions.add(Permission.objects.get(codename="add_user"))
    client.force_login(ed)
    assert "May publish" not in words(client.get(LIST))
    response = client.post(LIST, {"for_whom": "Ann", "roles": [group("Publishers").pk]})
    assert response.status_code == 422
    invite(client, "Editors")


def test_whoever_was_invited_sets_up_a_second_factor_first_where_the_site_wants_it(client, owner, settings):
    link = invite(client)
    settings.REQUIRE_SECOND_FACTOR = True
    guest = Client()
    guest.get(link)
    form = {"username": "ann", "password1": PASSWORD, "password2": PASSWORD}
    response = guest.post("/admin/invitation/", form, follow=True)
    assert response.redirect_chain[-1][0].startswith("/admin/second-factor/set-up/")


def test_roles_open_and_shut_the_admin(client, owner, audit):
    person = User.objects.create_user("ann", password=PASSWORD)
    address = f"/admin/auth/user/{person.pk}/change/"
    page = client.get(address)
    assert "May write drafts" in words(page)
    assert 'name="is_staff"' not in page.content.decode()
    assert 'name="user_permissions"' not in page.content.decode()
    ann = Client()
    ann.force_login(person)
    assert ann.get("/admin/").status_code == 302
    assert client.post(address, desk.fields(page) | {"groups": [group("Editors").pk]}).status_code == 302
    assert ann.get("/admin/").status_code == 200
    assert "May write drafts" in words(client.get("/admin/auth/user/"))
    form = desk.fields(client.get(address))
    del form["groups"]
    assert client.post(address, form).status_code == 302
    assert ann.get("/admin/").status_code == 302
    assert "cannot sign in here" in words(client.get("/admin/auth/user/"))
    new = {"username": "ben", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/admin/auth/user/add/", new | {"groups": [group("Publishers").pk]}).status_code == 302
    assert User.objects.get(username="ben").is_staff


def test_somebody_is_always_left_who_can_give_roles(client, owner):
    address = f"/admin/auth/user/{owner.pk}/change/"
    for taken in ("is_superuser", "is_active"):
        form = desk.fields(client.get(address))
        del form[taken]
        assert "Nobody else runs this site" in words(client.post(address, form))
    owner.refresh_from_db()
    assert owner.is_superuser
    assert owner.is_active
    make_account("second", is_superuser=True)
    assert client.post(address, form).status_code == 302


def test_a_refusal_names_the_right_that_is_missing_and_who_can_give_it(client, owner, guide):
    owner.first_name, owner.last_name = "Olga", "Owner"
    owner.save()
    client.force_login(make_account("ed", "Editors"))
    page = client.get("/admin/auth/user/")
    assert page.status_code == 403
    said = words(page)
    assert "ed, may not see users" in said
    assert "only those who run the site" in said
    assert "Olga Owner" in said
    edition = guide.editions.first()
    told = words(client.post(f"/admin/guides/edition/{edition.pk}/change/", {"step": "unpublish", "live": "1"}))
    assert "may not publish guides" in told
    assert "These roles may: May publish" in told
    client.force_login(User.objects.create_user("none", is_staff=True))
    told = words(client.get("/admin/guides/section/add/"))
    assert "may not add sections" in told
    assert "May publish" in told
    assert "May write drafts" in told
    client.force_login(owner)
    assert "Nobody can do this here" in words(client.get(f"/admin/guides/guide/{guide.pk}/delete/"))


def test_a_lost_second_factor_is_taken_off_by_who_runs_the_site(client, owner, audit):
    ed = make_account("ed", "Editors")
    TOTPDevice.objects.create(user=ed, name="App", confirmed=True)
    lost = Client()
    lost.force_login(ed)
    address = f"/admin/people/{ed.pk}/second-factor/"
    assert "Make sure that it is ed who asks" in words(client.get(address))
    assert TOTPDevice.objects.exists(), "it asks first"
    assert client.post(address).url == f"/admin/auth/user/{ed.pk}/change/"
    assert not TOTPDevice.objects.exists()
    assert lost.get("/admin/").status_code == 302, "the session on the lost device has ended"
    assert "Took the second factor off" in words(client.get(f"/admin/auth/user/{ed.pk}/history/"))
    assert LogEntry.objects.get(object_id=str(ed.pk)).user == owner
    line = audit()[-1]
    assert (line["event"], line["account"], line["about"]) == ("second factor reset", "owner", "ed")
    assert "has no second factor" in words(client.post(address))
    # One's own goes another way, and nobody else may.
    assert client.post(f"/admin/people/{owner.pk}/second-factor/").url == "/admin/second-factor/remove/"
    client.force_login(make_account("pub", "Publishers"))
    assert client.post(address).status_code == 403


def signed_in(name, agent=FIREFOX):
    client = Client(headers={"User-Agent": agent})
    assert client.post("/admin/login/", {"username": name, "password": PASSWORD, "next": "/admin/"}).status_code == 302
    return client


def test_one_sees_where_one_is_signed_in_and_ends_it(audit):
    make_account("ed", "Editors")
    make_account("pub", "Publishers")
    here = signed_in("ed")
    phone = signed_in("ed", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1")
    tablet, other = signed_in("ed", ""), signed_in("pub")
    page = here.get("/admin/sessions/")
    assert "no-store" in page["Cache-Control"]
    assert "Firefox on Windows: this one" in words(page)
    assert "Safari on iOS" in words(page)
    assert "An unknown browser" in words(page)
    listed = {session.browser: session for session in page.context["sessions"]}
    assert len(listed) == 3
    assert abs(timezone.now() - listed["Safari on iOS"].seen) < timedelta(minutes=1)
    raw = page.content.decode()
    assert not any(each.session.session_key in raw for each in listed.values()), "no session's key is shown"
    assert "127.0.0.1" not in raw
    assert here.post("/admin/sessions/", {"session": listed["Safari on iOS"].name}).url == "/admin/sessions/"
    assert [client.get("/admin/").status_code for client in (here, phone, tablet, other)] == [200, 302, 200, 200]
    # Somebody else's, or none that there is, ends nothing.
    [theirs] = sessions.of(User.objects.get(username="pub"))
    for name in (theirs.name, "", "nowhere"):
        here.post("/admin/sessions/", {"session": name})
    assert [client.get("/admin/").status_code for client in (here, tablet, other)] == [200, 200, 200]
    here.post("/admin/sessions/", {"elsewhere": "1"})
    assert [client.get("/admin/").status_code for client in (here, tablet)] == [200, 302]
    again = signed_in("ed")
    assert here.post("/admin/sessions/", {"everywhere": "1"}).url == "/admin/login/"
    assert [client.get("/admin/").status_code for client in (here, again, other)] == [302, 302, 200]
    assert audit()[-1]["event"] == "signed out everywhere"


def test_a_new_password_ends_all_other_sessions():
    ed = make_account("ed", "Editors")
    here, there = signed_in("ed"), signed_in("ed")
    form = {"old_password": PASSWORD, "new_password1": "another long passphrase"}
    here.post("/admin/password_change/", form | {"new_password2": form["new_password1"]})
    assert [client.get("/admin/").status_code for client in (here, there)] == [200, 302]
    ed.refresh_from_db()
    assert len(sessions.of(ed)) == 1, "one that is dead is not listed"


def test_every_role_of_the_site_has_words():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.NAMES)
    assert set(roles.NAMES) == set(roles.MEANINGS)
    own = Group.objects.create(name="Translators")
    assert roles.name_of(own) == "Translators"
