"""Every page of the site on a phone, with letters half as large again and twice as large: nothing scrolls sideways.

And with letters of the usual size none is smaller than can be read. On a tablet and a desk nothing scrolls sideways
either, and no card stands alone beside an empty place.
"""

import pytest

from guides.plan import keys
from guides.readiness import answers
from tests.addresses import Site, every_address
from tests.careerguide.test_access import QUERIES
from tests.crawl import is_html

pytestmark = pytest.mark.django_db(transaction=True)
WIDTH, SIZES, SMALLEST = 360, (16, 24, 32), 12
TABLET_AND_DESK = (768, 1280)
# What results are reached by: the form's own answers.
RESULTS = {
    "readiness:skills_gap": f"?a={answers.code('skill-0')}1",
    "readiness:readiness": f"?a={answers.code('diploma', 'diploma-0')}&hours=5&start=2027-01-11&budget=1000",
    "guides:compare": "?g=bookbinder&g=binders",
    "guides:search": "?q=binder",
    "occupations:explore": "?show=1",
}
# Pages for people who sign in have tests of their own; these answer with files or lead elsewhere.
OTHERS = ("/admin", "/style", "/preview", "/pictures", "/static")
WIDE = """() => [document.documentElement.scrollWidth, [...document.querySelectorAll("main *")].filter(
    each => each.getBoundingClientRect().right > innerWidth + 1
).slice(-1).map(each => each.outerHTML.slice(0, 90))]"""
SMALL = """smallest => [...document.querySelectorAll("body *")].filter(each => {
    const says = [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
    if (!says || !each.checkVisibility()) return false;
    const scale = each.ownerSVGElement ? each.getScreenCTM().a : 1;
    return parseFloat(getComputedStyle(each).fontSize) * scale < smallest - 0.05;
}).map(each => each.outerHTML.slice(0, 80))"""

# Grids of cards, things that each have an edge all around, whose last row holds one alone and has room for more.
ORPHANS = """() => [...document.querySelectorAll("main *")].filter(grid => {
    if (!["grid", "flex"].includes(getComputedStyle(grid).display) || !grid.checkVisibility()) return false;
    const stands = each => each.offsetHeight && getComputedStyle(each).position !== "absolute";
    const cards = [...grid.children].filter(stands);
    const isCard = each => {
        const look = getComputedStyle(each.matches("li") && each.children.length === 1 ? each.firstElementChild : each);
        return parseFloat(look.borderInlineStartWidth) && parseFloat(look.borderBlockStartWidth)
            && parseFloat(look.paddingInlineStart) && each.offsetHeight > 60;
    };
    if (cards.length < 3 || !cards.every(isCard)) return false;
    const rows = Map.groupBy(cards, each => Math.round(each.getBoundingClientRect().top));
    const [first, last] = [[...rows.values()][0], [...rows.values()].at(-1)];
    return first.length > 1 && last.length === 1 && last[0].offsetWidth < grid.offsetWidth * 0.9;
}).map(grid => grid.outerHTML.slice(0, 90))"""

# Makes the first grid of cards hold so many.
SO_MANY = """count => {
    const cards = document.querySelector(".cards");
    cards.replaceChildren(...Array.from({length: count}, () => cards.firstElementChild.cloneNode(true)));
}"""


@pytest.fixture
def site(transactional_db):
    return Site()


def pages(site):
    """Every address that is no editor's, as it is and with what gives results."""
    for address in every_address():
        path = site.path(address)
        if not path.startswith(OTHERS):
            yield path + QUERIES.get(address.name, "")
            if address.name in RESULTS:
                yield path + RESULTS[address.name]


def test_large_text_fits_on_every_page(new_context, live_server, site, client, problems):
    client.cookies[keys.cookie_name()] = site.key
    context = new_context(viewport={"width": WIDTH, "height": 740})
    context.add_cookies([{"name": keys.cookie_name(), "value": site.key, "url": live_server.url}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    wrong, seen = [], 0
    for path in dict.fromkeys(pages(site)):
        answer = client.get(path)
        if answer.status_code != 200 or not is_html(answer):
            continue
        page.goto(path)
        seen += 1
        wrong += [f"{path}: smaller than {SMALLEST} px: {each}" for each in page.evaluate(SMALL, SMALLEST)]
        for size in SIZES:
            session.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
            width, widest = page.evaluate(WIDE)
            if width > WIDTH:
                wrong.append(f"{path} with {size} px letters: {width} px wide: {widest}")
        session.send("Page.setFontSizes", {"fontSizes": {"standard": SIZES[0]}})
        for wider in TABLET_AND_DESK:
            page.set_viewport_size({"width": wider, "height": 740})
            width, widest = page.evaluate(WIDE)
            if width > wider:
                wrong.append(f"{path} at {wider} px: {width} px wide: {widest}")
            wrong += [f"{path} at {wider} px: a card alone: {each}" for each in page.evaluate(ORPHANS)]
        page.set_viewport_size({"width": WIDTH, "height": 740})
    page.goto("/tools/")
    for wider in TABLET_AND_DESK:
        page.set_viewport_size({"width": wider, "height": 740})
        for count in range(2, 12):
            page.evaluate(SO_MANY, count)
            wrong += [f"{count} cards at {wider} px: one alone" for _ in page.evaluate(ORPHANS)]
    assert not wrong, "\n".join(wrong)
    assert seen > 60
    problems.clear()
