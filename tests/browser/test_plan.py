"""My plan in Chromium: with and without JavaScript, by keyboard, on a phone, in two tabs; axe on every state."""

import json
import os
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from guides.datasets.models import Dataset, Occupation
from guides.occupations.models import OccupationListing

from ..guides import processes

PHONE = {"viewport": {"width": 360, "height": 740}}
DESK = {"viewport": {"width": 1280, "height": 900}}
STEPS = "/guides/bookbinder/steps/"


@pytest.fixture(autouse=True)
def shelf(transactional_db, guide):
    """The small guide, in the live server's database."""


def log_application(page, **values):
    page.goto("/plan/applications/add/")
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "status" else field.fill(value)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def write_note(page, text):
    page.goto("/plan/notes/add/")
    page.get_by_label("Note", exact=True).fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".note", has_text=text)).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_save_log_and_delete(new_context, scripts, size):
    page = new_context(java_script_enabled=scripts, **size).new_page()
    page.goto("/guides/bookbinder/")
    page.get_by_role("link", name="Save to my plan", exact=True).click()
    page.get_by_label("with its 2 steps as a checklist").check()
    page.get_by_role("button", name="Save this guide").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()

    page.goto("/plan/")
    page.get_by_role("button", name="Mark as done Step 0").click()
    expect(page.get_by_text("1 of 2 steps done")).to_be_visible()
    # What is done folds away, and stands open where the person has just marked it.
    expect(page.get_by_role("button", name="Not done yet Step 0")).to_be_visible()

    log_application(page, post="Binder", employer="Hill College", next_action="Call", next_on="2026-01-01")
    page.goto("/plan/")
    expect(
        page.get_by_role("region", name="This week: 2 things").get_by_role("link", name=re.compile("Call: Binder"))
    ).to_be_visible()
    page.goto("/plan/applications/")
    if size is PHONE:
        page.locator(".slip summary").click()
    page.get_by_label("Status of Binder").select_option("Applied")
    page.get_by_role("button", name="Move Binder").click()
    expect(page.get_by_role("region", name="Applied 1").get_by_role("link", name="Binder")).to_be_visible()

    page.goto("/plan/record/")
    expect(page.get_by_role("cell", name="Applied").first).to_be_visible()
    page.goto("/plan/delete/")
    page.get_by_role("button", name="Delete my plan").click()
    expect(page.get_by_text("Your plan is deleted")).to_be_visible()
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "plan"]


