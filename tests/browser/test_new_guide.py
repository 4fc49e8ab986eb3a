"""A new guide from a blank to readers: what it takes is counted, and nothing on the way is a dead end."""

import pytest
from playwright.sync_api import expect

from guides.models import Guide
from guides.registry.groups import PUBLISHERS

MOST_CLICKS = 40
HEADINGS = [
    "What it is like", "Skills and qualifications", "How to get there", "Where to apply", "A day at work",
    "What it asks of you", "Who hires", "What comes next", "Questions people ask",
]  # fmt: skip
# The first fields of the rows that a section holds, by the relation.
ROWS = {
    "skills": {"name": "Sewing"},
    "steps": {"title": "Learn to fold", "text": "Fold a sheet."},
    "points": {"text": "In a bindery."},
    "questions": {"question": "Is it loud?", "answer": "No."},
}


class Clicks:
    """A person at the editors' desk whose clicks are counted; choosing from a list counts as one."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, role, name, **options):
        self.count += 1
        self.page.get_by_role(role, name=name, **options).first.click()

    def choose(self, field, value):
        self.count += 1
        self.page.locator(f"#id_{field}").select_option(value)

    def fill(self, **fields):
        for name, value in fields.items():
            self.page.locator(f"#id_{name.replace('__', '-')}").fill(value)

    def save(self, is_last):
        """Save what is new, and go on with another one or back to the guide."""
        self.click("button", "Save" if is_last else "Save and add another", exact=True)
        if is_last:
            expect(self.page.get_by_role("heading", name="What it has, and what is missing")).to_be_visible()
        else:
            expect(self.page.locator("form textarea, form input[type=text]").first).to_have_value("")

    def follow(self, part, words):
        """Follow what a part of the guide says is missing."""
        self.count += 1
        self.page.locator(f"#part-{part}").get_by_role("link", name=words).first.click()


@pytest.mark.usefixtures("transactional_db")
def test_a_guide_of_nine_sections_with_readiness_and_toolkit_takes_forty_clicks(sign_in, new_context, live_server):
    page = sign_in("pat", PUBLISHERS)
    person = Clicks(page)
    person.click("link", "New guide")
    person.fill(title="Bookbinder", occupation_code="51-5113", field_of_work="Crafts", headings="\n".join(HEADINGS))
    person.click("button", "Start the guide")
    person.fill(summary="Sews, glues and covers books.")
    expect(page.get_by_text("The guide has no summary.").first).to_be_visible()
    person.click("button", "Save", exact=True)
    expect(page.get_by_text("The guide has no summary.")).to_have_count(0)
    write_sections(person)
    write_readiness(person)
    write_toolkit(person)
    person.click("link", "Nothing keeps it from readers")
    person.click("button", "Publish now")
    expect(page.get_by_text("Readers see this edition from now on.")).to_be_visible()
    assert person.count <= MOST_CLICKS
    read(new_context().new_page(), live_server.url)


def write_sections(person):
    guide = Guide.objects.get()
    sections = [each for whole in guide.sections.filter(parent=None) for each in (whole, *whole.children.all())]
    assert len(guide.sections.filter(parent=None)) == 9
    person.click("link", HEADINGS[0], exact=True)
    for section in sections:
        expect(person.page.locator("#id_heading")).to_have_value(section.heading)
        person.fill(summary="What to know first.", body="Some words.")
        rows = section.kind_info.rows
        person.fill(**{f"{rows}__0__{name}": value for name, value in ROWS.get(rows, {}).items()})
        is_last = section == sections[-1]
        person.click("button", "Save" if is_last else "Save and open the next section", exact=True)
    expect(person.page.get_by_role("heading", name="What it has, and what is missing")).to_be_visible()


def write_readiness(person):
    person.follow("readiness", "No area and no question")
    person.fill(name="School")
    person.click("button", "Save", exact=True)
    person.follow("readiness", "No question that can be answered")
    for number in range(2):
        person.fill(text=f"Can you fold {number}?", options__0__text="Yes", options__0__points="10")
        person.fill(options__1__text="No", options__1__advice="Fold a sheet.")
        person.save(is_last=bool(number))
    person.follow("readiness", "No bands")
    for number, starts_at in enumerate(("0", "50")):
        person.fill(starts_at=starts_at, title="Nearly ready", text="Go on.")
        person.save(is_last=bool(number))
    expect(person.page.locator("#part-readiness h3")).to_contain_text("nothing missing")


def write_toolkit(person):
    person.follow("resumes", "No worked resume")
    person.fill(title="First job", situation="You begin.", name="Ada Bell", headline="Bookbinder", city="Lodz")
    person.fill(summary="Binds books.", why="It is short.")
    person.click("button", "Save", exact=True)
    person.follow("resumes", "has no entries")
    person.choose("part", "work")
    person.fill(title="Helper", lines__0__text="Sewed 40 books")
    person.click("button", "Save", exact=True)
    person.follow("letters", "No cover letter")
    person.fill(title="First job", situation="You begin.", body="Dear [name],", why="It is short.")
    person.click("button", "Save", exact=True)
    person.follow("interview", "No interview question")
    person.fill(
        question="Why books?", looked_for="A reason.", situation="At home.", task="To mend one.", action="Sewed."
    )
    person.fill(result="It held.", weak="I like them.", why_weak="It says nothing.")
    person.choose("group", "work")
    person.choose("difficulty", "easy")
    person.click("button", "Save", exact=True)
    expect(person.page.locator("#part-interview h3")).to_contain_text("nothing missing")


def read(page, site):
    """Follow every button of the guide's page, as a reader."""
    page.goto(f"{site}/guides/bookbinder/")
    expect(page.get_by_role("heading", name="Bookbinder", level=1)).to_be_visible()
    for name in ("Check your readiness",):
        page.get_by_role("link", name=name).click()
        expect(
            page.get_by_role("button", name="Next").or_(page.get_by_role("button", name="Show my result")).first
        ).to_be_visible()
    for tool in ("skills-gap", "toolkit", "toolkit/resume", "toolkit/cover-letter", "toolkit/interview"):
        page.goto(f"{site}/guides/bookbinder/{tool}/")
        expect(page.locator("[data-nothing-here]")).to_have_count(0)
