"""What nginx says by itself, as a browser over HTTP/2 shows it."""

import pytest
from playwright.sync_api import expect

from tests.faults import nginx
from tests.faults.site import free_port
from tests.installed import need_nginx


@pytest.fixture
def stopped(tmp_path):
    """The address of nginx in front of a site that does not run."""
    need_nginx()
    https = free_port()
    with nginx.in_front_of(free_port(), tmp_path, https, free_port()):
        yield f"https://127.0.0.1:{https}/"


def test_a_stopped_site_and_a_file_too_large_have_the_look_of_the_site(browser, stopped, tmp_path, axe):
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 360, "height": 720})
    page = context.new_page()
    failed = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    page.goto(stopped)
    expect(page.get_by_role("heading", name="Back in a moment")).to_be_visible()
    assert page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
    assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    file = tmp_path / "resume.pdf"
    file.write_bytes(b"x" * 5_000_000)
    form = (
        '<form method="post" enctype="multipart/form-data"><input type="file" name="file"><button>Send</button></form>'
    )
    page.locator("main").evaluate("(main, form) => { main.innerHTML = form }", form)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="That is too much to send at once")).to_be_visible()
    axe(page)
    assert failed == []
    context.close()
