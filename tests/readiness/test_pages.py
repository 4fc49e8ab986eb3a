"""Both checks as pages: forms, results, their addresses, and answers that no page of ours sends."""

import re
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from django.utils import timezone

from guides.models import Skill
from guides.publishing import editions
from guides.readiness import answers, check, skills_gap
from guides.readiness.models import Stage
from guides.reading import reader
from tests import factories

GAP = "/guides/bookbinder/skills-gap/"
CHECK = "/guides/bookbinder/readiness/"
SKILL_0, SKILL_1 = answers.code("skill-0"), answers.code("skill-1")


def text_of(response):
    """The words of a page, one space between them."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def is_private(response):
    """Whether nothing keeps or indexes the answer, and it sets no cookie."""
    return (
        "no-store" in response["Cache-Control"]
        and "noindex" in response["X-Robots-Tag"]
        and not response.cookies
        and "Cookie" not in response.get("Vary", "")
    )


def option_codes(**chosen):
    """The code of each chosen option, such as diploma=10."""
    return "".join(answers.code(name, f"{name}-{points}") for name, points in chosen.items())


# The skills gap


def test_the_form_is_the_same_page_for_everyone(client, checks):
    response = client.get(GAP)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")
    assert response.content == client.get(GAP).content
    assert response.content.decode().count('type="radio"') == 2 * 4


def test_the_form_leads_to_a_compact_address(client, checks):
    response = client.get(GAP, {f"s-{SKILL_1}": "3", f"s-{SKILL_0}": "1", "sent": "1"})
    assert response.status_code == 302
    assert response["Location"] == f"{GAP}?a={SKILL_0}1{SKILL_1}3"
    assert is_private(response)


def test_the_result_says_what_is_there_and_what_is_missing(client, checks):
    response = client.get(GAP, {"a": f"{SKILL_0}1{SKILL_1}2"})
    words = text_of(response)
    assert is_private(response)
    assert "6 of 8 points" in words  # two useful skills: 2 + 4 of 8
    assert "75 percent" in words
    assert "Sew a book." in words
    assert "about 3–5 hours" in words
    assert "Step 0" in words
    assert "Route 1" in words
    assert "Experience with skill 1" in words
    assert 'name="robots" content="noindex' in response.content.decode()


def test_a_result_begins_with_what_to_do_next(client, checks):
    some = text_of(client.get(GAP, {"a": f"{SKILL_0}1{SKILL_1}2"})).partition("Do first")[2]
    assert some.startswith(" Skill 0 , about 3–5 hours: Step 0")
    assert "This week: Sew a book." in some.partition("What you bring")[0]
    # What was not rated is not told as missing.
    assert "not rated yet" not in some
    assert "Skill 1 (not rated yet)" in text_of(client.get(GAP, {"a": f"{SKILL_0}1"})).partition("Do first")[2]
    every = text_of(client.get(GAP, {"a": f"{SKILL_0}3{SKILL_1}3"})).partition("Do first")[2]
    assert every.startswith(" You have what the job asks for. Write your application")
    behind = {"hours": 14, "start": "2027-01-11"}
    learning = client.get(CHECK, behind | {"a": option_codes(diploma=0, years=5, papers=20)})
    assert text_of(learning).partition("Begin with")[2].startswith(" Learn · about 300 hours · until ")


def test_a_result_ends_in_what_to_do_next_which_the_result_chooses(client, checks):
    last = re.compile(r'<nav class="next-actions" aria-labelledby="next-actions">(.*?)</nav>', re.S)

    def steps(address, **query):
        [nav] = last.findall(client.get(address, query).content.decode())
        return [unescape(href) for href in re.findall(r'href="([^"]*)"', nav)]

    missing = steps(GAP, a=f"{SKILL_0}1{SKILL_1}2")
    complete = steps(GAP, a=f"{SKILL_0}3{SKILL_1}3")
    begun = steps(CHECK, a=option_codes(diploma=0, years=5, papers=20), hours=14, start="2027-01-11")
    assert missing[0].startswith(f"{GAP}keep/?a=")
    assert begun[0].startswith(f"{CHECK}keep/?a=")
    assert not any("keep" in step for step in complete)
    for found in (missing, complete, begun):
        assert 1 <= len(found) == len(set(found)) <= 3
        assert all(client.get(step, follow=True).status_code == 200 for step in found)


def test_the_same_address_gives_the_same_bytes_whatever_the_order(client, checks):
    first = client.get(GAP, {"a": f"{SKILL_0}1{SKILL_1}2"})
    assert first.content == client.get(GAP, {"a": f"{SKILL_1}2{SKILL_0}1"}).content


def test_a_result_is_understood_after_the_guide_gains_and_loses_a_skill(client, checks):
    address = f"{GAP}?a={SKILL_0}2{SKILL_1}2"
    assert "8 of 8 points" in text_of(client.get(address))
    Skill.objects.get(slug="skill-1").delete()
    section = checks.sections.get(kind="skills")
    Skill.objects.create(section=section, slug="new", name="Gold tooling", weight="core")
    editions.publish(editions.save(checks))

    words = text_of(client.get(address))
    assert "4 of 10 points" in words
    assert "1 answer in this address is about a skill that the guide no longer lists" in words
    assert "1 skill is not rated" in words
    assert "Gold tooling" in words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("a=", "does not hold answers"),
        ("a=x", "does not hold answers"),
        ("a=%21%21%21%21%211", "does not hold answers"),
        (f"a={SKILL_0}", "does not hold answers"),
        (f"a={SKILL_0}7", "Skill 0: '7' is not one of the four ratings"),
        (f"a={SKILL_0}1{SKILL_0}2", "Skill 0: It is rated twice"),
        (f"a={SKILL_0}1{SKILL_0}1", "Skill 0: It is rated twice"),
        (f"a={SKILL_0}1&a={SKILL_1}1", "stands in the address twice"),
        ("a=zzzzz1", "None of these answers is about a skill of this guide"),
        ("a=" + "zzzzz1" * 500, "does not hold answers"),
        ("sent=1", "Rate at least one skill"),
        (f"s-{SKILL_0}=9", "Skill 0: '9' is not one of the four ratings"),
        (f"s-{SKILL_0}=-1", "Skill 0: '-1' is not one of the four ratings"),
        (f"s-{SKILL_0}=٣", "is not one of the four ratings"),
        (f"s-{SKILL_0}=", "Skill 0: '' is not one of the four ratings"),
        (f"s-{SKILL_0}=1&s-{SKILL_0}=2", "Skill 0: It is rated twice"),
        ("s-zzzzz=1", "None of these answers is about a skill of this guide"),
        ("change=x", "does not hold answers"),
        ("change=a&change=b", "stands in the address twice"),
    ],
)
def test_odd_ratings_are_refused_with_a_sentence_and_the_form(client, checks, query, words):
    response = client.get(f"{GAP}?{query}")
    assert response.status_code == 422
    assert words in text_of(response).replace("&#x27;", "'")
    assert response.content.decode().count('type="radio"') == 2 * 4
    assert is_private(response)


def test_a_refused_form_keeps_what_was_right_and_points_to_what_was_not(client, checks):
    html = client.get(f"{GAP}?s-{SKILL_0}=2&s-{SKILL_1}=9").content.decode()
    assert f'name="s-{SKILL_0}" value="2" id="s-{SKILL_0}_2" checked' in html
    assert f'<a href="#s-{SKILL_1}">' in html
    assert f'id="s-{SKILL_1}_error"' in html


def test_answers_can_be_changed(client, checks):
    html = client.get(f"{GAP}?change={SKILL_0}2").content.decode()
    assert f'name="s-{SKILL_0}" value="2" id="s-{SKILL_0}_2" checked' in html


def test_what_a_resume_showed_is_filled_in(client, checks):
    response = client.get(f"{GAP}?found={SKILL_0}2&found=zzzzz&found={SKILL_1}9")
    assert f'name="s-{SKILL_0}" value="2" id="s-{SKILL_0}_2" checked' in response.content.decode()
    assert "1 skill from your resume is filled in" in text_of(response)
    assert client.get(f"{GAP}?found=<script>").status_code == 200


def test_totals_as_one_goes(client, checks):
    response = client.get(f"{GAP}so-far/", {f"s-{SKILL_0}": "1"}, headers={"HX-Request": "true"})
    assert "1 of 2 rated: 2 of 8 points, 25%" in text_of(response)
    assert is_private(response)
    assert client.get(f"{GAP}so-far/", {f"s-{SKILL_0}": "8"}).status_code == 422


# The readiness check


def test_the_readiness_form_is_the_same_page_for_everyone(client, checks):
    response = client.get(CHECK)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")
    assert response.content.decode().count('type="radio"') == 2 + 3 + 3


def test_the_readiness_form_leads_to_an_address_that_holds_everything(client, checks):
    query = {"q-papers": "papers-15", "q-diploma": "diploma-10", "q-years": "years-5"}
    response = client.get(CHECK, query | {"hours": "14", "start": "2027-01-11", "budget": "500", "sent": "1"})
    assert response.status_code == 302
    assert is_private(response)
    assert parse_qs(urlsplit(response["Location"]).query) == {
        "a": [option_codes(diploma=10, years=5, papers=15)],
        "hours": ["14"],
        "start": ["2027-01-11"],
        "budget": ["500"],
    }


def test_what_is_left_open_is_decided_in_the_address(client, checks):
    response = client.get(CHECK, {"q-papers": "papers-15", "q-diploma": "diploma-10", "q-years": "years-5"})
    query = parse_qs(urlsplit(response["Location"]).query)
    assert (query["hours"], query["start"]) == (["10"], [timezone.localdate().isoformat()])
    assert "budget" not in query


def test_a_part_says_what_is_missing_in_it_and_leads_on(client, checks):
    """Without a script: only this part's questions are asked for, and nothing that was answered is lost."""
    work = {"q-years": "years-5", "q-papers": "papers-15"}
    refused = client.get(CHECK, {"part": "school", **work})
    assert refused.status_code == 422
    assert is_private(refused)
    assert "How is your diploma? Choose an answer." in text_of(refused)
    assert refused.content.decode().count(" checked") == 2
    refused = client.get(CHECK, {"part": "school", "q-diploma": "diploma-0", "hours": "99"})
    assert "Give a whole number from 1 to 60." in text_of(refused)
    onward = client.get(CHECK, {"part": "school", "q-diploma": "diploma-0", "hours": "12", "budget": ""})
    assert onward.status_code == 302
    assert is_private(onward)
    assert onward["Location"].endswith("#area-work")
    html = client.get(onward["Location"]).content.decode()
    assert re.search(r'value="diploma-0" [^>]* checked', html)
    assert 'value="12"' in html
    # A part further on leads back to what was passed over; with all answered the result is there.
    assert client.get(CHECK, {"part": "work", **work})["Location"].endswith("#area-school")
    assert "?a=" in client.get(CHECK, {"part": "work", "q-diploma": "diploma-0", **work})["Location"]
    assert "How is your papers? Choose an answer." in text_of(
        client.get(CHECK, {"part": "gone"} | {"q-years": "years-5"})
    )


