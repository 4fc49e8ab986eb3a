"""The style page in Chromium: axe on every component in its states, and the joined sheets against the single files."""

import pytest

from .static_files import read, serve_single_sheets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.style_urls")]
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 720}}
# Each example stands twice, so that the names of its regions do too.
WITHOUT = ["landmark-unique"]
# What every element of the page looks like, without the tokens: a minified token may be written in another way.
LOOKS = """() => [...document.querySelectorAll("main *")].flatMap(element => [null, "::before", "::after"].map(part => {
    const style = getComputedStyle(element, part);
    if (part && style.content === "none") return "";
    const names = [...style].filter(name => !name.startsWith("--") && name !== "background-position");
    return element.className + (part ?? "") + names.map(name => `; ${name}: ${style.getPropertyValue(name)}`).join("");
}))"""
JOIN = """async sheets => {
    document.querySelectorAll("link[rel=stylesheet]").forEach(link => link.disabled = true);
    document.adoptedStyleSheets = await Promise.all(sheets.map(text => new CSSStyleSheet().replace(text)));
}"""
CHANGED = f"""() => {{
    const now = ({LOOKS})();
    return now.filter((look, place) => look !== window.single[place]).slice(0, 3);
}}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_component_in_its_states(new_context, axe, size):
    page = new_context(**size).new_page()
    page.goto("/style/")
    assert page.locator(".style").count() > 70
    axe(page, without=WITHOUT)


def test_joined_sheets_look_as_the_single_files_do(new_context):
    page = new_context(**DESK).new_page()
    serve_single_sheets(page)
    page.goto("/style/")
    page.evaluate(f"() => {{ window.single = ({LOOKS})() }}")
    assert page.evaluate("window.single.length") > 1000
    page.evaluate(JOIN, [joined_text(name) for name in ("site", "tools", "style")])
    assert page.evaluate(CHANGED) == []


def joined_text(name):
    # What is set by a script has no address of its own to count from.
    return read(f"css/{name}.css")[0].decode().replace("../fonts/", "/static/fonts/")
