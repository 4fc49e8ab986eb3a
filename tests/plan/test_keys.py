"""Who may open a plan: the key, its cookie, the return link, wrong keys."""

import hashlib
import re

import pytest
from django.test import Client

from careerguide.models import RecentWrites
from guides.plan import access, keys
from guides.plan.models import Browser, Plan

from .conftest import address, key_of, make_application, new, open_plan

SAVE = "/plan/save/?guide=bookbinder"


def test_first_save_makes_a_plan_and_only_its_hash_is_stored(client, guide):
    client.post(SAVE)
    cookie = client.cookies["plan"]
    key = key_of(client)
    assert re.fullmatch("[0-9]{30}", key)
    assert Plan.objects.get().key_hash == hashlib.sha256(key.encode()).hexdigest()
    assert Browser.objects.get().key_hash == hashlib.sha256(cookie.value.encode()).hexdigest()
    assert key not in str(list(Plan.objects.values()) + list(Browser.objects.values()))
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_over_https_the_cookie_is_secure_and_tied_to_the_host(client, guide, settings):
    settings.HTTPS = True
    client.post(SAVE, secure=True)
    cookie = client.cookies["__Host-plan"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["path"]) == (True, "Lax", True, "/")
    assert cookie["domain"] == ""


@pytest.mark.parametrize("address", ["/plan/", SAVE, "/plan/import/", "/plan/notes/add/", "/plan/marks/"])
def test_looking_makes_no_plan(client, guide, address):
    assert client.get(address).status_code == 200
    assert not Plan.objects.exists()
    assert "plan" not in client.cookies


PAGES = ["applications/", "record/", "record.csv", "calendar.ics", "plan.json", "packet/", "link/", "leave/", "delete/"]


@pytest.mark.parametrize("address", PAGES)
def test_without_a_plan_its_pages_lead_to_the_start(client, db, address):
    response = client.get(f"/plan/{address}")
    assert (response.status_code, response["Location"]) == (302, "/plan/")


TYPED = ["A" * 22, "x-_" * 7 + "y", "456857968352988146064660716239"]
WRONG = ["x", "0" * 22, "A" * 22, "A" * 200, "' OR 1=1 --", "456857968352988146064660716239"]


@pytest.mark.parametrize("key", WRONG)
def test_every_wrong_key_in_the_cookie_gets_the_same_404(client, plan, key):
    client.cookies["plan"] = key
    response = client.get("/plan/")
    assert response.status_code == 404
    assert response.cookies["plan"].value == ""
    assert b"No plan opens with this key" in response.content


def opened(client, key, place="own", **more):
    """Send the form that opens a plan."""
    return client.post("/plan/return/", {"key": key, "place": place, **more})


def test_every_wrong_key_that_is_typed_gets_the_same_404(client, plan):
    assert {opened(client, key).headers["Location"] for key in TYPED} == {"/plan/unknown/"}
    assert client.get("/plan/unknown/").status_code == 404
    assert client.cookies["plan"].value != ""  # the plan that this browser has stays


def test_wrong_keys_are_throttled_and_right_ones_never(client, plan):
    other = Client()
    answers = [opened(other, f"A{number:021}").status_code for number in range(31)]
    assert answers == [302] * 30 + [429]
    other.cookies["plan"] = "A" * 22
    assert other.get("/plan/").status_code == 429
    assert client.get("/plan/").status_code == 200


def test_at_most_300_new_plans_an_hour_from_one_address(guide):
    """A class of sixty behind one address is well within it; a flood is held off, and those who have a plan go on."""
    browsers = [Client() for _ in range(60)]
    assert {browser.post(SAVE).status_code for browser in browsers} == {302}
    RecentWrites.objects.filter(name="plan-new").update(count=access.NEW_PLANS.most - 1)
    assert [Client().post(SAVE).status_code for _ in range(3)] == [302, 429, 429]
    assert Plan.objects.count() == 61
    assert access.NEW_PLANS.most == 300
    assert browsers[59].get("/plan/").status_code == 200
    assert browsers[59].post(address("notes"), new("notes", text="Ask the teacher.")).status_code == 302


