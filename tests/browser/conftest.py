"""Chromium for the browser tests: any error on the console or request that leaves the site fails the test."""

import os
from functools import wraps

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from ..installed import CHROMIUM, need_chromium
from .static_files import ServedFiles

# Playwright runs an event loop in the test's thread, where Django would refuse to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
TIMEOUT = 10_000  # milliseconds
PASSWORD = "correct horse battery"
expect.set_options(timeout=TIMEOUT)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    need_chromium()
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    # A microphone that hums, and nobody to ask whether it may be opened. One browser serves all tests of a process.
    microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu", *quiet, *microphone]}


@pytest.fixture(scope="session")
def served_files():
    """Have the live server serve static files as a site does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", ServedFiles)
        yield


@pytest.fixture(scope="session")
def live_server(served_files, live_server):
    return live_server


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"reduced_motion": "reduce"}


@pytest.fixture
def problems():
    """What went wrong in the browser so far. A test that provokes an error checks this list and clears it."""
    result = []
    yield result
    assert not result


@pytest.fixture
def new_context(problems, new_context, live_server):
    """Make a browser context whose problems are noted: `new_context(java_script_enabled=False).new_page()`."""

    def note_request(request):
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            problems.append(f"request to another site: {request.url}")

    def note_failure(request):
        # A request that the next click makes needless is dropped by the browser itself.
        if request.failure != "net::ERR_ABORTED":
            problems.append(f"{request.failure}: {request.url}")

    def wait_for_scripts(page):
        # A page's scripts begin after it is painted: what a test does first would come before them.
        waiting = page.locator("html[data-scripts]")
        page.add_locator_handler(waiting, lambda: expect(waiting).to_have_count(0))

        # Neither keys nor a clock that is put forward ask that handler.
        def after(load):
            @wraps(load)
            def loaded(*arguments, **options):
                answer = load(*arguments, **options)
                if options.get("wait_until") != "commit":
                    expect(waiting).to_have_count(0)
                return answer

            return loaded

        page.goto, page.reload = after(page.goto), after(page.reload)

    def make(**options):
        context = new_context(**options)
        context.set_default_timeout(TIMEOUT)
        if options.get("java_script_enabled", True):
            context.on("page", wait_for_scripts)
        # Answers of 400 and above and what the content security policy refuses are errors on the console.
        context.on("console", lambda message: message.type == "error" and problems.append(message.text))
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("request", note_request)
        context.on("requestfailed", note_failure)
        return context

    return make


@pytest.fixture
def sign_in(new_context, live_server):
    """Make a new member of a group and return a page on which they are signed in."""

    def sign_in(name, group, **options):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        page = new_context(**options).new_page()
        page.goto(f"{live_server.url}/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="For review")).to_be_visible()
        return page

    return sign_in


@pytest.fixture(scope="session")
def axe():
    """Assert that axe finds nothing on a page: `axe(page)`, or `axe(page, "main")` for a part of it.

    `without` names rules that are not asked about.
    """
    checker = Axe()

    def check(page, context=None, without=()):
        rules = {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in without}
        results = checker.run(page, context, {"resultTypes": ["violations"], "rules": rules, "preload": False})
        assert not results.violations_count, results.generate_report()

    return check
