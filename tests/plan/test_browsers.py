"""Which browsers open a plan: each by a key of its own, in a list, to be ended one by one; and keys for a purpose."""

import re
from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.test import Client, RequestFactory
from django.utils import timezone

from guides import registry
from guides.plan import access, browsers, expiry, keys, purposes
from guides.plan.models import Browser, Note, Plan, SharedKey

from .conftest import key_of, make_application, open_plan

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
AGENTS = {
    FIREFOX: "Firefox on Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Safari/605.1.15": "Safari on Mac",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile "
    "Safari/537.36": "Chrome on Android",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
    "Safari/537.36 Edg/138.0.0.0": "Edge on Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "CriOS/138.0 Mobile/15E148 Safari/604.1": "Chrome on iPhone",
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 "
    "Safari/537.36": "Chrome on ChromeOS",
    "curl/8.5": "A browser",
    "": "A browser",
}


def elsewhere(client, **how):
    """Another browser in which the plan of `client` was opened by its key."""
    browser = Client(**how)
    assert browser.post("/plan/return/", {"key": key_of(client), "place": "own"})["Location"] == "/plan/?notice=opened"
    return browser


def test_a_browser_is_named_in_coarse_words():
    assert {agent: browsers.in_words(agent) for agent in AGENTS} == AGENTS


def test_each_is_listed_and_ended_by_itself(client, plan):
    one, other = elsewhere(client, headers={"User-Agent": FIREFOX}), elsewhere(client)
    page = one.get("/plan/link/").content.decode()
    assert "<b>Firefox on Windows</b> (this one)" in page
    assert page.count("End it") == 1
    today = timezone.localdate()
    assert f"first opened {today:%b} {today.day}, {today.year}" in page
    held = Browser.objects.get(name="A browser")
    assert one.post(f"/plan/browser/{held.pk}/end/")["Location"] == "/plan/link/?notice=unshared"
    ended = other.get("/plan/")
    assert ended.status_code == 404
    assert ended.cookies["plan"].value == ""
    assert one.get("/plan/").status_code == client.get("/plan/").status_code == 200
    assert one.post(f"/plan/browser/{Browser.objects.get().pk}/end/")["Location"] == "/plan/leave/"
    one.post("/plan/leave/")
    assert not Browser.objects.exists()


def test_a_key_of_a_browser_opens_the_plan_in_no_other_way(client, plan):
    key = elsewhere(client).cookies["plan"].value
    for sent in ({"key": key}, {"key": f"https://guides.example.org/plan/return/?key={key}"}):
        other = Client()
        other.post("/plan/return/", sent | {"place": "own"})
        assert not other.cookies.get("plan")
    linked = Client()
    linked.get(f"/plan/return/?key={key}")
    assert linked.post("/plan/return/", {"place": "own"})["Location"] == "/plan/unknown/"
    assert Client().get(f"/plan/dates.ics?key={key}").status_code == 404
    # Nor does what is stored, without the browser's cookie.
    with pytest.raises(InvalidToken):
        keys.unsealed(Browser.objects.get().sealed_key, keys.new_browser_key())


def test_nobody_ends_the_browser_of_another_and_a_public_computer_ends_none(client, plan):
    own = elsewhere(client)
    stranger, public = Client(), Client()
    open_plan(stranger)
    public.post("/plan/return/", {"key": key_of(client), "place": "public"})
    for browser in (stranger, public):
        browser.post(f"/plan/browser/{Browser.objects.get().pk}/end/")
    assert own.get("/plan/").status_code == 200


def test_a_browser_that_held_the_key_itself_gets_its_own_on_another_day(client, plan):
    key = client.cookies["plan"].value
    Plan.objects.update(used_at=timezone.now() - timedelta(days=2))
    assert client.get("/plan/link/").status_code == 200
    assert keys.is_browsers(client.cookies["plan"].value)
    assert key_of(client) == key
    Browser.objects.update(last_on=timezone.localdate() - timedelta(days=3), first_on="2026-01-01")
    assert client.get("/plan/").cookies["plan"]["max-age"] == keys.COOKIE_SECONDS
    assert not client.get("/plan/").cookies
    assert Browser.objects.get().last_on == timezone.localdate()


