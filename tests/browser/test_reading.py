"""Reading a guide in a browser: by click, by keyboard, by Back and Forward, by deep link, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from guides.models import Feedback, Observation
from guides.publishing import editions

GUIDE = "/guides/bookbinder/"


@pytest.fixture
def published(transactional_db, guide):
    return guide


@pytest.fixture
def page(new_context, published):
    return new_context(viewport={"width": 1280, "height": 800}).new_page()


def summary(page, slug):
    return page.locator(f"#{slug} > summary")


def test_a_click_opens_a_section_in_place_and_its_address_follows(page):
    page.goto(GUIDE)
    steps = page.locator("#steps")
    expect(steps.get_by_text("Do it.")).to_have_count(0)
    summary(page, "steps").click()
    expect(steps.get_by_text("Do it.").first).to_be_visible()
    expect(page).to_have_url(re.compile(f"{GUIDE}steps/$"))
    expect(page.locator("#announcer")).to_have_text("Open: Steps")
    page.reload()
    expect(steps.get_by_text("Do it.").first).to_be_visible()


@pytest.mark.parametrize("name", ["steps", "pros"])
def test_the_guides_address_with_a_name_behind_it_opens_that_section_or_part(page, name):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.headers.get("hx-request") else None)
    page.goto(f"{GUIDE}#{name}")
    whole, heading = {"steps": ("steps", "Steps"), "pros": ("pros-and-cons", "Pros")}[name]
    expect(page.locator(f"#{whole} .section__body")).to_be_visible()
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_in_viewport()
    expect(page).to_have_url(re.compile(f"{GUIDE}{whole}/#{name}$"))
    assert len(asked) == 1
    # The same name once more, from the page itself.
    page.evaluate("location.hash = 'cons'")
    expect(page.locator("#pros-and-cons .section__body")).to_be_visible()
    expect(page.locator("#cons")).to_be_in_viewport()


def test_without_javascript_a_parts_name_opens_its_section_which_leads_to_it(new_context, published):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{GUIDE}#pros")
    page.locator("#pros").get_by_role("link", name="Pros").click()
    expect(page).to_have_url(re.compile(f"{GUIDE}pros/#pros$"))
    expect(page.locator("#pros-and-cons .section__body")).to_be_visible()


def test_a_section_is_loaded_ahead_and_only_once(page):
    page.goto(GUIDE)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/steps/" in request.url else None)
    summary(page, "steps").hover()
    expect(page.locator("#steps .section__body")).to_be_attached()
    summary(page, "steps").click()
    summary(page, "steps").click()
    summary(page, "steps").click()
    expect(page.locator("#steps").get_by_text("Do it.").first).to_be_visible()
    assert len(asked) == 1


def test_a_finger_that_rests_on_a_section_has_it_loaded_before_it_leaves(new_context, published):
    page = new_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto(GUIDE)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/steps/" in request.url else None)
    goal = summary(page, "steps")
    goal.scroll_into_view_if_needed()
    box = goal.bounding_box()
    finger = page.context.new_cdp_session(page)
    point = {"x": box["x"] + 20, "y": box["y"] + box["height"] / 2}
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(page.locator("#steps .section__body")).to_be_attached()
    expect(page.locator("#steps[open]")).to_have_count(0)
    # How long a finger stays decides whether it opens anything: this one does not, the next one does.
    finger.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
    goal.tap()
    expect(page.locator("#steps").get_by_text("Do it.").first).to_be_visible()
    assert len(asked) == 1


def test_a_sections_own_address_begins_with_it_and_nothing_scrolls_there(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{GUIDE}steps/")
    expect(page.locator("#steps").get_by_text("Do it.").first).to_be_in_viewport()
    expect(page.locator("details.section").first).to_have_id("steps")
    expect(page.locator("html[data-scripts]")).to_have_count(0)
    assert page.evaluate("scrollY") == 0
    page.goto(f"{GUIDE}cons/")
    expect(page.locator("#cons")).to_be_attached()


def test_a_heading_that_was_led_to_has_a_frame_only_for_keys(page):
    page.goto(GUIDE)
    page.get_by_role("navigation", name="In this guide").get_by_role("link", name="Steps", exact=True).click()
    expect(summary(page, "steps")).to_be_focused()
    expect(summary(page, "steps")).to_have_css("outline-style", "none")
    page.keyboard.press("Shift")
    expect(summary(page, "steps")).to_have_css("outline-style", "solid")


def test_everything_works_from_the_keyboard_and_focus_stays(page):
    page.goto(GUIDE)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#steps') && document.activeElement.tagName") == "SUMMARY":
            break
    expect(summary(page, "steps")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#steps").get_by_text("Do it.").first).to_be_visible()
    expect(summary(page, "steps")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#steps")).not_to_have_attribute("open", "")


def test_a_link_to_a_part_opens_its_section_and_goes_there(page):
    page.goto(f"{GUIDE}cons/")
    expect(page.locator("#pros-and-cons")).to_have_attribute("open", "")
    expect(page.locator("#cons")).to_be_in_viewport()


def test_the_contents_lead_to_sections_and_back_leads_back(page):
    page.goto(GUIDE)
    contents = page.get_by_role("navigation", name="In this guide")
    contents.get_by_role("link", name="Levels", exact=True).click()
    expect(page.locator("#levels").get_by_text("Glue.").first).to_be_visible()
    expect(contents.get_by_role("link", name="Levels", exact=True)).to_have_attribute("aria-current", "true")
    contents.get_by_role("link", name="Steps", exact=True).click()
    expect(page.locator("#steps").get_by_text("Do it.").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/levels/"))
    page.goto("/guides/")
    page.go_back()
    expect(page.locator("#levels").get_by_text("Glue.").first).to_be_visible()


def test_a_question_has_an_address_of_its_own(page):
    page.goto(f"{GUIDE}questions/#question-question-1")
    expect(page.locator("#question-question-1").get_by_text("Because.")).to_be_visible()
    expect(page.locator("#question-question-0").get_by_text("Because.")).to_be_hidden()


def test_every_section_opens_at_once(page):
    page.goto(GUIDE)
    page.get_by_role("link", name="Open every section").first.click()
    expect(page.locator("details.section:not([open])")).to_have_count(0)
    expect(page.locator(".section__waiting")).to_have_count(0)
    expect(page.locator("#announcer")).to_have_text("Every section is open.")


def test_a_failure_is_said_with_what_to_do(page, problems):
    page.goto(GUIDE)
    page.route("**/steps/", lambda route: route.abort())
    summary(page, "steps").click()
    expect(page.locator("#announcer")).to_contain_text("This did not load.")
    expect(page.locator("#steps").get_by_role("link", name="Read “Steps” on its own page")).to_be_visible()
    assert problems
    problems.clear()


def test_all_of_it_is_there_without_javascript(new_context, published):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(GUIDE)
    summary(page, "steps").click()
    page.locator("#steps").get_by_role("link", name="Read “Steps” on its own page").click()
    expect(page.locator("#steps").get_by_text("Do it.").first).to_be_visible()
    page.get_by_role("link", name="Open every section").first.click()
    expect(page.locator(".section__waiting")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_page_is_said_to_have_helped_with_and_without_scripts(new_context, published, axe, scripts):
    page = new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740}).new_page()
    page.goto("/guides/bookbinder/")
    page.get_by_role("link", name="No", exact=True).click()
    expect(page.get_by_role("radio", name="No")).to_be_checked()
    page.get_by_label("What was missing?").fill("What it pays in Guam.")
    if scripts:
        axe(page)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_text("Thank you. Editors see it beside the page")).to_be_visible()
    answer = Feedback.objects.get()
    assert (answer.page, answer.helped, answer.missing) == ("/guides/bookbinder/", False, "What it pays in Guam.")


def test_a_report_is_written_in_place(page, problems):
    page.goto(f"{GUIDE}steps/")
    page.locator("#steps").get_by_role("link", name="Is something wrong or missing here?").click()
    box = page.get_by_label("What is wrong or missing?")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("main").get_by_text("Write a sentence or two").first).to_be_visible()
    assert "422" in problems.pop()
    box.fill("Step two is outdated.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Thank you, your report has arrived.")).to_be_visible()


def test_print_shows_every_answer(page):
    page.goto(f"{GUIDE}print/")
    page.emulate_media(media="print")
    assert page.get_by_text("Because.").count() == 2
    for answer in page.get_by_text("Because.").all():
        expect(answer).to_be_visible()


ADDRESSES = [
    "/",
    "/guides/",
    GUIDE,
    f"{GUIDE}?open=all",
    f"{GUIDE}print/",
    f"{GUIDE}sources/",
    f"{GUIDE}toolkit/resume/",
    "/report/?guide=bookbinder&section=steps",
    "/helped/?page=/guides/bookbinder/",
    "/accessibility/",
    "/privacy/",
    "/no-such-page/",
]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_any_page(new_context, published, axe, problems, scheme, width):
    page = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    for address in ADDRESSES:
        page.goto(address)
        axe(page)
    problems[:] = [problem for problem in problems if "404" not in problem]


@pytest.mark.parametrize(("width", "zoom", "text"), [(320, 1, 16), (640, 2, 16), (360, 1, 32)])
def test_nothing_scrolls_sideways(new_context, published, problems, width, zoom, text):
    Observation.objects.update(review_after="2020-01-01")  # the longest mark that a figure can carry
    editions.publish(editions.save(published))
    # Zooming a window of 640 px to 200 % leaves 320 px to lay the page out in, at twice the resolution.
    page = new_context(viewport={"width": width // zoom, "height": 600}, device_scale_factor=zoom).new_page()
    # Whoever sets the browser's own text to 32 px has lines of eleven letters on a phone.
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": text}})
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    problems[:] = [problem for problem in problems if "404" not in problem]


def test_a_first_visit_is_light(page):
    answers = []
    page.on("response", lambda response: answers.append(response))
    page.goto(GUIDE, wait_until="networkidle")
    assert len(answers) <= 8
    # Neither fonts nor any script but one is asked for before the page is painted.
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    loads = page.evaluate("performance.getEntriesByType('resource').map(({name, startTime}) => [name, startTime])")
    early = sorted(name.rpartition("/")[2] for name, start in loads if start < painted)
    assert set(early) == {"after-paint.js", "site.css"}
    assert len([answer for answer in answers if answer.request.resource_type == "stylesheet"]) == 1
    # The fonts came for the next page, which has them from its first picture on.
    page.reload()
    expect(page.locator("html.has-fonts")).to_have_count(1)
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Figtree'))")
