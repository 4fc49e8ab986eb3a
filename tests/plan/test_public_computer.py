"""A plan on a public computer: a visit that ends by itself, and leaves no key behind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guides.plan import expiry, keys
from guides.plan.models import Plan, Visit

from .conftest import make_application


@pytest.fixture
def public(client, plan):
    """A browser on a public computer where the plan is open."""
    make_application(plan, employer="Hill College")
    browser = Client()
    sent = {"key": client.cookies["plan"].value, "place": "public"}
    assert browser.post("/plan/return/", sent)["Location"] == "/plan/?notice=visiting"
    return browser


def let_pass(**time):
    Visit.objects.update(used_at=timezone.now() - timedelta(**time))


def test_it_never_holds_the_key(client, plan, public):
    key = client.cookies["plan"].value
    seen = [
        public.cookies.output(),
        *(public.get(f"/plan/{page}").content.decode() for page in ("", "link/", "leave/")),
    ]
    assert not [text for text in seen if key in text or keys.groups_of(key)[0] in text]
    assert b"Hill College" in public.get("/plan/applications/").content
    assert public.cookies["plan"]["max-age"] == 1200


def test_it_ends_after_20_minutes_without_use_and_lasts_as_long_as_it_is_used(public):
    for _time in range(3):
        let_pass(minutes=19)
        assert public.get("/plan/").cookies["plan"]["max-age"] == 1200
    let_pass(minutes=21)
    ended = public.get("/plan/")
    assert ended.status_code == 404
    assert b"closed on this computer" in ended.content
    assert b"data-forgotten" in ended.content
    assert ended.cookies["plan"].value == ""


def test_ended_visits_count_as_no_wrong_key(client, plan, public):
    let_pass(minutes=21)
    key = public.cookies["plan"].value
    for _time in range(40):
        public.cookies["plan"] = key
        assert public.get("/plan/").status_code == 404


def test_what_is_typed_into_a_tool_is_not_lost_with_it(public, guide):
    let_pass(minutes=21)
    sent = {"body": "Dear reader", "name": "Ada Binder"}
    answer = public.post("/guides/bookbinder/toolkit/cover-letter/write/", sent)
    assert answer.status_code in {200, 422}
    assert b"Ada Binder" in answer.content


def test_leaving_ends_it_and_has_the_browser_drop_its_copies(client, plan, public):
    key = public.cookies["plan"].value
    left = public.post("/plan/leave/")
    assert left["Location"] == "/plan/?notice=left"
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    public.cookies["plan"] = key
    assert public.get("/plan/").status_code == 404
    assert client.get("/plan/").status_code == 200
    assert "Clear-Site-Data" not in client.post("/plan/leave/")


def test_it_can_neither_make_a_new_key_nor_see_it(client, plan, public):
    before = Plan.objects.get().key_hash
    assert public.post("/plan/key/new/")["Location"] == "/plan/link/?notice="
    assert Plan.objects.get().key_hash == before
    assert public.get("/plan/link/?notice=").status_code == 200


def test_it_is_seen_and_closed_from_elsewhere(client, plan, public):
    assert b"Open on public computers now" in client.get("/plan/link/").content
    closed = client.post(f"/plan/visit/{Visit.objects.get().pk}/close/")
    assert closed["Location"] == "/plan/link/?notice=closed"
    assert public.get("/plan/").status_code == 404


def test_nobody_closes_the_visit_of_another(public, db):
    from .conftest import open_plan

    stranger = Client()
    open_plan(stranger)
    stranger.post(f"/plan/visit/{Visit.objects.get().pk}/close/")
    assert public.get("/plan/").status_code == 200


def test_a_browser_lets_go_of_its_key_when_it_turns_out_to_be_public(client, plan):
    key = client.cookies["plan"].value
    assert client.post("/plan/visit/")["Location"] == "/plan/?notice=visiting"
    assert keys.is_visit(client.cookies["plan"].value)
    assert key not in client.get("/plan/link/").content.decode()
    assert Client().post("/plan/return/", {"key": key, "place": "own"})["Location"] == "/plan/?notice=opened"


def test_ended_visits_are_cleared_away(plan, public):
    expiry.expire_plans()
    assert Visit.objects.count() == 1
    let_pass(minutes=21)
    expiry.expire_plans()
    assert not Visit.objects.exists()
    assert Plan.objects.count() == 1
