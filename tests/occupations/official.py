"""The official data that the project ships, loaded once a run, and what the site answers while it is there.

Loading takes seconds, so nothing of it stays: the answers that tests ask about are taken inside one transaction.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.datasets import profiles
from guides.models import Guide
from guides.occupations import listings
from guides.occupations.exploring import building as exploring_building
from guides.occupations.models import OccupationListing
from guides.occupations.nearness import building, stored
from guides.occupations.nearness.traits import Traits
from guides.publishing import checks, editions
from guides.search import index
from tests import databases
from tests.guides import desk
from tests.search import queries

from . import exploring, moving

# Drawn with this seed, so that every run asks for the same.
SEED = 19
# O*NET's code of the occupation that an editor begins a guide to.
BEGUN = "25-4011.00"
# How many of each shape, and how many others, are asked for in the suite; benchmarks/occupations.py asks for all.
OF_A_SHAPE, OTHERS = 1, 30
LONG = "a" * 10_000
BAD = [
    "/occupations/no-such-job/", "/occupations/99-9999/", "/occupations/25-4031.99/", "/occupations/99-9999.json",
    f"/occupations/{LONG}/", f"/occupations/{LONG}.json", "/occupations/архивист/", "/occupations/図書館/",
    "/occupations/%F0%9F%93%9A/", "/occupations/%25/", "/occupations/..%2f/", "/occupations/25-4031%27--/",
]  # fmt: skip
BAD_LISTS = [
    "?page=0", "?page=x", "?pay_band=lots", "?major_group=99", "?letter=%C3%89", "?letter=aa", "?sort=fun",
    f"?letter={LONG}", "?education=%E5%9B%B3", "?hourly_from=x", "?pay_from=-1",
]  # fmt: skip
LISTS = [
    "", "?letter=A", "?letter=L", "?letter=L&page=2",
    "?major_group=25&education=master&pay_band=50-75&outlook=more&sort=pay",
    "?outlook=fewer&sort=outlook", "?pay_band=under-30", "?hourly_from=%2430&sort=pay", "?pay_from=100000&sort=pay",
    "?page=21", "?page=9999", "?major_group=55", "?letter=X",
]  # fmt: skip
COMPARED = [
    "?g=library-technical-assistant&g=archivists",
    "?g=registered-nurses&g=archivists&g=library-clerk&g=home-health-aides",
    "?g=archivists&g=25-4011.00", "?g=archivists&g=infantry", "?g=archivists&g=99-9999.00",
    "?g=archivists&add=teacher", "?g=archivists&add=registered+nurse", "?g=actors&g=archivists",
    "?g=library-clerk&add=libarian", "?g=25-4022.00&g=archivists",
]  # fmt: skip
NEAR_OF = ["29-1141.00", "41-2011.00", "25-4031.00"]
CODES = ["25-4031", "25-4031.00", "15-1299", "15-1299.08", "25-4031.00.json"]


@dataclass
class Official:
    """What the site answered while the data was there."""

    answers: dict = field(default_factory=dict)
    # How many queries each page of an occupation took.
    queries: dict = field(default_factory=dict)
    # Every occupation, and the sample of them whose pages were asked for.
    listings: dict = field(default_factory=dict)
    sample: list = field(default_factory=list)
    # What search answers to each query of tests/search/queries.txt.
    found: dict = field(default_factory=dict)
    # Every profile's Traits by code, and the weights they were made with.
    traits: dict = field(default_factory=dict)
    weights: object = None
    # What is near some of them, as it was reckoned, and the names of all technologies.
    near: dict = field(default_factory=dict)
    technologies: set = field(default_factory=set)
    # What was asked of /explore/ (exploring.py).
    explored: object = None
    # Of a guide that an editor begins from an occupation: each answer on the way, and the draft's content.
    begun: dict = field(default_factory=dict)

    @property
    def twenty(self):
        """Twenty of the sample, drawn at random: what takes long is asked of these."""
        return random.Random(SEED).sample(self.sample, 20)  # noqa: S311

    def html(self, slug):
        return self.answers[f"/occupations/{slug}/"].content.decode()


@pytest.fixture(scope="session")
def official(loaded_database, django_db_blocker):
    """An Official: the snapshot loaded beside the published guides, pages asked for, and all of it taken back."""
    with django_db_blocker.unblock(), databases.led_to(loaded_database), transaction.atomic():
        call_command("load_snapshot", stdout=StringIO(), stderr=StringIO())
        listings.write()
        building.build()
        exploring_building.build()
        index.refresh_all()
        result = ask(Client())
        result.explored = exploring.ask(Client())
        result.found = queries.ask(queries.TABLE) | queries.ask(queries.HELD_BACK)
        result.weights = stored.weights()
        result.traits = {each.code: Traits.of(each, result.weights) for each in profiles.each()}
        result.near = {code: stored.nearest(code) for code in NEAR_OF}
        used = (each.profile.technology.items for each in result.traits.values() if each.profile.technology)
        result.technologies = {each.name for items in used for each in items}
        result.answers |= {address: Client().get(address) for address in queries.PAGES}
        result.begun = begin()
        transaction.set_rollback(True)
    return result


def begin():
    """Begin a guide to a job as an editor does, twice at one address."""
    editor = desk.editor()
    listing = OccupationListing.objects.get(code=BEGUN)
    address = f"/admin/occupations/occupationlisting/{listing.pk}/start/"
    wanted = {"title": "Archivist of Films", "slug": "archivist-of-films"}
    answers = {
        "guides": editor.get("/admin/guides/guide/"),
        "choose": editor.get("/admin/occupations/occupationlisting/?q=archivist"),
        "form": editor.get(address),
        "empty": editor.post(address, {}),
        "draft": editor.post(address, wanted, follow=True),
        "again": editor.post(address, wanted),
        "page": editor.get("/guides/archivist-of-films/"),
    }
    edition = editions.newest(Guide.objects.get(slug=wanted["slug"]))
    return answers | {"objects": edition.content["objects"], "problems": checks.check(edition), "address": address}


def ask(client):
    """Ask for a sample of pages, and for addresses of every kind."""
    result = Official(listings={each.slug: each for each in OccupationListing.objects.all()})
    result.sample = sample(list(result.listings.values()))
    for slug in result.sample:
        with CaptureQueriesContext(connection) as context:
            result.answers[f"/occupations/{slug}/"] = client.get(f"/occupations/{slug}/")
        result.queries[slug] = len(context)
    for slug in (*result.sample[:5], "actors"):
        result.answers[f"/occupations/{slug}.json"] = client.get(f"/occupations/{slug}.json")
    others = [f"/occupations/{query}" for query in LISTS + BAD_LISTS] + BAD + ["/sitemap.xml"]
    others += moving.ADDRESSES
    others += [f"/occupations/{code}{'' if code.endswith('json') else '/'}" for code in CODES]
    others += [f"/compare/{query}" for query in COMPARED]
    for address in others:
        result.answers[address] = client.get(address)
    result.answers["fragment"] = client.get("/occupations/?letter=L", headers={"HX-Request": "true"})
    return result


def sample(every):
    """Return slugs: of each shape of page one, those that the Bureau counts together, and others drawn at random."""
    drawing = random.Random(SEED)  # noqa: S311
    shapes = defaultdict(list)
    for listing in sorted(every, key=lambda each: each.code):
        shapes[shape(listing)].append(listing.slug)
    drawn = [slug for slugs in shapes.values() for slug in drawing.sample(slugs, min(OF_A_SHAPE, len(slugs)))]
    always = ["library-technicians", "archivists", "home-health-aides", "actors", "legislators", "infantry"]
    others = drawing.sample(sorted({each.slug for each in every} - set(drawn)), OTHERS)
    return list(dict.fromkeys([*always, *drawn, *others]))


def shape(listing):
    """What decides which parts a page has."""
    return (
        listing.kind,
        bool(listing.pay_code),
        listing.median_pay is None,
        listing.is_top_pay,
        listing.pay_code == listing.soc_code,
        bool(listing.projection_code),
        listing.projection_code == listing.soc_code,
        listing.code.endswith(".00"),
    )