def test_the_readiness_result(client, checks):
    query = {"a": option_codes(diploma=0, years=5, papers=20), "hours": 14, "start": "2027-01-11", "budget": 999}
    response = client.get(CHECK, query)
    words = text_of(response)
    assert is_private(response)
    assert "On the way." in words  # 25 of 50
    assert "25 of 50 points" in words
    assert "2 changes that are in your own hands would take you to 100" in words
    assert "+15" in words
    assert "Work for a year." in words
    assert "About 40 hours: at 14 hours a week it takes 3 weeks or more." in words
    assert "Route 0" in words
    assert "12–24 months" in words
    assert "$0–$5,000" in words
    assert "January 2028 at the earliest, more likely January 2029" in words
    assert "Jan 11, 2027" in words
    assert "about 400 hours of your own time, at 14 hours a week" in words
    assert "it costs more than you can spend" in words
    assert "Diploma 0" in words  # every point's origin


def test_a_result_without_times_uses_ten_hours_from_today(client, checks):
    words = text_of(client.get(CHECK, {"a": option_codes(diploma=0, years=5, papers=20)}))
    assert "at 10 hours a week" in words


ALL = "q-diploma=diploma-0&q-years=years-0&q-papers=papers-0"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sent=1", "How is your diploma? Choose an answer."),
        ("q-diploma=diploma-0&q-years=years-0", "How is your papers? Choose an answer."),
        (f"{ALL}&q-papers=papers-15", "How is your papers? It is answered twice."),
        (f"{ALL}&q-papers=papers-0", "How is your papers? It is answered twice."),
        (ALL.replace("papers-0", "papers-99"), "How is your papers? That is not one of its answers."),
        (ALL.replace("papers-0", ""), "How is your papers? That is not one of its answers."),
        (f"{ALL}&q-age=40", "'age' is not a question of this check"),
        (f"{ALL}&hours=0", "Give a whole number from 1 to 60. You wrote “0”."),
        (f"{ALL}&hours=61", "Give a whole number from 1 to 60."),
        (f"{ALL}&hours=lots", "You wrote “lots”."),
        (f"{ALL}&hours=1e400", "Give a whole number from 1 to 60."),
        (f"{ALL}&hours={'9' * 3000}", "Give a whole number from 1 to 60."),
        (f"{ALL}&hours=5&hours=6", "It stands in the address twice."),
        (f"{ALL}&start=soon", "Give a date such as 2027-01-11."),
        (f"{ALL}&start=2027-02-30", "Give a date such as 2027-01-11."),
        (f"{ALL}&start=9999-12-31", "Give a date from 2020 to 2099."),
        (f"{ALL}&start=0001-01-01", "Give a date from 2020 to 2099."),
        (f"{ALL}&budget=-1", "Give a sum from 0 to 1,000,000, such as 300."),
        ("a=", "does not hold answers"),
        ("a=zzzzz", "not among the answers of this check"),
        (f"a={option_codes(diploma=0, years=0, papers=0)}&hours=x", "Give a whole number"),
        (
            f"a={option_codes(diploma=0, years=0, papers=0) + option_codes(years=5)}",
            "How is your years? It is answered",
        ),
        ("a=b&a=c", "stands in the address twice"),
    ],
)
def test_odd_answers_are_refused_by_the_name_of_the_question(client, checks, query, words):
    response = client.get(f"{CHECK}?{query}")
    assert response.status_code == 422
    assert words in text_of(response).replace("&#x27;", "'")
    assert is_private(response)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ({"budget": "$300"}, {"budget": "300"}),
        ({"budget": "1,000"}, {"budget": "1000"}),
        ({"budget": " $ 1,234.50 "}, {"budget": "1234"}),
        ({"budget": "2 500 dollars"}, {"budget": "2500"}),
        ({"budget": "3k"}, {"budget": "3000"}),
        ({"budget": "US$ 40"}, {"budget": "40"}),
        ({"hours": "12 hours a week"}, {"hours": "12"}),
        ({"hours": "8h"}, {"hours": "8"}),
        ({"start": "01/11/2027"}, {"start": "2027-01-11"}),
        ({"start": "January 11, 2027"}, {"start": "2027-01-11"}),
    ],
)
def test_means_are_taken_as_people_type_them(client, checks, typed, sent):
    response = client.get(CHECK, typed | dict(parse_qsl(ALL)))
    assert response.status_code == 302, text_of(response)
    query = parse_qs(urlsplit(response["Location"]).query)
    assert {name: query[name][0] for name in sent} == sent


