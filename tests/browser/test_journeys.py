"""Six people on a phone, each from the front page to a next step that is kept: how long their ways are.

A step is what a hand does: a link, a button, an answer, a field. A way that becomes longer fails, so that it does not
grow unnoticed; one that becomes shorter may lower its bound. Screens are the heights of the pages on the way, in
screens of 740 pixels; fonts differ a little, so their bounds have room.
"""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management.base import OutputWrapper
from playwright.sync_api import Locator, Page, expect

from guides.datasets.progress import Progress
from guides.datasets.snapshot import loading, manifest
from guides.occupations import listings
from guides.occupations.exploring import building as exploring
from guides.occupations.nearness import building as nearness

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}}
# No page of these ways has more stops of the Tab key before what is looked for.
MOST_STOPS = 60
# What occupations are described by; the older editions of pay are on no page of these ways.
NEWEST = {"onet": "30.2", "oews": "May 2025", "projections": "2024-34"}


class Journey:
    """A person's way through the site, with what it costs them."""

    def __init__(self, page: Page, by_keyboard: bool = False) -> None:
        self.page, self.by_keyboard = page, by_keyboard
        self.steps = self.pages = 0
        self.screens = 0.0

    def arrive(self, heading: str | re.Pattern[str]) -> None:
        """Be at a page with this heading, its scripts run, and count it."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator("html[data-scripts]")).to_have_count(0)
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url
        self.pages += 1
        self.screens += self.page.evaluate("document.documentElement.scrollHeight / innerHeight")

    def press(self, place: Locator) -> None:
        """Follow a link, press a button, or choose an answer."""
        if self.by_keyboard:
            self.tab_to(place)
            self.page.keyboard.press("Space" if place.get_attribute("type") in ("radio", "checkbox") else "Enter")
        else:
            place.click()
        self.steps += 1

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.press(self.page.get_by_role("link", name=name).first)

    def push(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=re.compile(f"^{name}")).first)

    def choose(self, answer: str | re.Pattern[str]) -> None:
        self.press(self.page.get_by_role("radio", name=answer).first)

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)
        self.steps += 1

    def tab_to(self, place: Locator) -> None:
        expect(place).to_be_visible()
        for _stop in range(MOST_STOPS):
            if place.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {place}")

    def save(self) -> None:
        """Save what the page holds, and see it in the plan."""
        self.follow("Save to my plan")
        self.push("Save this")
        # In place it is said there, and a link leads on; without a script, or before it has run, it leads there itself.
        plan = self.page.get_by_role("heading", level=1, name="My plan")
        link = self.page.get_by_role("link", name="See my plan")
        expect(plan.or_(link)).to_be_visible()
        if link.is_visible():
            self.press(link)
        self.arrive("My plan")

    def expect_next(self, region: str, text: str | re.Pattern[str]) -> None:
        """The plan holds a next step."""
        expect(self.page.get_by_role("region", name=region).get_by_text(text).first).to_be_visible()


def without_an_idea(way: Journey) -> None:
    """Somebody of 17 who is still in school and does not know what there is."""
    way.follow("Not sure? A few questions")
    way.arrive("Not sure?")
    way.press(way.page.locator("summary", has_text="Food, guests and travel"))
    way.press(way.page.get_by_label("Any of these: Food, guests and travel"))
    for number in (2, 3, 4, 5):
        way.push("Next question")
        expect(way.page.get_by_text(f"Question {number} of 6")).to_be_visible()
    way.choose("I am still in school")
    way.push("Show what fits")
    way.arrive(re.compile("possible now"))
    way.save()
    way.expect_next("Occupations", "Hosts and Hostesses")


def from_a_shop(way: Journey) -> None:
    """Somebody who was laid off in a shop and wonders what of it counts in a library."""
    way.follow("From the job you have")
    way.arrive("From the job you have")
    way.type("The job you have", "cashier")
    way.type("The job you think of", "library clerk")
    way.push("Show how near they are")
    way.arrive("Which job is meant?")
    way.press(way.page.get_by_role("link", name="Cashiers", exact=True).first)
    way.arrive("From Cashiers to Library Clerk")
    way.follow("Begin the skills gap with these")
    way.arrive("Your skills gap")
    way.push("Next")
    way.push("Show my skills gap")
    way.arrive("Your skills gap")
    way.save()
    way.expect_next("Gaps to close", "Library Clerk")


def up_from_the_desk(way: Journey) -> None:
    """A clerk who wants to become a technical assistant, and to know what that takes."""
    way.type("Search all guides", "library technical assistant")
    way.press(way.page.locator(".results").get_by_role("link", name="Library Technical Assistant", exact=True).first)
    way.arrive("Library Technical Assistant")
    way.follow("Check your readiness")
    way.arrive("How ready are you?")
    for screen in way.page.locator("[data-screen]").all():
        for question in screen.get_by_role("group").all():
            way.press(question.get_by_role("radio").last)
        if (onward := screen.get_by_role("button", name="Next")).count():
            way.press(onward)
    way.push("Show my result")
    way.arrive(re.compile("."))
    way.save()
    way.expect_next("Timeline", "Library Technical Assistant")


def with_a_client(way: Journey) -> None:
    """A counselor who prints a client's choice with its steps."""
    way.press(way.page.get_by_role("link", name=re.compile("Library Aide")).first)
    way.arrive("Library Aide")
    way.save()
    way.follow("Packet")
    way.arrive("Library Aide")
    expect(way.page.get_by_role("button", name="Print or save as PDF")).to_be_visible()


