"""Stories on a phone: written part by part, looked at, and used again, all in one walk."""

import re

import pytest
from playwright.sync_api import expect

from guides.models import Skill
from guides.publishing import editions
from tests import factories

PHONE = {"viewport": {"width": 360, "height": 720}}
PARTS = [
    ("Situation", "Three hundred damaged books waited at the branch."),
    ("Task", "They had to be back before school began."),
    ("Action", "I mended spines and showed a volunteer how."),
    ("Result", "280 were back in five weeks."),
]
LINE = "Mended spines and showed a volunteer how. 280 were back in five weeks."


@pytest.fixture
def guide(transactional_db):
    guide = factories.make_guide(publish=False)
    section = factories.make_section(guide, "skills", slug="craft", heading="Craft", position=60)
    Skill.objects.create(section=section, slug="mending", name="Mending", also_known_as="mended spines")
    editions.publish(editions.save(guide))
    return guide


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def write_in_steps(page):
    """Write a story part by part, from the question that it is for, and stop at its page."""
    page.goto("/stories/questions/bookbinder/ask-0/")
    page.get_by_role("link", name="One part after the other").click()
    for label, text in PARTS:
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name="Keep it and go on").click()
    page.get_by_label("Title").fill("Boxes")
    page.get_by_role("button", name="Save the story").click()
    expect(page.get_by_role("heading", name="Boxes", level=1)).to_be_visible()


def test_a_story_on_a_phone_from_the_question_to_the_resume(new_context, guide, axe, problems):
    page = new_context(**PHONE).new_page()
    # What was typed into the builder before waits in this tab.
    page.goto("/guides/bookbinder/toolkit/resume/build/")
    page.get_by_label("Headline").fill("Bookbinder")
    page.get_by_label("Headline").press("Tab")
    page.goto("/stories/")
    axe(page)
    write_in_steps(page)
    expect(page.get_by_text("3 numbers: Three hundred, 280, five")).to_be_visible()
    axe(page)
    assert fits(page)
    page.get_by_label("Mending").check()
    page.get_by_role("button", name="Keep what is ticked").click()
    expect(page).to_have_url(re.compile("#skills$"))
    expect(page.get_by_label("Mending")).to_be_checked()
    # The line is in the builder, beside what was typed there.
    page.get_by_role("link", name="Into a new resume").click()
    expect(page.get_by_label("What you did and what came of it")).to_have_value(LINE)
    expect(page.get_by_label("Headline")).to_have_value("Bookbinder")
    page.go_back()
    page.get_by_role("link", name="Practice it").first.click()
    expect(page.get_by_label("Your answer")).to_have_value("\n\n".join(text for _label, text in PARTS))
    page.goto("/stories/questions/bookbinder/")
    expect(page.get_by_role("heading", name="With a story")).to_be_visible()
    axe(page)
    assert fits(page)
    page.get_by_role("link", name="Boxes").or_(page.get_by_role("link", name="Why glue 0?")).first.click()
    axe(page)
    page.get_by_role("link", name="Write a story for it").click()
    page.get_by_text("An example: Situation").click()
    expect(page.get_by_text("A pot of glue.")).to_be_visible()
    page.get_by_role("button", name="Save the story").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write at least one of the four parts")
    axe(page)
    assert fits(page)
    # The browser notes the refusal as an error.
    [refused] = problems
    assert "422" in refused
    problems.clear()