def test_the_return_link_opens_the_plan_elsewhere_after_a_question(client, plan):
    make_application(plan, employer="Hill College")
    link = re.search(r'value="[^"]*(/plan/return/\?key=[^"]+)"', client.get("/plan/link/").content.decode())[1]
    other = Client(enforce_csrf_checks=True)
    led_on = other.get(link)
    assert (led_on.status_code, led_on["Location"]) == (302, "/plan/return/")
    question = other.get("/plan/return/")
    assert question.status_code == 200
    assert "plan" not in other.cookies
    assert other.post("/plan/return/", {"place": "own"}).status_code == 403
    token = question.context["csrf_token"]
    answer = other.post("/plan/return/", {"place": "own", "csrfmiddlewaretoken": token})
    assert (answer.status_code, answer["Location"]) == (302, "/plan/?notice=opened")
    assert other.cookies["plan-waiting"].value == ""
    assert b"Hill College" in other.get("/plan/applications/").content


def test_the_question_says_nothing_about_the_key(client, plan):
    key = client.cookies["plan"].value
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
    pages = [Client().get(f"/plan/return/?key={key}", follow=True).content for key in (key, "A" * 22)]
    assert key.encode() not in pages[0]
    assert len({strip.sub(b"", page) for page in pages}) == 1


def test_an_address_with_the_key_is_sent_on_to_nobody(client, plan):
    key = client.cookies["plan"].value
    assert client.get(f"/plan/return/?key={key}")["Referrer-Policy"] == "no-referrer"
    assert key not in opened(client, key)["Location"]


