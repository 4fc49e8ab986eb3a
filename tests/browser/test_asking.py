"""Asking in Chromium on a narrow phone: the way from a question to an answer, or to the editors, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from guides.models import Point, Report, Section
from guides.publishing import editions

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "/guides/bookbinder/ask/"
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def told(guide):
    """The small guide with a section that says when its people work."""
    hours = Section.objects.create(
        guide=guide, slug="hours-and-benefits", heading="Hours", kind="points", summary="By day, mostly.", position=90
    )
    Point.objects.create(section=hours, label="Weekends", text="Binders work every other Saturday until noon.")
    editions.publish(editions.save(guide))


def ask(page, question):
    """Type a question and send it, by keyboard."""
    field = page.get_by_label("Your question")
    field.focus()
    field.fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your question")).to_have_value(question)


@pytest.mark.parametrize("with_script", [True, False])
def test_from_a_question_to_its_answer_or_to_the_editors(new_context, told, axe, with_script):
    # Axe runs as a script: a page without scripts is looked at by eyes and keyboard alone.
    page = new_context(viewport={"width": 360, "height": 740}, java_script_enabled=with_script).new_page()
    look = (lambda: (axe(page), page.evaluate(FITS))) if with_script else (lambda: (None, True))
    page.goto(ASK)
    assert look()[1]
    ask(page, "do you work saturdays")
    quoted = page.locator("blockquote").first
    expect(quoted.locator("mark").or_(quoted.get_by_text("every other Saturday")).first).to_be_visible()
    assert look()[1]
    ask(page, "may i bring my dachshund to the office")
    expect(page.get_by_role("heading", name="This guide does not say.")).to_be_visible()
    expect(page.locator("blockquote")).to_have_count(0)
    assert look()[1]
    telling = page.get_by_role("link", name="Tell the editors that this is missing")
    telling.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ask/missing/"))
    assert look()[1]
    button = page.get_by_role("button")
    button.last.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/report/thanks/"))
    report = Report.objects.get()
    assert "dachshund" not in report.text
