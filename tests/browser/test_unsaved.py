"""What is typed is kept as one types: a lost line, a killed server and a killed browser take no word of it."""

import os
import signal
from contextlib import suppress

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from guides.models import UnsavedText
from guides.publishing import editions
from guides.registry.groups import EDITORS, PUBLISHERS
from tests import factories
from tests.faults.site import Site
from tests.guides import processes

from .conftest import PASSWORD, TIMEOUT
from .test_signing_in import refused

WORDS = "Bookbinders sew, glue and mend."


@pytest.fixture
def guide(transactional_db):
    return factories.make_guide()


def kept(page):
    expect(page.locator(".unsaved-state")).to_contain_text("kept for you as you type", timeout=2 * TIMEOUT)


def sign_in_at(page, address):
    """Sign in as 'ed' at the address of a form."""
    page.goto(address)
    page.get_by_label("Username").fill("ed")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#unsaved-offers")).to_be_attached()


def kill(site):
    for pid in [site.process.pid, *site.workers()]:
        os.kill(pid, signal.SIGKILL)
    site.process.wait()
    site.log.close()


def test_a_killed_server_and_a_killed_browser_lose_nothing(
    guide, browser_type, browser_type_launch_args, tmp_path, browser, settings
):
    # A process of its own reads the password.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = User.objects.create_user("ed", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    section = guide.sections.get(kind="text")
    # It is killed with its log open, and starts again at the same port.
    site = Site(tmp_path, processes.database_url())
    address = f"http://127.0.0.1:{site.port}/admin/guides/section/{section.pk}/change/"
    site.__enter__()
    doomed = browser_type.launch(**browser_type_launch_args)
    try:
        page = doomed.new_page()
        sign_in_at(page, address)
        page.locator("#id_body").fill(f"{WORDS} ")
        kept(page)
        # The server goes in the middle of a sentence; it is typed to its end, and the server comes back.
        kill(site)
        page.locator("#id_body").press_sequentially("They use thread")
        expect(page.locator(".unsaved-state")).to_contain_text("does not answer")
        page.locator("#id_body").press_sequentially(" and paste.")
        site.__enter__()
        kept(page)
        # Then the browser is killed, and another one opened.
        with suppress(Error):
            doomed.new_browser_cdp_session().send("Browser.crash")
        section.refresh_from_db()
        assert "They use" not in section.body
        page = browser.new_context().new_page()
        sign_in_at(page, address)
        offer = page.get_by_role("region", name="You had typed this on")
        expect(offer.locator("ins")).to_contain_text(["They use thread and paste."])
        page.get_by_role("button", name="Take it back").click()
        expect(page.locator("#id_body")).to_have_value(f"{WORDS} They use thread and paste.")
        # Typed on without a server, and the window closed: offered once there is one again.
        kill(site)
        page.locator("#id_body").press("Control+End")
        page.locator("#id_body").press_sequentially(" Slowly.")
        expect(page.locator(".unsaved-state")).to_contain_text("does not answer")
        context = page.context
        page.close()
        site.__enter__()
        page = context.new_page()
        page.goto(address)
        expect(offer_of(page).locator("ins")).to_contain_text(["Slowly."])
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_role("region", name="Taken back, and not saved yet")).to_be_visible()
        # Lists become searchable once every other script has run.
        expect(page.locator(".select2-container").first).to_be_visible()
        page.keyboard.press("Control+s")
        expect(page.locator(".messagelist")).to_contain_text("Draft saved.")
        section.refresh_from_db()
        assert section.body == f"{WORDS} They use thread and paste. Slowly."
        page.goto(address)
        expect(page.locator("#unsaved-offers")).to_be_attached()
        assert not UnsavedText.objects.waiting().exists()
        context.close()
    finally:
        site.__exit__()
        with suppress(Error):
            doomed.close()


def offer_of(page):
    return page.get_by_role("region", name="You had typed this on")


def test_leaving_asks_and_what_was_left_comes_back(guide, sign_in, live_server, problems, axe):
    page = sign_in("ed", EDITORS, viewport={"width": 360, "height": 740})
    section = guide.sections.get(kind="points")
    address = f"{live_server.url}/admin/guides/section/{section.pk}/change/"
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept() if len(asked) > 1 else dialog.dismiss()

    page.on("dialog", answer)
    page.goto(address)
    page.locator("#id_points-0-text").fill("Half a")
    # The session ends; what is typed goes on, and is taken once its author has signed in over the page.
    Session.objects.all().delete()
    page.locator("#id_points-0-text").press_sequentially(" sentence")
    expect(page.locator("#signed-out")).to_contain_text("You have been signed out")
    page.locator("#signed-out button").click()
    page.get_by_role("dialog").get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    kept(page)
    refused(problems, 401)
    # A row that is moved is unsaved, too. Leaving by a link asks: once to stay, once to go.
    page.get_by_role("button", name="Move down").first.click()
    page.get_by_role("link", name="Home").click()
    expect(page).to_have_url(address)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Typed, but not saved")).to_be_visible()
    assert asked == ["beforeunload", "beforeunload"]
    axe(page, "#content")
    page.get_by_role("region", name="Typed, but not saved").get_by_role("link").click()
    expect(offer_of(page)).to_contain_text("sentence")
    axe(page, ".unsaved-offer")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Take it back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Taken back, and not saved yet")).to_be_visible()
    expect(page.locator(".select2-container").first).to_be_visible()
    expect(page.locator("#id_points-0-text")).to_have_value("Half a sentence")
    axe(page, "#taken-back")
    problems[:] = [problem for problem in problems if "inline style" not in problem]
    # It is unsaved still, and leaving it asks; thrown away, it is gone.
    page.get_by_role("link", name="Home").click()
    page.get_by_role("region", name="Typed, but not saved").get_by_role("link").click()
    assert asked[2:] == ["beforeunload"]
    page.get_by_role("button", name="Throw it away").click()
    expect(offer_of(page)).to_have_count(0)
    expect(page.locator(".select2-container").first).to_be_visible()
    # What is not changed asks nothing, and nor does saving.
    page.locator("#id_points-1-text").fill("A whole sentence.")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Draft saved.")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="For review")).to_be_visible()
    expect(page.get_by_role("heading", name="Typed, but not saved")).to_have_count(0)
    assert len(asked) == 3
    assert section.points.filter(text="A whole sentence.").exists()


def test_a_reviewer_s_words_are_kept_in_the_step_that_they_are_for(guide, sign_in, live_server):
    guide.sections.filter(kind="text").update(body=WORDS)
    draft = editions.save(guide)
    editions.submit(draft)
    page = sign_in("pat", PUBLISHERS)
    address = f"{live_server.url}/admin/guides/edition/{draft.pk}/change/"
    page.goto(address)
    note = page.get_by_label("Note to the author")
    note.press_sequentially("Say since when.")
    kept(page.locator(".desk-step").filter(has=note))
    # The window goes without a word: what was typed waits on the front page, and in the step that it was for.
    page.close(run_before_unload=False)
    page = page.context.new_page()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="review of: Bookbinder, edition 2").click()
    expect(page.get_by_role("region", name="You had typed this on")).to_contain_text("Say since when.")
    page.get_by_role("button", name="Take it back").click()
    note = page.get_by_label("Note to the author")
    expect(note).to_have_value("Say since when.")
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_text("It is a draft again, with your note.")).to_be_visible()
    assert not UnsavedText.objects.waiting().exists()
