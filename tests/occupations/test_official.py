"""The pages of the occupations that we ship: every shape of them, fifty numbers, and what is asked wrongly."""

import json
import lzma
import random
import re
from html import unescape

import lxml.html
import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from guides import formats
from guides.occupations.models import OccupationListing
from guides.occupations.reading import PARTS
from tests.guides import linked_data_schema
from tests.installed import need_checker
from tests.test_html import check_html

from .official import BAD, BAD_LISTS, CODES, COMPARED, LISTS, SEED

pytestmark = pytest.mark.django_db

SHIPPED = settings.BASE_DIR / "fixtures" / "official"
# How a source names its edition.
EDITION = re.compile(r"O\*NET \d\d\.\d|May 20\d\d|20\d\d–\d\d")
# The first year of a table has no change since the year before.
EMPTY_CELLS = {""}
# What a page must never cost more than.
MOST_QUERIES = 8


def text_of(html):
    """What a page says, on one line."""
    return " ".join(unescape(lxml.html.document_fromstring(html).text_content()).split())


def test_every_occupation_has_an_address_of_its_own(official):
    kinds = [listing.kind for listing in official.listings.values()]
    assert len(official.listings) == 1_016
    assert (kinds.count("surveyed"), kinds.count("all-other"), kinds.count("military")) == (923, 74, 19)
    joint = {each.soc_code: each.pay_code for each in official.listings.values()}
    assert joint["31-1121"] == joint["31-1122"] == "31-1120"
    assert joint["21-1011"] == "21-1018"
    assert joint["53-1042"] == "53-1047"
    # Those without a row of pay of their own: 34 in a joint row, legislators of an older edition, fishers of none.
    civil = [each for each in official.listings.values() if each.kind != "military"]
    assert sum(each.pay_code != each.soc_code for each in civil) == 35
    assert [each.soc_code for each in civil if not each.pay_code] == ["45-3031"]


def test_pages_of_every_shape_are_whole(official):
    for slug in official.sample:
        listing, html = official.listings[slug], official.html(slug)
        assert official.answers[f"/occupations/{slug}/"].status_code == 200
        assert official.queries[slug] <= MOST_QUERIES, slug
        assert ("noindex" in html) == (listing.kind != "surveyed"), slug
        assert "CC BY 4.0" in html
        main = lxml.html.document_fromstring(html).get_element_by_id("main")
        parts = [link.get("href")[1:] for link in main.xpath(".//*[@class='folder__contents']//a")]
        assert [section.get("aria-labelledby") for section in main.iter("section")] == parts
        for section in main.iter("section"):
            check_part(section, f"{slug}, {section.get('aria-labelledby')}")
        assert not [slug for each in main.iter("ul", "ol", "dl", "tbody") if not len(each)]


def check_part(section, place):
    """Fail where a part of a page says nothing, or does not say whose words it has and of which edition."""
    name = section.get("aria-labelledby")
    assert len(" ".join(section.text_content().split())) > len(str(PARTS[name])) + 20, place
    sources = [each.text_content() for each in section.find_class("figure__source")]
    assert name == "credits" or EDITION.search(" ".join(sources)), place
    words = {each.text_content().strip() for each in section.iter("td", "p", "li", "b")}
    assert not words & {"", "None", "nan"} - EMPTY_CELLS, place


def test_a_page_without_a_survey_says_why(official):
    for slug in official.sample:
        listing, said = official.listings[slug], text_of(official.html(slug))
        assert ("This is a military occupation" in said) == (listing.kind == "military")
        assert ("Nobody has surveyed this occupation" in said) == (listing.kind == "all-other")


def test_when_and_of_whom_it_was_asked_stands_there(official):
    said = text_of(official.html("library-technicians"))
    assert "O*NET 30.2; July 2017, people who do this work; 97–100 answers to each question" in said
    assert "November 2023, computed by machine learning: nobody was asked" in said


def test_what_is_counted_together_is_named(official):
    said = text_of(official.html("home-health-aides"))
    assert (
        "these numbers are of Home Health and Personal Care Aides (31-1120), which also counts Personal Care Aides"
        in said
    )


def test_a_joint_row_is_not_given_as_the_ones(official):
    """Beside others, as on its own page, and for the parts that O*NET divides an occupation into."""
    compared = text_of(official.answers[f"/compare/{COMPARED[1]}"].content.decode())
    assert compared.count("its pay and outlook are of Home Health and Personal Care Aides (31-1120)") == 1
    assert not official.listings["library-technicians"].is_counted_with_others
    parts = [slug for slug in official.sample if not official.listings[slug].is_whole]
    joint = [slug for slug in official.sample if official.listings[slug].is_counted_with_others]
    assert parts
    assert set(parts) < set(joint)
    for slug in joint:
        listing, page = official.listings[slug], official.html(slug)
        assert ("BLS does not count this occupation by itself" in page) == bool(listing.pay_code), slug
        assert ("together.</p>" in page) == bool(listing.typical_education), slug
    related = [text_of(official.html(slug)) for slug in official.sample]
    assert any("BLS counts it together with others" in page for page in related)


