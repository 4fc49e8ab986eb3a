"""Figures that texts name: what a name says, where it is filled in, and what stops a wrong one."""

import json
import random
import re

import pytest
from django.utils.html import escape
from lxml import html

from guides import figures_in_texts, freezing
from guides.management.commands.export_guides import Command as Export
from guides.models import Figure, Guide, Listing, Observation, Passage, Section
from guides.publishing import checks, editions, listings, references
from guides.publishing.sentences import sentences
from guides.reading import reader
from guides.toolkit.models import CoverLetter
from tests import factories

NAME = "{figure:figures/figures-0}"


@pytest.fixture
def change(guide):
    """A projected change in jobs on the guide's figures, of −7 percent."""
    section = guide.sections.get(kind="figures")
    figure = Figure.objects.create(
        section=section, slug="change", label="Change in jobs", measure="change", statistic="total", unit="percent"
    )
    factories.make_observation(figure, value=-7, period="2024-34", year=2024)
    return figure


def fill(text, guide):
    return figures_in_texts.fill(text, freezing.figures_of(guide))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("", "$40,000"),
        (" period", "May 2024"),
        (" before", "$38,000"),
        (" before-period", "May 2023"),
        (" more-or-less", "5.3 percent more"),
    ],
)
def test_what_a_figure_says(guide, form, said):
    factories.make_observation(Figure.objects.get(slug="figures-0"), value=38_000, period="May 2023", year=2023)
    assert fill(f"It was {{figure:figures/figures-0{form}}}.", guide) == f"It was {said}."


@pytest.mark.parametrize(("form", "said"), [("", "−7%"), (" period", "2024–34"), (" more-or-less", "7 percent fewer")])
def test_what_a_change_says(guide, change, form, said):
    assert fill(f"{{figure:figures/change{form}}} jobs", guide) == f"{said} jobs"


@pytest.mark.parametrize(("value", "said"), [(2, "2 percent more"), (0, "0 percent more"), (-1, "1 percent fewer")])
def test_a_change_is_told_in_the_way_it_goes(guide, change, value, said):
    change.observations.update(value=value)
    assert fill("{figure:figures/change more-or-less}", guide) == said


def test_the_ends_of_a_range(guide):
    figure = Figure.objects.get(slug="figures-0")
    figure.observations.filter(year=2024).update(value=None, low=30_000, high=60_000)
    text = "{figure:figures/figures-0}: {figure:figures/figures-0 low} or {figure:figures/figures-0 high}"
    assert fill(text, guide) == "$30,000–$60,000: $30,000 or $60,000"


def test_a_number_that_is_none_of_a_figure(guide):
    assert fill("A desk of {number:$40,000}.", guide) == "A desk of $40,000."


WRONG = [
    "{figure:figures/nothing}",
    "{figure:nowhere/figures-0}",
    "{figure:figures-0}",
    "{figure:figures/figures-0 tomorrow}",
    "{figure:figures/figures-0 low}",
    "{figure:figures/figures-0 before}",
    "{figure: figures/figures-0}",
    "{figure:figures/figures-0",
    "{number:}",
]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_name_stops_publishing_and_names_the_place(guide, name):
    guide.sections.get(kind="points").points.update(text=f"Pay is {name} a year.")
    problems = checks.errors(editions.save(guide))
    assert {(problem.place, problem.slug) for problem in problems} == {("Points", "points")}
    assert name.rstrip() in problems[0].message


def test_a_name_in_a_heading_stops_publishing(guide):
    guide.sections.filter(kind="points").update(heading=f"Pay: {NAME}")
    [problem] = checks.errors(editions.save(guide))
    assert "only a text of several sentences can" in problem.message


def test_a_summary_is_as_long_as_readers_see_it(guide):
    section = guide.sections.get(kind="points")
    section.summary = NAME + "x" * 248
    section.full_clean()
    section.summary += "x"
    with pytest.raises(Exception, match="at most 260"):
        section.full_clean()


