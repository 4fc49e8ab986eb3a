"""From an opening to an application and its papers, and word of new ones by feed and by mail: on a phone, and axe."""

import re
import urllib.request
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from guides.alerts import mailing
from guides.alerts.models import MailAlert
from guides.openings.models import Feed
from guides.plan.models import Application
from guides.toolkit.models import KeptDocument

from ..alerts.smtp import serving_mail
from ..openings.test_pages import make_posting

PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture(autouse=True)
def postings(transactional_db, guide):
    """Two openings for the small guide's job, in the live server's database."""
    Feed.objects.create(
        name="County jobs", address="https://glue.example/jobs", terms="Free to show, says its page.", is_on=True,
        worked_at="2026-11-28T06:00Z", count=2, states="WA OR",
    )  # fmt: skip
    make_posting(title="Old Job", first_seen=timezone.now() - timedelta(days=3))
    make_posting(title="Far Job", state="OR", place="Salem, OR", first_seen=timezone.now() - timedelta(days=3))


def fits(page):
    """Nothing sticks out of the phone's sides."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def save_search(page):
    page.goto("/openings/?state=WA")
    page.get_by_role("link", name="Save this search").click()
    page.get_by_role("button", name="Save it").click()
    expect(page.get_by_role("heading", name="Word of what is new")).to_be_visible()


def go_to_step(page, name):
    """Go to a step of a tool, of which a phone shows one at a time."""
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=name).click()


def new_opening(title):
    make_posting(title=title, first_seen=timezone.now())


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_find_an_opening_log_it_and_prepare_for_it(new_context, axe, scripts):
    page = new_context(java_script_enabled=scripts, **PHONE).new_page()

    def looks_right():
        if scripts:
            axe(page)
            fits(page)

    page.goto("/openings/?state=WA")
    expect(page.get_by_role("link", name="Far Job")).to_have_count(0)
    looks_right()
    page.get_by_role("link", name="Old Job").click()
    expect(page.get_by_role("heading", name="Is this posting sound?")).to_be_visible()
    looks_right()
    page.get_by_role("link", name="Log it in the plan").click()
    looks_right()
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.get_by_role("link", name="Old Job", exact=True).click()
    expect(page.get_by_role("heading", name="Prepare for it")).to_be_visible()
    looks_right()

    page.get_by_role("link", name="Make a resume").click()
    page.get_by_label("Name").fill("Zoë Avery")
    go_to_step(page, "The posting")
    page.get_by_label("The posting’s text").fill("We look for somebody who sews books.")
    go_to_step(page, "Keep it")
    page.get_by_label("Call it").fill("Resume for the Old Job")
    page.get_by_role("button", name="Save in my plan").click()
    expect(page.get_by_text("Saved in your plan.").first).to_be_visible()

    application = Application.objects.get()
    page.goto(application.get_absolute_url())
    page.get_by_role("link", name="Write the letter").click()
    go_to_step(page, "Keep it")
    expect(page.get_by_label("For the application")).to_have_value(application.slug)
    page.get_by_label("Call it").fill("Letter for the Old Job")
    page.get_by_role("button", name="Save in my plan").click()
    expect(page.get_by_text("Saved in your plan.").first).to_be_visible()
    assert KeptDocument.objects.get(tool="letter").application == application.slug
    page.goto("/plan/")
    expect(page.get_by_text("For Old Job, County of Glue")).to_be_attached()


def test_an_invitation_is_pasted_and_its_interview_stands_in_the_plan(new_context, axe):
    page = new_context(**PHONE).new_page()
    page.goto("/openings/paste/")
    axe(page)
    fits(page)
    day = timezone.localdate() + timedelta(days=5)
    page.get_by_label("The posting, or the mail").fill(
        "Hello,\n\nYou are invited to an interview for the position of Book Finisher with the County of Glue.\n"
        f"Date: {day:%B} {day.day}, {day.year}\nTime: 10:30 AM\nLocation: Room 4, 1 Court Street\n"
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Is this right?")).to_be_visible()
    expect(page.get_by_label("Employer")).to_have_value("County of Glue")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Save it in my plan").click()
    expect(page.get_by_text("Interview, 10:30 AM").first).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name", exact=True).fill("Dana Reyes")
    axe(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note", has_text="Dana Reyes")).to_be_visible()


def test_word_of_new_openings_by_a_private_feed(new_context, axe, live_server):
    page = new_context(**PHONE).new_page()
    save_search(page)
    axe(page)
    fits(page)
    page.get_by_role("button", name="Make a feed").click()
    address = page.get_by_label("Address").input_value()
    axe(page)
    fits(page)
    new_opening("Brand New Job")
    # As a feed reader asks: without a cookie.
    address = live_server.url + re.sub(r"^https?://[^/]+", "", address)
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (our own server)
        feed = answer.read().decode()
    assert "<title>Brand New Job</title>" in feed
    assert "Far Job" not in feed


def test_word_of_new_openings_by_mail_until_one_click_ends_it(new_context, axe, live_server, settings):
    with serving_mail(settings) as mailbox:
        page = new_context(**PHONE).new_page()
        save_search(page)
        page.get_by_role("link", name="Get mail of it").click()
        axe(page)
        fits(page)
        page.get_by_label("E-mail address").fill("ann@mail.example")
        page.get_by_role("button", name="Send the link").click()
        expect(page.get_by_role("heading", name="Word of what is new")).to_be_visible()
        [asked] = mailbox.texts

        # Whoever reads the mailbox, in a browser that knows nothing of the plan.
        reader = new_context(**PHONE).new_page()
        reader.goto(path_in(asked, "confirm"))
        axe(reader)
        fits(reader)
        reader.get_by_role("button", name="Yes, send them").click()
        expect(reader.get_by_role("heading", name="Mails will come")).to_be_visible()

        new_opening("Brand New Job")
        MailAlert.objects.update(next_at=timezone.now() - timedelta(minutes=1))
        assert mailing.send_due() == "1 mail sent."
        told = mailbox.texts[-1]
        assert "Brand New Job" in told
        assert "Old Job" not in told

        reader.goto(path_in(told, "stop"))
        axe(reader)
        fits(reader)
        reader.get_by_role("button", name="End them").click()
        expect(reader.get_by_role("heading", name="No more mails")).to_be_visible()
        assert not MailAlert.objects.exists()
        new_opening("Another Job")
        assert mailing.send_due() == "0 mails sent."


def path_in(text, what):
    """The path of the link in a mail that does that."""
    return re.search(rf"https?://[^/\s]+(/alerts/{what}/\S+)", text)[1]
