"""Not sure: whom it serves, what its numbers say, and what is asked wrongly."""

import random
from dataclasses import replace
from html import unescape
from urllib.parse import urlencode

import lxml.html
import pytest

from guides.occupations.exploring import activities, stored, young
from guides.occupations.exploring.answers import Answers, School, Start
from guides.occupations.exploring.building import share_of
from guides.occupations.exploring.matching import Matching, points_of
from tests.installed import need_checker
from tests.test_html import check_html

from . import exploring

# The data is loaded into the database of the tests.
pytestmark = pytest.mark.django_db
FIRST = 5


def fitting(explored, answers):
    """The codes of what fits, in order."""
    parts = stored.joined(explored.parts, answers.like, answers.state)
    return [fit.candidate.code for fit in Matching(explored.data, answers, parts).found().fitting]


def test_at_least_ten_of_twelve_people_are_served_in_the_first_five(official):
    explored, codes = official.explored, {slug: each.code for slug, each in official.listings.items()}
    served = []
    for person in exploring.PEOPLE:
        address = exploring.address(exploring.of_person(person))
        is_served = set(person["sensible"]) & {codes[slug] for slug in explored.shown(address)[:FIRST]}
        if "later" in person:
            is_served = is_served and set(person["later"]) & {codes[slug] for slug in explored.shown(address, "later")}
        served += [person["name"]] * bool(is_served)
    assert len(exploring.PEOPLE) == 12
    assert len(served) >= 10, served


def test_every_activity_that_is_listed_is_offered_and_means_work_that_there_is(official):
    texts = [text for _interest, text in official.explored.listed]
    ours = [activity for group in activities.groups() for activity in group.activities]
    assert sorted(activity.text for activity in ours) == sorted(texts)
    assert len(texts) == 164
    assert len(activities.labels()) == len(texts) + len(activities.groups()), "no slug stands for two"
    profiles = [traits.profile for traits in official.traits.values() if traits.profile.activities]
    titles = {each.title.rstrip(".") for profile in profiles for each in profile.activities.items}
    assert {title for activity in ours for title in activity.work} <= titles
    assert all(official.explored.parts[activity.slug]["tasks"] for activity in ours), "each is done somewhere"


def test_the_same_answers_are_one_address_and_one_page(official):
    explored = official.explored
    for person in map(exploring.of_person, exploring.PEOPLE):
        answer = explored.answers[exploring.shuffled(person)]
        assert answer.status_code in (200, 302)
        assert answer.headers.get("Location", exploring.shuffled(person)) == exploring.address(person)
    for sent, tidied in exploring.TIDIED.items():
        assert (explored.answers[sent].status_code, explored.answers[sent].headers["Location"]) == (302, tidied)


def test_a_stricter_answer_never_adds_an_occupation(official):
    explored, drawing = official.explored, random.Random(7)  # noqa: S311
    for _each in range(60):
        answers = exploring.drawn(drawing)
        codes = set(fitting(explored, answers))
        for stricter in stricter_than(answers, drawing):
            assert set(fitting(explored, stricter)) <= codes, (answers, stricter)


def stricter_than(answers, drawing):
    """Yield answers with one answer more, or with one that asks for more; what is liked widens the list."""
    other = exploring.drawn(drawing)
    for name in exploring.ANSWERS:
        if not getattr(answers, name) and getattr(other, name):
            yield replace(answers, **{name: getattr(other, name)})
    if answers.earn:
        yield replace(answers, earn=answers.earn + drawing.randint(1, 40_000))
    if answers.school and answers.school != School.NONE:
        levels = list(School.values)
        yield replace(answers, school=levels[levels.index(answers.school) - 1])
    if answers.start == Start.NEW:
        yield replace(answers, start=Start.SCHOOL.value)
    for left in answers.like if len(answers.like) > 1 else ():
        yield replace(answers, like=(left,))


def test_an_answer_and_its_opposite_share_no_occupation(official):
    for name, one, other in (("company", "people", "alone"), ("body", "moving", "sitting")):
        both = [set(fitting(official.explored, Answers(**{name: each}))) for each in (one, other)]
        assert all(both)
        assert not both[0] & both[1], name


