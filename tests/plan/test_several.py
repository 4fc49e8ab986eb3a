"""Several plans in one browser: no request carries two keys, and a form begun for one is not saved in another."""

import html
import re
from http.cookies import SimpleCookie

import lxml.html
import pytest
from django.test import Client

from guides.plan import keys, several
from guides.plan.models import Browser, Note, Plan, SavedGuide
from guides.toolkit.models import KeptDocument

from .conftest import address, new


class Visitor(Client):
    """A client that sends a cookie to the addresses that it is for, as browsers do; `sent` is all that it sent."""

    def __init__(self):
        super().__init__()
        self.jar, self.sent = {}, []

    def request(self, **request):
        path = request["PATH_INFO"]
        held = {name: value for (place, name), value in self.jar.items() if path.startswith(place)}
        self.cookies = SimpleCookie(held)
        body = request["wsgi.input"].read() if "wsgi.input" in request else b""
        if body:
            request["wsgi.input"] = type(request["wsgi.input"])(body)
        self.sent.append(f"{path}?{request.get('QUERY_STRING', '')} {held} {body.decode(errors='replace')}")
        response = super().request(**request)
        for name, cookie in response.cookies.items():
            self.jar.pop((cookie["path"], name), None)
            if cookie.value:
                self.jar[cookie["path"], name] = cookie.value
        return response

    def press(self, page, button, address="/plan/", **typed):
        """Send the form of the page that has that button."""
        for form in lxml.html.document_fromstring(page.content.decode()).forms:
            for each in form.xpath(".//button"):
                if button in " ".join(each.text_content().split()):
                    sent = dict(form.form_values()) | typed
                    sent |= {each.get("name"): each.get("value")} if each.get("name") else {}
                    return self.post(form.get("action") or address, sent, follow=True)
        raise AssertionError(f"no button {button}")


CLIENTS = ["Ana P.", "Björn", "<i>Chỉ</i>"]


def make_plans():
    """Three people's plans, each with a note; return their keys by name."""
    made = {}
    for name in CLIENTS:
        made[name] = keys.new_key()
        plan = Plan.objects.create(key_hash=keys.hashed(made[name]))
        Note.objects.create(plan=plan, text=f"Note of {name}")
    return made


def open_plan(visitor, key):
    page = visitor.get("/plan/return/")
    assert b"in place of the other" not in page.content
    return visitor.post("/plan/return/", {"key": key, "place": "own"}, follow=True)


@pytest.fixture
def counselor(db):
    """A counselor who keeps three plans: `keys` of them by name. The last one is open."""
    visitor = Visitor()
    visitor.keys = make_plans()
    for name in CLIENTS:
        opened = open_plan(visitor, visitor.keys[name])
        assert html.escape(f"Note of {name}") in opened.content.decode()
        page = visitor.get("/plan/several/")
        button = "Keep it under" if name == CLIENTS[-1] else "and open another"
        visitor.press(page, button, name=name)
    visitor.get("/plan/return/")
    return visitor


def open_now(page):
    found = re.search('<b id="open-plan">([^<]*)</b>', page.content.decode())
    return html.unescape(found[1]) if found else ""


def secrets_of(visitor):
    """What opens each plan, the browser's own keys among them."""
    return {*visitor.keys.values(), *(value for value in visitor.jar.values() if keys.is_browsers(value))}


def check_that_no_request_carries_two_keys(visitor, seen):
    for line in visitor.sent:
        assert sum(secret in line for secret in seen) <= 1, line
    assert visitor.sent


