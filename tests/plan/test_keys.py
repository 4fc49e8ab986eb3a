"""Who may open a plan: the key, its cookie, the return link, wrong keys."""

import base64
import hashlib
import re

import pytest
from django.test import Client

from guides.plan import keys
from guides.plan.models import Plan

from .conftest import make_application, open_plan

SAVE = "/plan/save/?guide=bookbinder"


def test_first_save_makes_a_plan_and_only_its_hash_is_stored(client, guide):
    client.post(SAVE)
    cookie = client.cookies["plan"]
    assert len(base64.urlsafe_b64decode(cookie.value + "==")) == 16
    assert Plan.objects.get().key_hash == hashlib.sha256(cookie.value.encode()).hexdigest()
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


WRONG = ["", "x", "0" * 22, "A" * 22, "A" * 200, "' OR 1=1 --", "é" * 22]


@pytest.mark.parametrize("key", WRONG[1:-1])
def test_every_wrong_key_in_the_cookie_gets_the_same_404(client, plan, key):
    client.cookies["plan"] = key
    response = client.get("/plan/")
    assert response.status_code == 404
    assert response.cookies["plan"].value == ""
    assert b"No plan opens with this key" in response.content


def test_every_wrong_key_of_a_return_link_gets_the_same_404(client, plan):
    assert {client.post("/plan/return/", {"key": key}).headers["Location"] for key in WRONG} == {"/plan/unknown/"}
    assert client.get("/plan/unknown/").status_code == 404
    assert client.cookies["plan"].value != ""  # the plan that this browser has stays


def test_wrong_keys_are_throttled_and_right_ones_never(client, plan):
    other = Client()
    answers = [other.post("/plan/return/", {"key": f"{number:022}"}).status_code for number in range(31)]
    assert answers == [302] * 30 + [429]
    other.cookies["plan"] = "A" * 22
    assert other.get("/plan/").status_code == 429
    assert client.get("/plan/").status_code == 200


def test_at_most_60_new_plans_an_hour_from_one_address(guide):
    answers = [Client().post(SAVE).status_code for _ in range(61)]
    assert answers == [302] * 60 + [429]
    assert Plan.objects.count() == 60


def test_the_return_link_opens_the_plan_elsewhere_after_a_question(client, plan):
    make_application(plan, employer="Hill College")
    link = re.search(r'value="[^"]*(/plan/return/\?key=[^"]+)"', client.get("/plan/link/").content.decode())[1]
    other = Client(enforce_csrf_checks=True)
    question = other.get(link)
    assert question.status_code == 200
    assert "plan" not in other.cookies
    key = link.partition("key=")[2]
    assert other.post("/plan/return/", {"key": key}).status_code == 403
    token = question.context["csrf_token"]
    # A page without a referrer posts this origin.
    opened = other.post("/plan/return/", {"key": key, "csrfmiddlewaretoken": token}, headers={"Origin": "null"})
    assert (opened.status_code, opened["Location"]) == (302, "/plan/?notice=opened")
    assert b"Hill College" in other.get("/plan/applications/").content


def test_the_question_says_nothing_about_the_key(client, plan):
    key = client.cookies["plan"].value
    strip = re.compile(rb'name="(csrfmiddlewaretoken|key)" value="[^"]*"')
    pages = {strip.sub(b"", Client().get(f"/plan/return/?key={key}").content) for key in (key, "A" * 22)}
    assert len(pages) == 1


def test_pages_with_the_key_send_no_referrer(client, plan):
    key = client.cookies["plan"].value
    for address in ["/plan/link/", f"/plan/return/?key={key}"]:
        assert client.get(address)["Referrer-Policy"] == "no-referrer"
    opened = client.post("/plan/return/", {"key": key})
    assert key not in opened["Location"]


def test_another_origin_cannot_open_a_plan_here(plan):
    other = Client(enforce_csrf_checks=True)
    token = other.get("/plan/return/?key=x").context["csrf_token"]
    posted = {"key": "x", "csrfmiddlewaretoken": token}
    assert other.post("/plan/return/", posted, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_personal_pages_are_stored_nowhere(client, plan):
    for address in [
        "/plan/",
        "/plan/applications/",
        "/plan/record.csv",
        "/plan/plan.json",
        "/plan/marks/",
        "/plan/link/",
    ]:
        response = client.get(address)
        assert "no-store" in response["Cache-Control"], address
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