def test_withheld_numbers_are_said_in_words(official):
    said = text_of(official.html("actors"))
    assert "a year, not published; an hour, $29.05. BLS OEWS, May 2025" in said
    # The Bureau's own change, 200 in ten years, and not the difference of rounded jobs, 100.
    assert "20 jobs are new" in said
    assert "Statistics, May 2020 to May 2025." in said
    assert "May 2024" in text_of(official.html("legislators"))


def test_a_written_guide_goes_first_and_a_near_one_says_why(official):
    said = text_of(official.html("library-technicians"))
    assert "There is a guide to this job, which says more:" in said
    archivists = text_of(official.html("archivists"))
    assert "No one has written a guide to this job yet." in archivists
    assert re.search(
        r"The nearest guide: [\w ]+, because O\*NET names [\w ,]+ among the occupations most like this", archivists
    )


def test_fifty_numbers_are_those_of_the_publishers(official):
    """Each is read from the shipped files themselves, and must stand on its page."""
    numbers = list(drawn_numbers(official))
    assert len(numbers) == 50
    for slug, what, pattern in numbers:
        assert re.search(pattern, official.html(slug)), (slug, what, pattern)


def drawn_numbers(official):
    """Yield 50 of the numbers in the shipped files: the occupation's slug, what it is, how the page must show it."""
    drawing = random.Random(SEED)  # noqa: S311
    sampled = [official.listings[slug] for slug in official.sample]
    surveyed = [each for each in sampled if each.kind == "surveyed"]
    wages = {row["code"]: row for row in raw("oews-may-2025", "datasets.wageestimate")}
    projections = {row["code"]: row for row in raw("projections-2024-34", "datasets.projection")}
    codes = [row["code"] for row in raw("onet", "datasets.occupation")]
    profiles = {codes[row["occupation"]]: row["packed"] for row in raw("onet", "datasets.occupationprofile")}
    paid = [each for each in sampled if wages.get(each.pay_code, {}).get("annual_median")]
    for each in drawing.sample(paid, 15):
        yield each.slug, "median", rf"<td>\${wages[each.pay_code]['annual_median']:,}</td>"
    for each in drawing.sample([each for each in sampled if each.projection_code], 15):
        openings = projections[each.projection_code]["openings"]
        yield each.slug, "openings", rf"About <b>{openings:,}</b> openings a year"
    skilled = [each for each in surveyed if "skills" in profiles[each.code]]
    asked = [each for each in surveyed if "education" in profiles[each.code]]
    for each in drawing.sample(skilled, 10):
        row = largest(profiles[each.code]["skills"]["rows"], 3)
        yield each.slug, row[2], rf'<span>{row[2]}</span> <b class="amount">{rounded(row[3][0])}</b>'
    for each in drawing.sample(asked, 10):
        row = largest(profiles[each.code]["education"]["rows"], 2)
        yield each.slug, f"level {row[1]}", rf'<b class="amount">{rounded(row[2][0])}%</b>'


def largest(rows, place):
    """The row with the largest estimate that O*NET does not advise against; an estimate ends with its marks, if any."""
    return max((row for row in rows if not (row[place] + [0])[4] & 1), key=lambda row: row[place][0])


def rounded(value):
    return f"{value:.1f}".replace(".", r"\.")


