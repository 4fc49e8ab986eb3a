"""Twenty occupations drawn at random, as a browser shows them, and the way from another job, walked by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.occupations import moving

from .static_files import read

# The data is loaded into the database of the tests.
pytestmark = pytest.mark.django_db
SITE = "http://occupations.test"
# Of how many pages the contrast of every letter is looked at, and what is folded too: the others have the same parts.
THOROUGH = 4


# No page has more stops of the Tab key before what is looked for.
MOST_STOPS = 60


@pytest.fixture
def opened(official, browser):
    """Open a page for which the answers that were taken of the official data are the site: `opened(**options)`."""
    contexts = []

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            content, media_type = read(path.removeprefix("/static/"))
            route.fulfill(body=content, content_type=media_type)
            return
        response = official.answers.get(path) or official.explored.answers[path]
        route.fulfill(body=response.content, headers=dict(response.headers))

    def make(**options):
        context = browser.new_context(reduced_motion="reduce", viewport={"width": 360, "height": 800}, **options)
        contexts.append(context)
        context.route(f"{SITE}/**", answer)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def answered(opened):
    return opened()


def tab_to(page, place):
    """Press Tab until `place` has the focus."""
    expect(place).to_be_visible()
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if place.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {place}")


def walk(page, check):
    """Go from a job to another by keyboard alone: both titles, which one is meant, the result and its arithmetic."""
    page.goto(f"{SITE}/move/")
    check(page)
    tab_to(page, page.get_by_label("The job you have"))
    page.keyboard.type("cashier")
    tab_to(page, page.get_by_label("The job you think of"))
    page.keyboard.type("library clerk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Which job is meant?")).to_be_visible()
    check(page)
    tab_to(page, page.locator(".move-offers a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="From Cashiers to Library Clerk")).to_be_visible()
    tab_to(page, page.locator("#arithmetic > summary"))
    page.keyboard.press("Enter")
    expect(page.locator("#arithmetic table")).to_be_visible()
    check(page)


def test_the_way_from_another_job_is_walked_by_keyboard_with_and_without_javascript(opened, axe):
    def check(page):
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    page = opened()
    walk(page, check)
    for address in (moving.FAR, moving.ONWARD, moving.INWARD, moving.NEITHER, moving.TWICE, moving.GAP_HALF):
        page.goto(f"{SITE}{address}")
        check(page)
    walk(opened(java_script_enabled=False), lambda page: None)


def explore_at_17(page, check):
    """Somebody of 17, on a phone: a question at a time, the shortest way to what is possible now."""
    page.goto(f"{SITE}/explore/")
    check(page)
    page.locator("summary", has_text="Food, guests and travel").click()
    page.get_by_label("Select and ensure freshness").check()
    for number in (2, 3, 4, 5):
        page.get_by_role("button", name="Next question").click()
        expect(page.get_by_text(f"Question {number} of 6")).to_be_visible()
        check(page)
        if number == 2:
            page.get_by_label("With people", exact=True).check()
    page.get_by_label("I am still in school").check()
    page.get_by_role("button", name="Show what fits").click()
    expect(page.get_by_role("heading", name="If you are under 18")).to_be_visible()
    expect(page.get_by_role("heading", name="Fast Food and Counter Workers").first).to_be_visible()
    check(page)
    page.get_by_role("link", name="Leave out: With people").first.click()
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("With people"))).to_have_count(0)


def explore_from_a_shop(page, check):
    """Somebody who has worked in a shop, at a desk: all at once, why the first fits, and one answer changed."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{SITE}/explore/")
    check(page)
    page.locator("summary", has_text="Office, money and records").click()
    page.get_by_label("Any of these: Office, money and records").check()
    page.get_by_label("Little manual work or lifting").check()
    page.get_by_label("None: I would learn on the job").check()
    page.get_by_label("What do you need to earn?").fill("$38,000")
    page.get_by_label("In which state?").select_option("OH")
    page.get_by_role("button", name="Show what fits").click()
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    page.locator("summary", has_text="The arithmetic").first.click()
    expect(page.get_by_role("columnheader", name="Points").first).to_be_visible()
    check(page)
    page.get_by_role("link", name=re.compile("Change ?: Little manual")).click()
    expect(page.get_by_label("Little manual work or lifting")).to_be_checked()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_who_are_not_sure_find_what_fits(opened, axe, scripts):
    def check(page):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        if scripts:
            axe(page)

    explore_at_17(opened(java_script_enabled=scripts), check)
    explore_from_a_shop(opened(java_script_enabled=scripts), check)


def test_twenty_occupations_pass_axe_and_fit_a_phone(official, answered, axe):
    paths = ["/occupations/", *(f"/occupations/{slug}/" for slug in official.twenty)]
    for number, path in enumerate(paths):
        answered.goto(f"{SITE}{path}")
        is_thorough = number < THOROUGH
        if is_thorough:
            answered.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        axe(answered, without=() if is_thorough else ["color-contrast"])
        assert answered.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
