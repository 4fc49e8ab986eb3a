"""Charts say what the figures say: the numbers of a guide held against the places in the SVG that a reader gets."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from guides.models import Figure, Guide, Observation
from guides.publishing import editions

from ... import factories

GUIDES = ["library-technical-assistant", "library-clerk", "technical-services-librarian"]
DRAWING = re.compile(r'<figure class="drawing".*?</figure>', re.DOTALL)


# Which steps are out of line with the others of their series.
APART = {("library-technical-assistant", "median-pay"): [4], ("library-technical-assistant", "people-employed"): [0]}


def drawings(client, address):
    """Return every chart of a page as markup."""
    response = client.get(address)
    assert response.status_code == 200
    return DRAWING.findall(response.content.decode())


def svgs(markup):
    """Return the outermost SVGs of a chart as elements."""
    drawings, depth, start = [], 0, 0
    for tag in re.finditer(r"<svg|</svg>", markup):
        if tag[0] == "<svg":
            start = tag.start() if depth == 0 else start
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                drawings.append(ElementTree.fromstring(markup[start : tag.end()]))  # noqa: S314 (our own page)
    return drawings


def parts(element, name):
    """Return the elements of a chart that have the class `name`."""
    return [each for each in element.iter() if name in (each.get("class") or "").split()]


def at(element, name="x"):
    return float(element.get(name).rstrip("%"))


def texts(element):
    return [" ".join("".join(each.itertext()).split()) for each in element.iter("text")]


def money(value):
    return f"${value:,}"


def number_of(guide, slug, name="value", **fields):
    observation = Figure.objects.get(section__guide__slug=guide, slug=slug).history[0]
    return getattr(observation, name)


def spread(guide, prefix=""):
    if prefix:
        slugs = [("all-jobs-range", "low"), ("all-jobs-median", "value"), ("all-jobs-range", "high")]
    else:
        slugs = [
            ("pay-range", "low"), ("pay-middle", "low"), ("median-pay", "value"), ("pay-middle", "high"),
            ("pay-range", "high"),
        ]  # fmt: skip
    return [number_of(guide, slug, name) for slug, name in slugs]


def ends(bar):
    return [at(bar), at(bar) + at(bar, "width")]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_pay_strip_has_one_scale_for_all_that_it_marks(client, lta, guide):
    strip = svgs(next(each for each in drawings(client, f"/guides/{guide}/pay-outlook/") if "strip__half" in each))[0]
    own, all_jobs = parts(strip, "strip__band")
    low, high = ends(own)
    quarter, three_quarters = ends(parts(strip, "strip__half")[0])
    middle, of_all = (at(mark, "x1") for mark in parts(strip, "strip__mark"))
    places = [low, quarter, middle, three_quarters, high, ends(all_jobs)[0], of_all, ends(all_jobs)[1]]
    values = spread(guide) + spread(guide, "all")
    scale = values[-1] / places[-1]
    assert all(abs(place * scale - value) < 0.15 * scale for place, value in zip(places, values, strict=True))
    written = texts(strip)
    for value in (values[0], values[2], values[4], values[5], values[7]):
        assert money(value) in written
    assert f"all jobs {money(values[6])}" in written


@pytest.mark.parametrize("guide", GUIDES)
def test_lines_rise_from_zero_and_mark_what_is_out_of_line(client, lta, guide):
    markup = next(each for each in drawings(client, f"/guides/{guide}/pay-outlook/") if 'class="lines"' in each)
    pay, jobs = (each for each in svgs(markup) if each.get("class") == "line")
    for line, slug in ((pay, "median-pay"), (jobs, "people-employed")):
        figure = Figure.objects.get(section__guide__slug=guide, slug=slug)
        official = figure.observations.filter(basis="official").order_by("year")
        values = list(official.values_list("value", flat=True))
        assert list(official.values_list("year", flat=True)) == list(range(2020, 2026))
        points = parts(line, "line__point")
        heights = [82 - at(point, "cy") for point in points]
        assert len(points) == 6
        unit = max(values) / max(heights)
        assert all(abs(height * unit - value) < 0.1 * unit for height, value in zip(heights, values, strict=True))
        steps = [at(after, "cx") - at(before, "cx") for before, after in pairwise(points)]
        assert max(steps) - min(steps) < 0.15
        steps = enumerate(parts(line, "line__step"))
        assert [place for place, step in steps if "--apart" in step.get("class")] == APART.get((guide, slug), [])
    if guide == "library-technical-assistant":
        assert "+11.5% from May 2024 to May 2025" in markup
        assert "no trend" in markup


def test_year_by_year_the_table_says_the_same(client, lta):
    page = client.get("/guides/library-technical-assistant/pay-outlook/").content.decode()
    table = re.search(r'<table class="years">.*?</table>', page, re.DOTALL)[0]
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]*)</td><td>([^<]*)</td>', table)
    assert rows == [
        ("May 2020", "$37,010", ""),
        ("May 2021", "$36,970", "−0.1%"),
        ("May 2022", "$37,600", "+1.7%"),
        ("May 2023", "$39,310", "+4.5%"),
        ("May 2024", "$39,970", "+1.7%"),
        ("May 2025", "$44,580", "+11.5%"),
    ]
    assert "From this year on BLS estimates in another way" in page


@pytest.mark.parametrize(
    ("guide", "exits", "transfers", "lost", "new"),
    [
        ("library-technical-assistant", 7000, 6500, 540, 0),
        ("library-clerk", 7200, 6200, 560, 0),
        ("technical-services-librarian", 7600, 5700, 0, 240),
    ],
)
def test_openings_are_who_leaves_less_what_is_not_filled(client, lta, guide, exits, transfers, lost, new):
    markup = next(each for each in drawings(client, f"/guides/{guide}/job-outlook/") if 'class="flow"' in each)
    flow = next(svg for svg in svgs(markup) if parts(svg, "flow__exits"))
    leave, change = (at(parts(flow, name)[0], "width") for name in ("flow__exits", "flow__transfers"))
    assert abs(leave / change - exits / transfers) < 0.01
    opened = next(svg for svg in svgs(markup) if parts(svg, "flow__open"))
    everything = exits + transfers + new
    assert abs(at(parts(opened, "flow__open")[0], "width") - 100 * (everything - lost) / everything) < 0.1
    assert ("not filled again" in markup) == bool(lost)
    assert ("jobs are new" in markup) == bool(new)
    assert f"<b>{lost or new}</b>" in markup
    jobs = [ends(parts(svg, "flow__jobs")[0])[1] for svg in svgs(markup) if parts(svg, "flow__jobs")]
    now, then = {
        "library-technical-assistant": (78_600, 73_200), "library-clerk": (84_500, 78_900),
        "technical-services-librarian": (142_100, 144_500),
    }[guide]  # fmt: skip
    assert abs(jobs[1] / jobs[0] - then / now) < 0.002


def test_required_education_is_drawn_with_its_interval_and_never_called_the_education_of_workers(client, lta):
    address = "/guides/library-technical-assistant/schooling/"
    markup = next(each for each in drawings(client, address) if "categories__interval" in each)
    rows = re.findall(r"<li>.*?</li>", markup, re.DOTALL)
    scales = set()
    for row in rows:
        [svg] = svgs(row)
        share = int(re.search(r"(\d+)%</b>", row)[1])
        low, high = map(int, re.search(r"<small>(\d+)–(\d+)</small>", row).groups())
        bar, interval = parts(svg, "categories__bar")[0], parts(svg, "categories__interval")[0]
        scales.add(round(share / at(bar, "width"), 1))
        assert abs(ends(interval)[0] / at(bar, "width") - low / share) < 0.08
        assert abs(ends(interval)[1] / at(bar, "width") - high / share) < 0.08
    assert len(rows) == 6
    assert len(scales) == 1
    assert "say a new hire needs" in markup
    assert "28 people" in markup
    assert "July 2017" in markup


def test_the_card_and_the_comparison_draw_the_same_spread(client, lta):
    card = client.get("/guides/library-technical-assistant/").content.decode()
    [strip] = svgs(re.search(r'<svg class="strip strip--small".*?</svg>', card, re.DOTALL)[0])
    low, high = ends(parts(strip, "strip__band")[0])
    assert abs(high / low - 63_080 / 29_300) < 0.01
    page = client.get("/compare/?g=library-technical-assistant&g=technical-services-librarian").content.decode()
    one, other = (svgs(each)[0] for each in re.findall(r'<svg class="strip strip--small".*?</svg>', page, re.DOTALL))
    highs = [ends(parts(strip, "strip__band")[0])[1] for strip in (one, other)]
    assert abs(highs[1] / highs[0] - 103_990 / 63_080) < 0.01


@pytest.fixture
def figures(guide):
    """The section of figures of the small guide, emptied."""
    section = guide.sections.get(kind="figures")
    section.figures.all().delete()
    return section


def publish(guide):
    editions.publish(editions.save(Guide.objects.get(pk=guide.pk)))


def figure(section, slug, years=(), **fields):
    said = {"label": slug.capitalize(), "measure": "pay", "statistic": "median", "unit": "currency", "currency": "USD"}
    said |= {"occupation_codes": "51-5113"} | fields
    row = Figure.objects.create(section=section, slug=slug, **said)
    for year, value in dict(years).items():
        values = dict(zip(("low", "high"), value, strict=True)) if isinstance(value, tuple) else {"value": value}
        factories.make_observation(row, period=f"May {year}", year=year, **values)
    return row


def test_what_is_too_little_for_a_chart_stands_as_a_number(client, guide, figures):
    figure(figures, "pay", {2023: 40_000, 2024: 41_000, 2025: 42_000})
    figure(figures, "range", {2025: (None, 60_000)}, statistic="range")
    publish(guide)
    page = client.get("/guides/bookbinder/figures/").content.decode()
    assert not DRAWING.search(page)
    assert "$42,000" in page
    assert "up to $60,000" in page


def test_a_line_stops_where_a_year_is_missing(client, guide, figures):
    figure(figures, "pay", {2018: 30_000, 2020: 37_000, 2021: 37_000, 2022: 38_000, 2023: 39_000})
    publish(guide)
    [markup] = drawings(client, "/guides/bookbinder/figures/")
    [line] = svgs(markup)
    assert len(parts(line, "line__point")) == 4
    assert "May 2020" in texts(line)


def test_an_estimate_is_not_drawn_as_official_pay(client, guide, figures):
    figure(figures, "range", {2025: (30_000, 60_000)}, statistic="range")
    Observation.objects.update(basis="estimate")
    publish(guide)
    assert not drawings(client, "/guides/bookbinder/figures/")
    assert "strip" not in client.get("/guides/bookbinder/").content.decode()


def test_two_projections_of_other_codes_are_no_pair(client, guide, figures):
    for slug, codes, period, year, value in [
        ("now", "51-5113", "2024", 2024, 900), ("then", "51-5113 51-5112", "2024-34", 2024, 800),
    ]:  # fmt: skip
        row = figure(
            figures, slug, measure="employment", statistic="total", unit="count", currency="", occupation_codes=codes
        )
        factories.make_observation(row, period=period, year=year, value=value)
    publish(guide)
    assert not drawings(client, "/guides/bookbinder/figures/")