def test_where_little_fits_a_change_brings_what_it_promises(official):
    explored, changes = official.explored, 0
    for answers in exploring.some():
        address = exploring.address(answers)
        count, offers = explored.count(address), explored.offers(address)
        assert count >= FIRST or offers, "never empty, and never a dead end"
        for offered, promised in offers:
            assert promised == explored.count(offered) > count
            changes += 1
    assert changes > 5
    assert explored.count(exploring.address(exploring.IMPOSSIBLE)) == 0


def test_the_numbers_are_those_of_the_data(official):
    """Every share and every point on the pages of the twelve, reckoned anew out of the profiles."""
    explored, seen = official.explored, 0
    for person in map(exploring.of_person, exploring.PEOPLE):
        page = explored.page(exploring.address(person))
        for item in page.find_class("explore-result"):
            listing = official.listings[item.find("h3/a").get("href").rstrip("/").rpartition("/")[2]]
            profile = official.traits[listing.code].profile
            points = 0
            for row in item.xpath(".//table/tbody/tr[position() < last()]"):
                name, tasks, _share, worth = (cell.text_content() for cell in row)
                mine = tasks_of(profile, next(each for each in activities.by_slug().values() if each.name == name))
                assert tasks == f"{len(mine)} of {len(profile.tasks.items)}"
                assert int(worth) == points_of(len(mine), len(profile.tasks.items))
                points += int(worth)
                assert any(f"<q>{text.rstrip('.')[:20]}" in raw(item) for text in mine) or not mine
                seen += 1
            assert f"{points} of {3 * len(person.like)} points" in item.find("h3").text_content()
    assert seen > 150


def tasks_of(profile, activity):
    """The tasks at which something is done: those linked to its work whose words say so."""
    linked = {
        task for each in profile.activities.items if each.title.rstrip(".") in activity.work for task in each.tasks
    }
    mine = [task for task in profile.tasks.items if task.id in linked or not activity.work]
    return [task.text for task in mine if activity.is_done_in(task.text)]


def raw(item):
    return unescape(lxml.html.tostring(item, encoding="unicode"))


# Reasons that a counselor would strike: what somebody likes, how the occupation begins, and words of the task.
STRUCK = [
    ("Keep accounting records for a company.", "Payroll", "tax returns"),
    ("Exercise animals in a shelter.", "Animal Breeders", "in heat"),
    ("Exercise animals in a shelter.", "Animal Control", "captured"),
    ("Exercise animals in a shelter.", "Farmworkers, Farm", ""),
    ("Exercise animals in a shelter.", "Animal Breeders", "Bathe"),
    ("Maintain and update filing, inventory, and database systems.", "Postal Service Clerks", "money drawers"),
    ("Sketch a picture or design.", "Jewelers", "metal contents"),
    ("Provide treatment to sick or injured animals.", "Veterinarians", "Euthanize"),
    ("Drive a bus or motor coach.", "Flight Attendants", ""),
    ("Drive a bus or motor coach.", "School Bus Monitors", ""),
    ("Maintain aircraft engines.", "Outdoor Power", ""),
    ("Sketch a picture or design.", "Pressers", ""),
    ("Design and create handmade clothes.", "Pressers", ""),
    ("Make travel arrangements for sightseeing or other tours.", "Exercise Trainers", "tournaments"),
    ("Make investments to generate future income.", "Online Merchants", "Investigate"),
    ("Provide spiritual guidance.", "Tellers", "denomination"),
    ("Lead a religious group.", "Dietitians", ""),
    ("Study public opinion on political issues.", "Biologists", "pollution"),
    ("Study the culture and history of a region of the world.", "Histology", ""),
    ("Play sports.", "Gambling Dealers", ""),
    ("Perform music for a live audience.", "Musical Instrument Repairers", ""),
    ("Coach a sports team.", "Public Relations", ""),
]


