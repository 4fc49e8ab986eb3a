"""Twenty occupations drawn at random, as a browser shows them: no complaint of axe, nothing that runs over."""

import pytest

from .static_files import read

SITE = "http://occupations.test"
# Of how many pages the contrast of every letter is looked at, and what is folded too: the others have the same parts.
THOROUGH = 4


@pytest.fixture
def answered(official, browser):
    """A page of the browser for which the answers that were taken of the official data are the site."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 360, "height": 800})

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            content, media_type = read(path.removeprefix("/static/"))
            route.fulfill(body=content, content_type=media_type)
            return
        response = official.answers[path]
        route.fulfill(body=response.content, headers=dict(response.headers))

    context.route(f"{SITE}/**", answer)
    yield context.new_page()
    context.close()


def test_twenty_occupations_pass_axe_and_fit_a_phone(official, answered, axe):
    paths = ["/occupations/", *(f"/occupations/{slug}/" for slug in official.twenty)]
    for number, path in enumerate(paths):
        answered.goto(f"{SITE}{path}")
        is_thorough = number < THOROUGH
        if is_thorough:
            answered.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        axe(answered, without=() if is_thorough else ["color-contrast"])
        assert answered.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
