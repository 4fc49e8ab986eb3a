"""The doors of the front page, the page of tools, and the page of each tool that is made for one job."""

from io import StringIO

import lxml.html
import pytest
from django.core.management import call_command

from guides import freezing, registry
from guides.models import Edition, Listing
from guides.publishing import content_version
from guides.registry.tools import APPLY, CHECK, KEEP, SITE_TOOLS, SiteTool, Tool
from tests import factories
from tests.exercises.sample import make_exercises
from tests.guides.views.test_nothing_there import DUTIES, READINESS, SKILLS, TOOLKIT, without
from tests.readiness.sample import make_checks

GUIDES_OWN = ("skills-gap", "readiness", "resume", "cover-letter", "interview", "job-description")


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return lxml.html.fromstring(answer.content.decode())


def doors(client):
    """The drawers of the front page: the address that each leads to, and what it says."""
    drawers = page(client, "/").find_class("cabinet__drawer")
    labels = [drawer.find_class("cabinet__label")[0] for drawer in drawers]
    says = [" ".join(drawer.find_class("cabinet__says")[0].text_content().split()) for drawer in drawers]
    return dict(zip([label.get("href") for label in labels], says, strict=True))


def tools(client):
    """The tools behind each door of the page of tools, by their addresses."""
    return {each.get("id"): each.xpath(".//a/@href") for each in page(client, "/tools/").find_class("behind")}


@pytest.fixture
def bookbinder(db):
    return make_checks()


@pytest.fixture
def added():
    """Add tools for one test: `added(tools=[...])`."""
    yield lambda **what: registry.add(registry.Extension("spare", **what))
    registry.remove("spare")


def test_four_doors_say_what_is_behind_them_and_lead_there(client, bookbinder):
    found = doors(client)
    assert list(found) == ["/tools/#find", "/tools/#check", "/tools/#apply", "/tools/#keep"]
    assert found["/tools/#find"].startswith("1 guide.")
    assert found["/tools/#apply"] == "Resume, cover letter, interview."
    behind = tools(client)
    assert list(behind) == ["find", "check", "apply", "keep"]
    listed = [address for addresses in behind.values() for address in addresses]
    assert {f"/tools/{slug}/" for slug in GUIDES_OWN} <= set(listed)
    for address in listed:
        assert client.get(address).status_code == 200, address


def test_what_has_nothing_to_show_stands_behind_no_door(client, db):
    assert tools(client) == {"find": ["/guides/", "/compare/"], "apply": ["/stories/"], "keep": ["/plan/", "/alerts/"]}
    edition = make_checks().editions.get()
    without(edition, {"toolkit.coverletter"})
    assert "/tools/cover-letter/" not in tools(client)["apply"]
    assert doors(client)["/tools/#apply"] == "Resume, interview."
    assert "/exercises/" not in tools(client)["check"]
    make_exercises()
    assert "/exercises/" in tools(client)["check"]


def test_a_tool_that_an_app_registers_appears_and_goes_with_it(client, bookbinder, added):
    added(
        site_tools=[
            SiteTool("near", "Openings", "guides:glossary", "Who hires.", APPLY, lambda: "openings near you"),
            SiteTool("none", "Empty", "guides:glossary", "Nothing.", KEEP, is_there=lambda: False),
        ],
        tools=[Tool("read", "Read", "guides:print", "All of it.", door=CHECK)],
    )
    assert doors(client)["/tools/#apply"] == "Resume, cover letter, interview, openings near you."
    assert "/glossary/" in tools(client)["apply"]
    assert "/glossary/" not in tools(client)["keep"]
    assert "/tools/read/" in tools(client)["check"]
    assert page(client, "/tools/read/").find_class("card")[0].get("href") == "/guides/bookbinder/print/"
    registry.remove("spare")
    assert "near" not in SITE_TOOLS
    assert "openings" not in doors(client)["/tools/#apply"]


def test_tools_are_listed_without_opening_the_guides(client, bookbinder, monkeypatch):
    pages = ["/tools/", "/tools/resume/", "/tools/cover-letter/", "/"]
    shown = [client.get(address).content for address in pages]
    assert Listing.objects.get().tools["toolkit/resume"] is True
    # What was listed before a release knew of tools says the same, and is filled in as the site starts.
    Listing.objects.update(tools={})
    content_version.content_changed()
    assert [client.get(address).content for address in pages] == shown
    call_command("rebuild_search", missing=True, stdout=StringIO())
    assert Listing.objects.get().tools["toolkit/resume"] is True
    monkeypatch.setattr(freezing, "thaw", None)
    assert [client.get(address).content for address in pages] == shown


@pytest.mark.parametrize("slug", GUIDES_OWN)
def test_one_chooses_the_job_and_is_at_the_tool(client, bookbinder, slug):
    other = factories.make_guide("empty")
    without(other.editions.get(), READINESS | TOOLKIT | SKILLS | DUTIES)
    [address] = page(client, f"/tools/{slug}/").find_class("card")
    assert address.get("href").startswith("/guides/bookbinder/")
    assert client.get(address.get("href")).status_code == 200


def test_bad_addresses_of_tools_are_told(client, bookbinder):
    assert client.get("/tools/hammer/").status_code == 404
    assert client.get("/tools/toolkit/").status_code == 404
    assert client.get("/tools/resume/?page=nothing").status_code == 400
    assert client.get("/tools/resume/?page=7").status_code == 200
    without(Edition.objects.get(), TOOLKIT)
    empty = page(client, "/tools/resume/")
    [notice] = empty.xpath("//*[@data-nothing-here]")
    assert notice.xpath(".//a/@href") == ["/tools/"]
