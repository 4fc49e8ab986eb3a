"""What programs read says what people read: JSON and its schema, linked data, sitemap, feed, pictures."""

import json
import re
import struct
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.utils.html import strip_tags
from jsonschema import Draft202012Validator

from guides.models import Guide
from guides.publishing import editions
from tests import factories

from .. import linked_data_schema

SLUGS = ["library-technical-assistant", "library-clerk", "technical-services-librarian"]


def text(response):
    return response.content.decode()


def visible(html):
    """The words of a page."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(strip_tags(re.sub(r"</?(p|li|div|dd|dt|span|b|h\d)\b[^>]*>", " ", body))).split())


def linked(html):
    """The page's linked data by type."""
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    return data, {part["@type"]: part for part in data["@graph"]}


@pytest.fixture
def schema(client):
    schema = json.loads(client.get("/schema/guide.json").content)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_guides_json_keeps_to_the_schema(client, lta, guide, schema):
    for slug in Guide.objects.values_list("slug", flat=True):
        errors = [
            f"{error.json_path}: {error.message}"
            for error in schema.iter_errors(client.get(f"/guides/{slug}.json").json())
        ]
        assert errors == []


def test_the_schema_refuses_what_is_wrong(client, guide, schema):
    data = client.get("/guides/bookbinder.json").json()
    data["objects"][0]["fields"]["pay"] = 1
    data["objects"][1]["fields"].pop("guide")
    assert len(list(schema.iter_errors(data))) >= 2


def test_the_schema_knows_every_field(schema):
    from guides import freezing
    from guides.registry import content_models

    for label in ["guides.source", "guides.guide", *(content.label for content in content_models.CONTENT_MODELS)]:
        app, name = label.split(".")
        if app == "guides":
            from django.apps import apps

            known = set(schema.schema["$defs"][name]["properties"]["fields"]["properties"])
            assert known == {field.name for field in freezing.fields_of(apps.get_model(label))}


@pytest.mark.parametrize("slug", SLUGS)
def test_linked_data_is_valid(client, lta, slug):
    for address in (f"/guides/{slug}/", f"/guides/{slug}/questions/", f"/guides/{slug}/?open=all"):
        data, _parts = linked(text(client.get(address)))
        errors = [error.message for error in Draft202012Validator(linked_data_schema.SCHEMA).iter_errors(data)]
        assert errors == []


@pytest.mark.parametrize("slug", SLUGS)
def test_linked_data_says_what_the_page_says(client, lta, slug):
    html = text(client.get(f"/guides/{slug}/questions/"))
    words, (_data, parts) = visible(html), linked(html)
    occupation, article = parts["Occupation"], parts["Article"]
    salary = occupation["estimatedSalary"][0]
    for key in ("median", "percentile10", "percentile90"):
        assert f"${salary[key]:,}" in words
    for said in (
        occupation["name"],
        occupation["description"],
        occupation["occupationalCategory"],
        occupation["educationRequirements"],
        occupation["occupationLocation"][0]["name"],
        article["headline"],
    ):
        assert said in words
    for key in ("datePublished", "dateModified"):
        year, _month, day = article[key].split("-")
        assert re.search(rf"\b\w+ {int(day)}, {year}", words)
    for question in parts["FAQPage"]["mainEntity"]:
        assert question["name"] in words
        assert question["acceptedAnswer"]["text"] in words
    for crumb in parts["BreadcrumbList"]["itemListElement"]:
        assert crumb["name"] in words
    assert "FAQPage" not in linked(text(client.get(f"/guides/{slug}/")))[1], "closed questions are not on the page"


def test_a_text_cannot_end_the_script(client, db):
    factories.make_guide(title="</script><!--&", summary="<script>")
    html = text(client.get("/guides/bookbinder/"))
    _data, parts = linked(html)
    assert parts["Article"]["headline"] == "</script><!--&"
    assert "</script><!--" not in html


def test_canonical_links_and_descriptions(client, lta):
    html = text(client.get("/guides/library-clerk/skills/"))
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
    assert len(canonical) == 1
    assert canonical[0].endswith("/guides/library-clerk/")
    summary = Guide.objects.get(slug="library-clerk").summary
    assert f'<meta name="description" content="{summary}"' in html
    assert f'<meta property="og:description" content="{summary}"' in html


def test_the_sitemap_names_live_guides_and_when_they_changed(client, guide):
    factories.make_guide("draft", publish=False)
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = ET.fromstring(response.content).findall("s:url", space)  # noqa: S314
    changed = {url.find("s:loc", space).text: url.findtext("s:lastmod", None, space) for url in urls}
    address = next(loc for loc in changed if loc.endswith("/guides/bookbinder/"))
    assert changed[address] == guide.listing.published_at.isoformat(timespec="seconds")
    assert not any("draft" in loc for loc in changed)
    for loc in changed:
        assert client.get("/" + loc.split("/", 3)[3]).status_code == 200


def test_robots(client, db):
    assert "Sitemap: http" in text(client.get("/robots.txt"))


def test_the_feed_tells_of_new_and_changed_guides(client, guide):
    guide.title = "Binder"
    guide.save()
    editions.publish(editions.save(guide))
    response = client.get("/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = ET.fromstring(response.content).findall("a:entry", space)  # noqa: S314
    assert [entry.findtext("a:title", None, space) for entry in entries] == ["New edition: Binder", "New guide: Binder"]
    assert len({entry.findtext("a:id", None, space) for entry in entries}) == 2
    editions.unpublish(guide)
    assert b"Binder" not in client.get("/feed/").content


def test_each_guide_has_a_picture(client, lta):
    for slug in Guide.objects.values_list("slug", flat=True):
        response = client.get(f"/guides/{slug}.png")
        assert response["Content-Type"] == "image/png"
        assert struct.unpack(">II", response.content[16:24]) == (1200, 630)
        assert len(response.content) < 100_000
    assert "library-clerk.png" in text(client.get("/guides/library-clerk/"))


def test_the_longest_title_fits_the_picture_and_a_withdrawn_guide_has_none(client, db):
    guide = factories.make_guide(title="Wonderfully " * 6 + "Long 56")
    assert len(client.get("/guides/bookbinder.png").content) < 100_000
    editions.unpublish(guide)
    assert client.get("/guides/bookbinder.png").status_code == 404


@pytest.mark.parametrize("address", ["/sitemap.xml", "/feed/", "/robots.txt", "/glossary/", "/compare/", "/search/"])
def test_they_cost_few_queries_and_set_no_cookie(client, guide, address, django_assert_max_num_queries):
    factories.make_guide("printer")
    with django_assert_max_num_queries(4):
        response = client.get(address)
    assert not response.cookies
