"""Readers' reports: kept at the section they speak of, with nothing about the reader."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone

from guides.models import ContentVersion, Report
from guides.publishing import editions
from guides.registry import jobs
from tests import factories
from tests.guides import desk

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


def test_an_address_cut_short_leads_to_the_guides(client, guide):
    assert client.get("/report/").headers["Location"] == "/guides/"
    assert client.post("/report/", {"text": "Hello"}).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
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


def correct(guide, **observation):
    """Publish the guide with another value of a figure."""
    guide.sections.get(kind="figures").figures.first().observations.filter(year=2024).update(**observation)
    return editions.publish(editions.save(guide))


def test_an_editor_closes_a_report_and_readers_see_the_correction(client, admin_client, guide):
    client.post("/report/?guide=bookbinder&section=figures&figure=figures-0", {"text": "Newer data is out."})
    report = Report.objects.get()
    assert report.edition == guide.editions.get()
    screen = f"/admin/guides/report/{report.pk}/change/"
    assert b"Newer data is out." in admin_client.get("/admin/").content, "it waits on the front page"
    assert b"Newer data is out." in admin_client.get("/admin/guides/report/").content
    assert b"Edit Median pay 0" in admin_client.get(screen).content
    edition = correct(guide, value=41_500)
    assert b"from readers so far" not in client.get("/guides/bookbinder/").content
    before = ContentVersion.objects.get().number
    opened = admin_client.get(screen).content.decode()
    assert f"/admin/guides/edition/compare/?a={report.edition.pk}&amp;b={edition.pk}" in opened
    assert ": Figures</option>" in opened, "each edition says what it changed"
    closing = {"outcome": "corrected", "correction": edition.pk, "closing_note": "Took the newer figure."}
    desk.save(admin_client, report, **closing)
    report.refresh_from_db()
    assert (report.closed_by.username, report.correction) == ("admin", edition)
    assert b"1 correction from readers so far" in client.get("/guides/bookbinder/").content
    assert ContentVersion.objects.get().number > before, "stored pages know that they are old"


def outcome(report):
    report.refresh_from_db()
    return report.outcome, report.correction


def test_no_report_is_closed_as_corrected_without_a_correction(client, admin_client, guide):
    client.post(ADDRESS, {"text": "Step two is outdated."})
    report, live = Report.objects.get(), guide.editions.get()
    refused = desk.save(admin_client, report, outcome="corrected")
    assert "Readers have seen no correction yet" in desk.errors(refused)["outcome"][0]
    guide.sections.get(kind="steps").steps.update(text="Do it well.")
    draft = editions.save(guide)
    refused = desk.save(admin_client, report, outcome="corrected", correction=draft.pk)
    assert {"correction", "outcome"} & set(desk.errors(refused)), "a draft is no correction that readers see"
    editions.unpublish(guide)
    editions.publish(live)
    refused = desk.save(admin_client, report, outcome="corrected", correction=live.pk)
    assert desk.errors(refused), "what the reader saw, published once more, corrects nothing"
    assert outcome(report) == ("waiting", None)
    editions.publish(draft)
    assert "Choose the edition" in desk.errors(desk.save(admin_client, report, outcome="corrected"))["correction"][0]
    desk.save(admin_client, report, outcome="corrected", correction=draft.pk)
    assert outcome(report) == ("corrected", draft)
    desk.save(admin_client, report, outcome="waiting")
    assert outcome(report) == ("waiting", None)
    desk.save(admin_client, report, outcome="declined", correction=draft.pk)
    assert outcome(report) == ("declined", None)


def test_the_correction_is_of_the_guide_that_was_reported(client, admin_client, guide):
    client.post(ADDRESS, {"text": "Step two is outdated."})
    other = factories.make_guide("printer").editions.get()
    refused = desk.save(admin_client, Report.objects.get(), outcome="corrected", correction=other.pk)
    assert desk.errors(refused)
    assert outcome(Report.objects.get()) == ("waiting", None)


def test_reports_closed_before_corrections_were_named_are_given_theirs(guide, admin_user):
    """The step of migration 0009, on rows as they were."""
    now, live = timezone.now(), guide.editions.get()
    fields = {"guide": "bookbinder", "section": "steps", "text": "Hm.", "outcome": "corrected"}
    came, closed = now - timedelta(days=9), now - timedelta(days=1)
    with_one = Report.objects.create(created_at=came, closed_at=closed, **fields)
    without = Report.objects.create(created_at=closed, closed_at=now, **fields)
    guide.editions.update(published_at=now - timedelta(days=5))
    step = import_module("guides.migrations.0009_name_corrections")
    step.name_corrections(apps, None)
    with_one.refresh_from_db()
    without.refresh_from_db()
    assert (with_one.correction, without.correction) == (live, None)
    assert Report.objects.corrections().get() == with_one


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
    assert Report.objects.filter(outcome=Report.Outcome.CORRECTED).count() == 2
