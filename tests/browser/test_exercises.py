"""The exercises in a browser: by keyboard, by dragging, without JavaScript, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.exercises.sample import make_exercises

PHONE = {"viewport": {"width": 360, "height": 720}}
ORDER = "/exercises/call-numbers/one/"
RIGHT = ["551.21 FRA", "551.46 CAR", "551.5 SIM", "551.5 SIM 2001"]


@pytest.fixture
def exercises(transactional_db):
    return make_exercises()


def order_of(page):
    return page.locator(".order__line label").all_text_contents()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_call_numbers_are_put_in_order_by_keyboard_and_by_dragging(new_context, exercises, axe):
    page = new_context(**PHONE).new_page()
    page.goto(ORDER)
    axe(page)
    assert fits(page)
    mixed = order_of(page)
    assert sorted(mixed) == RIGHT
    expect(page.locator("select").first).to_be_hidden()
    for place, number in enumerate(RIGHT):
        up = page.get_by_role("button", name=f"Move up: {number}", exact=True)
        up.focus()
        for _step in range(order_of(page).index(number) - place):
            page.keyboard.press("Enter")
            expect(up).to_be_focused()
    assert order_of(page) == RIGHT
    # A line that is dragged onto another one takes its place; the places that are sent follow.
    lines = page.locator(".order__line")
    lines.nth(0).drag_to(lines.nth(3))
    expect(page.locator("#announcer")).to_have_text("551.21 FRA is now in place 4")
    assert order_of(page) == [*RIGHT[1:], RIGHT[0]]
    lines.nth(3).drag_to(lines.nth(0))
    expect(lines.locator("label")).to_have_text(RIGHT)
    page.get_by_role("button", name="Check my answer").press("Enter")
    expect(page.get_by_role("heading", name="Right", exact=True)).to_be_visible()
    axe(page)
    assert fits(page)
    page.go_back()
    expect(page.get_by_role("button", name=f"Move up: {RIGHT[0]}", exact=True)).to_be_visible()


def test_every_exercise_works_without_javascript(new_context, exercises, axe, problems):
    plain, with_script = new_context(**PHONE, java_script_enabled=False).new_page(), new_context(**PHONE).new_page()
    plain.goto(ORDER)
    for place, number in enumerate(RIGHT, start=1):
        plain.get_by_label(number, exact=True).select_option(str(place))
    check(plain, "Right")
    plain.goto("/exercises/marc-records/one/")
    plain.get_by_role("button", name="Check my answer").click()
    expect(plain.get_by_role("alert")).to_contain_text("Choose one line.")
    assert len(problems) == 1
    assert "422" in problems.pop()
    plain.get_by_label("264 _1 $a Boston :").check()
    check(plain, "Right")
    plain.goto("/exercises/at-the-desk/one/")
    plain.get_by_label("There.").check()
    check(plain, "Not quite")
    plain.goto("/exercises/record-entry/one/")
    plain.get_by_label("Title", exact=True).fill("Salt")
    plain.get_by_label("Author").fill("Bell, Ad")
    check(plain, "1 character is wrong")
    for kind in ("call-numbers", "marc-records", "at-the-desk", "record-entry"):
        for address in (f"/exercises/{kind}/", f"/exercises/{kind}/one/"):
            with_script.goto(address)
            axe(with_script)
            assert fits(with_script)
    with_script.get_by_label("Title", exact=True).fill("Salt")
    with_script.get_by_label("Author").fill("Bell, Ada")
    check(with_script, "Right")
    expect(with_script.get_by_text("It took you")).to_be_visible()
    axe(with_script)


def check(page, verdict):
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(verdict)
