"""Charts and pay by state in Chromium: axe, no letter too small, nothing cut off, and how much of a phone they take."""

import pytest

from guides.datasets.areas import STATES
from guides.datasets.models import Area, Dataset, WageEstimate

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = "/guides/library-technical-assistant/"
ADDRESSES = [
    GUIDE,
    f"{GUIDE}pay-outlook/",
    f"{GUIDE}schooling/",
    f"{GUIDE}market-2025/",
    f"{GUIDE}pay/",
    f"{GUIDE}pay/ohio/",
    f"{GUIDE}pay/ohio/?view=map",
    "/compare/?g=library-technical-assistant&g=technical-services-librarian",
]
SMALLEST = 12
# Letters of charts that are smaller than they may be, or that leave the page.
LETTERS = """smallest => [...document.querySelectorAll("main svg text")].filter(text => {
    const box = text.getBoundingClientRect();
    const scale = text.getScreenCTM().a;
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    return box.width && (size < smallest || box.left < 0 || box.right > innerWidth + 0.5);
}).map(text => text.textContent)"""
# 'Pay and outlook' took 6,308 px of a phone of 360 px before there were charts.
HALF = 3_154


@pytest.fixture
def wages(lta):
    """Pay by state of the first guide's occupation."""
    dataset = Dataset.objects.create(form="oews", edition="May 2023", file_name="state_M2023_means.csv")
    for number, state in enumerate(STATES):
        kind = "territory" if state.is_territory else "state"
        area = Area.objects.create(
            code=state.code, slug=state.slug, name=state.name, kind=kind, state=state.abbreviation
        )
        if state.abbreviation not in ("GU", "VI"):
            WageEstimate.objects.create(
                dataset=dataset,
                area=area,
                code="25-4031",
                title="Library Technicians",
                annual_mean=30_000 + 500 * number,
            )


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_charts_pass_axe_and_can_be_read(new_context, wages, axe, width, scheme):
    page = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    for address in ADDRESSES:
        page.goto(address)
        axe(page)
        assert page.evaluate(LETTERS, SMALLEST) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_pay_and_outlook_takes_half_a_phone_of_what_it_took_and_nothing_is_lost(new_context, wages):
    page = new_context(viewport={"width": 360, "height": 720}).new_page()
    page.goto(f"{GUIDE}pay-outlook/")
    section = page.locator("#pay-outlook")
    assert section.bounding_box()["height"] <= HALF
    section.evaluate("section => section.querySelectorAll('details').forEach(each => each.open = true)")
    for words in ("Pay is typically higher in big metropolitan areas", "Hard times and good places", "Jobs in 2024"):
        assert section.get_by_text(words).first.is_visible(), words


def test_on_a_desk_the_texts_among_figures_are_not_folded(new_context, wages):
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{GUIDE}pay-outlook/")
    text = page.get_by_text("Pay is typically higher in big metropolitan areas")
    assert text.is_visible()
    assert page.locator("#pay-outlook").get_by_text("Read on").first.is_hidden()


def test_a_folded_part_opens_where_its_name_is_asked_for(new_context, wages):
    page = new_context(viewport={"width": 360, "height": 720}).new_page()
    page.goto(f"{GUIDE}#what-moves-pay")
    page.get_by_text("Pay is typically higher in big metropolitan areas").wait_for(state="visible")