def test_a_start_that_has_passed_is_refused_when_it_is_given_and_said_where_it_was_kept(client, checks):
    refused = client.get(f"{CHECK}?{ALL}&start=2026-01-05")
    assert refused.status_code == 422
    assert "That day has passed: give today or a later one" in text_of(refused)
    kept = client.get(CHECK, {"a": option_codes(diploma=0, years=0, papers=0), "start": "2026-01-05"})
    assert kept.status_code == 200
    assert "January 5, 2026, has passed. Count from today" in text_of(kept)
    assert f"start={timezone.localdate().isoformat()}" in kept.content.decode()


def test_a_result_from_before_a_question_was_written_still_opens_and_says_so(client, checks):
    words = text_of(client.get(CHECK, {"a": option_codes(diploma=10, years=5)}))
    assert "15 of 30 points" in words
    assert "1 question is not answered in this result" in words
    html = client.get(CHECK, {"change": option_codes(diploma=10, years=5)}).content.decode()
    assert re.search(r'name="q-years" value="years-5" [^>]* checked', html)


def test_a_far_end_is_said_at_once_with_what_would_shorten_it(client, checks):
    query = {"a": option_codes(diploma=0, years=20, papers=20), "hours": 1, "start": "2027-01-11"}
    words = text_of(client.get(CHECK, query))
    assert "At 1 hour a week this takes about 8 years." in words
    assert "What would shorten it 5 hours a week: at the earliest" in words
    Stage.objects.update(hours=9000)
    editions.publish(editions.save(checks))
    assert "longer than a working life" in text_of(client.get(CHECK, query))


