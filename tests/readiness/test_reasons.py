"""Each sentence of a result can be asked why: read off the pages, for people of every kind and every guide."""

import random
import re
from datetime import date, timedelta

import lxml.html
import pytest

from guides.models import Guide
from guides.readiness import answers, check, skills_gap
from guides.reading import reader

# About the page and the address, not advice; the drawing, which the list below says in words; the reasons themselves.
NO_ADVICE = "page-head actions next-actions arithmetic result__keep result__since gantt why score-ring".split()
PEOPLE = [
    "hours=2&start=2026-12-01&budget=0&by=2027-03-01",
    "hours=10&start=2026-12-01",
    "hours=25&start=2026-12-01&budget=800&by=2028-06-01",
    "hours=60&start=2026-12-01&budget=90000&by=2040-01-01",
]


def sentences_without_a_reason(page):
    """The sentences of a result that stand in no part with a 'Why?' of its own."""
    [root] = lxml.html.fromstring(page).find_class("one-page")
    for why in root.find_class("why"):
        [subject] = why.iterfind("summary/span")
        assert subject.text_content().strip()
        assert len(why.findall("ul/li")) >= 2, subject.text_content()  # a rule, and what it rests on
        why.getparent().set("data-reasoned", "")
    for name in NO_ADVICE:
        for element in root.find_class(name):
            element.drop_tree()
    notices = [element for element in root if "notice" in element.get("class", "")]  # about the address
    for element in root.iter("p", "li", "dd", "td", "figcaption"):
        if not element.text_content().strip() or element in notices or element.xpath(".//p | .//div | .//ul"):
            continue
        if not any("data-reasoned" in each.attrib for each in [element, *element.iterancestors()]):
            yield " ".join(element.text_content().split())


@pytest.mark.parametrize("person", PEOPLE)
def test_each_sentence_of_a_result_has_its_reason(lta, client, person):
    chance = random.Random(person)  # noqa: S311
    for slug in sorted(Guide.objects.values_list("slug", flat=True)):
        questions = check.all_questions(reader.live(slug).guide)
        ordered = [sorted(question.options.all(), key=lambda option: option.points) for question in questions]
        lowest, best = [options[0] for options in ordered], [options[-1] for options in ordered]
        for chosen in (lowest, [chance.choice(options) for options in ordered], best):
            address = f"/guides/{slug}/readiness/?a={answers.write_choices(chosen)}&{person}"
            page = client.get(address).content.decode()
            assert list(sentences_without_a_reason(page)) == [], address


def test_each_sentence_of_a_skills_gap_has_its_reason(lta, client):
    for slug in sorted(Guide.objects.values_list("slug", flat=True)):
        skills = skills_gap.all_skills(reader.live(slug))
        for level in (0, 1, 3):
            ratings = answers.write_ratings(dict.fromkeys([skill.slug for skill in skills], level), skills)
            page = client.get(f"/guides/{slug}/skills-gap/?a={ratings}").content.decode()
            assert list(sentences_without_a_reason(page)) == [], (slug, level)


def test_a_wanted_day_is_held_against_the_plan(lta, client):
    """It fits, it fits at best, or what would make it fit is said: hours that do, with one hour less that do not."""
    slug = "library-assistant"
    questions = check.all_questions(reader.live(slug).guide)
    lowest = [min(question.options.all(), key=lambda option: option.points) for question in questions]
    start = f"/guides/{slug}/readiness/?a={answers.write_choices(lowest)}&start=2026-12-01"

    def said(hours, by):
        [part] = lxml.html.fromstring(client.get(f"{start}&hours={hours}&by={by}").content).find_class("deadline")
        return " ".join(part.text_content().split())

    assert "this fits" in said(10, "2035-01-01")
    assert "does not fit" in said(10, "2026-12-24")
    assert "Neither more hours" in said(10, "2026-12-24")
    late = said(2, "2028-02-01")
    assert "does not fit" in late
    [hours] = [int(word) for before, word in zip(late.split(), late.split()[1:], strict=False) if before == "With"]
    assert "does not fit" not in said(hours, "2028-02-01")
    assert "does not fit" in said(hours - 1, "2028-02-01")
    # By how many days it is missed is said, to the day; with that many more it fits.
    days = int(re.search(r"(\d+) days? later", late)[1])
    assert "this does not fit" in said(2, date(2028, 2, 1) + timedelta(days=days - 1))
    assert "1 day later" in said(2, date(2028, 2, 1) + timedelta(days=days - 1))
    assert "does not fit" not in said(2, date(2028, 2, 1) + timedelta(days=days))
    assert "deadline" not in client.get(f"{start}&hours=10").content.decode()
    refused = client.get(f"{start}&hours=10&by=1999-01-01")
    assert refused.status_code == 422
    assert "Give a date from 2020 to 2099" in refused.content.decode()
