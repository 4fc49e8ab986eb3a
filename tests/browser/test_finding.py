"""Finding a guide in a browser: answers as one types, Back, filters, comparing on a phone, terms in place."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def page(new_context):
    return new_context().new_page()


@pytest.fixture
def phone(new_context):
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_answers_come_as_one_types_and_back_returns_to_them(page, lta):
    page.goto("/search/")
    page.get_by_role("searchbox").press_sequentially("lta sal", delay=30)
    place = page.locator("#results").get_by_role("link", name=re.compile("Pay and outlook")).first
    expect(place).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search/\?q=lta\+?(%20)?sal"))
    expect(page.get_by_role("status").first).to_contain_text("answer")
    place.click()
    expect(page).to_have_url(re.compile(r"/pay-outlook/#pay-outlook$"))
    expect(page.locator("#pay-outlook")).to_have_attribute("open", "")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("lta sal")
    expect(page.locator("#results").get_by_role("link", name=re.compile("Pay and outlook")).first).to_be_visible()


def test_only_the_last_of_quick_keystrokes_is_answered(page, lta):
    asked = []
    page.goto("/search/")
    page.on("request", lambda request: "?q=" in request.url and asked.append(request.url))
    # In the page itself: from outside a busy machine makes long pauses between the keys.
    page.get_by_role("searchbox").evaluate(
        """async (box) => {
          for (const sign of "makerspace") {
            box.value += sign;
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
        }"""
    )
    expect(page.locator("#results").get_by_role("link").first).to_be_visible()
    assert len(asked) <= 3


def test_typing_on_the_front_page(page, lta, axe):
    page.goto("/")
    page.get_by_role("searchbox").press_sequentially("intervew", delay=20)
    expect(page.locator("#results mark").first).to_be_visible()
    axe(page)
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=intervew"))
    expect(page.locator("h1")).to_have_text("Search")


def test_without_javascript_search_and_filters_are_forms(new_context, lta):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/guides/library-clerk/")
    page.get_by_role("searchbox").fill("makerspace")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results a").first).to_be_visible()
    page.goto("/guides/")
    page.get_by_label(re.compile("Master")).check()
    page.get_by_role("button", name="Show guides").click()
    expect(page.locator(".drawer > li")).to_have_count(1)


def test_filters_change_the_list_the_address_and_back(page, lta, axe):
    page.goto("/guides/")
    expect(page.locator(".drawer > li")).to_have_count(6)
    box = page.get_by_label(re.compile("Master"))
    box.check()
    expect(page.locator(".drawer > li")).to_have_count(1)
    expect(page).to_have_url(re.compile("education=master"))
    expect(page.get_by_label(re.compile("Master"))).to_be_focused()
    axe(page)
    page.go_back()
    expect(page.locator(".drawer > li")).to_have_count(6)
    expect(page.get_by_label(re.compile("Master"))).not_to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_comparing_on_a_phone(new_context, lta, axe, scheme):
    page = new_context(viewport=PHONE, color_scheme=scheme).new_page()
    page.goto("/guides/library-technical-assistant/related-careers/")
    page.get_by_role("link", name="Library Clerk", exact=True).last.click()
    expect(page.locator("h1")).to_have_text("Compare careers")
    assert fits(page)
    axe(page)
    page.get_by_label("Name of a job").fill("librarian technical services")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".versus__head")).to_have_count(3)
    assert fits(page)
    page.set_viewport_size({"width": 680, "height": 800})
    assert fits(page)
    page.get_by_role("link", name=re.compile("Remove Library Clerk")).click()
    expect(page.locator(".versus__head")).to_have_count(2)


@pytest.mark.parametrize("address", ["/search/?q=pay", "/guides/", "/glossary/"])
def test_pages_fit_a_phone_and_pass_axe(phone, lta, axe, address):
    phone.goto(address)
    assert fits(phone)
    axe(phone)


def test_a_term_is_explained_in_place(page, lta, axe):
    page.goto("/guides/library-technical-assistant/skills/")
    term = page.locator('a[href="/glossary/#ils"]').first
    note = page.get_by_role("tooltip")
    term.hover()
    expect(note).to_contain_text("software a library runs on")
    axe(page)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    term.focus()
    expect(note).to_be_visible()
    expect(page.locator('a[href="/glossary/#ils"]').first).to_have_attribute("aria-describedby", "term")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/glossary/#ils$"))


def test_a_touch_explains_and_a_second_one_follows(phone, lta):
    phone.goto("/guides/library-technical-assistant/skills/")
    term = phone.locator('a[href="/glossary/#ils"]').first
    term.tap()
    expect(phone.get_by_role("tooltip")).to_be_visible()
    assert fits(phone)
    term.tap()
    expect(phone).to_have_url(re.compile("/glossary/#ils$"))