def test_a_counselor_switches_with_one_click_and_no_request_carries_two_keys(counselor):
    seen = secrets_of(counselor)
    assert len([key for key in seen if keys.is_browsers(key)]) == 3
    page = counselor.get("/plan/")
    assert open_now(page) == CLIENTS[2]
    for name in [CLIENTS[0], CLIENTS[1], CLIENTS[0], CLIENTS[2]]:
        page = counselor.press(page, f"Switch to {name}")
        assert open_now(page) == name
        assert page.context["plan"] == Plan.objects.get(key_hash=keys.hashed(counselor.keys[name]))
        assert [note for note in CLIENTS if html.escape(f"Note of {note}") in page.content.decode()] == [name]
        assert html.escape("Switch to") in page.content.decode()
        assert counselor.get("/plan/marks/").json()["plan"]
        seen |= secrets_of(counselor)
    check_that_no_request_carries_two_keys(counselor, seen)
    # Names and what switches are on the plan's pages alone, and nowhere with us.
    assert {path for (path, name) in counselor.jar if name == several.NAMES} == {"/plan/"}
    stored = str([list(model.objects.values()) for model in (Plan, Browser)])
    assert not [name for name in CLIENTS if name in stored]
    assert len([path for (path, name) in counselor.jar if name == several.ASIDE]) == 2


def test_a_form_begun_for_one_is_refused_for_another_and_saved_after_the_way_back(counselor):
    page = counselor.get("/plan/")
    begun = counselor.get("/plan/notes/add/")
    counselor.press(page, "Switch to Ana")
    typed = "Ask about <Saturdays>\nand about parking"
    refused = counselor.press(begun, "Save", text=typed)
    assert refused.status_code == 409
    assert "Ask about &lt;Saturdays&gt;" in refused.content.decode()
    assert Note.objects.count() == 3
    saved = counselor.press(refused, "Switch back and save it there")
    assert saved.status_code == 200
    note = Note.objects.get(text__startswith="Ask about")
    assert note.text == typed
    assert note.plan.key_hash == keys.hashed(counselor.keys[CLIENTS[2]])
    assert open_now(counselor.get("/plan/")) == CLIENTS[2]
    check_that_no_request_carries_two_keys(counselor, secrets_of(counselor))


def test_each_form_that_saves_in_a_plan_is_refused_for_another(counselor, guide):
    """Those of other apps too: saving a guide, and a letter of the toolkit, which shows what was typed as its form."""
    letter = "/guides/bookbinder/toolkit/cover-letter/write/"
    begun = {page: counselor.get(page) for page in ("/plan/save/?guide=bookbinder", letter, "/plan/share/")}
    counselor.press(counselor.get("/plan/"), "Switch to Ana")
    assert (
        counselor.press(begun["/plan/save/?guide=bookbinder"], "Save", "/plan/save/?guide=bookbinder").status_code
        == 409
    )
    assert not SavedGuide.objects.exists()
    fields = lxml.html.document_fromstring(begun[letter].content.decode()).xpath("//form[@data-keep]")[0].form_values()
    answer = counselor.post(letter, dict(fields) | {"body": "Dear reader", "name": "Ada", "do": "save"})
    assert "You began this for another plan" in answer.content.decode()
    assert "Dear reader" in answer.content.decode()
    mark = re.search(f'name="{several.FIELD}" value="([0-9a-f]*)"', answer.content.decode())[1]
    assert mark == dict(fields)[several.FIELD] != several.mark(counselor.get("/plan/").context["plan"])
    assert not KeptDocument.objects.exists()


def test_a_form_begun_for_a_plan_that_was_closed_makes_no_new_one(counselor):
    begun = counselor.get("/plan/notes/add/")
    counselor.post("/plan/leave/")
    refused = counselor.press(begun, "Save", text="Typed")
    assert (refused.status_code, Plan.objects.count()) == (409, 3)
    # The plan is not kept here any more: the page stays, until it is opened with its key.
    again = counselor.press(refused, "Switch back and save it there")
    assert (again.status_code, Note.objects.count()) == (409, 3)
    assert b"Typed" in again.content
    open_plan(counselor, counselor.keys[CLIENTS[2]])
    assert counselor.press(again, "Switch back and save it there").status_code == 200
    assert Note.objects.get(text="Typed").plan.key_hash == keys.hashed(counselor.keys[CLIENTS[2]])


def test_a_form_begun_without_a_plan_goes_on_making_one(db):
    visitor = Visitor()
    begun = visitor.get("/plan/notes/add/")
    assert visitor.press(begun, "Save", text="First").status_code == 200
    assert Note.objects.get().text == "First"


