"""Many at once, in a browser: newer figures of several guides in few clicks, and words replaced in all guides."""

import pytest
from playwright.sync_api import expect

from guides.datasets.models import Dataset, ImportedObservation
from guides.publishing import editions
from guides.registry.groups import EDITORS, PUBLISHERS
from tests import factories

PHONE = {"width": 360, "height": 740}
# Measure, statistic, unit, what guides hold, and what a survey says a year later.
SERIES = [
    ("pay", "median", "currency", {"value": 40_000}, {"value": 41_000}),
    ("pay", "mean", "currency", {"value": 43_000}, {"value": 44_000}),
    ("pay", "range", "currency", {"low": 28_000, "high": 60_000}, {"low": 29_000, "high": 62_000}),
    ("pay", "middle", "currency", {"low": 33_000, "high": 49_000}, {"low": 34_000, "high": 50_000}),
    ("hourly", "median", "cents", {"value": 1922}, {"value": 1971}),
    ("employment", "total", "count", {"value": 73_770}, {"value": 74_120}),
]


@pytest.fixture
def guides(transactional_db):
    """Four guides that readers see with 23 figures that a newer survey is out for; one is typed by hand as well."""
    made = [factories.make_guide(slug, publish=False) for slug in ("bookbinder", "finisher", "gilder", "printer")]
    source = factories.make_source("survey-2024", title="Survey, May 2024")
    survey = Dataset.objects.create(form="oews", edition="May 2025", file_name="national_M2025.xlsx")
    for number, (measure, statistic, unit, held, newer) in enumerate(SERIES):
        for guide in made[: 3 if number == 5 else 4]:
            section = guide.sections.get(kind="figures")
            figure = section.figures.create(
                slug=f"figure-{number}", label=f"Figure {number}", measure=measure, statistic=statistic, unit=unit,
                currency="" if unit == "count" else "USD", occupation_codes="51-5113", position=number + 5,
            )  # fmt: skip
            factories.make_observation(figure, period="May 2024", year=2024, source=source, note="Kept.", **held)
        ImportedObservation.objects.create(
            dataset=survey, entry="51-5113", title="Binders", codes="51-5113", measure=measure, statistic=statistic,
            unit=unit, period="May 2025", year=2025, **newer,
        )  # fmt: skip
    for guide in made:
        guide.sections.filter(kind="text").update(summary="Half earn more than {figure:figures/figure-0}.")
    editions.publish_together([editions.save(guide) for guide in made])
    # What was typed by hand stands in the draft alone: publishing would stop at it.
    made[1].sections.filter(kind="text").update(summary="Half earn more than $40,000 (May 2024).")
    editions.save(made[1])
    return made


def test_23_newer_figures_are_published_in_eight_clicks(guides, sign_in, new_context, live_server, axe, problems):
    """An editor without the right to publish, on a phone, without scripts, by keyboard; then whoever has it."""
    clicks = 0

    def press(target):
        nonlocal clicks
        clicks += 1
        target.press("Enter")

    editor = sign_in("ed", EDITORS, java_script_enabled=False, viewport=PHONE, color_scheme="dark")
    press(editor.get_by_role("link", name="Newer data is out for 23 figures that readers see."))
    press(editor.get_by_role("button", name="Look at all 23 newer figures"))
    expect(editor.get_by_role("checkbox", name="Figure", checked=True)).to_have_count(23)
    expect(editor.locator("ins", has_text="Half earn more than $41,000 (May 2025).")).to_be_visible()
    press(editor.get_by_role("button", name="Use the chosen newer figures"))
    expect(editor.get_by_role("heading", name="23 newer figures", exact=True)).to_be_visible()
    assert editor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    press(editor.get_by_role("button", name="Submit all for review"))
    expect(editor.get_by_text("They now wait for a publisher")).to_be_visible()

    publisher = sign_in("pat", PUBLISHERS)
    press(publisher.get_by_role("link", name="Waits for review as one: “23 newer figures”, 4 guides."))
    expect(publisher.locator("ins", has_text="Half earn more than $41,000.")).to_have_count(3)
    axe(publisher)
    problems[:] = [problem for problem in problems if "inline style" not in problem]
    press(publisher.get_by_role("button", name="Publish all now"))
    expect(publisher.get_by_text("Readers see all of it from now on.")).to_be_visible()
    assert clicks <= 8

    reader = new_context().new_page()
    for guide in guides:
        reader.goto(f"{live_server.url}/guides/{guide.slug}/text/")
        expect(reader.get_by_text("Half earn more than $41,000").first).to_be_visible()
        figure = guide.sections.get(kind="figures").figures.get(slug="figure-0")
        assert figure.leading.note == "Noted of May 2024: Kept."


def test_words_are_found_replaced_and_undone(guides, sign_in, live_server, axe, problems):
    page = sign_in("pat", PUBLISHERS, viewport=PHONE, color_scheme="dark")
    page.goto(f"{live_server.url}/admin/guides/guide/")
    page.get_by_role("link", name="Find in all guides").click()
    page.get_by_label("Word or phrase").fill("do it")
    page.get_by_label("Replace it with").fill("make it")
    page.get_by_role("button", name="Show what replacing would change").click()
    expect(page.get_by_text("8 places.")).to_be_visible()
    axe(page)
    problems[:] = [problem for problem in problems if "inline style" not in problem]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("checkbox", checked=True).first.uncheck()
    page.get_by_role("button", name="Replace the chosen ones in the drafts").click()
    expect(page.get_by_text("Replaced in the drafts.")).to_be_visible()
    steps = guides[0].sections.get(kind="steps").steps
    assert [step.text for step in steps.all()] == ["Do it.", "Make it."]
    page.get_by_role("button", name="Undo in the drafts").click()
    expect(page.get_by_text("The drafts are as they were before.")).to_be_visible()
    assert [step.text for step in steps.all()] == ["Do it.", "Do it."]

    for page_of_list in ("assign", "source"):
        page.goto(f"{live_server.url}/admin/guides/guide/{page_of_list}/?guide={guides[0].pk}&guide={guides[1].pk}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    old, new = factories.make_source(), factories.make_source("survey-2024")
    page.goto(f"{page.url}&old={old.pk}&new={new.pk}")
    expect(page.get_by_role("button", name="Change the chosen ones in the drafts")).to_be_visible()
    axe(page)
    page.goto(f"{live_server.url}/admin/datasets/checkedfigure/use/?all=1")
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    problems[:] = [problem for problem in problems if "inline style" not in problem]