def raw(name, table):
    """The rows of a table in a shipped file, as dicts."""
    rows, columns = [], None
    with lzma.open(SHIPPED / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            if isinstance(line, dict):
                columns = line["columns"] if line.get("table") == table else None
            elif columns:
                rows.append(dict(zip(columns, line, strict=True)))
    return rows


@pytest.mark.parametrize("query", LISTS)
def test_the_list_is_narrowed_by_its_address(official, query):
    response = official.answers[f"/occupations/{query}"]
    assert response.status_code == 200
    assert 'id="browse-count"' in response.content.decode()


def test_bands_of_outlook_hold_what_their_names_say(official):
    for each in official.listings.values():
        if each.change_percent is not None:
            wanted = "more" if each.change_percent >= 3 else "same" if each.change_percent >= 0 else "fewer"
            assert each.outlook == wanted, each.code


@pytest.mark.parametrize(
    ("query", "name", "least"),
    [("?hourly_from=%2430&sort=pay", "median_hourly", 3_000), ("?pay_from=100000&sort=pay", "median_pay", 100_000)],
)
def test_the_list_is_narrowed_by_a_least_median(official, query, name, least):
    context = official.answers[f"/occupations/{query}"].context
    known = [getattr(each, name) for each in official.listings.values() if not each.is_dropped]
    top = [each for each in official.listings.values() if name == "median_pay" and each.is_top_pay]
    assert context["page"].paginator.count == sum((median or 0) >= least for median in known) + len(top)
    assert all((getattr(each, name) or least) >= least for each in context["occupations"])


def test_what_is_paid_by_the_hour_alone_is_shown_by_the_hour(official):
    actors = official.listings["actors"]
    assert actors.median_pay is None
    hourly = formats.cents(actors.median_hourly)
    assert (
        f"{hourly}</b> an hour; no yearly pay is published"
        in official.answers["/occupations/?letter=A"].content.decode()
    )
    assert official.answers["/occupations/actors.json"].json()["pay"]["hourly_median"] == actors.median_hourly
    assert hourly in official.html("actors")
    page = " ".join(official.answers["/compare/?g=actors&g=archivists"].content.decode().split())
    assert "published by the hour alone" in page
    assert '<th scope="row">Median pay an hour' in page
    assert hourly in page
    assert str(actors.median_hourly * 2080 // 100) not in page.replace(",", "")
    assert "Source: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 20" in page


def test_the_list_finds_what_matches_all(official):
    html = official.answers[
        "/occupations/?major_group=25&education=master&pay_band=50-75&outlook=more&sort=pay"
    ].content
    page = lxml.html.document_fromstring(html.decode())
    slugs = [link.get("href").split("/")[2] for link in page.xpath("//*[@class='folders']//a")]
    expected = [
        each
        for each in official.listings.values()
        if (each.major_group, each.education, each.pay_band, each.outlook) == ("25", "master", "50-75", "more")
    ]
    assert slugs
    assert sorted(slugs) == sorted(each.slug for each in expected)
    pay = [official.listings[slug].median_pay for slug in slugs]
    assert pay == sorted(pay, reverse=True)
    assert official.answers["fragment"].content.decode().lstrip().startswith("<form")


def test_what_is_asked_wrongly_gets_a_readable_answer(official):
    for address in BAD:
        response = official.answers[address]
        assert response.status_code == 404, address
        assert "<h1>" in response.content.decode()
    for query in BAD_LISTS:
        assert official.answers[f"/occupations/{query}"].status_code == 400, query


def test_codes_lead_to_their_pages(official):
    leads = {code: official.answers[f"/occupations/{code}{'' if code.endswith('json') else '/'}"] for code in CODES}
    assert {response.status_code for response in leads.values()} == {301}
    assert leads["25-4031"]["Location"] == leads["25-4031.00"]["Location"] == "/occupations/library-technicians/"
    assert leads["25-4031.00.json"]["Location"] == "/occupations/library-technicians.json"
    assert leads["15-1299.08"]["Location"] == "/occupations/computer-systems-engineersarchitects/"


def test_search_engines_know_what_is_surveyed(official):
    sitemap = official.answers["/sitemap.xml"].content.decode()
    surveyed = {each.slug for each in official.listings.values() if each.kind == "surveyed"}
    assert set(re.findall(r"/occupations/([\w-]+)/<", sitemap)) == surveyed
    assert set(re.findall(r"/occupations/([\w-]+)/gap/<", sitemap)) == surveyed


def test_programs_get_the_same(official):
    for slug in official.sample[:5]:
        content = official.answers[f"/occupations/{slug}.json"].json()
        listing = official.listings[slug]
        assert (content["code"], content["title"]) == (listing.code, listing.title)
        assert (content["pay"] or {}).get("annual_median") == listing.median_pay
        assert content["credits"]


def test_linked_data_is_of_known_types(official):
    validator = Draft202012Validator(linked_data_schema.OCCUPATION_SCHEMA)
    for slug in official.sample:
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', official.html(slug))
        nodes = json.loads(data)
        assert not [error.message for error in validator.iter_errors(nodes)], slug
        occupation = nodes["@graph"][1]
        assert occupation["occupationalCategory"] == official.listings[slug].code


@pytest.mark.any_database
def test_pages_are_valid_html(official, tmp_path):
    need_checker()
    pages = {slug: official.html(slug) for slug in official.twenty}
    pages["the list"] = official.answers["/occupations/"].content.decode()
    pages["a comparison"] = official.answers[f"/compare/{COMPARED[0]}"].content.decode()
    complaints = check_html(pages, tmp_path)
    assert not complaints, "\n".join(complaints)


def test_the_model_says_its_field():
    assert (
        OccupationListing(code="25-4031.00", title="x", major_group="25").field == "Educational Instruction and Library"
    )