def test_a_plan_that_is_forgotten_or_ended_leaves_the_list(counselor):
    page = counselor.get("/plan/")
    page = counselor.press(page, "Switch to Ana")
    counselor.post("/plan/leave/")
    named = counselor.get("/plan/").content.decode()
    assert "Ana P." not in named
    # The owner ends the counselor's browser: switching says so, and takes it off.
    plan = Plan.objects.get(key_hash=keys.hashed(counselor.keys[CLIENTS[1]]))
    plan.browsers.all().delete()
    gone = counselor.press(counselor.get("/plan/"), f"Switch to {CLIENTS[1]}")
    assert "not kept in this browser any more" in gone.content.decode()
    assert CLIENTS[1] not in counselor.get("/plan/").content.decode()


def test_both_are_kept_where_a_second_one_is_opened(db):
    visitor = Visitor()
    made = make_plans()
    open_plan(visitor, made[CLIENTS[0]])
    question = visitor.post("/plan/return/", {"key": made[CLIENTS[1]], "place": "own"}, follow=True)
    assert b"Open this plan in place of the other?" in question.content
    page = visitor.press(question, "Keep the open one aside first")
    page = visitor.press(page, "Open the plan", place="own")
    assert html.escape(f"Note of {CLIENTS[1]}") in page.content.decode()
    assert "Switch to </span>Plan 1" in page.content.decode()


ODD = ["x", "e30=", "W10=", "bnVsbA==", "eyJ4IjogMX0=", "eyIwMTIzNDU2Nzg5YWIiOiA1fQ==", "\u00e9"]


@pytest.mark.parametrize("text", ODD)
def test_a_list_of_names_that_cannot_be_read_is_none(client, db, text):
    client.cookies[several.NAMES] = text
    assert client.get("/plan/several/").status_code == 200


@pytest.mark.parametrize(
    "sent", [{}, {"to": "x"}, {"to": "0" * 12}, {"to": "../../x"}, {"to": "0" * 12, "then": "//x.org/"}]
)
def test_switching_to_what_is_not_there_changes_nothing(client, db, sent):
    visitor = Visitor()
    answer = visitor.post("/plan/several/switch/", sent, follow=True)
    assert answer.status_code in {200, 409}
    assert not any("x.org" in str(address) for address, _status in answer.redirect_chain)


def test_an_address_elsewhere_is_no_place_to_send_a_form_on_to(counselor):
    here = several.mark(counselor.get("/plan/").context["plan"])
    for then in ("https://elsewhere.example/", "//elsewhere.example/", "elsewhere"):
        answer = counselor.post("/plan/several/switch/", {"to": here, "then": then})
        assert answer["Location"] == "/plan/?notice=switched"


def test_at_most_twenty_are_kept_and_names_fit_the_cookie(db):
    visitor = Visitor()
    for _number in range(several.MOST + 1):
        plan_key = keys.new_key()
        Plan.objects.create(key_hash=keys.hashed(plan_key))
        open_plan(visitor, plan_key)
        answer = visitor.post("/plan/several/keep/", {"name": "\U0001f4da" * 40, "do": "another"}, follow=True)
    assert b"keeps twenty plans already" in answer.content
    (names,) = [value for (_path, name), value in visitor.jar.items() if name == several.NAMES]
    assert len(names) < 4000


def test_a_public_computer_keeps_none(db):
    visitor = Visitor()
    made = make_plans()
    visitor.post("/plan/return/", {"key": made[CLIENTS[0]], "place": "public"})
    visitor.post("/plan/several/keep/", {"name": "Ana", "do": "another"})
    assert not [name for (_path, name) in visitor.jar if name == several.NAMES]
    assert "it keeps no plan" in visitor.get("/plan/several/").content.decode()


def test_an_address_of_a_plan_aside_that_is_asked_for_by_hand_opens_nothing(counselor):
    before = dict(counselor.jar)
    for path in [path for (path, name) in before if name == several.ASIDE]:
        assert counselor.get(path)["Location"] == "/plan/several/"
    assert counselor.jar == before


def test_item_addresses_are_no_place_of_a_plan(counselor):
    assert counselor.post(address("notes"), new("notes", text="x")).status_code == 302
