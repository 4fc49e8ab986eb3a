"""From the job one has: the moves that people make and random pairs, what is named, and what is asked wrongly."""

import random
import re
import tomllib
from html import unescape
from pathlib import Path

import lxml.html
import pytest

from guides.occupations.nearness import carrying, likeness
from guides.occupations.nearness.gap import Gap, Level
from guides.occupations.nearness.likeness import Reading
from tests.installed import need_checker
from tests.test_html import check_html

from . import moving

# The data is loaded into the database of the tests.
pytestmark = pytest.mark.django_db
MOVES = tomllib.loads((Path(__file__).parent / "moves.toml").read_text())


def page(official, address):
    return lxml.html.document_fromstring(official.answers[address].content.decode()).get_element_by_id("main")


def said(official, address):
    """What a page says, on one line."""
    return " ".join(unescape(page(official, address).text_content()).split())


def compared(official, source, target):
    return likeness.compare(official.traits[source], official.traits[target], official.weights)


def names(carried):
    """All that is named as carrying over, on lines of its own."""
    yield from (each.activity.title for each in carried.activities)
    yield from (each.activity.title for each in carried.like_activities)
    yield from (each.task.text for each in carried.tasks)
    yield from (each.name for each in carried.knowledge)
    yield from (each.technology.name for each in carried.technologies)


def test_moves_that_people_make_read_as_near(official):
    read = {(each["from"], each["to"]): compared(official, each["from"], each["to"]) for each in MOVES["move"]}
    near = [pair for pair, nearness in read.items() if nearness.reading is Reading.NEAR]
    assert len(read) >= 30
    assert len(near) >= 0.9 * len(read), [pair for pair in read if pair not in near]
    assert {("41-2011.00", "43-4121.00"), ("25-9042.00", "43-4121.00"), ("43-9061.00", "25-4031.00")} <= set(near)


def test_what_carries_over_is_what_a_person_would_say(official):
    silent = []
    for each in MOVES["move"]:
        carried = carrying.between(official.traits[each["from"]], official.traits[each["to"]])
        text = "\n".join(names(carried)).lower()
        if compared(official, each["from"], each["to"]).reading is Reading.NEAR:
            silent += [each["why"]] * (not any(re.search(pattern, text) for pattern in each["carries"]))
    assert silent == []


@pytest.mark.parametrize("seed", MOVES["seeds"])
def test_random_pairs_of_different_fields_are_not_near(official, seed):
    excused = {(each["from"], each["to"]) for each in MOVES["near_by_chance"]}
    pairs = list(drawn(official, seed))
    assert len(pairs) == MOVES["drawn"]
    near = [pair for pair in pairs if compared(official, *pair).reading is Reading.NEAR]
    assert set(near) <= excused


def test_random_pairs_are_rarely_near_by_chance(official):
    """Over all seeds together: those that a person would call near as well, and few."""
    pairs = [pair for seed in MOVES["seeds"] for pair in drawn(official, seed)]
    near = [pair for pair in pairs if compared(official, *pair).reading is Reading.NEAR]
    assert len(near) <= len(MOVES["near_by_chance"]) <= 0.01 * len(pairs)


def drawn(official, seed):
    """Yield pairs of surveyed occupations of different major groups, the same for each seed."""
    drawing = random.Random(seed)  # noqa: S311
    codes = sorted(code for code, traits in official.traits.items() if traits.is_surveyed)
    count = 0
    while count < MOVES["drawn"]:
        pair = tuple(drawing.sample(codes, 2))
        if pair[0][:2] != pair[1][:2]:
            count += 1
            yield pair


def test_what_is_usual_is_what_one_pair_in_a_hundred_reaches(official):
    """The measure of each part is a number in the code: it must still fit the data."""
    pairs = [pair for seed in range(40) for pair in drawn(official, f"usual {seed}")]
    for part in likeness.PARTS:
        lines = [
            next(line for line in compared(official, *pair).lines if line.part is part).likeness or 0 for pair in pairs
        ]
        assert sorted(lines)[int(0.99 * len(lines))] == pytest.approx(part.usual, rel=0.3), part.slug