def test_one_that_turns_out_to_be_public_is_in_the_list_no_more(client, plan):
    other = elsewhere(client)
    other.post("/plan/visit/")
    assert not Browser.objects.exists()
    assert other.get("/plan/").status_code == 200


def test_a_new_key_ends_every_browser_but_this_one(client, plan):
    other = elsewhere(client)
    client.post("/plan/key/new/")
    assert other.get("/plan/").status_code == 404
    assert Browser.objects.count() == 1
    assert client.get("/plan/").status_code == 200


def test_a_new_key_whose_answer_is_lost_on_the_way_locks_nobody_out(client, plan):
    browser, old = elsewhere(client), key_of(client)
    held = browser.cookies["plan"].value
    browser.post("/plan/key/new/")
    browser.cookies["plan"] = held
    assert browser.get("/plan/").status_code == 200
    new = key_of(browser)
    assert new not in {"", old}
    assert Client().post("/plan/return/", {"key": new, "place": "own"})["Location"] == "/plan/?notice=opened"
    assert Client().post("/plan/return/", {"key": old, "place": "own"})["Location"] == "/plan/unknown/"


def test_those_that_are_used_no_more_go(client, plan):
    elsewhere(client)
    Browser.objects.update(last_on=timezone.localdate() - timedelta(days=399))
    expiry.expire_plans()
    assert Browser.objects.exists()
    Browser.objects.update(last_on=timezone.localdate() - timedelta(days=401))
    expiry.expire_plans()
    assert not Browser.objects.exists()
    key = key_of(client)
    for _time in range(browsers.MOST + 2):
        Client().post("/plan/return/", {"key": key, "place": "own"})
    assert Browser.objects.count() == browsers.MOST


@pytest.fixture
def feeds():
    """An app that declares a purpose."""
    feed = purposes.KeyPurpose("feed", "a feed of notes", "plan:dates", is_offered=False)
    registry.add(registry.Extension("extras", plan_keys=[feed]))
    yield
    registry.remove("extras")


def test_an_app_declares_a_purpose_of_its_own(client, plan, feeds):
    note = Note.objects.create(plan=plan, text="Saved search")
    shared_key, path = purposes.make(plan, "feed", "My reader", note.anchor)
    key = path.partition("key=")[2]
    assert re.fullmatch("feed-[A-Za-z0-9_-]{22}", key)
    # It stands in the list, is not offered there, and opens nothing that another purpose opens.
    assert b"My reader</b>: a feed of notes" in client.get("/plan/link/").content
    assert b"a feed of notes" in client.get("/plan/share/").content
    assert client.post("/plan/share/", {"purpose": "feed", "name": "x"}).status_code == 422
    assert Client().get(path).status_code == 404
    # Fetching counts as opening the plan.
    Plan.objects.update(used_at=timezone.now() - timedelta(days=300))
    request = RequestFactory().get("/")
    request.spend = lambda limit: None
    opened = access.shared(request, key, "feed")
    assert (opened.plan, opened.about) == (plan, note.anchor)
    assert Plan.objects.get().used_at.date() == timezone.now().date()
    client.post(f"/plan/share/{shared_key.pk}/end/")
    with pytest.raises(access.UnknownKey):
        access.shared(request, key, "feed")


def test_a_key_whose_app_is_gone_can_be_ended(client, plan):
    SharedKey.objects.create(plan=plan, purpose="gone", name="Old reader", key_hash="0" * 64)
    assert b"Old reader</b>: gone" in client.get("/plan/link/").content
    client.post(f"/plan/share/{SharedKey.objects.get().pk}/end/")
    assert not SharedKey.objects.exists()


@pytest.mark.parametrize("place", ["own", "public"])
def test_leaving_takes_every_cookie_of_ours_along(client, plan, place):
    make_application(plan)
    browser = Client()
    browser.get("/plan/return/")
    browser.post("/plan/return/", {"key": key_of(client), "place": place})
    browser.cookies["offset"] = "-300"
    browser.cookies["offset"]["path"] = "/plan/"
    assert browser.get("/plan/leave/").status_code == 200
    browser.post("/plan/leave/")
    # The test client goes on sending what a browser has dropped.
    for name in [name for name, cookie in browser.cookies.items() if not cookie.value]:
        del browser.cookies[name]
    assert browser.get("/plan/?notice=left").status_code == 200
    assert not browser.cookies
