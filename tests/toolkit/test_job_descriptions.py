"""Job descriptions: the form, the warnings, the files, the JobPosting data."""

import io
import json
import re

import docx
import jsonschema
import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

TEMPLATE = "/guides/bookbinder/toolkit/job-description/"
WRITE = f"{TEMPLATE}write/"
TYPED = {
    "title": "Bookbinder",
    "employer": "Marlow </script> Press",
    "city": "Marlow",
    "region": "Ohio",
    "country": "US",
    "hours": "28 a week",
    "pay_low": "36,000",
    "pay_high": "41000",
    "currency": "USD",
    "unit": "YEAR",
    "employment": "PART_TIME",
    "closes_on": "January 31, 2027",
    "apply": "Write to us.",
    "on.phrase-glue": "1",
    "text.phrase-glue": "Able to bear glue",
    "text.phrase-lunch": "Lunch, not ticked",
    "more.duty": "- Sew\r\nMend",
}
# What search engines ask of a JobPosting (schema.org).
JOB_POSTING = {
    "type": "object",
    "required": ["@context", "@type", "title", "description", "datePosted", "hiringOrganization", "jobLocation"],
    "properties": {
        "@context": {"const": "https://schema.org/"},
        "@type": {"const": "JobPosting"},
        "datePosted": {"type": "string", "format": "date"},
        "validThrough": {"type": "string", "format": "date"},
        "employmentType": {"enum": ["FULL_TIME", "PART_TIME", "TEMPORARY", "VOLUNTEER"]},
        "hiringOrganization": {"type": "object", "required": ["@type", "name"]},
        "jobLocation": {
            "type": "object",
            "required": ["@type", "address"],
            "properties": {"address": {"required": ["@type", "addressLocality", "addressCountry"]}},
        },
        "baseSalary": {
            "required": ["@type", "currency", "value"],
            "properties": {
                "value": {
                    "required": ["@type", "minValue", "maxValue", "unitText"],
                    "properties": {"minValue": {"type": "integer"}, "unitText": {"enum": ["HOUR", "MONTH", "YEAR"]}},
                }
            },
        },
    },
}


def html(response):
    return response.content.decode()


def test_the_template_is_a_page_for_everyone(client, guide):
    response = client.get(TEMPLATE)
    assert "Able to stand the smell of glue" in html(response)
    assert "young, ninja<" in html(response)
    assert not response.cookies


def test_duties_and_skills_of_the_guide_stand_in_the_form(client, lta):
    page = html(client.get("/guides/library-technical-assistant/toolkit/job-description/write/"))
    assert page.count('name="on.duty-') == 7
    assert "correctly in the library" in page
    assert "glossary:" not in page
    ticked = re.findall(r'<input type="checkbox" name="on\.([\w-]+)" value="1" [^>]*checked>', page)
    assert "skill-integrated-library-systems" in ticked
    assert 'name="on.skill-basic-networking" value="1" ' in page
    assert "skill-basic-networking" not in ticked


def test_only_what_is_ticked_goes_in_and_all_of_it_comes_back(client, guide):
    page = html(client.post(WRITE, TYPED))
    assert "<li>Able to bear glue</li>" in page
    assert "<li>Sew</li><li>Mend</li>" in page
    assert "<li>Lunch, not ticked</li>" not in page
    assert "Lunch, not ticked</textarea>" in page
    assert "$36,000–$41,000 a year" in page
    assert "The pay range is there." in page


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"pay_low": "", "pay_high": ""}, "There is no pay range"),
        ({"pay_high": ""}, "The pay has one end only"),
        ({"more.duty": "Be a YOUNG colleague"}, "&quot;YOUNG&quot;: It is about age. Name the skill."),
        ({"more.duty": "Ninjas wanted"}, "Ninjas"),
        ({"more.requirement": "\n".join(f"Line {n}" for n in range(12))}, "13 requirements"),
        ({"hours": ""}, "how many hours a week"),
        ({"employer": "東京"}, "The PDF cannot show 東 京"),
    ],
)
def test_warnings(client, guide, change, advice):
    assert advice in html(client.post(WRITE, TYPED | change))
    assert advice not in html(client.post(WRITE, TYPED))


