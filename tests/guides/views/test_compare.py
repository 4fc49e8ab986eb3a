"""Careers side by side: the same figures compared, differences said, odd addresses answered."""

import lxml.html
import pytest

from guides.models import Figure, Guide, Skill
from guides.publishing import editions
from guides.reading import comparison, reader
from tests import factories
from tests.kept_rows import kept, put_back

HTML = "/compare/?g={}"


def text(response):
    return response.content.decode()


def make_pair():
    factories.make_guide()
    other = factories.make_guide("printer")
    section = other.sections.get(kind="skills")
    Skill.objects.create(section=section, slug="inks", name="Inks", position=9)
    for figure in Figure.objects.filter(section__guide=other, section__kind="figures"):
        figure.observations.filter(value=None).delete()
        figure.observations.update(period="May 2023", year=2023)
    editions.publish(editions.save(other))


kept_pair = kept(make_pair)


@pytest.fixture
def pair(db, kept_pair):
    """Two guides; the second one's pay is known for 2023 only, and it asks for one skill more."""
    put_back(kept_pair, make_pair)
    return ["bookbinder", "printer"]


def test_skills_in_common_and_apart(pair):
    skills = comparison.skills(reader.several(pair))
    assert skills.shared == ["Skill 0", "Skill 1"]
    assert [names for _guide, names in skills.apart] == [[], ["Inks"]]


def test_a_difference_of_period_is_said(client, pair):
    row = comparison.facts(reader.several(pair))[0]
    assert [cell.observation.value for cell in row.cells] == [40_000, 40_000]
    assert any("Not the same period" in sentence for sentence in row.differences)
    assert "Not the same period" in text(client.get("/compare/?g=bookbinder&g=printer"))


def test_the_same_period_is_compared_where_both_have_it(pair):
    for figure in Figure.objects.filter(section__guide__slug="bookbinder", section__kind="figures"):
        factories.make_observation(figure, value=39_000, period="May 2023", year=2023)
    editions.publish(editions.save(reader.live("bookbinder").edition.guide))
    row = comparison.facts(reader.several(pair))[0]
    assert [cell.observation.value for cell in row.cells] == [39_000, 40_000]
    assert not any("period" in sentence for sentence in row.differences)


def test_a_cost_that_guides_give_in_words_is_said(lta):
    [aide] = comparison.ways_in(reader.several(["library-aide"])).rows
    assert aide.cost.startswith("none")


def test_bars_share_one_scale(lta, client):
    rows = comparison.facts(reader.several(["library-clerk", "technical-services-librarian"]))
    assert rows[1].note.startswith(rows[0].note)
    assert rows[0].note
    clerk, librarian = (float(cell.bar.width) for cell in rows[0].cells)
    assert clerk / librarian == pytest.approx(36_910 / 68_270, rel=0.01)


def test_guides_that_statistics_count_together_are_said_to_be(lta):
    row = comparison.facts(reader.several(["library-clerk", "library-aide"]))[0]
    assert any("Counted together" in sentence for sentence in row.differences)


def test_only_guides_to_one_occupation_are_said_to_be_counted_together(lta):
    """Of all guides: a figure that adds up two occupations, or is alike when it is rounded, makes them no one thing."""
    every = reader.several(sorted(Guide.objects.values_list("slug", flat=True)))
    codes = {reading.title: reading.guide.occupation_code for reading in every}
    said = [sentence for row in comparison.facts(every) for sentence in row.differences]
    together = [sentence for sentence in said if sentence.startswith("Counted together")]
    assert together
    for sentence in together:
        titles = sentence.partition(": ")[2].rstrip(".").split(", ")
        assert len({codes[title] for title in titles}) == 1, sentence
    [added] = {sentence for sentence in said if sentence.startswith("One figure of several") and "Aide" in sentence}
    assert "(25-4031, 43-4121)" in added
    assert "Library Clerk" in added
    assert "Technical Services Librarian" not in added


def test_the_cost_is_of_the_ways_that_the_time_is_of(lta):
    """Where one of them costs none it begins at nothing; what a guide says in words stands once."""
    slugs = sorted(Guide.objects.values_list("slug", flat=True))
    costs = {way.reading.guide.slug: way.cost for way in comparison.ways_in(reader.several(slugs)).rows}
    assert costs["library-clerk"] == "$0–$3,000"
    assert costs["library-aide"] == "none"
    assert costs["technical-services-librarian"].count("differs widely") == 1
    assert costs["library-technical-assistant"] == "$0–$20,000; no course needed"
    for slug, cost in costs.items():
        parts = cost.split("; ")
        assert len(parts) == len(set(parts)), slug


def test_the_guide_offers_to_compare(client, lta):
    page = text(client.get("/guides/library-technical-assistant/related-careers/"))
    assert "/compare/?g=library-technical-assistant&amp;g=library-clerk" in page