def test_an_occupation_is_as_near_as_can_be_to_itself_and_both_ways_the_same(official):
    for source, target in (("41-2011.00", "43-4121.00"), ("29-1141.00", "35-3031.00")):
        itself, there, back = (
            compared(official, *pair) for pair in ((source, source), (source, target), (target, source))
        )
        assert [line.likeness for line in itself.lines] == pytest.approx([1.0] * 5)
        assert [line.points for line in there.lines] == [line.points for line in back.lines]


def test_the_page_shows_the_arithmetic_of_its_verdict(official):
    text = said(official, moving.NEAR)
    nearness = compared(official, "41-2011.00", "43-4121.00")
    rows = [
        [cell.text_content().strip() for cell in row.iter("td")]
        for row in page(official, moving.NEAR).xpath("//*[@id='arithmetic']//tbody/tr")
    ]
    assert sum(float(row[-1]) for row in rows[:-1]) == pytest.approx(float(rows[-1][-1]), abs=0.011)
    assert float(rows[-1][-1]) == nearness.points
    for row in rows[:5]:
        assert float(row[2].split()[0]) * float(row[3]) == pytest.approx(float(row[4]), abs=0.011)
    assert text.startswith("From Cashiers to Library Clerk Near")
    assert "It asks for no more than high school, no experience, and at most a month of training" in text
    assert "Stock shelves, sort and reshelve returned items" in text
    assert "$32,880" in text and "$36,910" in text  # noqa: PT018


def test_far_is_said_as_far(official):
    assert said(official, moving.FAR).startswith("From Waiters and Waitresses to Registered Nurses Far Little of")


def test_a_title_of_several_is_asked_about(official):
    links = [link.get("href") for link in page(official, moving.SEVERAL).xpath(".//*[@class='move-offers']//a")]
    assert links[0] == "/move/?from=cashiers&to=library-clerk"
    # What can be compared stands first: nobody surveyed 'all other'.
    offered = page(official, moving.SHOP_WORKER).xpath(".//*[@class='move-offers']//a/@href")
    kinds = [official.listings[href.split("from=")[1].split("&")[0]].is_indexed for href in offered]
    assert offered[0] == "/move/?from=retail-salespersons"
    assert kinds == sorted(kinds, reverse=True)
    assert False in kinds
    assert len(links) == 4
    assert "stands under 4 occupations" in said(official, moving.SEVERAL)
    assert "“teaching assistant” stands under" in said(official, moving.BRACKETS)


def test_nobodys_title_gets_the_nearest(official):
    assert "No occupation has the title “shop assistant”" in said(official, moving.NOBODY)
    assert page(official, moving.NOBODY).xpath(".//*[@class='move-offers']//a")
    assert "Not one of some 57,000 English titles has a word of it" in said(official, moving.OTHER_SCRIPT)


def test_fragments_of_words_suggest_nothing(official):
    offers = page(official, moving.FRAGMENTS).xpath(".//*[@class='move-offers']/li")
    assert offers
    assert all(re.search(r"\blibrar", offer.text_content(), re.IGNORECASE) for offer in offers)
    neither = said(official, moving.NEITHER)
    assert "No occupation has the title “Kassierer” or “Verkäuferin”" in neither
    assert neither.count("Not one of some 57,000 English titles") == 1


def test_what_people_call_a_job_leads_to_the_nearest_and_says_why(official):
    text = said(official, moving.INFORMAL)
    assert "Official data has no occupation of its own for it. Nearest, as we read it, is Taxi Drivers" in text


def test_what_cannot_be_compared_is_said(official):
    assert "Infantry is a military occupation." in said(official, moving.MILITARY)
    assert "Nobody has surveyed “Managers, All Other”" in said(official, moving.ALL_OTHER)
    for address in (moving.MILITARY, moving.ALL_OTHER):
        assert "$32,880" in said(official, address)
    assert "nothing to compare" in said(official, moving.SAME)
    assert "Official data counts both as one occupation" in said(official, moving.COUNTED_TOGETHER)
    assert "official data cannot say what is near it" in said(official, moving.UNSURVEYED_ONWARD)