def test_each_stage_is_drawn_and_can_be_asked_why(client, checks):
    html = client.get(
        CHECK, {"a": option_codes(diploma=0, years=20, papers=20), "start": "2027-01-11"}
    ).content.decode()
    assert html.count('class="gantt__earliest"') == 2
    words = " ".join(re.sub(r"<[^>]*>", " ", html).split())
    assert "Why? Learn" in words
    assert "300 hours at 10 hours a week take 30 weeks." in words
    assert "Its hours and shortest time: our own estimate." in words


def test_a_refused_check_keeps_what_was_right(client, checks):
    html = client.get(f"{CHECK}?q-diploma=diploma-10&hours=lots").content.decode()
    assert re.search(r'name="q-diploma" value="diploma-10" [^>]* checked', html)
    assert 'value="lots"' in html
    assert '<a href="#id_hours">' in html


def test_readiness_answers_can_be_changed(client, checks):
    query = {"change": option_codes(diploma=0, years=5, papers=20), "hours": 14, "start": "2027-01-11"}
    html = client.get(CHECK, query).content.decode()
    assert re.search(r'name="q-years" value="years-5" [^>]* checked', html)
    assert 'value="14"' in html
    assert 'value="2027-01-11"' in html


def test_nothing_of_the_address_is_shown_unescaped(client, checks):
    for address in [f"{GAP}?s-{SKILL_0}=<script>alert(1)", f"{CHECK}?q-<script>=1", f"{CHECK}?{ALL}&hours=<script>"]:
        assert b"<script>alert" not in client.get(address).content
        assert b"q-<script" not in client.get(address).content