def test_by_keyboard_alone(new_context):
    page = new_context(**DESK).new_page()
    page.goto(STEPS)
    press_to(page, "Save to my plan Step 0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save this step")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="See my plan")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/")
    press_to(page, "Mark as done Step 0")
    page.keyboard.press("Enter")
    # The focus stays where it was, on what is now the way back.
    expect(page.get_by_role("button", name="Not done yet Step 0")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Saved.")

    press_to(page, "Log an application", backwards=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/add/")
    press_to(page, "Job title")
    page.keyboard.type("Binder")
    page.keyboard.press("Tab")
    page.keyboard.type("Hill College")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/?notice=saved**")
    page.goto("/plan/applications/")
    press_to(page, "Status of Binder")
    page.keyboard.type("Int")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Interview 1")).to_be_visible()
    expect(page.get_by_role("button", name="Move Binder")).to_be_focused()


def press_to(page, name, backwards=False):
    """Press Tab until what has that name is focused."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        focused = page.evaluate(
            "(() => { const e = document.activeElement; "
            "return (e.labels?.[0] ?? e).textContent.replace(/\\s+/g, ' ').trim() })()"
        )
        if focused == name:
            return
    pytest.fail(f"'{name}' was not reached")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_tabs(new_context, scripts, problems):
    context = new_context(java_script_enabled=scripts, **DESK)
    first, second = context.new_page(), context.new_page()
    write_note(first, "as it was")
    for page in (first, second):
        page.goto("/plan/")
        page.get_by_role("link", name="Change as it was").click()
    second.get_by_label("Note", exact=True).fill("from the second tab")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator(".note", has_text="from the second tab")).to_be_visible()

    first.get_by_label("Note", exact=True).fill("from the first tab")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("In the plan now")).to_be_visible()
    expect(first.locator("dd", has_text="from the second tab")).to_be_visible()
    expect(first.get_by_label("Note", exact=True)).to_have_value("from the first tab")
    first.get_by_role("button", name="Save what stands here").click()
    expect(first.locator(".note", has_text="from the first tab")).to_be_visible()
    forget_refusals(problems, 409)


def test_a_stale_mark_in_place_shows_both_values(new_context, problems):
    context = new_context(**DESK)
    first, second = context.new_page(), context.new_page()
    log_application(first, post="Binder", employer="Hill College")
    for page in (first, second):
        page.goto("/plan/applications/")
    for page, status in ((second, "Offer"), (first, "Withdrawn")):
        page.get_by_label("Status of Binder").select_option(status)
        page.get_by_role("button", name="Move Binder").click()
        if page is second:
            expect(page.get_by_role("region", name="Offer 1")).to_be_visible()
    clash = first.locator(".clash")
    expect(clash).to_contain_text("Offer")
    expect(clash).to_contain_text("Withdrawn")
    forget_refusals(problems, 409)


def forget_refusals(problems, status):
    """A refusal that a test provokes is an error on the console, and nothing else is."""
    assert all(str(status) in problem for problem in problems), problems
    problems.clear()


def test_marks_are_asked_for_only_by_a_browser_with_a_plan(new_context):
    page = new_context(**DESK).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/plan/marks/" in request.url else None)
    page.goto(STEPS)
    page.get_by_role("link", name="Save to my plan Step 1").click()
    page.get_by_role("button", name="Save this step").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert not asked
    page.reload()
    mark = page.get_by_role("link", name="In your plan Step 1")
    expect(mark).to_be_visible()
    assert len(asked) == 1
    mark.click()
    expect(page.locator(":target")).to_contain_text("Step 1")

    page.goto("/plan/leave/")
    page.get_by_role("button", name="Forget it on this browser").click()
    expect(page.get_by_text("This browser has forgotten your plan")).to_be_visible()
    page.goto(STEPS)
    expect(page.get_by_role("link", name="Save to my plan Step 1")).to_be_visible()
    assert len(asked) == 1


def test_every_list_says_what_is_in_the_plan(new_context):
    dataset = Dataset.objects.create(form="onet", edition="30.2", file_name="onet.zip")
    Occupation.objects.create(code="51-5113.00", title="Binders", dataset=dataset)
    OccupationListing.objects.create(slug="binders", code="51-5113.00", title="Binders", major_group="51")
    page = new_context(**PHONE).new_page()
    page.goto("/plan/save/?guide=bookbinder")
    page.get_by_role("button", name="Save this guide").click()
    expect(page.get_by_role("link", name="See my plan")).to_be_visible()
    page.goto("/occupations/binders/save/")
    page.get_by_role("button", name="Save this occupation").click()
    expect(page.get_by_role("link", name="See my plan")).to_be_visible()
    lists = {
        "/": "Bookbinder",
        "/guides/": "Bookbinder",
        "/search/?q=bookbinder": "Bookbinder",
        "/compare/?g=bookbinder": "Bookbinder",
        "/compare/?g=bookbinder&g=binders": "Binders",
        "/occupations/": "Binders",
    }
    for address, title in lists.items():
        page.goto(address)
        marked = page.locator("a[data-marked]", has_text=title)
        expect(marked.locator(".in-plan"), address).to_have_text("In your plan")
    page.goto("/occupations/binders/")
    expect(page.get_by_role("link", name="In your plan", exact=True)).to_be_visible()


def test_marks_reach_a_section_that_is_loaded_later(new_context):
    page = new_context(**DESK).new_page()
    page.goto("/plan/save/?guide=bookbinder&step=step-0")
    page.get_by_role("button", name="Save this step").click()
    page.get_by_role("link", name="See my plan").click()
    expect(page.get_by_role("heading", name="My plan", exact=True)).to_be_visible()
    page.goto("/guides/bookbinder/")
    page.locator("#steps > summary").click()
    expect(page.get_by_role("link", name="In your plan Step 0")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_return_link_opens_the_plan_in_another_browser(new_context, scripts):
    first = new_context(java_script_enabled=scripts, **DESK).new_page()
    write_note(first, "mine")
    first.goto("/plan/link/")
    key = first.get_by_label("Return link").input_value().partition("?key=")[2]
    second = new_context(java_script_enabled=scripts, **PHONE).new_page()
    requests = []
    second.on("request", lambda request: requests.append(request))
    second.goto(f"/plan/return/?key={key}")
    second.get_by_role("button", name="Open the plan").click()
    expect(second.locator(".note", has_text="mine")).to_be_visible()
    assert second.url.endswith("/plan/?notice=opened")
    # The link's own address, which leads on at once, and nothing after it.
    assert [request.url for request in requests if key in request.url] == [requests[0].url]
    assert not [request.url for request in requests if key in request.headers.get("referer", "")]


def test_a_failed_change_says_so_in_place(new_context, problems):
    page = new_context(**DESK).new_page()
    log_application(page, post="Binder", employer="Hill College")
    page.goto("/plan/applications/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Move Binder").click()
    expect(page.get_by_text("This did not go through")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Move Binder").click()
    expect(page.get_by_text("This did not go through")).to_be_hidden()
    problems.clear()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_was_typed_is_kept_while_saving_is_not_possible(new_context, problems, scripts):
    page = new_context(java_script_enabled=scripts, **DESK).new_page()
    page.goto("/plan/notes/add/")
    page.get_by_label("Note").fill("Ask <Ms Hill> about “night shifts”.")
    with processes.no_space(os.getpid()):
        page.get_by_role("button", name="Save", exact=True).click()
        # With scripts the form stays as it is, and says so; without, a page of its own holds what was typed.
        said = page.get_by_role("alert").filter(has_text="saving is not possible")
        expect(said if scripts else page.get_by_role("heading", name="Saving is not possible now")).to_be_visible()
    page.get_by_role("button", name="Save" if scripts else "Send it again", exact=True).click()
    expect(page.locator(".note", has_text="Ask <Ms Hill> about “night shifts”.")).to_be_visible()
    problems.clear()


def test_a_change_in_place_says_that_it_was_not_saved(new_context, problems):
    page = new_context(**DESK).new_page()
    log_application(page, post="Binder", employer="Hill College")
    page.goto("/plan/applications/")
    with processes.no_space(os.getpid()):
        page.get_by_role("button", name="Move Binder").click()
        expect(page.get_by_text("This did not go through")).to_be_visible()
    page.get_by_role("button", name="Move Binder").click()
    expect(page.get_by_text("This did not go through")).to_be_hidden()
    problems.clear()


def put_in(page: Page, items: dict) -> None:
    """Put a plan file in, and keep what the plan says where it says otherwise."""
    page.goto("/plan/import/")
    file = {
        "name": "my-plan.json",
        "mimeType": "application/json",
        "buffer": json.dumps({"format": 1} | items).encode(),
    }
    page.get_by_label("Plan file").set_input_files(file)
    page.get_by_label("Keep what my plan says").check()
    page.get_by_role("button", name="Put it in").click()
    expect(page.get_by_role("heading", name="What became of your file")).to_be_visible()


def fill(page):
    """Put something of every kind into a plan, some of it overdue."""
    soon, past = [str(date.today() + timedelta(days=days)) for days in (3, -3)]
    page.goto("/plan/save/?guide=bookbinder")
    page.get_by_role("button", name="Save this guide").click()
    page.get_by_role("link", name="See my plan").click()
    page.get_by_role("button", name="Mark as done Step 0").click()
    expect(page.get_by_role("button", name="Not done yet Step 0")).to_be_visible()
    link = "https://jobs.example/" + "long/" * 40
    log_application(page, post="Binder", employer="Hill College", status="applied", next_on=past, link=link)
    log_application(page, post="W" * 110, employer="City", closes_on=soon, documents="resume\nletter")
    write_note(page, "Ask about Saturdays")


STATES = [
    "/plan/",
    "/plan/?notice=saved",
    "/plan/applications/",
    "/plan/applications/?view=table",
    "/plan/record/",
    "/plan/record/?month=2000-01",
    "/plan/packet/",
    "/plan/packet/?part=plan&part=log&part=guide",
    "/plan/import/",
    "/plan/link/",
    "/plan/share/",
    "/plan/earlier/",
    "/plan/leave/",
    "/plan/delete/",
    "/plan/applications/add/",
    "/plan/save/?guide=bookbinder",
    "/plan/save/?guide=bookbinder&step=step-1",
    "/plan/return/",
]


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone light", "desk dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(new_context, axe, size, scheme):
    page = new_context(color_scheme=scheme, **size).new_page()
    for state in ["/plan/", "/plan/import/", "/plan/applications/add/", "/plan/save/?guide=bookbinder"]:
        check_state(page, axe, state)
    fill(page)
    for state in STATES:
        check_state(page, axe, state)
    put_in(page, {"steps": [{"id": "abcdefgh2345", "guide": "bookbinder", "step": "step-0", "name": "Another name"}]})
    expect(page.get_by_text("1 differed from your own and was left out")).to_be_visible()
    check_state(page, axe)
    page.goto("/plan/applications/")
    page.get_by_role("link", name="Binder").click()
    expect(page.get_by_role("heading", name="Binder, Hill College", exact=True)).to_be_visible()
    check_state(page, axe)
    page.get_by_role("link", name="Delete this application").click()
    expect(page.get_by_role("heading", name="Delete this application?")).to_be_visible()
    check_state(page, axe)


def check_state(page, axe, address=None):
    if address:
        page.goto(address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_axe_finds_nothing_in_refusals_and_in_place(new_context, axe, problems):
    context = new_context(**PHONE)
    page, other = context.new_page(), context.new_page()
    page.goto("/plan/applications/add/")
    page.get_by_label("Link to the posting").fill("nonsense")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Please fix this first")).to_be_visible()
    check_state(page, axe)

    write_note(page, "as it was")
    for tab in (page, other):
        tab.goto("/plan/")
        tab.get_by_role("link", name="Change as it was").click()
        tab.get_by_label("Note", exact=True).fill(f"changed {tab is page}")
        if tab is other:
            tab.get_by_role("button", name="Save", exact=True).click()
            expect(tab.get_by_text("Saved.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("In the plan now")).to_be_visible()
    check_state(page, axe)

    page.goto(STEPS)
    page.get_by_role("link", name="Save to my plan Step 0").click()
    expect(page.get_by_role("button", name="Save this step")).to_be_focused()
    check_state(page, axe)
    page.get_by_role("button", name="Save this step").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    check_state(page, axe)

    page.goto("/plan/return/")
    page.get_by_label("Your key").fill("A" * 22)
    page.get_by_role("button", name="Open the plan").click()
    expect(page.get_by_role("heading", name="No plan opens with this key")).to_be_visible()
    check_state(page, axe)
    assert all(re.search("4(04|09|22)", problem) for problem in problems), problems
    problems.clear()