def test_a_guide_whose_occupation_is_not_here_says_so(client, guide):
    text = client.get(f"/move/?to={guide.slug}").content.decode()
    assert f"The official data of this guide’s occupation ({guide.occupation_code}) is not here" in text
    assert "No occupation has the title" not in text


def test_where_one_could_go_is_better_in_something_and_within_reach(official):
    text = said(official, moving.ONWARD)
    own = official.listings["cashiers"]
    links = page(official, moving.ONWARD).xpath(".//*[@class='move-way']/h3/a")
    assert len(links) >= 3
    for link in links:
        other = official.listings[link.get("href").split("to=")[1]]
        assert other.median_pay > own.median_pay or other.change_percent > own.change_percent
        assert other.education in {"none", "school"}
        assert compared(official, own.code, other.code).reading is not Reading.FAR
    assert "Pays $" in text
    assert "In both jobs:" in text
    for row in page(official, moving.ONWARD).find_class("move-way"):
        other = official.listings[row.find("h3/a").get("href").split("to=")[1]]
        row_text = " ".join(row.text_content().split())
        assert f"Change in jobs, {other.projection_edition.replace('-', '–')}: " in row_text
        assert ("Jobs fall more here" in row_text) == (other.change_percent < min(0, own.change_percent))


def test_an_occupation_of_fewer_jobs_is_not_first_and_all_its_guides_are_named(official):
    """Where another is about as near; the guides go up the ladder."""
    rows = page(official, moving.OFFICE_ONWARD).find_class("move-way")
    assert "Jobs fall more here" not in rows[0].text_content()
    assert any("Jobs fall more here" in row.text_content() for row in rows)
    [library] = [row for row in rows if row.find("h3/a").text_content() == "Library Assistants, Clerical"]
    guides = [link.text_content() for link in library.xpath(".//p/a")]
    assert guides == ["Library Aide", "Library Assistant", "Library Clerk"]


def test_a_way_in_that_a_guide_names_is_said(official):
    """By name in the guide that is meant, by the kind of work there or in another guide of the field; else nothing."""
    cashier, retail = said(official, moving.NEAR), said(official, moving.RETAIL)
    assert "Library Clerk: From another office job Suits: Receptionists, file clerks, cashiers" in cashier
    assert "Library Technical Assistant: Customer service experience" not in cashier
    assert "Library Technical Assistant: Customer service experience" in retail
    [notice] = page(official, moving.CASHIER_TO_ASSISTANT).find_class("notice")
    [address] = notice.xpath(".//a/@href")
    assert address.startswith("/guides/library-technical-assistant/")
    assert address.endswith("#route-service-experience")
    assert "as a way in" not in said(official, moving.FAR)


def test_the_boxes_show_titles_and_lead_to_the_same(official):
    for address, titles in (
        (moving.ONWARD, ["Cashiers", ""]),
        (moving.BY_CODE, ["Cashiers", "Library Technicians"]),
        (
            moving.NEAR,
            ["Cashiers", official.listings["library-clerk"].title if "library-clerk" in official.listings else None],
        ),
        (moving.SEVERAL, ["cashier", "library clerk"]),
    ):
        shown = page(official, address).xpath(".//form[contains(@class, 'move-form')]//input")
        for box, title in zip(shown, titles, strict=True):
            assert title is None or box.get("value", "") == title


def test_where_one_comes_from_is_listed(official):
    assert page(official, moving.INWARD).xpath(".//*[@class='move-way']")


