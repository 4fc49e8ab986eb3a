"""What is asked of /explore/ while the official data is there: twelve people, answers at random, and bad addresses."""

import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.datasets import references
from guides.datasets.areas import STATES
from guides.datasets.packing import unpack
from guides.occupations.exploring import activities, stored
from guides.occupations.exploring.answers import Answers, Body, Company, School, Start
from guides.occupations.exploring.models import ExploringPart

PEOPLE = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))["person"]
ANSWERS = ("company", "body", "school", "start", "earn", "state")
SEED = 20
DRAWN = 12
# Nothing fits these, however they are drawn.
IMPOSSIBLE = Answers(("write-a-novel",), "alone", "moving", "none", "school", 900_000)
BAD = {
    "/explore/?company=people&company=alone": "exclude each other",
    "/explore/?earn=40000&earn=50000": "exclude each other",
    "/explore/?state=OH&state=TX": "exclude each other",
    "/explore/?company=nobody": "is not one of the answers",
    "/explore/?like=shop+assistant": "“shop assistant” in the address is nothing",
    "/explore/?like=%E5%9B%B3%E6%9B%B8": "is nothing that can be chosen here",
    "/explore/?state=ZZ": "is no state or territory",
    "/explore/?earn=lots": "Give whole dollars a year",
    "/explore/?earn=-5": "Give whole dollars a year",
    "/explore/?earn=20": "41,600",
    "/explore/?earn=999999999": "at most 1,000,000",
    "/explore/?earn=999999999999999999": "at most 1,000,000",
    "/explore/?earn=17+an+ounce": "Give whole dollars a year",
    "/explore/?earn=1e5": "Give whole dollars a year",
    "/explore/?step=2&school=decades": "is not one of the answers",
    "/explore/?" + urlencode([("like", slug) for slug in list(activities.by_slug())[:21]]): "at most 20 things",
}
# What no address of ours can hold: the site itself says so.
REFUSED = ["/explore/?like=%00", "/explore/?earn=%00", f"/explore/?like={'x' * 10_000}"]
# The address that each of these leads to.
TIDIED = {
    "/explore/?earn=$45,000&x=1": "/explore/?earn=45000",
    "/explore/?earn=45k&state=": "/explore/?earn=45000",
    "/explore/?earn=$17+an+hour": "/explore/?earn=35360",
    "/explore/?earn=17/hr": "/explore/?earn=35360",
    "/explore/?earn=$17.50+hr": "/explore/?earn=36400",
    "/explore/?earn=45,000+per+year": "/explore/?earn=45000",
    "/explore/?company=any&earn=&like=write-a-novel": "/explore/?like=write-a-novel",
    "/explore/?like=write-a-novel&like=words": "/explore/?like=words",
    "/explore/?like=write-a-novel&like=write-a-novel": "/explore/?like=write-a-novel",
    "/explore/?step=99&body=sitting": "/explore/?body=sitting&step=6",
    "/explore/?step=0": "/explore/?step=1",
    "/explore/?step=abc": "/explore/?step=1",
    "/explore/?step=%C2%B2": "/explore/?step=1",
    "/explore/?from=cashiers": "/explore/",
    "/explore/?state=oh": "/explore/?state=OH",
    "/explore/?state=new+York": "/explore/?state=NY",
    "/explore/?school=none&show=1&step=3": "/explore/?school=none&step=3",
}
# As a browser sends them (tests/browser/test_occupations.py): somebody of 17 on a phone, question by question, and
# somebody from a shop at a desk, all at once. What of it is no answer is tidied away.
FRESH = "like=select-and-ensure-freshness-of-food-and"
WALKED = [
    f"/explore/?{FRESH}&company=any&body=any&school=any&start=any&earn=&state=&step=2",
    f"/explore/?{FRESH}&company=people&earn=&state=&step=3",
    f"/explore/?{FRESH}&company=people&earn=&state=&step=4",
    f"/explore/?{FRESH}&company=people&earn=&state=&step=5",
    f"/explore/?{FRESH}&company=people&start=school&earn=&state=&show=1",
    f"/explore/?{FRESH}&start=school",
    "/explore/?like=office&company=any&body=sitting&school=none&start=any&earn=%2438%2C000&state=OH&show=1",
    "/explore/?like=office&body=sitting&school=none&earn=38000&state=OH&step=3",
]
# Somebody of 17 who likes animals and drawing: one of them finds something, the other only after a change.
TWO_LIKES = Answers(("outdoors", "sketch-a-picture-or-design"), start="school")
OFFERED = "/explore/?like=outdoors&like=sketch-a-picture-or-design&school=none&start=new"
# What is typed into search, and the address of the page of ours that answers it.
SEARCHED = {
    "jobs for 16 year olds": "/explore/?start=school",
    "after school jobs": "/explore/?start=school",
    "work with animals": "/explore/?like=raise-and-tend-to-farm-animals&",
    "careers for people who love dogs": "/explore/?like=raise-and-tend-to-farm-animals&",
    "i like drawing": "/explore/?like=design",
    "jobs where I work alone": "/explore/?company=alone",
}
NOT_EXPLORED = ["librarian", "high school teacher", "student affairs", "dog groomer", "office jobs", "programmer"]
AT_SCHOOL = "/explore/?start=school&state=OH"
PLAIN = [AT_SCHOOL, "/explore/", "/explore/?step=2", "/explore/?show=1", "/explore/?earn=30000&state=WY"]


