"""A plan on a public computer in Chromium: nothing of its key, and nothing that was typed, is left in the profile."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guides.plan import keys
from guides.plan.models import Note, Plan, Visit

DESK = {"viewport": {"width": 1280, "height": 900}}
SECRET = "Quietly looking for another job"


@pytest.fixture
def key(transactional_db, guide):
    """The key of a plan with a note in it, and a guide that readers see."""
    key = keys.new_key()
    Note.objects.create(plan=Plan.objects.create(key_hash=keys.hashed(key)), text=SECRET)
    return key


@pytest.fixture
def profile(browser_type, browser_type_launch_args, base_url, tmp_path):
    """A browser with a profile on the disk, and the folder of it: `open(scripts)`, then `close()` before it is read."""
    folder = tmp_path / "profile"
    contexts = []

    def start(scripts):
        options = browser_type_launch_args | DESK | {"java_script_enabled": scripts, "base_url": base_url}
        contexts.append(browser_type.launch_persistent_context(folder, **options))
        return contexts[-1]

    yield start, folder
    for context in contexts:
        context.close()


def traces(folder: Path, key: str) -> list[str]:
    """Files of the profile in which the key, its groups as they are typed, or the note can be read."""
    groups = keys.groups_of(key)
    wanted = [text.encode(code) for text in (key, " ".join(groups), SECRET) for code in ("utf-8", "utf-16-le")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [str(file.relative_to(folder)) for file in files if any(each in file.read_bytes() for each in wanted)]


def open_by_typing(page, key):
    page.goto("/plan/return/")
    page.get_by_label("Your key").fill(" ".join(keys.groups_of(key)))
    page.get_by_label("On a public or shared computer").check()
    page.get_by_role("button", name="Open the plan").click()
    expect(page.locator(".note", has_text=SECRET)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("leave", [True, False], ids=["left", "walked away"])
def test_nothing_is_left_behind(profile, key, scripts, leave):
    start, folder = profile
    context = start(scripts)
    page = context.new_page()
    open_by_typing(page, key)
    page.goto("/plan/link/")
    expect(page.get_by_text("your key is not on it")).to_be_visible()
    assert key not in page.content()
    page.goto("/plan/leave/")
    if leave:
        page.get_by_role("button", name="Close it").click()
        expect(page.get_by_text("Your key still opens it")).to_be_visible()
        assert context.cookies() == []
    else:
        Visit.objects.update(used_at="2026-01-01T00:00Z")
    for _step in range(4):
        page.go_back(wait_until="load")
        expect(page.get_by_text(SECRET)).to_have_count(0)
        assert not any(group in page.content() for group in keys.groups_of(key))
    session = context.new_cdp_session(page)
    entries = session.send("Page.getNavigationHistory")["entries"]
    assert not [entry["url"] for entry in entries if key in entry["url"]]
    assert key not in str(context.storage_state())
    context.close()
    assert traces(folder, key) == []


def test_a_link_is_led_on_before_its_key_is_remembered(profile, key):
    """Without its cookie nothing of the visit opens the plan again; the address itself is in no page and no history."""
    start, folder = profile
    context = start(True)
    page = context.new_page()
    page.goto(f"/plan/return/?key={key}")
    page.get_by_label("On a public or shared computer").check()
    page.get_by_role("button", name="Open the plan").click()
    expect(page.locator(".note", has_text=SECRET)).to_be_visible()
    entries = context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    assert not [entry["url"] for entry in entries if key in entry["url"]]
    assert key not in str(context.storage_state())
    page.goto("/plan/leave/")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Your key still opens it")).to_be_visible()
    context.close()
    assert traces(folder, key) == []


def test_it_warns_before_it_closes_and_leaves_the_page_then(new_context, problems, key):
    page = new_context(**DESK).new_page()
    page.clock.install()
    open_by_typing(page, key)
    expect(page.locator("html[data-scripts]")).to_have_count(0)
    page.clock.run_for("18:10")
    warning = page.get_by_role("dialog", name="This plan closes in two minutes")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="Keep it open").click()
    expect(warning).to_be_hidden()
    page.clock.run_for("18:10")
    expect(warning).to_be_visible()
    Visit.objects.update(used_at="2026-01-01T00:00Z")
    page.clock.run_for("02:00")
    expect(page.get_by_role("heading", name="The plan is closed on this computer")).to_be_visible()
    expect(page.get_by_text(SECRET)).to_have_count(0)
    assert all("404" in problem for problem in problems)
    problems.clear()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_form_about_the_key_is_taken_as_a_browser_sends_it(new_context, key, scripts):
    """A page that sends no referrer sends its forms as another site's, which are refused."""
    page = new_context(java_script_enabled=scripts, **DESK).new_page()
    page.goto(f"/plan/return/?key={key}")
    page.get_by_role("button", name="Open the plan").click()
    expect(page.locator(".note", has_text=SECRET)).to_be_visible()

    page.goto("/plan/share/")
    page.get_by_label("a helper who can read and comment").check()
    page.get_by_label("For whom?").fill("Ms. Reyes")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_role("textbox", name="a helper who can").input_value()
    helper = new_context(java_script_enabled=scripts, **DESK).new_page()
    helper.goto(address[address.index("/plan/") :])
    helper.get_by_label("Your comment").fill("Call them on Monday.")
    helper.get_by_role("button", name="Add the comment").click()
    expect(helper.get_by_text("Your comment was added.")).to_be_visible()
    helper.get_by_role("button", name="Close it on this computer").click()
    expect(helper).to_have_url(re.compile("/$"))

    page.goto("/plan/share/")
    page.get_by_role("button", name="End it Ms. Reyes").click()
    expect(page.get_by_text("That key opens nothing any more.")).to_be_visible()
    page.goto("/plan/link/")
    page.get_by_role("button", name="Make a new key").click()
    expect(page.get_by_text("Your plan has a new key.")).to_be_visible()
    page.get_by_role("button", name="I have noted it").click()
    expect(page.get_by_text("This computer keeps no key of yours now.")).to_be_visible()
