"""The list of guides: filters with counts, sorting, pages; all of it in the address, at a constant cost."""

import pytest

from guides.models import Listing
from guides.publishing import editions, listings
from tests import factories
from tests.kept_rows import kept, put_back

HTMX = {"HX-Request": "true"}


def text(response):
    return response.content.decode()


def titles(response):
    return [listing.title for listing in response.context["page"].object_list]


def counts(response, name):
    chosen = next(each for each in response.context["filters"] if each.name == name)
    return {choice.value: choice.count for choice in chosen.choices}


def make_shelf():
    for slug, field, pay, percent in [("a", "Crafts", 28_000, -3), ("b", "Crafts", 41_000, 1), ("c", "Law", 90_000, 9)]:
        guide = factories.make_guide(slug, field_of_work=field)
        Listing.objects.filter(guide=guide).update(
            median_pay=pay,
            change_percent=percent,
            pay_band=listings.band(pay, listings.PAY_ENDS, Listing.Pay),
            outlook=listings.band(percent, listings.OUTLOOK_ENDS, Listing.Outlook),
        )


kept_shelf = kept(make_shelf)


@pytest.fixture
def shelf(db, kept_shelf):
    """Three guides that differ in field, pay and outlook."""
    put_back(kept_shelf, make_shelf)


def test_filters_narrow_and_count(client, shelf):
    everything = client.get("/guides/")
    assert titles(everything) == ["A", "B", "C"]
    assert counts(everything, "field_of_work") == {"Crafts": 2, "Law": 1}
    crafts = client.get("/guides/?field_of_work=Crafts")
    assert titles(crafts) == ["A", "B"]
    assert counts(crafts, "field_of_work") == {"Crafts": 2, "Law": 1}, "what the other choice would show"
    assert counts(crafts, "outlook") == {"fewer": 1, "same": 1}
    assert titles(client.get("/guides/?field_of_work=Crafts&outlook=fewer&outlook=more")) == ["A"]
    assert "No guide matches all of these" in text(client.get("/guides/?field_of_work=Law&outlook=fewer"))


def test_sorting(client, shelf):
    assert titles(client.get("/guides/?sort=pay")) == ["C", "B", "A"]
    assert titles(client.get("/guides/?sort=outlook")) == ["C", "B", "A"]
    assert titles(client.get("/guides/?sort=newest")) == ["C", "B", "A"]


def test_fragment_page_and_history(client, shelf):
    fragment, page = client.get("/guides/?sort=pay", headers=HTMX), client.get("/guides/?sort=pay")
    assert "<html" not in text(fragment)
    assert "<html" in text(page)
    assert "HX-Request" in fragment["Vary"]
    assert "HX-Request" in page["Vary"]
    restored = client.get("/guides/?sort=pay", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert restored.content == page.content


@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=0", "page=1e400", "page=x", "page=99999999999", "sort=luck", "education=wizard",
     "field_of_work=Nowhere", "pay_band=%22", "outlook=fewer&outlook=x"],
)  # fmt: skip
def test_unknown_choices_get_a_readable_400(client, shelf, query):
    response = client.get(f"/guides/?{query}")
    assert response.status_code == 400
    assert "<h1" in text(response)


@pytest.mark.parametrize("query", ["unknown=1", "page=500", "sort=", "field_of_work=", "sort=pay&sort=title"])
def test_harmless_ones_get_the_list(client, shelf, query):
    assert client.get(f"/guides/?{query}").status_code == 200 or query == "field_of_work="


def test_pages_cost_the_same_however_many_guides(client, shelf, django_assert_max_num_queries):
    with django_assert_max_num_queries(9) as few:
        client.get("/guides/?sort=pay")
    for number in range(25):
        factories.make_guide(f"other-{number}", title="Other")
    with django_assert_max_num_queries(len(few)):
        page = client.get("/guides/?sort=pay")
    assert len(titles(page)) == 20
    assert "sort=pay&amp;page=2" in text(page)
    assert len(titles(client.get("/guides/?sort=pay&page=2"))) == 8


def test_the_listing_says_what_the_edition_says(guide):
    listing = guide.listing
    assert (listing.median_pay, listing.pay_period, listing.pay_source) == (40_000, "May 2024", "Office")
    assert (listing.months_from, listing.months_to, listing.time_band) == (12, 24, "12-months")
    assert listing.names() == ["Bookbinder", "Book finisher"]
    first = listing.first_published_at
    guide.title = "Binder"
    guide.save()
    guide.listing.refresh_from_db()
    assert guide.listing.title == "Bookbinder"
    editions.publish(editions.save(guide))
    listing.refresh_from_db()
    assert listing.title == "Binder"
    assert listing.first_published_at == first < listing.published_at


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Postsecondary certificate (a nondegree award)", "certificate"),
        ("High school diploma with brief on-the-job training", "school"),
        ("Master's degree in library science", "master"),
        ("Associate's degree, or a certificate", "associate"),
        ("No formal educational credential", "none"),
        ("It depends", ""),
    ],
)
def test_the_education_a_text_names_first(words, level):
    assert listings.education(words) == level
