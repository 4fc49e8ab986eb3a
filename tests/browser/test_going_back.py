"""Back never meets the browser's question whether to send a form again: no page that one sees came of sending one."""

import re

import pytest
from playwright.sync_api import expect

from guides.models import Section
from guides.registry.groups import EDITORS

TOOLKIT = "/guides/bookbinder/toolkit/"
WORD = re.compile(r"[a-z]+")


@pytest.fixture
def page(new_context, transactional_db, guide):
    """A page that notes in `came_of_posts` what it shows that came of sending a form."""
    page = new_context().new_page()
    page.came_of_posts = []

    def note(response):
        request = response.request
        is_page = request.is_navigation_request() and "Content-Disposition" not in response.headers
        if is_page and request.method == "POST" and not 300 <= response.status < 400:
            page.came_of_posts.append(f"{response.status} {response.url}")

    page.on("response", note)
    return page


def settle(page):
    """Wait until what was sent has arrived: no person is quicker."""
    expect(page.locator(".htmx-request, .htmx-settling, .htmx-added, #work button:disabled")).to_have_count(0)


def go_away_and_back(page):
    """Leave the page, come back to it, and go on to the page before it."""
    assert page.came_of_posts == []
    here = page.url
    page.goto("/glossary/")
    page.go_back()
    expect(page).to_have_url(here)
    expect(page.locator("h1").first).to_be_visible()


@pytest.mark.parametrize(
    "address", ["resume/build/?example=first", "cover-letter/write/", "job-description/write/", "interview/practice/"]
)
def test_every_button_of_a_tool(page, address, problems):
    page.goto("/guides/bookbinder/")
    page.goto(f"{TOOLKIT}{address}")
    if "practice" in address:
        page.get_by_role("button", name="Begin").click()
        page.get_by_label("Your answer").fill("Because.")
        settle(page)
    values = page.locator("#work button[name=do]").evaluate_all("all => all.map(button => button.value)")
    # A wrong pay, or a wrong day, makes some answers say what to mend.
    for word in dict.fromkeys(WORD.match(value)[0] for value in values):
        buttons = page.locator(f'#work button[name=do][value^="{word}"]')
        with page.expect_response(lambda response: response.request.method == "POST"):
            buttons.first.evaluate("button => button.click()")
        settle(page)
    page.wait_for_load_state("networkidle")
    go_away_and_back(page)
    page.go_back()
    expect(page).to_have_url(re.compile("/guides/bookbinder/$"))
    # Taking in no file at all is refused.
    assert all("422" in problem for problem in problems), problems
    problems.clear()


def test_a_file_that_cannot_be_made_yet(page, problems):
    page.goto(f"{TOOLKIT}resume/build/")
    page.get_by_label("Email").fill("nobody")
    page.get_by_role("button", name="PDF").click()
    expect(page.locator("#work .error-summary")).to_be_visible()
    page.get_by_label("Email").fill("zoe@example.org")
    page.get_by_label("Name").fill("Zoë Łódź")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert download.value.suggested_filename == "resume-zoë-łódź.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF")
    go_away_and_back(page)
    assert all("422" in problem for problem in problems), problems
    # What a page says while the browser takes it away is nobody's to see.
    page.close()
    problems.clear()


def test_what_is_to_be_mended_in_an_item_of_the_plan(page, problems):
    page.goto("/plan/notes/add/")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_url(re.compile("/plan/notes/add/$"))
    page.get_by_label("Note").fill("Call them.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#plan-notice")).to_have_text("Saved.")
    expect(page).to_have_url(re.compile(r"/plan/\?notice=saved"))
    page.go_back()
    expect(page.get_by_label("Note")).to_be_visible()
    page.goto("/plan/import/")
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator(".error-summary")).to_be_visible()
    go_away_and_back(page)
    assert all("422" in problem for problem in problems), problems
    problems.clear()


def test_skills_of_a_resume(page):
    address = "/guides/bookbinder/skills-gap/resume/"
    page.goto(address)
    page.get_by_label("Paste your resume").fill("I know skill 0 and skill 1 well, and use them daily.")
    page.get_by_role("button", name="Find my skills").click()
    expect(page.get_by_role("heading", name="What we found")).to_be_in_viewport()
    expect(page).to_have_title(re.compile("Skills in your resume"))
    page.get_by_role("button", name=re.compile("Take these over|Rate yourself")).click()
    expect(page).to_have_url(re.compile("/skills-gap/"))
    page.go_back()
    expect(page).to_have_url(re.compile(f"{address}$"))
    assert page.came_of_posts == []


def test_a_report_on_its_own_page(page, problems):
    page.goto("/report/?guide=bookbinder&section=steps")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".field__error")).to_be_visible()
    page.get_by_label("What is wrong or missing?").fill("A step is missing.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Thank you, your report has arrived.")).to_be_visible()
    go_away_and_back(page)
    assert all("422" in problem for problem in problems), problems
    problems.clear()


def test_an_editors_form_comes_back_as_it_was_typed(guide, sign_in, live_server):
    page = sign_in("ed", EDITORS)
    section = Section.objects.get(slug="text")
    page.goto(f"{live_server.url}/admin/guides/section/{section.pk}/change/")
    page.locator("#id_heading").fill("")
    page.locator("#id_summary").fill("Typed and not saved.")
    page.locator("[name=_continue]").evaluate("button => { button.form.noValidate = true; button.click(); }")
    expect(page.locator(".errornote")).to_be_visible()
    page.locator("#id_heading").fill("Text")
    page.locator("[name=_save]").click()
    expect(page.locator(".success")).to_be_visible()
    page.go_back()
    expect(page.locator("#id_summary")).to_have_value("Typed and not saved.")


def test_a_browser_without_script_is_led_to_an_address_that_keeps_the_answer(
    new_context, transactional_db, guide, problems
):
    page = new_context(java_script_enabled=False).new_page()
    posts = []
    page.on("response", lambda response: response.request.method == "POST" and posts.append(response.status))
    page.goto(f"{TOOLKIT}cover-letter/write/")
    page.get_by_label("Your name").fill("Zoë Łódź")
    page.get_by_role("button", name="Update the preview").click()
    expect(page).to_have_url(re.compile(r"/write/\?kept=[\w-]{22}#preview$"))
    page.get_by_label("Your name").fill("Zoë")
    page.get_by_role("button", name="Update the preview").click()
    second = page.url
    page.goto("/glossary/")
    page.go_back()
    expect(page).to_have_url(second)
    expect(page.get_by_label("Your name")).to_have_value("Zoë")
    page.go_back()
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("Zoë Łódź")
    # What is to be mended comes the same way.
    page.goto("/plan/notes/add/")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.goto("/glossary/")
    page.go_back()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_role("button", name="Delete what I typed").click()
    expect(page.get_by_text("Nothing is kept for this browser now.")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="This page is no longer kept")).to_be_visible()
    assert set(posts) == {302, 303}
    assert all("410" in problem for problem in problems), problems
    problems.clear()