def test_another_origin_cannot_open_a_plan_here(plan):
    other = Client(enforce_csrf_checks=True)
    token = other.get("/plan/return/").context["csrf_token"]
    posted = {"key": "x", "csrfmiddlewaretoken": token}
    assert other.post("/plan/return/", posted, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_personal_pages_are_stored_nowhere(client, plan):
    for page in [
        "/plan/",
        "/plan/applications/",
        "/plan/record.csv",
        "/plan/plan.json",
        "/plan/marks/",
        "/plan/link/",
    ]:
        response = client.get(page)
        assert "no-store" in response["Cache-Control"], page
        assert "noindex" in response["X-Robots-Tag"]
        assert "Cookie" in response["Vary"]


def test_forgetting_here_keeps_the_plan(client, plan):
    key = client.cookies["plan"].value
    client.post("/plan/leave/")
    assert client.cookies["plan"].value == ""
    assert Plan.objects.filter(key_hash=keys.hashed(key)).exists()


def test_one_person_cannot_reach_the_items_of_another(client, plan, db):
    item = make_application(plan, employer="Secret Library")
    stranger = Client()
    open_plan(stranger)
    assert stranger.get(item.get_absolute_url()).status_code == 404
    assert stranger.get(f"{item.get_absolute_url()}delete/").status_code == 404
    answer = stranger.post(item.get_absolute_url(), {"was-status": "saved", "status": "offer"})
    assert answer.status_code == 409
    assert b"Secret Library" not in answer.content
    item.refresh_from_db()
    assert item.status == "saved"


WRITTEN = ["{0}", "{1}", "{2}", " {1} ", "my key: {1}, thanks", "https://guides.example.org/plan/return/?key={0}"]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_key_is_taken_however_it_is_written(client, plan, written):
    key = client.cookies["plan"].value
    groups = keys.groups_of(key)
    other = Client()
    answer = opened(other, written.format(key, " ".join(groups), "-".join(groups)))
    assert answer["Location"] == "/plan/?notice=opened"
    assert key_of(other) == key
    assert key not in other.cookies.output()


def test_keys_of_plans_made_before_go_on_working(db):
    Plan.objects.create(key_hash=keys.hashed("Abc_defghij-klmnopqrst"))
    other = Client()
    assert opened(other, "Abc_defghij-klmnopqrst")["Location"] == "/plan/?notice=opened"
    assert b"Abc_defghij-klmnopqrst" in other.get("/plan/link/").content


def test_a_mistyped_key_says_which_group_is_wrong(client, db):
    """Every single wrong digit, and every two neighbors swapped, is found in its group, and costs no try."""
    key = keys.new_key()
    for place in range(len(key)):
        for digit in {str((int(key[place]) + step) % 10) for step in (1, 5, 9)}:
            typed = key[:place] + digit + key[place + 1 :]
            assert keys.wrong_groups(keys.groups_of(typed)) == [place // 6 + 1]
    for place in range(len(key) - 1):
        if place % 6 != 5 and key[place] != key[place + 1]:
            typed = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
            assert keys.wrong_groups(keys.groups_of(typed)) == [place // 6 + 1]
    groups = keys.groups_of(key)
    groups[2] = groups[2][:-1] + str((int(groups[2][-1]) + 1) % 10)
    for _time in range(40):
        answer = opened(client, " ".join(groups))
    assert answer.status_code == 422
    assert "Group 3 cannot be right" in answer.content.decode()
    assert " ".join(groups) in answer.content.decode()
    assert " ".join(groups) in opened(client, "".join(groups)).content.decode()
    groups[1] = groups[1][:-1]
    assert "Groups 2 and 3 cannot be right" in opened(client, " ".join(groups)).content.decode()
    assert "this has 29 digits" in opened(client, key[:-1]).content.decode()


def test_another_plan_in_this_browser_is_replaced_only_once_both_are_named(client, plan):
    make_application(plan)
    other = Client()
    stays = open_plan(other)
    key, held = client.cookies["plan"].value, other.cookies["plan"].value
    asked = opened(other, key)
    assert asked["Location"] == "/plan/return/"
    page = other.get("/plan/return/").content.decode()
    assert "with 0 things in it" in page
    assert "with 1 thing in it" in page
    assert other.cookies["plan"].value == held
    answer = other.post("/plan/return/", {"place": "own", "instead": "yes"})
    assert answer["Location"] == "/plan/?notice=opened"
    assert key_of(other) == key
    assert Plan.objects.filter(pk=stays.pk).exists()


def test_a_new_key_ends_the_old_one_everywhere(client, plan):
    key = client.cookies["plan"].value
    elsewhere, public = Client(), Client()
    opened(elsewhere, key)
    opened(public, key, "public")
    answer = client.post("/plan/key/new/")
    assert answer["Location"] == "/plan/link/?notice=rekeyed"
    page = client.get("/plan/link/").content.decode()
    assert key_of(client) not in {"", key}
    assert key not in page
    assert elsewhere.get("/plan/").status_code == 404
    assert public.get("/plan/").status_code == 404
    assert opened(Client(), key)["Location"] == "/plan/unknown/"


def test_letters_that_look_like_digits_are_taken_for_them(client, plan):
    key = client.cookies["plan"].value
    other = Client()
    assert opened(other, key.replace("0", "O").replace("1", "l"))["Location"] == "/plan/?notice=opened"


@pytest.mark.parametrize("typed", ["x", "A" * 200, "' OR 1=1 --", "é" * 22, "12345", "my key"])
def test_what_is_no_key_at_all_is_said_so_and_stays(client, db, typed):
    answer = opened(client, typed)
    assert answer.status_code == 422
    assert b"This is no key." in answer.content


def test_not_now_lets_go_of_the_key_of_a_link(client, plan):
    other = Client()
    other.get(f"/plan/return/?key={client.cookies['plan'].value}")
    assert other.post("/plan/return/", {"do": "not now"})["Location"] == "/"
    assert other.cookies["plan-waiting"].value == ""