def test_what_is_too_long_once_it_is_filled_in_stops_publishing(guide):
    factories.make_figure(
        guide.sections.get(kind="figures"), 7, slug="words", unit="text", currency=""
    ).observations.update(value=None, low=None, high=None, text="w" * 200)
    guide.sections.filter(kind="points").update(summary="{figure:figures/words}" + "x" * 100)
    [problem] = checks.errors(editions.save(guide))
    assert "300 characters" in problem.message


def everywhere(client, guide):
    """All that readers and programs get of a live guide, as text."""
    addresses = [f"/guides/{guide.slug}/print/", f"/guides/{guide.slug}.json", f"/guides/{guide.slug}/?open=all"]
    addresses += ["/feed/", "/guides/", f"/guides/{guide.slug}/questions/"]
    pages = [client.get(address).content.decode() for address in addresses]
    passages = [passage.text for passage in Passage.objects.filter(entry__key=guide.slug)]
    return {"pages": pages, "search": "\n".join(passages), "all": "\n".join([*pages, *passages])}


def test_a_text_says_what_its_figure_says_wherever_it_is_read(client, guide):
    said = f"Readers find *pay* of {NAME} ({{figure:figures/figures-0 period}})."
    Guide.objects.update(summary=f"A guide: {said}")
    Section.objects.filter(kind="questions").update(summary=said, body=f"{said}\n\n- [{NAME} a year](#figures)")
    guide.sections.get(kind="questions").questions.update(answer=said)
    guide.sections.get(kind="skills").skills.update(detail=said)
    guide.related_careers.update(difference=said)
    guide.titles.update(why=said)
    for row in [*Section.objects.all(), *guide.sections.get(kind="questions").questions.all()]:
        row.save()
    editions.publish(editions.save(Guide.objects.get()))

    texts = everywhere(client, guide)
    assert all("{figure" not in text for text in [*texts["pages"], texts["search"]])
    assert all("$40,000" in text for text in texts["pages"][:3])
    assert "pay of $40,000 (May 2024)" in texts["search"].replace("*", "")
    assert '<a href="#figures" rel="noopener">$40,000 a year</a>' in texts["all"]
    assert (
        '"text": "Readers find pay of $40,000 (May 2024)."'
        in client.get("/guides/bookbinder/questions/").content.decode()
    )
    assert "$40,000" in Listing.objects.get().summary


def test_what_a_figure_says_cannot_make_markup(client, guide):
    figure = factories.make_figure(guide.sections.get(kind="figures"), 7, slug="words", unit="text", currency="")
    figure.observations.update(value=None, low=None, high=None, text="<b>Schools & *colleges*</b>")
    section = guide.sections.get(kind="text")
    section.body = section.summary = "In {figure:figures/words}."
    section.save()
    editions.publish(editions.save(guide))
    page = client.get("/guides/bookbinder/text/").content.decode()
    assert page.count("In &lt;b&gt;Schools &amp; *colleges*&lt;/b&gt;.") >= 2
    assert "<b>Schools" not in page


def test_rows_editions_and_exports_keep_the_name(guide, tmp_path):
    section = guide.sections.get(kind="text")
    section.body = f"Pay of {NAME}."
    section.save()
    edition = editions.publish(editions.save(guide))
    assert NAME in section.body_html
    assert NAME in json.dumps(edition.content)
    Export().handle(folder=tmp_path)
    assert NAME in (tmp_path / "bookbinder.json").read_text()
    assert "$40,000" in reader.live("bookbinder").find("text").body_html


