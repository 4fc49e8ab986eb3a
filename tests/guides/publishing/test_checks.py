"""The check before publishing."""

import pytest

from guides.models import Figure, Guide, Section
from guides.publishing import checks, editions
from tests import factories
from tests.kept_rows import kept, put_back


def problems(guide):
    """What the check says of the guide's draft: (stops, message)."""
    return [(problem.stops, problem.message) for problem in checks.check(editions.save(guide))]


def write(guide, body):
    section = guide.sections.get(kind="text")
    section.body = body
    section.save()


def test_a_good_guide_has_no_problems(guide):
    assert problems(guide) == []


def test_the_guides_of_the_site_can_be_published(lta):
    assert checks.errors(editions.newest(lta)) == []


def test_a_missing_summary_stops(guide):
    Section.objects.filter(kind="text").update(summary="")
    guide.summary = ""
    guide.save()
    assert problems(guide) == [
        (True, "The guide has no summary."),
        (True, "The section has no summary: closed, it would show nothing."),
    ]


def test_a_part_needs_no_summary(guide):
    Section.objects.filter(kind="pros").update(summary="")
    assert problems(guide) == []


def test_an_empty_section_stops(guide):
    factories.make_section(guide, slug="empty", body="")
    assert problems(guide) == [(True, "The section is empty: it has neither text nor rows nor parts.")]


def test_a_section_without_its_rows_is_told(guide):
    guide.sections.get(kind="steps").steps.all().delete()
    assert problems(guide) == [(False, "The section holds no rows yet.")]


def test_a_guide_without_sections_stops(guide):
    guide.sections.all().delete()
    guide.former_addresses.all().delete()
    assert problems(guide) == [(True, "The guide has no sections.")]


def test_a_figure_without_observation_stops(guide):
    Figure.objects.get(slug="figures-0").observations.all().delete()
    [(stops, message)] = problems(guide)
    assert stops
    assert "'Median pay 0' has no observation" in message


def test_a_figure_past_review_is_told(guide):
    Figure.objects.get(slug="figures-0").observations.update(review_after="2020-01-01")
    assert problems(guide) == [(False, "The figure 'Median pay 0' is past its review date, 2020-01-01.")]


GOOD = [
    "https://www.example.org/a?b=c#d",
    "http://example.org",
    "/guides/bookbinder/",
    "/guides/bookbinder/steps/",
    "/guides/bookbinder/steps/#more",
    "/guides/bookbinder/print/",
    "/guides/bookbinder/skills-gap/",
    "/guides/",
    "/privacy/",
    "#steps",
    "/guides/printer/",
    "/guides/printer/steps/",
]
BAD = [
    "/guides/nowhere/",
    "/guides/bookbinder/nowhere/",
    "/guides/printer/nowhere/",
    "/guides/draft/",
    "/nowhere/",
    "/admin/",
    "/admin/guides/guide/",
    "steps/",
    "../steps/",
    "#nowhere",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "ftp://example.org/",
    "mailto:someone@example.org",
    "//example.org/",
    "https:///x",
    "http://[broken/",
    "www.example.org",
]


def make_neighbours():
    factories.make_guide()
    factories.make_guide("printer")
    factories.make_guide("draft", publish=False)


kept_neighbours = kept(make_neighbours)


@pytest.fixture
def neighbours(db, kept_neighbours):
    put_back(kept_neighbours, make_neighbours)
    return Guide.objects.get(slug="bookbinder")


@pytest.mark.parametrize("link", GOOD)
def test_links_that_lead_somewhere(neighbours, link):
    write(neighbours, f"See [this]({link}).")
    assert problems(neighbours) == []


@pytest.mark.parametrize("link", BAD)
def test_links_that_lead_nowhere_stop(neighbours, link):
    write(neighbours, f"See [this](<{link}>).")
    assert [stops for stops, _message in problems(neighbours)] == [True]


def test_links_in_rows_are_followed_too(guide):
    guide.sections.get(kind="questions").questions.update(answer="See [it](/nowhere/).")
    assert [stops for stops, _message in problems(guide)] == [True, True]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("# Big\n\nText", "level 1"),
        ("## Big\n\nText", "level 2"),
        ("##### Small\n\nText", "level 5"),
        ("#### Four\n\nText", "skips"),
        ("Word. " * 451, "long"),
        ("Institutionalization necessitates organizational interoperability considerations. " * 10, "reader"),
    ],
)
def test_what_informs(guide, body, said):
    write(guide, body)
    [(stops, message)] = problems(guide)
    assert not stops
    assert said in message


def test_headings_in_order_are_fine(guide):
    write(guide, "### Three\n\nText\n\n#### Four\n\nText\n\n### Three again\n\nText")
    assert problems(guide) == []
