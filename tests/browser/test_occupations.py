"""Twenty occupations drawn at random, as a browser shows them, and the way from another job, walked by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.occupations import moving

from .static_files import read

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
        response = official.answers[path]
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


def test_twenty_occupations_pass_axe_and_fit_a_phone(official, answered, axe):
    paths = ["/occupations/", *(f"/occupations/{slug}/" for slug in official.twenty)]
    for number, path in enumerate(paths):
        answered.goto(f"{SITE}{path}")
        is_thorough = number < THOROUGH
        if is_thorough:
            answered.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        axe(answered, without=() if is_thorough else ["color-contrast"])
        assert answered.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
