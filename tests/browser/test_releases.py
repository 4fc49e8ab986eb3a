"""An editor's way from the announcement of a release to readers, in a browser."""

import pytest
from django.conf import settings as project
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import expect

from guides.models import Guide, Point
from guides.publishing import editions
from guides.registry.groups import PUBLISHERS
from tests.guides.releases import GUIDE, Releases, start

OURS, RELEASED = "What an editor wrote, at some length.", "What the release corrects, at some length."


@pytest.fixture
def page(transactional_db, new_context, live_server):
    """A page on which a publisher is signed in."""
    user = User.objects.create_user("pat", is_staff=True)
    user.groups.add(Group.objects.get(name=PUBLISHERS))
    client = Client()
    client.force_login(user)
    context = new_context()
    cookie = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context.new_page()


def test_what_collides_is_seen_chosen_and_published(page, live_server, tmp_path, settings, axe):
    releases = Releases(tmp_path, settings)
    start()
    guide = Guide.objects.get(slug=GUIDE)
    for place, point in enumerate(Point.objects.filter(section__slug="responsibilities")[:2]):
        point.text = f"{OURS} {place}"
        point.save()
        releases.change("guides.point", position=place + 1, new={"text": f"{RELEASED} {place}"})
    editions.publish(editions.save(guide))
    releases.ship()

    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_role("heading", name="From a new release")).to_be_visible()
    page.locator("section", has_text="From a new release").get_by_role("link", name=guide.title).click()
    first, second = page.locator("section.desk-change").all()
    expect(first.locator("del").first).to_be_visible()
    expect(first.locator("ins").first).to_be_visible()
    axe(page, "#content-main")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    first.get_by_label("Keep what is here").check()
    second.get_by_label("Take what the release says").check()
    page.get_by_role("button", name="Save what was chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("2 settled.")
    expect(page.get_by_text("Its text is in the draft, which readers do not see yet.")).to_be_visible()
    page.get_by_role("link", name="The draft").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Readers see this edition from now on.")).to_be_visible()

    page.goto(f"{live_server.url}/guides/{GUIDE}/responsibilities/")
    expect(page.get_by_text(f"{OURS} 0")).to_be_visible()
    expect(page.get_by_text(f"{RELEASED} 1")).to_be_visible()
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_role("heading", name="For review")).to_be_visible()
    expect(page.get_by_role("heading", name="From a new release")).not_to_be_visible()