BY_HAND = [
    "Half earn more than $40,000 a year.",
    "Half earn more than 40,000 dollars.",
    "Half earn more than $40000.",
    "Half earn more than $40\u00a0000.",
    "Half earn **$40,000**, the other half less.",
    "There will be 7 percent fewer jobs.",
    "There will be 7% fewer jobs.",
    "Seven percent fewer jobs are expected.",
    "A fall of −7% is expected.",
]
NOT_BY_HAND = [
    "Half earn more than $140,000 a year.",
    "Half earn more than $40,000,000 a year.",
    "Half earn $40,000.75 a year.",
    "Read [this](https://example.org/40,000/).",
    "An error rate of 0.7 percent, then 17 percent.",
    "They join [the pension](https://example.org/jobs/) with 7 percent of their pay.",
    "It takes seven days, 7 of them on your feet.",
    "Half earn {number:$40,000} a year, we made up.",
    f"Half earn {NAME} a year.",
]


@pytest.mark.parametrize("sentence", BY_HAND)
def test_an_official_value_by_hand_stops_publishing(guide, change, sentence):
    guide.sections.filter(kind="text").update(body=f"First this.\n\n- And: {sentence}\n- Then that.")
    [problem] = checks.errors(editions.save(guide))
    assert sentence.replace("**", "") in problem.message
    assert "First this" not in problem.message
    assert problem.slug == "text"
    assert ("{figure:figures/figures-0}" in problem.message) or (
        "{figure:figures/change more-or-less}" in problem.message
    )


@pytest.mark.parametrize("sentence", NOT_BY_HAND)
def test_other_numbers_may_be_written(guide, change, sentence):
    guide.sections.filter(kind="text").update(body=sentence)
    assert checks.errors(editions.save(guide)) == []


def test_a_sum_is_no_number_of_people(guide):
    figure = factories.make_figure(guide.sections.get(kind="figures"), 7, slug="jobs", unit="count", currency="")
    figure.observations.filter(year=2024).update(value=7000)
    guide.sections.filter(kind="text").update(body="A lead earns $7,000 more. In all 7,000 people lead.")
    [problem] = checks.errors(editions.save(guide))
    assert "“In all 7,000 people lead.”" in problem.message


def test_estimates_may_be_written_by_hand(guide):
    guide.sections.filter(kind="text").update(body="From $30,000 to $45,000, they say.")
    assert checks.errors(editions.save(guide)) == []


def test_every_sentence_is_listed_of_every_app(guide):
    guide.summary = "Earns $40,000."
    guide.save()
    guide.sections.filter(kind="text").update(summary="Pay is $40,000.", body="It is $40,000. And $41,000.")
    CoverLetter.objects.update(why="It asks for $40,000.")
    messages = [problem.message for problem in checks.errors(editions.save(guide))]
    expected = ["Earns $40,000.", "Pay is $40,000.", "It is $40,000.", "And $41,000.", "It asks for $40,000."]
    for sentence in expected:
        assert sum(f"“{sentence}”" in message for message in messages) >= 1, sentence


def test_a_superseded_official_value_by_hand_stops_too(guide):
    figure = Figure.objects.get(slug="figures-0")
    factories.make_observation(figure, value=38_000, period="May 2023", year=2023)
    factories.make_observation(figure, value=37_000, period="May 2022", year=2022)
    guide.sections.filter(kind="text").update(body="It was $38,000 in 2023. It was $37,000 before.")
    first, second = checks.errors(editions.save(guide))
    assert "{figure:figures/figures-0 before}" in first.message
    assert "{number:$37,000}" in second.message


@pytest.mark.parametrize("kind", ["figure", "section"])
def test_what_a_text_names_stays(guide, kind):
    guide.sections.filter(kind="text").update(body=f"Pay of {NAME}.")
    Guide.objects.update(summary=f"Pay of {NAME}.")
    figure = Figure.objects.get(slug="figures-0")
    row = figure if kind == "figure" else figure.section
    assert len(references.places(row)) == 2
    assert len(references.places_by_name(row)) == 2
    assert references.places(Figure.objects.get(slug="figures-1")) == []


def correct(leading, old, new):
    """The source says another number of the same period."""
    Observation.objects.filter(pk=leading.pk).update(**new)


