"""The reading pages: every section as a page, as a fragment and without JavaScript; what a page costs."""

import pytest
from django.urls import reverse

from guides.models import Guide, Observation, Point, Section, Source
from guides.publishing import editions
from guides.registry import content_models
from guides.registry.kinds import KINDS
from tests import factories

HTMX = {"HX-Request": "true"}
GUIDE = "/guides/bookbinder/"
SLUGS = [kind.replace("_", "-") for kind in KINDS]


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sections_address_is_the_guide_with_that_section_open(client, guide, slug):
    response = client.get(f"{GUIDE}{slug}/")
    section = guide.sections.get(slug=slug)
    assert response.status_code == 200
    assert "<title>" in text(response)
    assert f'id="{slug}"' in text(response)
    if section.body_html:
        assert section.body_html in text(response)


@pytest.mark.parametrize("slug", SLUGS)
def test_htmx_gets_the_section_alone(client, guide, slug):
    response = client.get(f"{GUIDE}{slug}/", headers=HTMX)
    assert response.status_code == 200
    assert "<html" not in text(response)
    assert "An introduction to" in text(response)
    assert guide.sections.get(slug=slug).body_html in text(response)


def test_section_pages_vary_on_htmx_and_history_restore_gets_the_page(client, guide):
    page, fragment = client.get(f"{GUIDE}steps/"), client.get(f"{GUIDE}steps/", headers=HTMX)
    restored = client.get(f"{GUIDE}steps/", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert all("HX-Request" in response["Vary"] for response in (page, fragment, restored))
    assert page.content == restored.content


def test_closed_sections_are_links_to_their_own_address(client, guide):
    page = text(client.get(GUIDE))
    for section in guide.sections.filter(parent=None)[1:]:
        assert f'href="{section.get_absolute_url()}#{section.slug}"' in page
    assert "Do it." not in page, "a closed section's rows are not in the page"
    assert "Do it." in text(client.get(f"{GUIDE}?open=all"))


@pytest.mark.parametrize("address", ["/", "/guides/", GUIDE, f"{GUIDE}steps/", f"{GUIDE}print/", f"{GUIDE}sources/"])
def test_reader_pages_are_the_same_for_everyone_and_set_no_cookie(client, admin_client, guide, address):
    anonymous, editor = client.get(address), admin_client.get(address)
    assert anonymous.status_code == 200
    assert anonymous.content == editor.content
    assert not anonymous.cookies
    assert "csrf" not in text(anonymous).lower()
    assert "Cookie" not in anonymous.get("Vary", "")


PAGE, FRAGMENT, WHOLE = 8, 5, 14
COSTS = [
    ("/", {}, PAGE),
    ("/guides/", {}, PAGE),
    (GUIDE, {}, PAGE),
    # And the exercises of its skills, whose section is open.
    (f"{GUIDE}?open=all", {}, PAGE + 1),
    (f"{GUIDE}figures/", {}, PAGE),
    (f"{GUIDE}figures/", HTMX, FRAGMENT),
    (f"{GUIDE}sources/", {}, WHOLE),
    (f"{GUIDE}print/", {}, WHOLE),
    ("/guides/bookbinder.json", {}, WHOLE),
]


def test_a_page_costs_few_queries_however_long_the_guide(client, guide, django_assert_max_num_queries):
    def count(address, headers, most):
        with django_assert_max_num_queries(most, info=address) as queries:
            assert client.get(address, headers=headers).status_code == 200
        return len(queries)

    short = [count(*cost) for cost in COSTS]
    for number in range(20):
        factories.fill(factories.make_section(guide, "figures", slug=f"more-{number}"))
        factories.make_guide(f"other-{number}", title="Other")
    editions.publish(editions.save(guide))
    assert [count(*cost) for cost in COSTS] == short


def test_readers_see_the_live_edition_not_the_rows(client, guide):
    Point.objects.update(text="Half-done.")
    Section.objects.filter(slug="steps").delete()
    assert "Half-done." not in text(client.get(f"{GUIDE}print/"))
    assert client.get(f"{GUIDE}steps/").status_code == 200
    editions.publish(editions.save(guide))
    assert client.get(f"{GUIDE}steps/").status_code == 301


def test_a_guide_without_a_live_edition_is_not_there(client, guide):
    editions.unpublish(guide)
    for address in (GUIDE, f"{GUIDE}print/", "/guides/bookbinder.json", f"{GUIDE}readiness/"):
        assert client.get(address).status_code == 410
    assert "Bookbinder" not in text(client.get("/"))


def test_an_empty_database_shows_friendly_pages(client, db):
    for address in ("/", "/guides/", "/accessibility/", "/privacy/"):
        assert client.get(address).status_code == 200
    assert Guide.objects.count() == 0


def test_json_holds_what_the_page_shows(client, guide):
    response = client.get("/guides/bookbinder.json")
    labels = [entry["model"] for entry in response.json()["objects"]]
    assert labels[0] == "guides.guide"
    assert labels.count("guides.section") == len(KINDS)
    assert response.json()["sources"][0]["fields"]["slug"] == "office"


def test_a_tool_that_is_not_built_says_what_is_coming(client, guide):
    for key in ("toolkit/resume", "toolkit/cover-letter", "toolkit/interview", "toolkit/job-description"):
        response = client.get(f"{GUIDE}{key}/")
        assert response.status_code == 200


LONG = "x" * 10_000


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/no/such/page/", 404),
        ("/guides/nobody/", 404),
        (f"{GUIDE}nothing/", 404),
        ("/guides/bookbinder%00/", 404),
        ("/guides/%ff%fe/", 404),
        (f"/guides/{LONG}/", 404),
        (f"{GUIDE}?open=some", 400),
        (f"{GUIDE}?open=%00", 400),
        ("/?q=%00", 400),
        ("/?q=%ff", 400),
        (f"/?q={LONG}", 400),
        (f"{GUIDE}?utm_source=letter", 200),
    ],
)
def test_odd_addresses_get_a_readable_answer(client, guide, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert "<h1" in text(response)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_refused_with_a_page(client, guide, method):
    response = getattr(client, method)(GUIDE)
    assert response.status_code == 405
    assert "<h1" in text(response)


def test_an_address_for_every_reading_page(guide):
    names = ["home", "list", "accessibility", "privacy"]
    assert [reverse(f"guides:{name}") for name in names] == ["/", "/guides/", "/accessibility/", "/privacy/"]
    for name, address in [("guide", GUIDE), ("print", f"{GUIDE}print/"), ("sources", f"{GUIDE}sources/")]:
        assert reverse(f"guides:{name}", args=["bookbinder"]) == address


def test_a_licence_that_asks_for_credit_gets_it_wherever_its_data_is(client, guide):
    Source.objects.update(licence="CC BY 4.0", note="Includes information from the Office.")
    editions.publish(editions.save(guide))
    for address in (GUIDE, f"{GUIDE}steps/", f"{GUIDE}print/", f"{GUIDE}sources/"):
        assert "Includes information from the Office." in text(client.get(address)), address


@pytest.mark.parametrize(("year", "marks"), [(2024, 1), (2022, 0)])
def test_a_figure_past_its_review_is_marked_and_its_history_is_not(client, guide, year, marks):
    Observation.objects.filter(figure__slug="figures-0", year=year).update(review_after="2020-01-01")
    editions.publish(editions.save(guide))
    for address in (f"{GUIDE}figures/", f"{GUIDE}sources/"):
        page = text(client.get(address)).partition('<main id="main"')[2].partition('class="catalog-card')
        page = page[0] + page[2].partition("</section>")[2]
        assert page.count("being checked") == marks, address


def test_a_source_that_any_row_names_is_cited(lta):
    labels = set()
    for content in content_models.CONTENT_MODELS:
        for field in content.model._meta.concrete_fields:
            row = content.model.objects.first() if field.related_model is Source else None
            if row:
                read = Source.objects.create(
                    slug=f"{content.model.__name__}-{field.name}".lower(), publisher="A library"
                )
                content.model.objects.filter(pk=row.pk).update(**{field.name: read})
                assert list(Guide.objects.citing([read])) == [content_models.guide_of(row)], (content.label, field.name)
                labels.add(content.label)
    assert labels >= {"guides.observation", "guides.route", "datasets.statelink", "readiness.stage"}


def test_a_source_whose_address_a_text_links_to_is_cited(client, guide):
    address = "https://library.example/terms?a=1&b=2"
    read = Source.objects.create(
        slug="terms", publisher="A library", short_name="Library", title="Its terms", url=address, note="Read in May."
    )
    Point.objects.filter(section__kind="points").update(text=f"See [its terms]({address}): what it asks.")
    for point in Point.objects.filter(section__kind="points"):
        point.save()
    assert list(Guide.objects.citing([read])) == [guide]
    editions.publish(editions.save(guide))
    page = text(client.get(f"{GUIDE}sources/"))
    assert 'id="source-terms"' in page
    assert "Read in May." in page
    assert "terms" in [plain["fields"]["slug"] for plain in client.get("/guides/bookbinder.json").json()["sources"]]


def test_other_names_of_the_job_stand_on_the_page(client, guide):
    page = text(client.get(f"{GUIDE}titles/"))
    assert "Book finisher" in page
    assert "The older name for the same work." in page
