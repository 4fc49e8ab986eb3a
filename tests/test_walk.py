"""Nothing that the site itself prints leads to an error, counts one in the plural, or dates as the British do: no page
that links and forms lead to, and nothing that comes of sending one."""

import re

import pytest
from django.db.models import AutoField, IntegerField

from guides.models.rows import SectionRow
from guides.publishing import editions
from guides.readiness.models import Area, Band, Option, Practice
from guides.registry.content_models import CONTENT_MODELS
from guides.toolkit.models import InterviewQuestion

from .crawl import is_html
from .readiness.sample import make_checks
from .walk import Walk

# A one and a plural in the text of a page, also in "1 of 1 points" and "1 open reports"; some words only end like one.
PLURAL = r"(?!(?:has|is|was|as|its|plus|less|makes|counts|speaks|asks|answers|comes)\b)[a-z]{2,}s\b"
ONE_OF_MANY = re.compile(rf"(?<![\w.,/:-])1 (?:of 1 )?(?:[a-z]+ )?{PLURAL}")
# The pages are in American English: November 28, 2026, and Nov 28.
DAY_FIRST = re.compile(
    r"(?<![-\d])[0-3]?\d (?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
NO_TEXT = re.compile(r"<(script|style|textarea|option)\b.*?</\1>", re.DOTALL)
INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|mark|small|span|strong|time)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")


@pytest.mark.any_database
def test_no_link_and_no_form_of_the_guides_we_ship_leads_to_an_error(client, lta):
    # The forms are the same in the guide below, where they are filled in in every way, and its pages are shorter.
    check(Walk(client, short=True))


def test_no_link_and_no_form_of_a_guide_with_one_of_everything_leads_to_an_error(client, db):
    make_ones()
    check(Walk(client))


def check(walk):
    """Fail where a request failed, no form of one shape was accepted, or a page says what is not American English."""
    # 422 says what to mend in a form, which is right where it was filled in with anything at all.
    wrong = [
        visit for visit in walk.visits if visit.status >= 400 and not (visit.status == 422 and visit.sent is not None)
    ]
    assert not wrong, "\n".join(map(str, wrong))
    assert not walk.refused
    # A page that answers a form must not be one that people come back to (docs/architecture.md, "Sending forms").
    pages = [visit for visit in walk.visits if visit.method == "POST" and is_page(visit.response)]
    assert not [str(visit) for visit in pages if not visit.in_place]
    assert not [str(visit) for visit in pages if "no-store" not in visit.response["Cache-Control"]]
    result = {}
    for visit in filter(lambda visit: is_html(visit.response), walk.visits):
        for line in lines_of(visit.response.content.decode()):
            if ONE_OF_MANY.search(line) or DAY_FIRST.search(line):
                result.setdefault(line, str(visit))
    assert not result, "\n".join(f"{line!r}: {place}" for line, place in result.items())


def is_page(response):
    """Whether the browser shows the answer, and does not go on to another address or save a file."""
    return not {"Location", "HX-Redirect", "Content-Disposition"} & set(response.headers)


def lines_of(html):
    """Return what a page says, one string for each stretch of text that no block divides."""
    text = TAG.sub("\n", INLINE.sub("", NO_TEXT.sub("\n", " ".join(html.split()))))
    return {" ".join(line.split()) for line in text.splitlines()}


def make_ones():
    """Publish a guide with one of everything, and a one wherever a number stands."""
    guide = make_checks(publish=False)
    Area.objects.exclude(slug="school").delete()
    Band.objects.exclude(starts_at=0).delete()
    InterviewQuestion.objects.exclude(slug="ask-0").delete()
    for model in [content.model for content in CONTENT_MODELS]:
        if issubclass(model, SectionRow):
            model.objects.filter(position=1).delete()
        for row in model.objects.exclude(pk__in=Band.objects.values("pk") if model is Band else []):
            for field in numbers_of(row):
                setattr(row, field.name, 1)
            row.save()
    Option.objects.exclude(hours=None).update(points=0)
    Practice.objects.update(route="route-0")
    editions.publish(editions.save(guide))


def numbers_of(row):
    """The fields of a row that hold a number to be shown."""
    kept = {"position", "version", "year"}
    return [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, IntegerField)
        and not isinstance(field, AutoField)
        and field.name not in kept
        and getattr(row, field.name) is not None
    ]
