"""“Did this help?”: kept with its page and day and nothing of the reader; seen by editors with the guide."""

import re
from datetime import date, timedelta

import pytest

from guides.models import Feedback, PageCount
from guides.models.feedback import add_counts, today
from guides.registry import jobs

ADDRESS = "/helped/?page=/guides/bookbinder/"


def test_a_guide_and_a_tool_ask_with_links_that_work_without_a_script(client, guide):
    guide_pages = ["", "steps/", "skills-gap/", "toolkit/", "toolkit/resume/build/"]
    for page in [*(f"/guides/bookbinder/{page}" for page in guide_pages), "/compare/", "/explore/", "/move/", "/ask/"]:
        html = client.get(page).content.decode()
        address = f"/helped/?page={page}&amp;helped=yes"
        assert f'href="{address}"' in html, page
        assert client.get(address.replace("&amp;", "&")).status_code == 200, page
    form = client.get(f"{ADDRESS}&helped=no").content.decode()
    assert re.search(r'<input[^>]*value="no"[^>]*checked', form)
    assert "no-store" in client.get(ADDRESS)["Cache-Control"]


def test_an_answer_is_kept_with_its_page_and_day_alone(client, guide):
    response = client.post(ADDRESS, {"helped": "no", "missing": "What it pays in Guam."}, follow=True)
    assert "Thank you" in response.content.decode()
    kept = Feedback.objects.get()
    assert (kept.page, kept.guide, kept.helped) == ("/guides/bookbinder/", "bookbinder", False)
    assert (kept.missing, kept.received_on) == ("What it pays in Guam.", today())
    assert {field.name for field in Feedback._meta.fields} == {
        "id",
        "page",
        "guide",
        "helped",
        "missing",
        "received_on",
    }


def test_in_place_only_the_form_and_the_thanks_come(client, guide):
    in_place = {"HX-Request": "true"}
    assert "<html" not in client.get(ADDRESS, headers=in_place).content.decode()
    answer = client.post(ADDRESS, {"helped": "yes"}, headers=in_place)
    assert "<html" not in answer.content.decode()
    assert Feedback.objects.get().helped


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose yes or no."),
        ({"helped": "perhaps"}, "Select a valid choice"),
        ({"helped": "no", "missing": "x" * 1001}, "Keep it under 1000 characters"),
        ({"helped": "no", "missing": "a\x01b"}, "control characters"),
    ],
)
def test_a_wrong_answer_is_shown_again_with_what_is_wrong(client, guide, sent, said):
    response = client.post(ADDRESS, sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?page=/guides/nothing/", 404),
        ("?page=/healthz", 400),
        ("?page=/admin/", 400),
        ("?page=https://elsewhere.example/", 400),
        ("?page=//elsewhere.example/", 400),
        ("?page=/no-such-page/", 400),
        (f"?page=/guides/{'x' * 200}/", 400),
        ("?helped=yes", 400),
        ("?page=/guides/bookbinder/&helped=perhaps", 400),
        ("", 302),
    ],
)
def test_only_pages_that_everyone_can_read_are_asked_about(client, guide, query, status):
    assert client.get(f"/helped/{query}").status_code == status
    assert client.post(f"/helped/{query}", {"helped": "yes"}).status_code in {status, 400}
    assert not Feedback.objects.exists()


def test_what_a_program_sends_is_not_kept_and_too_much_waits(client, guide):
    client.post(ADDRESS, {"helped": "yes", "website": "https://spam.example"})
    assert not Feedback.objects.exists()
    statuses = {client.post(ADDRESS, {"helped": "yes"}).status_code for _again in range(20)}
    assert 429 in statuses


def test_editors_see_counts_over_time_by_page_and_the_words(admin_client, guide):
    for received, page, helped in [("2026-10-02", "", True), ("2026-10-09", "steps/", True), ("2026-11-01", "", False)]:
        Feedback.objects.create(
            page=f"/guides/bookbinder/{page}",
            guide="bookbinder",
            helped=helped,
            missing="" if helped else "Pay abroad.",
            received_on=received,
        )
    add_counts(today(), {"/guides/bookbinder/": 3, "/guides/bookbinder/steps/": 1, "/guides/other/": 5})
    page = " ".join(admin_client.get(f"/admin/guides/guide/{guide.pk}/change/").content.decode().split())
    for words in ["October 2026", "yes: 2", "November 2026", "no: 1", "Pay abroad.", "4 times"]:
        assert words in page
    listed = admin_client.get("/admin/guides/feedback/?guide=bookbinder").content.decode()
    assert "Pay abroad." in listed
    assert "/guides/other/" in admin_client.get("/admin/guides/pagecount/").content.decode()
    assert admin_client.get("/admin/guides/feedback/add/").status_code == 403


def test_counts_of_a_day_add_up(db):
    add_counts(date(2026, 11, 1), {"/": 2})
    add_counts(date(2026, 11, 1), {"/": 3, "/guides/": 1})
    add_counts(date(2026, 11, 2), {"/": 4})
    rows = PageCount.objects.order_by("day", "page").values_list("day__day", "page", "count")
    assert list(rows) == [(1, "/", 5), (1, "/guides/", 1), (2, "/", 4)]


def test_words_go_after_a_year_and_page_counts_after_two(db):
    old = today() - timedelta(days=367)
    Feedback.objects.create(page="/", helped=False, missing="Old words.", received_on=old)
    Feedback.objects.create(page="/", helped=False, missing="New words.")
    add_counts(today() - timedelta(days=801), {"/": 1})
    add_counts(old, {"/": 1})
    assert jobs.registered()["forget_feedback"].run() == "The words of 1 answer deleted."
    assert set(Feedback.objects.values_list("missing", flat=True)) == {"", "New words."}
    assert PageCount.objects.get().day == old