def test_a_guide_without_skills_or_questions_says_so(client, guide):
    assert "not written yet" in text_of(client.get(CHECK))
    guide.sections.filter(kind="skills").delete()
    editions.publish(editions.save(guide))
    assert "does not list any skills yet" in text_of(client.get(GAP))
    assert client.get(f"{CHECK}?sent=1").status_code == 200


def test_both_are_entry_points_of_the_guide(client, checks):
    html = client.get("/guides/bookbinder/").content.decode() + client.get("/guides/bookbinder/tools/").content.decode()
    assert f'href="{GAP}"' in html
    assert f'href="{CHECK}"' in html


@pytest.mark.parametrize("address", [GAP, CHECK, f"{GAP}so-far/"])
def test_only_reading_is_allowed(client, checks, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("path", ["skills-gap/", "readiness/", "skills-gap/resume/", "skills-gap/so-far/"])
def test_unknown_and_unpublished_guides_have_no_check(client, db, path):
    assert client.get(f"/guides/no-such/{path}").status_code == 404
    factories.make_guide(publish=False)
    assert client.get(f"/guides/bookbinder/{path}").status_code == 404


def test_pages_cost_a_few_queries_whatever_the_guide(client, lta, django_assert_num_queries):
    reading = reader.live("library-technical-assistant")
    ratings = answers.write_ratings(
        {skill.slug: 1 for skill in skills_gap.all_skills(reading)}, skills_gap.all_skills(reading)
    )
    options = [question.options.all()[0] for question in check.all_questions(reading.guide)]
    base = "/guides/library-technical-assistant/"
    # The edition, dead links, live guides, the occupation below. One more where gaps lead to exercises, and where a far
    # end makes other guides worth a look.
    for address, queries in [
        (f"{base}skills-gap/", 4),
        (f"{base}skills-gap/?a={ratings}", 5),
        (f"{base}readiness/", 4),
        (f"{base}readiness/?a={answers.write_choices(options)}", 5),
    ]:
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_addresses_stay_short(lta):
    reading = reader.live("library-technical-assistant")
    skills = skills_gap.all_skills(reading)
    assert len(answers.write_ratings({skill.slug: 3 for skill in skills}, skills)) == 6 * len(skills) <= 150