@dataclass
class Explored:
    """What was kept, and what the site answered."""

    data: object
    parts: dict
    # What O*NET lists as examples of basic interests, and the titles of its detailed work activities.
    listed: list
    answers: dict = field(default_factory=dict)
    queries: dict = field(default_factory=dict)

    def page(self, address):
        return lxml.html.document_fromstring(self.answers[address].content.decode()).get_element_by_id("main")

    def shown(self, address, part="fitting"):
        """The slugs of what a page shows with its reasons, in order."""
        links = self.page(address).xpath(f"//section[@aria-labelledby='{part}']/ol/li/h3/a/@href")
        return [link.rstrip("/").rpartition("/")[2] for link in links]

    def offers(self, address):
        """Each change that a page offers: its address, and how many it promises."""
        rows = self.page(address).xpath("//*[contains(@class, 'explore-offers')]//li")
        return [(f"/explore/{row.find('a').get('href')}", number(row.find("span").text_content())) for row in rows]

    def count(self, address):
        return number(self.page(address).find(".//h1").text_content())


def number(text):
    return int(re.search(r"[\d,]+", text)[0].replace(",", ""))


def address(answers):
    return f"/explore/?{answers.query}"


def of_person(person):
    slugs = {activity.text: slug for slug, activity in activities.by_slug().items()}
    like = sorted((slugs[text] for text in person["like"]), key=list(activities.labels()).index)
    return Answers(like=tuple(like), **{name: person[name] for name in ANSWERS if name in person})


def drawn(drawing):
    """Answers as somebody could give them, some of them left out."""
    labels = list(activities.labels())
    given = {
        "company": drawing.choice(Company.values),
        "body": drawing.choice(Body.values),
        "school": drawing.choice(School.values),
        "start": drawing.choice(Start.values),
        "earn": drawing.choice([25_000, 38_000, 52_000, 75_000, 120_000]),
        "state": drawing.choice(STATES).abbreviation,
    }
    like = sorted(drawing.sample(labels, drawing.randint(0, 4)), key=labels.index)
    whole = {each for each in like if activities.group_of(each) == each}
    like = [each for each in like if each in whole or activities.group_of(each) not in whole]
    return Answers(like=tuple(like), **{name: value for name, value in given.items() if drawing.random() < 0.6})


def some():
    """The same answers in every run."""
    drawing = random.Random(SEED)  # noqa: S311
    return [IMPOSSIBLE, *(drawn(drawing) for _each in range(DRAWN))]


def shuffled(answers):
    """The address of the same answers in another order."""
    pairs = answers.pairs
    random.Random(SEED).shuffle(pairs)  # noqa: S311
    return f"/explore/?{urlencode(pairs)}"


def ask(client):
    parts = {each.key: unpack(each.packed) for each in ExploringPart.objects.all()}
    explored = Explored(stored.data(), parts, references.basic_activities())
    people = [of_person(person) for person in PEOPLE]
    answers = [*people, *some(), TWO_LIKES]
    addresses = [*map(address, answers), *map(shuffled, people), OFFERED, *PLAIN, *BAD, *REFUSED, *TIDIED]
    for each in dict.fromkeys(addresses):
        with CaptureQueriesContext(connection) as context:
            explored.answers[each] = client.get(each)
        explored.queries[each] = len(context)
    for each in WALKED:
        explored.answers[each] = client.get(each, follow=True)
    for answers in some():
        for offered, _count in explored.offers(address(answers)):
            explored.answers[offered] = client.get(offered)
    typed = [f"/search/?{urlencode({'q': text})}" for text in (*SEARCHED, *NOT_EXPLORED)]
    explored.answers |= {each: client.get(each) for each in (*typed, "/", "/move/", "/search/?q=qqxzj+wvvk")}
    return explored