def test_what_carries_over_begins_the_skills_gap_of_the_guide(official):
    links = [link.get("href") for link in page(official, moving.NEAR).iter("a")]
    (start,) = [link for link in links if link.startswith("/guides/library-clerk/skills-gap/?")]
    assert re.fullmatch(r"/guides/library-clerk/skills-gap/\?(found=[a-z2-7]{5}[12]&)+by=job", start)
    assert "your job shows" in said(official, moving.NEAR)
    assert any(link.startswith("/occupations/library-assistants-clerical/gap/?change=1&") for link in links)


def test_pages_that_say_whose_job_it_is_are_stored_nowhere(official):
    for address in set(moving.ADDRESSES) - {moving.GAP_MISSING}:
        response = official.answers[address]
        is_private = "no-store" in response.headers.get("Cache-Control", "")
        assert is_private == ("?" in address), address
    assert official.answers["/move/"].status_code == 200


def test_what_is_asked_wrongly_gets_a_readable_answer(official):
    for address in (moving.LONG_TITLE, moving.TWICE, moving.GAP_WRONG, moving.GAP_TWICE, moving.GAP_NONE):
        assert official.answers[address].status_code == 422, address
        assert page(official, address).xpath(".//*[contains(@class, 'error-summary')]"), address
    # No page of ours asks for these: the site refuses them before any view.
    for address in (moving.TOO_LONG, moving.GAP_LONG, moving.NUL):
        assert official.answers[address].status_code in (400, 414, 422), address[:80]
        assert "<h1" in official.answers[address].content.decode()
    assert official.answers[moving.GAP_MISSING].status_code == 404
    for address in (moving.EMPTY, moving.BY_HAND, moving.BY_CODE):
        assert official.answers[address].status_code == 200
    assert "<script>" not in official.answers[moving.BY_HAND].content.decode().split("<main", 1)[1]


def test_the_gap_asks_about_what_sets_the_occupation_apart(official):
    asks = Gap(official.traits["25-4031.00"])
    assert [group.slug for group in asks.groups] == ["activities", "knowledge", "technologies"]
    assert "Library software" in {item.label for item in asks.asked}
    assert not {item.label for item in asks.asked} & set(asks.generic)
    assert "Active Listening" in asks.generic
    everything = asks.assess({item.name: Level.AT_WORK for item in asks.asked})
    assert (everything.score, everything.gaps) == (100, [])
    assert asks.assess({}).score == 0
    half = asks.assess({item.name: Level.A_LITTLE for item in asks.asked})
    assert 2 * half.points == half.worth == everything.points


def test_the_gap_begins_with_the_core_of_the_job(official):
    """What most core tasks ask for and few others do goes first; what no core task asks for stands last."""
    first = {
        "41-2011.00": "Process sales or other transactions",
        "35-3031.00": "Present food or beverage information or menus to customers",
        "25-2021.00": "Plan educational activities",
        "47-2111.00": "Repair electrical equipment",
    }
    for code, activity in first.items():
        assert Gap(official.traits[code]).groups[0].items[0].label == activity
    for code, traits in official.traits.items():
        counts = [traits.core_tasks_of(each) > 0 for each in traits.typical_activities]
        assert counts == sorted(counts, reverse=True), code
        products = [traits.core_tasks_of(each) * traits.activities[each.id] for each in traits.typical_activities]
        assert products == sorted(products, reverse=True), code
    gap = Gap(official.traits["41-2011.00"])
    assert all(item.worth == 2 for item in gap.asked if item.core_tasks == 0)


def test_lists_of_near_jobs_name_technology_only_on_evidence(official):
    for code in ("29-1141.00", "41-2011.00", "25-4031.00"):
        for ways in official.near[code]:
            for near in ways:
                named = {name for name in near.shared if name in official.technologies}
                told = {each.technology.name for each in carrying.evident(official.traits[code])}
                assert named <= told & {each.technology.name for each in carrying.evident(official.traits[near.code])}