@pytest.mark.parametrize("change", [{"pay_low": "99000", "pay_high": "36000"}, {"pay_low": "18.505"}])
def test_what_is_wrong_with_the_pay_is_said_once_and_nothing_calls_it_good(client, guide, change):
    page = html(client.post(WRITE, TYPED | change))
    assert 'href="#f-pay_' in page
    assert "pay range" not in page
    # The preview never shows a pay that is wrong, nor one end of it.
    assert not re.search(r"\d a year", page)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"pay_low": "18.50", "pay_high": "$22.75", "unit": "HOUR"}, "$18.50–$22.75 an hour"),
        ({"pay_low": "$25", "pay_high": "", "unit": "HOUR"}, "$25 an hour"),
        ({"pay_low": "18", "pay_high": "22.5", "unit": "HOUR", "currency": "CAD"}, "CAD\xa018.00–CAD\xa022.50 an hour"),
        ({"pay_low": "36k", "pay_high": "$41,000.00"}, "$36,000–$41,000 a year"),
        ({"pay_low": "36 000", "pay_high": "1,000,000"}, "$36,000–$1,000,000 a year"),
        ({"pay_low": "18.50", "pay_high": "22"}, "If it is paid by the hour, choose “an hour”."),
    ],
)
def test_pay_is_taken_as_people_write_it(client, guide, change, says):
    response = client.post(WRITE, TYPED | change)
    assert response.status_code == 200
    assert says in html(response)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"pay_low": "much"}, "f-pay_low"),
        ({"pay_low": "50000"}, "f-pay_high"),
        ({"pay_low": "$22", "pay_high": "18.75", "unit": "HOUR"}, "f-pay_high"),
        ({"pay_low": "36,00"}, "f-pay_low"),
        ({"pay_low": "99999999999999"}, "f-pay_low"),
        ({"closes_on": "soon"}, "f-closes_on"),
        ({"closes_on": "January 2027"}, "f-closes_on"),
        ({"currency": "dollars"}, "f-currency"),
        ({"text.phrase-glue": "x" * 501}, "f-text-phrase-glue"),
        ({"more.duty": "x" * 20_000}, "f-more-duty"),
    ],
)
def test_faults_are_named_at_their_field(client, guide, change, name):
    response = client.post(WRITE, TYPED | change | {"do": "pdf"})
    assert response.status_code == 422
    assert f'href="#{name}"' in html(response)
    assert f'id="{name}"' in html(response)


def test_the_html_file_holds_valid_job_posting_data(client, guide):
    html = client.post(WRITE, TYPED | {"do": "html"}).content.decode()
    assert html.startswith("<!doctype html>")
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(scripts) == 1
    data = json.loads(scripts[0])
    jsonschema.Draft202012Validator(JOB_POSTING, format_checker=jsonschema.FormatChecker()).validate(data)
    assert data["hiringOrganization"]["name"] == "Marlow </script> Press"
    assert data["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "minValue": 36000,
        "maxValue": 41000,
        "unitText": "YEAR",
    }
    assert "<li>Able to bear glue</li>" in data["description"]
    hourly = TYPED | {"do": "html", "pay_low": "18.50", "pay_high": "$22", "unit": "HOUR"}
    [script] = re.findall(r'ld\+json">(.*?)</script>', client.post(WRITE, hourly).content.decode(), re.DOTALL)
    value = json.loads(script)["baseSalary"]["value"]
    assert (value["minValue"], value["maxValue"], value["unitText"]) == (18.5, 22, "HOUR")
    assert "Marlow &lt;/script&gt; Press" in html


def test_docx_markdown_text_and_pdf(client, guide):
    word = docx.Document(io.BytesIO(client.post(WRITE, TYPED | {"do": "docx"}).content))
    assert [row.text for row in word.paragraphs if row.style.name == "List Bullet"][:2] == ["Sew", "Mend"]
    html = MarkdownIt("commonmark").render(client.post(WRITE, TYPED | {"do": "md"}).content.decode())
    assert "<h1>Bookbinder</h1>" in html
    assert "<li>Able to bear glue</li>" in html
    assert "- Able to bear glue" in client.post(WRITE, TYPED | {"do": "txt"}).content.decode()
    pdf = PdfReader(io.BytesIO(client.post(WRITE, TYPED | {"do": "pdf"}).content))
    assert "Able to bear glue" in pdf.pages[0].extract_text()
