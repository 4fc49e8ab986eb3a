"""Readers' reports: kept at the section they speak of, with nothing about the reader."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from guides.models import ContentVersion, Report
from guides.registry import jobs

ADDRESS = "/report/?guide=bookbinder&section=steps"
HTMX = {"HX-Request": "true"}


def test_a_report_is_kept_at_its_section_and_thanked_for(client, guide):
    assert client.get(ADDRESS).status_code == 200
    response = client.post(ADDRESS, {"text": "Step two is outdated."}, follow=True)
    assert b"your report has arrived" in response.content
    report = Report.objects.get()
    assert (report.guide, report.section, report.figure, report.text) == (
        "bookbinder",
        "steps",
        "",
        "Step two is outdated.",
    )
    assert report.get_absolute_url() == "/guides/bookbinder/steps/"


def test_a_figure_can_be_reported(client, guide):
    client.post("/report/?guide=bookbinder&section=figures&figure=figures-0", {"text": "Newer data is out."})
    assert Report.objects.get().figure == "figures-0"


def test_htmx_gets_form_and_thanks_in_place(client, guide):
    form = client.get(ADDRESS, headers=HTMX)
    assert b"<html" not in form.content
    assert b"csrfmiddlewaretoken" in form.content
    assert "no-store" in form["Cache-Control"]
    thanks = client.post(ADDRESS, {"text": "A word is missing."}, headers=HTMX)
    assert (thanks.status_code, b"<html" in thanks.content) == (200, False)


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\0b", "bell \a"])
def test_what_cannot_be_kept_is_refused_and_stays_typed(client, guide, text):
    response = client.post(ADDRESS, {"text": text})
    assert response.status_code == 422
    assert b"field__error" in response.content
    assert Report.objects.count() == 0
    if text == "x" * 2001:
        assert text in response.content.decode()


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(client, guide):
    response = client.post(ADDRESS, {"text": "Buy now", "website": "https://spam.example"}, follow=True)
    assert response.status_code == 200
    assert Report.objects.count() == 0


def test_the_form_needs_its_token(guide):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(ADDRESS, {"text": "Hello"}).status_code == 403
    assert Report.objects.count() == 0


def test_too_many_reports_from_one_address_wait(client, guide):
    answers = [client.post(ADDRESS, {"text": "Again."}).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
    refused = client.post(ADDRESS, {"text": "Again."})
    assert int(refused["Retry-After"]) > 0
    assert b"Too many at once" in refused.content


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/report/", 400),
        ("/report/?guide=bookbinder", 400),
        ("/report/?guide=bookbinder&section=%3Cscript%3E", 400),
        ("/report/?guide=nobody&section=steps", 404),
        ("/report/?guide=bookbinder&section=nothing", 404),
        ("/report/?guide=bookbinder&section=steps&figure=nothing", 404),
        ("/report/thanks/?guide=nobody&section=steps", 404),
    ],
)
def test_a_report_about_nothing_is_refused(client, guide, address, status):
    assert client.get(address).status_code == status
    assert client.post(address, {"text": "Hello"}).status_code in {status, 405}


def test_an_editor_closes_a_report_and_readers_see_the_correction(client, admin_client, guide):
    client.post("/report/?guide=bookbinder&section=figures&figure=figures-0", {"text": "Newer data is out."})
    report = Report.objects.get()
    screen = f"/admin/guides/report/{report.pk}/change/"
    assert b"Newer data is out." in admin_client.get("/admin/").content, "it waits on the front page"
    assert b"Newer data is out." in admin_client.get("/admin/guides/report/").content
    assert b"Edit Median pay 0" in admin_client.get(screen).content
    assert b"from readers so far" not in client.get("/guides/bookbinder/").content
    before = ContentVersion.objects.get().number
    admin_client.post(screen, {"outcome": "corrected", "closing_note": "Took the newer figure."})
    report.refresh_from_db()
    assert report.closed_by.username == "admin"
    assert b"1 correction from readers so far" in client.get("/guides/bookbinder/").content
    assert ContentVersion.objects.get().number > before, "stored pages know that they are old"


def test_an_editor_cannot_write_or_delete_reports(admin_client, guide, django_user_model):
    editor = django_user_model.objects.create_user("ed", password="x", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    admin_client.force_login(editor)
    report = Report.objects.create(guide="bookbinder", section="steps", text="Hm.")
    assert admin_client.get("/admin/guides/report/add/").status_code == 403
    assert admin_client.post(f"/admin/guides/report/{report.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin_client.get(f"/admin/guides/report/{report.pk}/change/").status_code == 200


def test_what_a_reader_wrote_is_deleted_a_year_after_the_report_was_closed(guide):
    now = timezone.now()
    closed = {"old": now - timedelta(days=366), "recent": now - timedelta(days=364), "open": None}
    for text, moment in closed.items():
        outcome = Report.Outcome.CORRECTED if moment else Report.Outcome.WAITING
        Report.objects.create(
            guide="bookbinder", section="steps", text=text, closing_note="Note.", outcome=outcome, closed_at=moment
        )
    job = jobs.registered()["forget_reports"]
    assert job.run() == "The text of 1 report deleted."
    assert job.run() == "The text of 0 reports deleted."
    assert set(Report.objects.values_list("text", "closing_note")) == {("", ""), ("recent", "Note."), ("open", "Note.")}
    assert Report.objects.corrections().count() == 2
