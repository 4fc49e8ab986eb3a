"""Tables, footnotes and pictures in a browser: on a phone, in large text, by keyboard, on paper, without scripts."""

import pytest
from playwright.sync_api import expect

from guides.publishing import editions
from tests import factories
from tests.guides.pictures import files

pytestmark = pytest.mark.django_db(transaction=True)
HEADS = ["Grade", "Hours promised a week", "Evenings and weekends", "Permanent or for a time", "Pay at the first step"]
ROWS = [
    [f"{place} {cell}" for cell in ("LTA", "between twenty and forty", "two", "permanent", "$39,417")]
    for place in range(4)
]
TABLE = "\n".join(
    ["Table: What four postings promised", "", f"| {' | '.join(HEADS)} |", "|---|---|---|---|---:|"]
    + [f"| {' | '.join(row)} |" for row in ROWS]
)
TEXT = f"""Words of a text[^1] that has a source[^source:office].

{TABLE}

![A bench with tools](picture:bench "Where books are sewn")

[^1]: See the whole report, which is long.
"""


@pytest.fixture
def written(guide):
    factories.make_source()
    factories.make_picture(guide, upload=files.written(files.drawn((900, 600)), "JPEG"))
    guide.sections.filter(kind__in=["text", "points"]).update(body="")
    for section in guide.sections.filter(kind__in=["text", "points"]):
        section.body = TEXT
        section.save()
    editions.publish(editions.save(guide))
    return guide


@pytest.mark.parametrize(("text", "scheme", "script"), [(16, "light", True), (32, "dark", True), (16, "dark", False)])
def test_a_table_a_footnote_and_a_picture_on_a_phone(new_context, written, axe, problems, text, scheme, script):
    options = {"viewport": {"width": 360, "height": 740}, "color_scheme": scheme, "java_script_enabled": script}
    page = new_context(**options).new_page()
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": text}})
    for address in ("/guides/bookbinder/text/", "/guides/bookbinder/print/"):
        page.goto(address)
        table = page.get_by_role("group", name="Table: What four postings promised").first
        expect(table.get_by_role("rowheader", name="0 LTA")).to_be_attached()
        # The page keeps its width; what is wider scrolls in its own place, by keyboard too.
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        table.focus()
        expect(table).to_be_focused()
        assert table.evaluate("box => box.scrollWidth > box.clientWidth")
        picture = page.get_by_role("img", name="A bench with tools").first
        picture.scroll_into_view_if_needed()
        # Its place is kept for it before it is there.
        expect(picture).to_have_js_property("complete", True)
        box = picture.bounding_box()
        assert box["width"] / box["height"] == pytest.approx(1.5, abs=0.02)
        assert picture.evaluate("image => image.currentSrc").endswith("-640.webp")
        if script:
            axe(page, "#text")
    page.goto("/guides/bookbinder/text/")
    page.get_by_role("link", name="Note [1]").first.click()
    # The focus goes along, whether the browser follows the link or the page's script does.
    note = page.locator("li:focus")
    expect(note).to_contain_text("See the whole report")
    note.get_by_role("link", name="Back to note 1").click()
    expect(page.locator("a:focus")).to_have_attribute("role", "doc-noteref")
    problems[:] = [problem for problem in problems if "inline style" not in problem]


def test_on_paper_a_table_is_whole(new_context, written):
    page = new_context(viewport={"width": 720, "height": 900}).new_page()
    page.goto("/guides/bookbinder/print/")
    page.emulate_media(media="print")
    table = page.get_by_role("group", name="Table: What four postings promised").first
    expect(table).to_have_css("overflow-x", "visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    expect(page.get_by_role("link", name="Back to note 1").first).to_be_hidden()


def test_a_section_that_comes_later_brings_its_footnotes(new_context, written):
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/guides/bookbinder/text/")
    page.locator("#points > summary").click()
    expect(page.locator("#points").get_by_role("link", name="Note [1]")).to_be_visible()
    names = page.locator("[id]").evaluate_all("all => all.map((each) => each.id)")
    assert len(names) == len(set(names))