def supersede(leading, old, new):
    """A newer number is out."""
    newer = Observation.objects.get(pk=leading.pk)
    newer.pk, newer.year, newer.period = None, leading.year + 1, f"{leading.period} and later"
    for name, value in new.items():
        setattr(newer, name, value)
    newer.save(force_insert=True)


@pytest.mark.parametrize("change", [correct, supersede])
def test_changing_a_figure_leaves_no_sentence_with_its_old_value(client, guides_of_the_site, change):
    """Every official number of every guide that is shipped is given another one: drawn by chance, from a seed."""
    randomly = random.Random(20261128)  # noqa: S311
    for guide in guides_of_the_site:
        replaced = []
        for figure in Figure.objects.filter(section__guide=guide).prefetch_related("observations"):
            leading = figure.leading
            if leading.basis != Observation.Basis.OFFICIAL or figure.unit not in {"currency", "count", "percent"}:
                continue
            numbers = {name: getattr(leading, name) for name in ("value", "low", "high")}
            old = {name: number for name, number in numbers.items() if number is not None}
            new = {name: old[name] + randomly.randint(1, 997) * (-1 if name == "low" else 1) for name in old}
            change(leading, old, new)
            replaced += [(figure, old[name], new[name]) for name in old]
        editions.publish(editions.save(guide))

        names = list(names_of(guide))
        assert names, f"{guide} names no figure"
        texts = sentences_read(client, guide)
        # A sentence may tell what was before, with its period.
        before = {figure_name.slug for figure_name in names if figure_name.form == "before" and change is supersede}
        for figure, old, new in replaced:
            if figure.slug not in before:
                assert not [text for text in texts if holds(text, old, figure)], (guide, figure, old)
            if any((name.slug, name.form) == (figure.slug, "") for name in names) and figure.unit != "percent":
                assert any(holds(text, new, figure) for text in texts), (guide, figure, new)


def names_of(guide):
    content = editions.newest(guide).content
    texts = [text for plain in content["objects"] for _field, text in freezing.prose(plain)]
    return [name for text in texts for name in figures_in_texts.names_in(text)]


def sentences_read(client, guide):
    """The prose of a live guide: as its JSON has it, as search finds it, as lists show it; its pages say the same."""
    data = client.get(f"/guides/{guide.slug}.json").json()
    prose = [text for plain in data["objects"] for _field, text in freezing.prose(plain)]
    page = " ".join(html.fromstring(client.get(f"/guides/{guide.slug}/print/").content.decode()).text_content().split())
    for section in Section.objects.filter(guide=guide).exclude(summary=""):
        [said] = [
            plain["fields"]["summary"] for plain in data["objects"]
            if plain["model"] == "guides.section" and plain["fields"]["slug"] == section.slug
        ]  # fmt: skip
        assert said in page
        if "{" in section.summary:
            opened = client.get(f"/guides/{guide.slug}/{section.slug}/").content.decode()
            assert escape(said) in opened
    passages = Passage.objects.filter(entry__key=guide.slug).values_list("title", "text")
    searched = [sentence for passage in passages for text in passage for sentence in sentences(text)]
    return [*prose, *searched, Listing.objects.get(guide=guide).summary]


def holds(text, value, figure):
    patterns = {"percent": r"(?<![\d.,]){}(?:%| percent) (?:more|fewer|less)", "currency": r"\${:,}(?![\d,]\d)"}
    return re.search(patterns.get(figure.unit, r"(?<![\d,$]){:,}(?![\d,]\d)").format(abs(value)), text) is not None


@pytest.fixture
def guides_of_the_site(lta):
    return list(Guide.objects.order_by("slug"))


def test_lists_written_anew_say_the_same(guide):
    Guide.objects.update(summary=f"Earns {NAME}.")
    editions.publish(editions.save(Guide.objects.get()))
    listings.rebuild()
    assert Listing.objects.get().summary == "Earns $40,000."
