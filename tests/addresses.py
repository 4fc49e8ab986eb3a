"""Every address of the site, as the URL configuration has it, and a small site on which each one leads somewhere."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from careerguide.people import invitations
from guides import freezing
from guides.alerts.models import Alert
from guides.datasets.models import (
    Area,
    Dataset,
    HandbookEntry,
    ImportedObservation,
    Occupation,
    OccupationTitle,
    Projection,
    WageEstimate,
)
from guides.models import Batch, Feedback, Figure, PageCount, PreviewLink, Report, ShippedContent, Synonym, Term
from guides.occupations.models import OccupationListing
from guides.openings.models import Feed, Posting
from guides.plan import keys, several
from guides.plan.models import Note, Plan
from guides.publishing import shared_editions
from guides.stories.models import Story
from tests.exercises.sample import make_exercises
from tests.factories import make_picture
from tests.readiness.sample import make_checks

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# What admin's own patterns are written as.
REGULAR = [(re.compile(r"\^\(\?P<app_label>.*?\)/\$$"), "<app_label>/"), (re.compile(r"\(\?P<url>\.\*\)\$$"), "<url>")]


@dataclass(frozen=True)
class Address:
    """A pattern of the URL configuration: its name, or its route where it has none; its route, and its view."""

    name: str
    route: str
    view: callable

    @property
    def model(self):
        """The model that an admin's address is about, or None."""
        match = re.match(
            r"admin/(auth|axes|guides|datasets|occupations|openings|readiness|exercises|toolkit)/(\w+)/", self.route
        )
        return apps.get_model(match[1], match[2]) if match else None

    def path(self, values):
        """Return the address with `values`, by name, for its parameters."""
        return "/" + PARAMETER.sub(lambda match: str(values[match[1]]), self.route)


def every_address(patterns=None, route="", namespace=""):
    """Yield each Address of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = route + str(pattern.pattern)
        for regular, written in REGULAR:
            whole = regular.sub(written, whole)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_address(pattern.url_patterns, whole, inner)
        else:
            yield Address(f"{namespace}{pattern.name}" if pattern.name else f"/{whole}", whole, pattern.callback)


class Site:
    """A published guide with everything, imported data, a report, accounts of each kind, and one reader's plan."""

    ROLES = ("anonymous", "editor", "publisher", "superuser")

    def __init__(self):
        self.guide = make_checks()
        make_imported()
        make_exercises()
        # Nobody is there, and no visit goes into a private network.
        Feed.objects.create(
            name="County of Glue", address="http://127.0.0.1:9/jobs.rss", terms="Free to show.", is_on=True
        )
        posting = make_posting()
        Report.objects.create(guide="bookbinder", section="steps", text="A step is missing.")
        Feedback.objects.create(page="/guides/bookbinder/", guide="bookbinder", helped=True)
        PageCount.objects.create(day="2026-11-01", page="/guides/bookbinder/", count=1)
        picture = make_picture(self.guide)
        Term.objects.create(slug="glue", name="Glue", definition="What holds.")
        Synonym.objects.create(slug="glue-paste", words="glue\npaste")
        shared_editions.save(Term(slug="glue", name="Glue", definition="What holds leaves."))
        make_shipped(self.guide)
        self.guide.editions.update(batch=Batch.objects.create(comment="Glued"))
        self.accounts = {
            "editor": make_account("editor", "Editors"),
            "publisher": make_account("publisher", "Publishers"),
            "superuser": make_account("superuser", is_superuser=True),
        }
        invitation, self.invitation_key = invitations.make(self.accounts["superuser"], "Ann", "", Group.objects.none())
        editor = {"pk": self.accounts["editor"].pk}
        # What leads to something else than the guide.
        self.others = {
            "admin:password_link": editor,
            "admin:lost_second_factor": editor,
            "admin:invitation_revoke": {"pk": invitation.pk},
        }
        self.key = keys.new_key()
        self.plan = Plan.objects.create(key_hash=keys.hashed(self.key))
        self.note = Note.objects.create(plan=self.plan, text="Call them.")
        alert = Alert.objects.create(plan=self.plan, subject="openings", name="All openings")
        views = ("alert", "make_feed", "make_closings", "mail", "end_mail")
        self.others |= {f"alerts:{view}": {"slug": alert.slug} for view in views}
        story = Story.objects.create(plan=self.plan, name="Glue", action="I glued 40 books.")
        self.others |= {
            f"stories:{view}": {"slug": story.slug} for view in ("story", "edit", "step", "skills", "answers")
        }
        self.values = {
            "guide": "bookbinder",
            "state": "washington",
            "occupation": "binders",
            "section": "steps",
            "exercise": "call-numbers",
            "item": "one",
            "question": "ask-0",
            "step": "action",
            "kind": "notes",
            "subject": "dates",
            "mark": several.mark(self.plan),
            "tool": "skills-gap",
            "slug": self.note.slug,
            "posting": posting.pk,
            "number": 1,
            "name": picture.file,
            "token": PreviewLink.make(self.guide)[1],
            "path": "guides/bookbinder/",
            "content_type_id": 1,
            "app_label": "guides",
            "url": "nowhere/",
            "id": self.accounts["editor"].pk,
            "pk": self.guide.pk,
            "object_id": self.guide.pk,
        }

    def path(self, address, **values):
        """Return the address with parameters that lead somewhere, but for those that `values` names."""
        own = self.others.get(address.name, {})
        if address.model:
            model = Figure if address.model._meta.model_name == "checkedfigure" else address.model
            newest = model.objects.order_by("-pk").first()
            own = {"pk": newest.pk, "object_id": newest.pk, "id": newest.pk} if newest else {}
        return address.path(self.values | own | values)

    def sign_in(self, client, role):
        """Sign `client` in; whoever is anonymous is a reader who has the plan."""
        if role == "anonymous":
            client.cookies[keys.cookie_name()] = self.key
        else:
            client.force_login(self.accounts[role])