def test_reasons_that_a_counselor_would_strike_are_gone(official):
    slugs = {activity.text: slug for slug, activity in activities.by_slug().items()}
    titles = {listing.code: listing.title for listing in official.listings.values()}
    for text, occupation, words in STRUCK:
        for code, (_tasks, best) in official.explored.parts[slugs[text]]["tasks"].items():
            assert occupation not in titles[code] or (words and words not in best), (text, titles[code], best)


def test_the_reason_is_a_task_that_is_the_activity_and_a_group_has_the_best_of_all(official):
    parts = official.explored.parts
    tasks = {
        traits.code: {task.text.rstrip(".") for task in traits.profile.tasks.items}
        for traits in official.traits.values()
        if traits.profile.tasks
    }
    for group in activities.groups():
        said = {code: set() for code in parts[group.slug]["tasks"]}
        for activity in group.activities:
            for code, (count, best) in parts[activity.slug]["tasks"].items():
                assert activity.is_done_in(best)
                assert best in tasks[code]
                assert count <= parts[group.slug]["tasks"][code][0]
                said[code].add(best)
        assert all(best in said[code] for code, (_count, best) in parts[group.slug]["tasks"].items())


def test_who_is_at_school_sees_what_asks_for_nothing_and_what_it_leads_to(official):
    dana, levi = (exploring.address(exploring.of_person(person)) for person in exploring.PEOPLE[:2])
    for address in (dana, levi):
        for slug in official.explored.shown(address):
            listing = official.listings[slug]
            assert listing.typical_education == "No formal educational credential"
        text = official.explored.page(address).text_content()
        assert "29 CFR Part 570" in text
        assert "What it leads to" in text
        later = [official.listings[slug] for slug in official.explored.shown(address, "later")]
        assert len(later) == FIRST
    assert official.explored.page(dana).xpath("//dt[text()='Leads on to']/following-sibling::dd/a/@href")


def test_who_is_at_school_is_not_promised_what_the_law_keeps_from_18_on(official):
    explored, address = official.explored, exploring.AT_SCHOOL
    codes = set(fitting(explored, Answers(start="school", state="OH")))
    text = " ".join(explored.page(address).text_content().split())
    for code in ("35-3011.00", "41-2012.00", "47-2131.00", "47-2061.00", "47-3012.00", "47-3016.00", "53-3054.00"):
        assert code not in codes
        assert young.held_back(code).about in text
    assert {"35-3023.00", "41-2031.00", "37-3011.00"} <= codes
    assert explored.count(address) == len(codes)
    listed = {listing.code for listing in official.listings.values()}
    for beginning in young.by_beginning():
        assert any(code.startswith(beginning) for code in listed), beginning


def test_what_may_take_students_stands_apart_and_asks_for_a_diploma_alone(official):
    explored, address = official.explored, exploring.address(exploring.TWO_LIKES)
    asking = [official.listings[slug] for slug in explored.shown(address, "asking")]
    assert "39-2021.00" in {listing.code for listing in asking}, "who cares for animals"
    assert {listing.education for listing in asking} == {"school"}
    assert not {listing.slug for listing in asking} & set(explored.shown(address, "later"))
    text = explored.page(address).text_content()
    assert ("Look at three" in text) == (explored.count(address) > 2)


def test_what_pays_too_little_is_named_and_thin_estimates_are_refused(official):
    explored = official.explored
    answers = exploring.of_person(exploring.PEOPLE[2])
    page = explored.page(exploring.address(answers))
    fold = page.get_element_by_id("left-out-by-pay")
    fits, without = fitting(explored, answers), set(fitting(explored, answers.without("earn")))
    assert 0 < exploring.number(fold.find("summary").text_content()) <= len(without) - len(fits)
    for link in fold.xpath(".//li/a/@href"):
        code = official.listings[link.rstrip("/").rpartition("/")[2]].code
        assert code in without
        assert code not in fits
    shares = [row[1] for state in exploring.STATES for row in explored.parts[state.abbreviation]["pay"].values()]
    assert None in shares
    assert share_of(20_000, 40_000, 900) is None
    assert share_of(20_000, 40_000, 1_000) == 0.5
    assert share_of(40_000, 40_000, 10) == 1


