"""Tables and footnotes in texts, as they are rendered and as a whole guide's page has them."""

import json
import re

import pytest
from lxml import html as lxml_html

from guides import freezing
from guides.models import Guide, Point, markdown
from guides.publishing import checks, editions, outside_links, references
from tests import factories

TABLE = """Table: Pay **by** grade

| Grade | Pay | |
|:------|----:|---|
| One   | 41  | a |
|       | 43  | b |
"""


def tree(rendered):
    return lxml_html.fromstring(f"<div>{rendered}</div>")


def test_a_table_says_what_it_shows_and_what_its_cells_are():
    [box] = tree(markdown.render(TABLE))
    # It scrolls by itself: so it takes the focus, and has a name.
    assert dict(box.attrib) == {
        "class": "table-scroll",
        "role": "group",
        "tabindex": "0",
        "aria-label": "Table: Pay by grade",
    }
    assert box.findtext(".//caption") == "Pay "
    assert box.find(".//caption/strong").text == "by"
    heads = [
        (cell.tag, cell.get("scope"), cell.get("class"), cell.text) for cell in box.iterfind(".//thead//*[@scope]")
    ]
    assert heads == [("th", "col", None, "Grade"), ("th", "col", "align-end", "Pay")]
    rows = [[(cell.tag, cell.get("scope")) for cell in row] for row in box.iterfind(".//tbody/tr")]
    # What is empty names nothing.
    assert rows == [[("th", "row"), ("td", None), ("td", None)], [("td", None)] * 3]
    assert not box.findall(".//*[@style]")


def test_a_table_without_a_caption_is_named_by_its_head():
    [box] = tree(markdown.render("| *Grade* | Pay |\n|---|---|\n| One | 41 |"))
    assert box.get("aria-label") == "Table: Grade, Pay"
    assert box.find(".//caption") is None


def test_a_caption_of_no_table_is_a_paragraph():
    assert markdown.render("Table: words\n\nMore") == "<p>Table: words</p>\n<p>More</p>"


NOTED = "Words[^a] more[^b] again[^a].\n\n[^a]: See [it](https://notes.example/a).\n[^b]: Two\n\n    paragraphs."


def links_and_places(page):
    """The addresses within the page that links have, and every id in it."""
    found = lxml_html.fromstring(page)
    return found.xpath("//a[starts-with(@href, '#note')]/@href"), found.xpath("//@id")


def test_each_footnote_leads_there_and_back():
    rendered = markdown.render(NOTED)
    links, places = links_and_places(rendered)
    assert {link[1:] for link in links} == {place for place in places if place.startswith("note")}
    assert rendered.count('role="doc-noteref"') == 3
    assert [link for link in links if "ref" in link] == ["#noteref-1", "#noteref-1-2", "#noteref-2"]


@pytest.fixture
def noted(guide):
    """A guide in which several texts have the same table and footnotes, one of them naming a source."""
    text = f"{NOTED} And[^source:office].\n\n{TABLE}"
    for section in guide.sections.filter(kind__in=["text", "points"]):
        section.body = text
        section.save()
    for point in Point.objects.filter(section__guide=guide):
        point.text = text
        point.save()
    factories.make_source()
    editions.publish(editions.save(guide))
    return guide


def test_on_every_page_of_a_guide_names_are_given_once_and_lead_somewhere(client, noted):
    pages = ["/guides/bookbinder/?open=all", "/guides/bookbinder/print/", "/compare/?g=bookbinder&g=printer"]
    factories.make_guide("printer")
    for page in pages:
        links, places = links_and_places(client.get(page).content.decode())
        assert len(places) == len(set(places)), page
        assert {link[1:] for link in links} <= set(places), page
        assert links or "compare" in page
    fragment = client.get("/guides/bookbinder/text/", headers={"HX-Request": "true"}).content.decode()
    links, places = links_and_places(fragment)
    assert links
    assert {link[1:] for link in links} <= set(places)


def test_a_footnote_that_names_a_source_cites_it(client, noted):
    page = client.get("/guides/bookbinder/text/").content.decode()
    assert '<cite><a href="https://statistics.example/wages" rel="noopener">Wages by occupation</a></cite>' in page
    assert "data-source" not in page
    assert Guide.objects.citing([factories.make_source()]).get() == noted
    assert [source["fields"]["slug"] for source in freezing.freeze(noted)["sources"]].count("office") == 1
    assert checks.errors(editions.newest(noted)) == []
    assert "https://notes.example/a" in outside_links.in_public()


def test_a_source_that_a_footnote_alone_names_is_shown_kept_and_exported(client, guide, tmp_path):
    source = factories.make_source("annals", title="Annals", url="https://annals.example/")
    section = guide.sections.get(kind="text")
    section.body = "Words[^source:annals]."
    section.save()
    places = [str(place) for place in references.places(source)]
    assert len(places) == 1
    editions.publish(editions.save(guide))
    assert "https://annals.example/" in client.get("/guides/bookbinder/sources/").content.decode()
    content = json.loads(client.get("/guides/bookbinder.json").content)
    assert "annals" in {plain["fields"]["slug"] for plain in content["sources"]}
    # Back out of its edition, the guide's texts are what they were.
    thawed = freezing.thaw(editions.newest(guide).content)
    [text] = [one for one in thawed.sections.all() if one.kind == "text"]
    assert text.body == "Words[^source:annals]."
    assert re.search(r'id="note-bookbinder-section-text-1"', text.body_html)


def test_search_and_programs_get_a_table_in_words(client, noted):
    answer = client.get("/search/?q=grade").content.decode()
    assert "GradePay" not in answer