def make_account(name, group=None, **fields):
    user = User.objects.create_user(name, password="a long enough passphrase", is_staff=True, **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_posting():
    """An opening for a bookbinder."""
    now = timezone.now()
    return Posting.objects.create(
        title="Bookbinder", address="https://glue.example/1", same_address="x", guide="bookbinder",
        occupation="51-5113", posted_on=now.date(), first_seen=now, last_seen=now,
    )  # fmt: skip


def make_shipped(guide):
    """What a release shipped of the guide, and a point that both it and editors changed."""
    frozen = freezing.freeze(guide, derived=False)
    point = next(plain for plain in frozen["objects"] if plain["model"] == "guides.point")
    released = point | {"fields": point["fields"] | {"text": "What the release says."}}
    collision = {"base": None, "theirs": point, "shipped": released}
    ShippedContent.objects.create(
        model="guides.guide", slug=guide.slug, release="0.2.0", content=frozen, collisions=[collision]
    )


def make_imported():
    """A row of each kind that imports write."""
    dataset = Dataset.objects.create(form="oews", edition="May 2024", file_name="oews.xlsx")
    ImportedObservation.objects.create(
        dataset=dataset, entry="51-5113", title="Binders", measure="pay", statistic="median", unit="currency",
        value=40_000, period="May 2024", year=2024,
    )  # fmt: skip
    Projection.objects.create(dataset=dataset, code="51-5113", title="Binders", is_group=False)
    area = Area.objects.create(code="53", slug="washington", name="Washington", kind="state", state="WA")
    WageEstimate.objects.create(dataset=dataset, area=area, code="51-5113", title="Binders", annual_mean=40_000)
    occupation = Occupation.objects.create(code="51-5113.00", title="Binders", dataset=dataset)
    OccupationTitle.objects.create(occupation=occupation, title="Binder")
    OccupationListing.objects.create(slug="binders", code="51-5113.00", title="Binders", major_group="51")
    HandbookEntry.objects.get_or_create(slug="binders", codes="51-5113")