def test_what_is_asked_wrongly_is_said_in_words(official):
    for address, said in exploring.BAD.items():
        answer = official.explored.answers[address]
        text = " ".join(official.explored.page(address).text_content().split())
        assert answer.status_code == 422, address
        assert said in text, (address, text[:300])
    for address in exploring.REFUSED:
        assert official.explored.answers[address].status_code == 400


def test_pages_are_the_same_for_everyone_valid_and_cost_few_queries(official, tmp_path):
    need_checker()
    explored = official.explored
    pages = {}
    for address, answer in explored.answers.items():
        assert not answer.cookies, address
        if answer.status_code == 200 and "?" in address and address.startswith("/explore/"):
            assert "no-store" in answer.headers["Cache-Control"], "answers are somebody's"
    for person in map(exploring.of_person, exploring.PEOPLE):
        assert explored.queries[exploring.address(person)] <= 8
    some = [exploring.address(exploring.of_person(person)) for person in exploring.PEOPLE[:3]]
    for address in [*exploring.PLAIN, *some, exploring.address(exploring.IMPOSSIBLE), next(iter(exploring.BAD))]:
        pages[address] = explored.answers[address].content.decode()
    complaints = check_html(pages, tmp_path)
    assert not complaints, "\n".join(complaints)


def test_the_way_there_stands_where_one_is_not_sure(official):
    for page in ("/", "/move/", "/search/?q=qqxzj+wvvk"):
        assert 'href="/explore/"' in official.explored.answers[page].content.decode(), page
    assert 'href="/explore/"' in official.answers["/occupations/"].content.decode()
    assert "/explore/" in official.answers["/sitemap.xml"].content.decode()


def test_who_likes_several_things_sees_what_each_finds_and_the_nearest_change(official):
    explored, address = official.explored, exploring.address(exploring.TWO_LIKES)
    animals, drawing = explored.page(address).xpath("//*[@class='explore-liked']/li")
    assert "in none of these" in drawing.text_content()
    assert exploring.number(animals.find("small").text_content()) == explored.count(address)
    (offered,) = drawing.xpath(".//a/@href")
    assert offered.startswith("?like=outdoors&like=sketch-a-picture-or-design&"), "all that is liked is kept"
    promised = exploring.number(drawing.xpath(".//small")[-1].text_content())
    later = explored.page(exploring.OFFERED).xpath("//*[@class='explore-liked']/li/small")[-1]
    assert f"/explore/{offered}" == exploring.OFFERED
    assert promised == exploring.number(later.text_content())


def test_search_leads_who_asks_for_no_job_to_what_fits(official):
    for text, address in exploring.SEARCHED.items():
        page = official.explored.page(f"/search/?{urlencode({'q': text})}")
        first = page.xpath("//*[@class='notice']//li/a/@href")[0]
        assert first.startswith(address), (text, first)
    for text in exploring.NOT_EXPLORED:
        page = official.explored.page(f"/search/?{urlencode({'q': text})}")
        assert not page.xpath("//*[@class='notice']//li/a[starts-with(@href, '/explore/?')]"), text


def test_what_fits_is_compared_by_ticking_and_says_how_jobs_change(official):
    page = official.explored.page(exploring.address(exploring.of_person(exploring.PEOPLE[2])))
    cards, boxes = page.find_class("explore-result"), page.xpath("//input[@name='g'][@form='compare']")
    assert len(boxes) == len(cards)
    assert page.xpath("//form[@id='compare']/@action") == ["/compare/"]
    for card in cards:
        slug = card.find("h3/a").get("href").rstrip("/").rpartition("/")[2]
        change = official.listings[slug].change_percent
        (said,) = card.xpath(".//dt[text()='Outlook']/following-sibling::dd")
        assert str(abs(change)) in said.text_content() if change is not None else "not published" in said.text_content()


def test_written_guides_stand_out(official):
    answers = exploring.of_person(exploring.PEOPLE[2])
    assert "25-4031.00" in fitting(official.explored, answers)
    page = official.explored.page("/explore/?show=1")
    assert page.find_class("explore-result"), "without any answer all are shown, those with most openings first"