def test_technology_is_asked_about_where_there_is_evidence_of_it(official):
    def asked(code):
        groups = {group.slug: group.items for group in Gap(official.traits[code]).groups}
        return {item.label for item in groups.get("technologies", ())}

    # Nurses: 17 products for patients' records, and one program for big data that some advert named.
    assert asked("29-1141.00") == {"Medical software"}
    assert "Point of sale POS software" in asked("41-2011.00")
    assert "Medical software" not in asked("41-2011.00")
    # A short list, of one product each: what workers named themselves is asked about, not what adverts name elsewhere.
    assert "Point of sale POS software" in asked("35-2014.00")
    assert "Web page creation and editing software" not in asked("35-2014.00")
    for code, traits in official.traits.items():
        used = traits.profile.technology.items if traits.profile.technology else ()
        told = [each for each in used if each.name in asked(code)]
        lone = [each.products[0] for each in told if len(each.products) == 1]
        assert not [each.name for each in lone if each.is_hot and not each.is_in_demand], code
    to_nurse = carrying.between(official.traits["41-2011.00"], official.traits["29-1141.00"])
    assert not to_nurse.technologies


def test_a_better_answer_never_lowers_the_score_of_a_gap(official):
    drawing = random.Random(20)  # noqa: S311
    for code in drawing.sample(sorted(code for code, each in official.traits.items() if each.is_surveyed), 20):
        asks = Gap(official.traits[code])
        assert asks.asked
        levels = {item.name: drawing.choice([0, 1, 2]) for item in asks.asked}
        before = asks.assess(levels).points
        for name in levels:
            assert asks.assess(levels | {name: min(levels[name] + 1, 2)}).points >= before


def test_the_gap_shows_its_arithmetic(official):
    text = said(official, moving.GAP_HALF)
    result = Gap(official.traits["25-4031.00"]).assess({"k-2.C.1.b": 1, "t-43232104": 2})
    assert f"You bring {result.points} of {result.worth} points, {result.score} percent" in text
    assert f"{result.points} ÷ {result.worth} = {result.score} percent." in text
    assert "1 answer in this address is about something that is no longer asked" in said(official, moving.GAP_UNKNOWN)
    checked = page(official, moving.GAP_CHANGED).xpath(".//input[@checked]")
    assert [(each.get("name"), each.get("value")) for each in checked] == [("k-2.C.1.b", "2")]
    assert "there is nothing to rate yourself on" in said(official, moving.GAP_MILITARY)


@pytest.mark.any_database
def test_pages_are_valid_html(official, tmp_path):
    need_checker()
    pages = [each for each in moving.ADDRESSES if official.answers[each].status_code in (200, 422)]
    complaints = check_html({each[:80]: official.answers[each].content.decode() for each in pages}, tmp_path)
    assert not complaints, "\n".join(complaints)


def test_what_a_job_does_by_another_name_is_not_missing(official):
    """Pairs of a present job, another, and what a person of the one would not call missing in the other."""
    for source, target, done in (
        ("53-7065.00", "43-4121.00", ("Sort materials", "Maintain inventory records", "Provide customer service")),
        ("41-2011.00", "43-4121.00", ("Provide customer service", "Collect deposits", "Sort materials")),
        ("25-9042.00", "43-4121.00", ("Maintain inventory records",)),
    ):
        carried = carrying.between(official.traits[source], official.traits[target])
        missing = [each.activity.title for each in carried.missing_activities]
        assert missing, "there is something to learn all the same"
        assert not [title for title in missing if title.startswith(done)]
        like = {each.activity.id for each in carried.like_activities}
        assert not like & {each.activity.id for each in carried.missing_activities}


def test_tasks_that_share_words_of_two_meanings_do_not_read_alike(official):
    for source, target, yours, theirs in (
        ("53-7065.00", "43-4121.00", "cash register", "Register new patrons"),
        ("15-1232.00", "15-1244.00", "Develop training materials", "network security measures"),
        ("43-4171.00", "43-6014.00", "proofreading", "Collect and deposit money"),
    ):
        pairs = carrying.between(official.traits[source], official.traits[target]).tasks
        assert pairs
        assert not [pair for pair in pairs if yours in pair.yours.text and theirs in pair.task.text]
