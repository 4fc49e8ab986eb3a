"""Readers' buttons lead only to what exists: every guide, with parts of it removed, is walked through its pages."""

from urllib.parse import urlencode

import lxml.html
import pytest
from django.urls import Resolver404, resolve

from guides import freezing
from guides.exercises.models import ExerciseEdition
from guides.models import Edition
from guides.publishing import checks, content_version, listings
from guides.reading import reader
from guides.registry.tools import TOOLS
from tests import factories
from tests.crawl import own_addresses

READINESS = {"readiness.area", "readiness.question", "readiness.option", "readiness.band"}
ROUTES = {"guides.route", "readiness.stage"}
SKILLS = {"guides.skill", "readiness.practice"}
TOOLKIT = {
    "toolkit.resumeexample", "toolkit.resumeentry", "toolkit.resumeline", "toolkit.coverletter",
    "toolkit.interviewquestion", "toolkit.jobphrase", "toolkit.wording",
}  # fmt: skip
DUTIES = {"guides.point"}
REMOVED = {
    "readiness questions": READINESS,
    "toolkit": TOOLKIT,
    "routes": ROUTES,
    "exercises": set(),
    "skills": SKILLS,
    "all of these": READINESS | TOOLKIT | ROUTES | SKILLS | DUTIES,
}


def without(edition, labels):
    """Take the rows of those models out of what readers see."""
    content = edition.content
    edition.content = content | {"objects": [plain for plain in content["objects"] if plain["model"] not in labels]}
    edition.save()
    listings.describe(reader.arrange(freezing.thaw(edition.content), edition)).save()
    content_version.content_changed()


def links(address, page):
    """The addresses of the same guide that a page leads to, and what its form leads to, filled in simply."""
    here = resolve(address.partition("?")[0]).kwargs["guide"]
    for target in own_addresses(address, page.xpath("//a/@href")):
        try:
            match = resolve(target.partition("?")[0])
        except Resolver404:
            continue
        if match.kwargs.get("guide") == here:
            yield target
    for form in page.xpath("//form[@data-screens]"):
        names = dict.fromkeys(form.xpath(".//input[@type='radio']/@name"))
        chosen = {name: form.xpath(f".//input[@name='{name}']/@value")[-1] for name in names}
        yield f"{form.get('action')}?{urlencode({'sent': 1} | chosen)}"


def walk(client, start):
    """Yield each address of the guide that readers are led to from `start`, with its answer."""
    waiting, known = [start, f"{start}print/"], {start, f"{start}print/"}
    while waiting:
        address = waiting.pop()
        response = client.get(address, follow=True)
        yield address, response
        if not response["Content-Type"].startswith("text/html"):
            continue
        for target in links(address, lxml.html.fromstring(response.content.decode())):
            # A section is on the page already; of forms that are begun with an example one is enough.
            alike = target.partition("?")[0] if "example=" in target else target
            if alike not in known and not resolve(target.partition("?")[0]).kwargs.get("section"):
                known.add(alike)
                waiting.append(target)


def fault(response):
    """What makes a page a dead end; None where it is none."""
    if response.status_code >= 400:
        return f"answered {response.status_code}"
    if not response["Content-Type"].startswith("text/html"):
        return None
    page = lxml.html.fromstring(response.content.decode())
    if page.xpath("//*[@data-nothing-here]"):
        return "there is nothing"
    empty = page.xpath("//main//*[self::ul or self::ol or self::dl or self::tbody][not(*)]")
    return f"an empty <{empty[0].tag}>" if empty else None


def two_of(lives, part):
    """Return the editions that are walked without one part: two, others for each part, so that every guide is."""
    place, half = list(REMOVED).index(part), len(lives) // 2
    return [lives[place % len(lives)], lives[(place + half) % len(lives)]]


@pytest.mark.parametrize("part", REMOVED)
def test_no_button_leads_to_a_part_that_is_not_there(client, lta, part):
    walked, faults = 0, []
    if part in ("exercises", "all of these"):
        ExerciseEdition.objects.update(is_live=False)
        content_version.content_changed()
    lives = Edition.objects.live().select_related("guide").order_by("guide__slug")
    for edition in lives if part == "all of these" else two_of(lives, part):
        without(edition, REMOVED[part])
        # A link in an editor's text is not hidden: the check keeps it from readers.
        refused = " ".join(problem.message for problem in checks.errors(edition))
        for address, response in walk(client, edition.guide.get_absolute_url()):
            walked += 1
            if (found := fault(response)) and f"'{address}' leads nowhere" not in refused:
                faults.append(f"without {part}, {address}: {found}")
    assert not faults, "\n".join(faults)
    assert walked > 12


def test_whoever_comes_all_the_same_is_led_on(client, db):
    """An address that was shared, or is in an old plan, still answers, and says where to go on."""
    guide = factories.make_guide()
    without(guide.editions.get(), READINESS | TOOLKIT | ROUTES | SKILLS | DUTIES)
    for tool in TOOLS.values():
        page = lxml.html.fromstring(client.get(tool.url(guide)).content.decode())
        [notice] = page.xpath("//*[@data-nothing-here]") or [None]
        if notice is not None:
            assert notice.xpath(".//a") or page.xpath("//a[contains(@href, '/build/')]"), tool.key
    assert "You get a score" not in client.get("/guides/bookbinder/readiness/").content.decode()


def test_the_check_tells_what_is_hidden_and_refuses_links_to_it(db):
    guide = factories.make_guide(publish=False)
    guide.resumeexamples.all().delete()
    guide.sections.filter(kind="text").update(body="See [the check](/guides/bookbinder/readiness/).")
    edition = Edition(guide=guide, number=9)
    edition.content = freezing.freeze(guide)
    said = [problem.message for problem in checks.check(edition)]
    assert "'toolkit/resume' is hidden from readers: this guide has nothing for it yet." in said
    assert any("readiness/' leads nowhere" in message for message in said)
