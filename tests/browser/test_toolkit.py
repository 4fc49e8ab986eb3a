"""The toolkit in a browser: live preview, nothing lost on a reload, everything without JavaScript, axe."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.readiness.files import make_docx, make_pdf

TOOLKIT = "/guides/bookbinder/toolkit/"
PAGES = [
    "resume/", "resume/build/?example=first", "cover-letter/", "cover-letter/write/", "interview/", "interview/sheet/",
    "interview/practice/", "job-description/", "job-description/write/",
]  # fmt: skip


def kept_for_long(page):
    """Names of what the browser keeps beyond the tab, but for the note that it has the site's fonts."""
    return [name for name in page.evaluate("Object.keys(localStorage)") if name != "fonts"]


@pytest.fixture
def published(transactional_db, guide):
    return guide


@pytest.fixture
def page(new_context, published):
    return new_context(viewport={"width": 1280, "height": 800}).new_page()


@pytest.fixture
def plain_page(new_context, published):
    return new_context(java_script_enabled=False).new_page()


def test_the_preview_follows_the_typing_and_the_cursor_stays(page):
    page.goto(f"{TOOLKIT}resume/build/")
    page.get_by_label("Name").press_sequentially("Zoë")
    expect(page.locator("#preview .paper__name")).to_have_text("Zoë")
    expect(page.get_by_label("Name")).to_be_focused()