def by_keyboard(way: Journey) -> None:
    """Somebody who uses no mouse, and no keys but Tab, Enter, Space and the arrows."""
    way.press(way.page.get_by_role("link", name=re.compile("Library Aide")).first)
    way.arrive("Library Aide")
    way.save()
    way.expect_next("This week", "Library Aide")


def without_script(way: Journey) -> None:
    """Somebody whose browser runs no script, and who wants to know what is missing."""
    way.follow("Check yourself")
    way.arrive("Tools")
    way.follow("Skills gap")
    way.arrive("Skills gap")
    way.follow("Library Clerk")
    way.arrive("Your skills gap")
    for row in range(3):
        way.press(way.page.get_by_role("radio", name="Not yet").nth(row))
    way.push("Show my skills gap")
    way.arrive("Your skills gap")
    way.save()
    way.expect_next("Gaps to close", "Library Clerk")


# Who, and at most how many steps, pages and screens that takes.
WAYS: list[tuple[Callable[[Journey], None], int, int, int]] = [
    (without_an_idea, 12, 4, 33),
    (from_a_shop, 11, 7, 38),
    (up_from_the_desk, 24, 5, 38),
    (with_a_client, 5, 4, 30),
    (by_keyboard, 4, 3, 21),
    (without_script, 9, 6, 35),
]


def walk(new_context: Callable[..., Any], who: Callable[[Journey], None]) -> Journey:
    """Walk from the front page on, in a browser of its own."""
    page = new_context(**PHONE, java_script_enabled=who is not without_script).new_page()
    way = Journey(page, by_keyboard=who is by_keyboard)
    page.goto("/")
    way.arrive(re.compile("Find out what a job is really like"))
    who(way)
    page.context.close()
    return way


@pytest.fixture
def site(transactional_db: None, lta: Any) -> None:
    """The guides, and the newest edition of each publisher's official data, counted as the clock does."""
    for part in manifest.parts():
        if any(NEWEST[edition.publisher] == edition.edition for edition in part.editions):
            loading.load_part(part, Progress(OutputWrapper(io.StringIO()), part.file))
    listings.write()
    nearness.build()
    exploring.build()


def test_six_people_find_a_next_step(new_context: Callable[..., Any], site: None) -> None:
    too_long = []
    for who, *most in WAYS:
        way = walk(new_context, who)
        took = [way.steps, way.pages, round(way.screens)]
        if any(number > bound for number, bound in zip(took, most, strict=True)):
            too_long.append(f"{who.__name__}: {took}, where {most} steps, pages and screens are the most")
    assert not too_long