def test_order_and_repeats(client, pair):
    page = client.get("/compare/?g=printer&g=bookbinder&g=printer")
    assert [reading.guide.slug for reading in page.context["readings"]] == ["printer", "bookbinder"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("g=bookbinder", 200),
        ("g=nobody", 200),
        ("g=bookbinder&g=nobody", 200),
        ("g=a&g=b&g=c&g=d&g=e", 400),
        ("g=", 400),
        ("g=%3Cscript%3E", 400),
        ("g=%22", 400),
        ("g=%00", 400),
        ("g=" + "x" * 121, 400),
        ("g=" + "x" * 10_000, 400),
        ("add=" + "x" * 201, 400),
        ("add=zzzzqqqq", 200),
        ("x=1", 200),
    ],
)
def test_odd_addresses(client, pair, query, status):
    response = client.get(f"/compare/?{query}")
    assert response.status_code == status
    assert "<h1" in text(response)


def test_a_career_is_added_by_its_name(client, pair):
    response = client.get("/compare/?g=bookbinder&add=printer")
    assert response.status_code == 302
    assert response["Location"] == "/compare/?g=bookbinder&g=printer"


def test_which_career_is_meant_is_asked(client, pair):
    """Words that are the name of several, or of none, add nothing by themselves."""
    for slug, title in [("binder-by-hand", "Hand Binder"), ("binder-by-machine", "Machine Binder")]:
        other = factories.make_guide(slug, title=title, publish=False)
        other.titles.create(title="Edition binder", why="It is.")
        editions.publish(editions.save(other))
    asked = text(client.get("/compare/?g=bookbinder&add=edition+binder"))
    assert "Which “edition binder” do you mean?" in asked
    assert 'href="/compare/?g=bookbinder&amp;g=binder-by-hand"' in asked
    assert 'href="/compare/?g=bookbinder&amp;g=binder-by-machine"' in asked
    close = text(client.get("/compare/?g=bookbinder&add=machine"))
    assert "No job here is called “machine”." in close
    assert 'href="/compare/?g=bookbinder&amp;g=binder-by-machine"' in close
    misspelt = text(client.get("/compare/?g=bookbinder&add=mashine+binder"))
    assert 'href="/compare/?g=bookbinder&amp;g=binder-by-machine"' in misspelt
    assert client.get("/compare/?g=bookbinder&add=Hand+binders")["Location"].endswith("g=binder-by-hand")


def test_the_cost_is_the_same_for_two_and_for_four(client, pair, django_assert_max_num_queries):
    for slug in ("third", "fourth"):
        factories.make_guide(slug)
    with django_assert_max_num_queries(3):
        client.get("/compare/?g=bookbinder&g=printer")
    with django_assert_max_num_queries(3):
        client.get("/compare/?g=bookbinder&g=printer&g=third&g=fourth")


def table(client, *slugs):
    """The comparison's table: for each row its name and what it says of each career."""
    page = lxml.html.fromstring(text(client.get(HTML.format("&g=".join(slugs)))))
    rows = page.xpath("//table//tr")
    return page, [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_all_careers_stand_in_one_table_with_what_stands_out(client, lta):
    four = ["library-technical-assistant", "library-aide", "technical-services-librarian", "library-clerk"]
    page, (head, *rows) = table(client, *four)
    assert [name.partition(" ")[0] for name in head] == ["", "Library", "Library", "Technical", "Library"]
    assert {len(row) for row in rows} == {5}
    [pay] = [row for row in rows if row[0].startswith("Median pay a year")]
    assert pay[0].count("BLS OEWS, May 2025") == 1
    assert ["highest" in cell for cell in pay[1:]] == [False, False, True, False]
    # Every note that a row leads to is there.
    notes = page.xpath("//tbody//a[starts-with(@href, '#')]/@href")
    assert notes
    assert all(page.get_element_by_id(note[1:]) is not None for note in notes)


def test_who_compares_is_led_to_the_one_that_fits(client, lta):
    page, _rows = table(client, "library-aide", "technical-services-librarian")
    [fits] = page.xpath("//nav[@aria-labelledby='fits']")
    said = [" ".join(line.text_content().split()) for line in fits.xpath(".//li")]
    assert said[0].startswith("Pay counts most: Technical Services Librarian ($68,270)")
    assert any(line.startswith("You want to start soon: Library Aide (0–3 months)") for line in said)
    links = fits.xpath(".//a/@href")
    assert "/guides/technical-services-librarian/" in links
    assert "/guides/library-aide/readiness/" in links
    assert all(client.get(link).status_code == 200 for link in links)


def test_where_none_stands_out_all_are_led_to(client, pair):
    page, (_head, *rows) = table(client, *pair)
    [fits] = page.xpath("//nav[@aria-labelledby='fits']")
    assert list(dict.fromkeys(link.split("/")[2] for link in fits.xpath(".//a/@href"))) == ["bookbinder", "printer"]
    assert "the same for all" in " ".join(row[0] for row in rows)


def test_the_comparison_ends_in_what_to_do_next(lta, client):
    page = lxml.html.fromstring(text(client.get("/compare/?g=library-aide&g=technical-services-librarian")))
    [last] = page.xpath("//nav[@aria-labelledby='next-actions']")
    steps = last.xpath(".//a/@href")
    # Who pays most and who is entered soonest are two careers: each with its check.
    assert steps == [
        "/guides/technical-services-librarian/readiness/",
        "/guides/library-aide/readiness/",
    ]
    assert all(client.get(step).status_code == 200 for step in steps)