def test_a_resume_in_steps_on_a_phone(page, axe, problems):
    """One step at a time, the preview one tap away from each, and nothing lost on any way between them."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{TOOLKIT}resume/build/")
    page.get_by_label("Name").fill("Zoë Łódź")
    page.get_by_label("Phone").fill("555-010-1234")
    expect(page.get_by_role("button", name="Add a job")).to_be_hidden()
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Education").click()
    expect(page.get_by_label("Phone")).to_be_hidden()
    page.go_back()
    expect(page.get_by_label("Phone")).to_be_visible()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator("#preview .paper__contact")).to_be_in_viewport()
    expect(page.get_by_label("Phone")).to_be_hidden()
    page.get_by_role("link", name="Go on editing").click()
    expect(page.get_by_label("Phone")).to_be_focused()
    expect(page.get_by_label("Phone")).to_be_in_viewport()
    page.get_by_role("link", name="Next: Experience").click()
    expect(page).to_have_url(re.compile("#step-work$"))
    expect(page.get_by_label("Phone")).to_be_hidden()
    page.get_by_role("button", name="Add a job").click()
    expect(page.get_by_label("Job title")).to_be_focused()
    page.get_by_label("Job title").fill("Binder")
    page.get_by_label("From, month").select_option("June")
    page.get_by_label("From", exact=True).fill("2021")
    page.get_by_label("To", exact=True).fill("summer 2022")
    axe(page)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator("#preview")).to_contain_text("“summer 2022”: in which month?")
    expect(page.get_by_role("region", name="Preview")).to_be_focused()
    page.get_by_role("link", name="Job 1, To: “summer 2022”").click()
    expect(page.get_by_label("To", exact=True)).to_be_visible()
    page.get_by_label("To, month").select_option("August")
    page.get_by_role("button", name="Add a job").click()
    expect(page.get_by_label("Job title").nth(1)).to_be_focused()
    # It shows how the date was read, and the job that one is not at is folded.
    expect(page.get_by_label("To, month").first).to_have_value("08")
    expect(page.get_by_label("To", exact=True).first).to_have_value("2022")
    expect(page.get_by_label("Job title").first).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Job title").first).to_have_value("Binder")
    expect(page.get_by_role("button", name="Add a job")).to_be_visible()
    expect(page.get_by_label("Name")).to_be_hidden()
    page.get_by_role("navigation", name="Steps").get_by_role("link", name="Keep it").click()
    expect(page.get_by_role("button", name="Save in my plan")).to_be_visible()
    expect(page.locator(".steps [aria-current]")).to_have_text("Keep it")
    axe(page)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator("#preview .paper__dates")).to_have_text("Jun 2021 – Aug 2022")
    page.get_by_role("radio", name="Block").check()
    expect(page.locator("#preview .paper--block")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # What was asked about came as 422.
    assert all("422" in problem for problem in problems), problems
    problems.clear()


def test_a_resume_in_steps_on_a_phone_without_javascript(plain_page):
    page = plain_page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{TOOLKIT}resume/build/")
    page.get_by_label("Name").fill("Zoë")
    page.get_by_role("link", name="Next: Experience").click()
    expect(page.get_by_label("Name")).to_be_hidden()
    page.get_by_role("button", name="Add a job").click()
    page.get_by_label("Job title").fill("Binder")
    page.get_by_label("From", exact=True).fill("6/21")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator("#preview .paper__name")).to_have_text("Zoë")
    expect(page.locator("#preview .paper__dates")).to_have_text("Jun 2021 – present")
    expect(page.get_by_label("Job title")).to_be_hidden()
    page.get_by_role("link", name="Go on editing").click()
    expect(page.get_by_label("Job title")).to_have_value("Binder")
    expect(page.get_by_label("From, month")).to_have_value("06")
    page.get_by_role("link", name="Back: You").click()
    expect(page.get_by_label("Name")).to_have_value("Zoë")
    expect(page.get_by_label("Job title")).to_be_hidden()


def test_an_entry_is_added_and_the_cursor_is_in_it(page):
    page.goto(f"{TOOLKIT}resume/build/")
    page.get_by_label("Name").fill("Zoë")
    page.get_by_role("button", name="Add a job").click()
    expect(page.get_by_label("Job title")).to_be_focused()
    expect(page.get_by_label("Name")).to_have_value("Zoë")
    page.get_by_label("Job title").fill("Binder")
    page.get_by_role("button", name="Add a job").click()
    expect(page.get_by_label("Job title")).to_have_count(2)
    page.get_by_role("button", name="Move down: Binder").click()
    expect(page.get_by_label("Job title").nth(1)).to_have_value("Binder")
    expect(page.get_by_label("Job title").nth(1)).to_be_focused()


def test_what_was_typed_outlives_a_reload_but_not_the_tab(page, new_context):
    page.goto(f"{TOOLKIT}cover-letter/write/?example=first-job")
    page.get_by_label("Shop").fill("bindery")
    page.reload()
    expect(page.get_by_label("Shop")).to_have_value("bindery")
    other = page.context.new_page()
    other.goto(f"{TOOLKIT}cover-letter/write/?example=first-job")
    expect(other.get_by_label("Shop")).to_have_value("")


def test_with_leave_it_outlives_the_tab_until_it_is_cleared(page):
    page.goto(f"{TOOLKIT}resume/build/")
    page.get_by_label("Name").fill("Zoë")
    page.get_by_role("button", name="Add a job").click()
    page.get_by_label("Job title").fill("Binder")
    page.get_by_label("Keep a copy in this browser").check()
    other = page.context.new_page()
    page.close()
    other.goto(f"{TOOLKIT}resume/build/")
    expect(other.get_by_label("Job title")).to_have_value("Binder")
    expect(other.get_by_label("Keep a copy in this browser")).to_be_checked()
    other.get_by_role("button", name="Clear everything").click()
    expect(other.get_by_label("Job title")).to_have_count(0)
    expect(other.get_by_label("Name")).to_have_value("")
    assert kept_for_long(other) == []
    kept = other.evaluate("JSON.stringify(Object.values(sessionStorage))")
    assert "Binder" not in kept


def test_an_error_keeps_what_was_typed(page, problems):
    page.goto(f"{TOOLKIT}resume/build/")
    page.get_by_label("Email").fill("nobody")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.get_by_role("region", name="Preview")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("These need another look before you can download.")
    page.get_by_role("button", name="PDF").click()
    expect(page.get_by_role("alert")).to_contain_text("Write an email address")
    expect(page.get_by_label("Email")).to_have_value("nobody")
    # The preview and the page itself were answered 422, which the console notes.
    assert problems
    problems.clear()


def test_a_pdf_and_a_json_are_downloaded(page):
    page.goto(f"{TOOLKIT}resume/build/?example=first")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF").click()
    assert waiting.value.suggested_filename == "resume-zoë-łódź.pdf"
    with page.expect_download() as waiting:
        page.get_by_role("button", name="JSON", exact=True).click()
    with open(waiting.value.path()) as file:
        assert json.load(file)["basics"]["name"] == "Zoë Łódź"
    expect(page.get_by_label("Name")).to_have_value("Zoë Łódź")


def test_practice_with_a_timer(page):
    page.goto(f"{TOOLKIT}interview/practice/")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".practice__time")).to_have_text(re.compile(r"^1:5\d$"))
    expect(page.get_by_label("Your answer")).to_be_focused()
    asked = page.get_by_role("group", name=page.locator("#question").inner_text())
    expect(asked.get_by_label("Your answer")).to_be_visible()
    page.get_by_label("Your answer").fill("Because.")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("region", name="An outline")).to_be_focused()
    expect(page.get_by_text("Love of glue.")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Because.")
    page.get_by_role("button", name="Weak").click()
    expect(page.get_by_role("heading", name="Why glue 1?")).to_be_visible()
    page.goto(f"{TOOLKIT}interview/practice/")
    page.get_by_role("button", name="Go on where you stopped").click()
    expect(page.get_by_role("heading", name="Why glue 1?")).to_be_visible()


def test_a_job_description_warns_as_one_types(page):
    page.goto(f"{TOOLKIT}job-description/write/")
    page.get_by_label("About the job").fill("Are you young?")
    expect(page.locator("#preview")).to_contain_text("It is about age.")


def test_a_resume_without_javascript(plain_page):
    page = plain_page
    page.goto(f"{TOOLKIT}resume/")
    page.get_by_role("link", name="Build your own").click()
    page.get_by_label("Name").fill("Zoë")
    page.get_by_role("button", name="Add a job").click()
    page.get_by_label("Job title").fill("Binder")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.locator("#preview")).to_contain_text("Binder")
    expect(page.get_by_label("Name")).to_have_value("Zoë")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="DOCX").click()
    assert waiting.value.suggested_filename == "resume-zoë.docx"


def test_a_letter_and_a_practice_without_javascript(plain_page):
    page = plain_page
    page.goto(f"{TOOLKIT}cover-letter/")
    page.get_by_role("link", name="Fill in this letter").click()
    page.get_by_label("Shop").fill("bindery")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.locator("#preview")).to_contain_text("I saw your bindery.")
    page.goto(f"{TOOLKIT}interview/practice/")
    page.get_by_label("People").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Your answer").fill("Because.")
    page.get_by_role("button", name="Good").click()
    expect(page.get_by_text("That was all")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_for_axe_to_find_and_no_sideways_scroll(new_context, published, axe, scheme):
    page = new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme).new_page()
    for address in PAGES:
        page.goto(TOOLKIT + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    axe(page)


def test_a_letter_is_saved_in_the_plan_and_opened_again(page):
    page.goto(f"{TOOLKIT}cover-letter/write/")
    page.get_by_label("Shop").fill("bindery")
    page.get_by_label("Call it").fill("For Marlow")
    page.get_by_role("button", name="Save in my plan").click()
    expect(page.get_by_text("Saved in your plan.")).to_be_visible()
    expect(page).to_have_url(re.compile("document="))
    page.get_by_label("Shop").fill("half writ")
    page.reload()
    expect(page.get_by_label("Shop")).to_have_value("half writ")
    page.get_by_role("button", name="Save in my plan").click()
    expect(page.get_by_text("Saved in your plan.")).to_be_visible()
    page.goto("/plan/")
    page.get_by_role("link", name="For Marlow", exact=True).click()
    expect(page.get_by_label("Shop")).to_have_value("half writ")
    page.goto(f"{TOOLKIT}cover-letter/write/")
    expect(page.get_by_label("Shop")).to_have_value("")


def test_a_letter_is_saved_in_the_plan_without_javascript(plain_page):
    page = plain_page
    page.goto(f"{TOOLKIT}cover-letter/write/")
    page.get_by_label("Shop").fill("bindery")
    page.get_by_role("button", name="Save in my plan").click()
    expect(page.get_by_text("Saved in your plan.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Shop")).to_have_value("bindery")


def test_forgetting_the_plan_clears_what_the_browser_keeps(page):
    page.goto(f"{TOOLKIT}cover-letter/write/")
    page.get_by_label("Shop").fill("bindery")
    page.get_by_label("Keep a copy in this browser").check()
    # Nobody had a plan here: the address of the notice clears nothing.
    page.goto("/plan/?notice=left")
    assert len(kept_for_long(page)) == 1
    page.goto(f"{TOOLKIT}cover-letter/write/")
    page.get_by_role("button", name="Save in my plan").click()
    expect(page.get_by_text("Saved in your plan.")).to_be_visible()
    page.goto("/plan/leave/")
    page.get_by_role("button", name="Forget it on this browser").click()
    expect(page.get_by_text("This browser has forgotten your plan")).to_be_visible()
    page.wait_for_load_state()
    kept = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
    assert not [name for name in kept if name.startswith("toolkit")]


RESUME = """Zoë Łódź
zoe@example.org
EXPERIENCE
Binder, Marlow Bindery
2019 - 2021
Sewed 40 books
MEMBERSHIPS
Guild of binders"""


def brought(page):
    """The fields that a file filled, and the sentence on it."""
    expect(page.get_by_role("status").filter(has_text="Compare each field with your resume")).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value("zoe@example.org")
    expect(page.get_by_label("Job title")).to_have_value("Binder")
    expect(page.get_by_label("Employer", exact=True)).to_have_value("Marlow Bindery")
    expect(page.get_by_label("Lines of your file that found no field")).to_have_value(re.compile("Guild of binders"))


def test_a_pdf_is_brought_by_keyboard_and_corrected(page, axe):
    page.goto(f"{TOOLKIT}resume/build/")
    page.locator("summary", has_text="Bring a resume").press("Enter")
    with page.expect_file_chooser() as choosing:
        page.get_by_label("File").press("Enter")
    plain = RESUME.replace("Zoë Łódź", "Zoe Lodz")
    choosing.value.set_files({"name": "mine.pdf", "mimeType": "application/pdf", "buffer": make_pdf(plain)})
    page.get_by_label("File").press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    brought(page)
    expect(page.get_by_role("status").filter(has_text="Compare each field")).to_be_focused()
    expect(page.locator("#preview")).to_contain_text("Marlow Bindery")
    page.get_by_role("button", name="Add a language").press("Enter")
    expect(page.get_by_label("Language", exact=True)).to_be_focused()
    page.keyboard.type("Spanish")
    expect(page.locator("#preview")).to_contain_text("Spanish")
    axe(page)


def test_a_word_file_and_an_odd_json_are_brought_without_javascript(plain_page, problems):
    page = plain_page
    page.goto(f"{TOOLKIT}resume/build/")
    page.locator("summary", has_text="Bring a resume").click()
    page.get_by_label("File").set_input_files({"name": "mine.docx", "mimeType": "", "buffer": make_docx(RESUME)})
    page.get_by_role("button", name="Take it in").click()
    brought(page)
    resume = {
        "basics": {"name": "Zoë"},
        "work": [{"company": "Bindery", "startDate": "in spring", "endDate": "Present"}],
    }
    page.locator("summary", has_text="Bring a resume").click()
    page.get_by_label("Or its text").fill(json.dumps(resume))
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_label("Employer", exact=True)).to_have_value("Bindery")
    page.get_by_role("link", name="Job 1, Employer: taken from “company”").click()
    expect(page).to_have_url(re.compile("#f-work-0-name$"))
    expect(page.get_by_role("alert")).to_contain_text("Job 1, From")
    # The date that nobody can read is answered 422.
    problems.clear()
