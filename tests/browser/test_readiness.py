"""Both checks in a browser: with and without JavaScript, by keyboard alone, on a phone, on paper."""

import io
import re

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from guides.models import Skill
from guides.publishing import editions
from guides.readiness import answers, check, skills_gap
from guides.reading import reader
from tests import factories
from tests.readiness import sample

GAP = "/guides/bookbinder/skills-gap/"
CHECK = "/guides/bookbinder/readiness/"
PHONE = {"viewport": {"width": 360, "height": 720}}
SKILL_0, SKILL_1 = answers.code("skill-0"), answers.code("skill-1")
DONE = {"diploma": 0, "years": 20, "papers": 20}  # points by question
PAPERS = ["Letter", "A4"]
RESUME = "Knack for sewing. Ran the circulation desk."


@pytest.fixture
def checks(transactional_db):
    guide = sample.make_checks(publish=False)
    # A second section of skills, for a second screen.
    section = factories.make_section(guide, "skills", slug="more-skills", heading="More skills", position=50)
    Skill.objects.create(section=section, slug="gilding", name="Gilding")
    editions.publish(editions.save(guide))
    return guide


@pytest.fixture
def desk(new_context, checks):
    return new_context(viewport={"width": 1280, "height": 800}).new_page()


@pytest.fixture
def phone(new_context, checks):
    return new_context(**PHONE).new_page()


@pytest.fixture
def plain(new_context, checks):
    """A phone without JavaScript."""
    return new_context(**PHONE, java_script_enabled=False).new_page()


def rating(page, skill, level):
    """The cell of the table of skills where a skill's row and a level's column meet."""
    return page.get_by_role("radio", name=f"{skill} {level}", exact=True)


def choose(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def fits(page):
    """Whether nothing is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_totals_follow_the_ratings_and_the_result_can_be_bookmarked(desk):
    desk.goto(GAP)
    expect(desk.get_by_role("status").first).to_contain_text("0 of 3 rated")
    rating(desk, "Skill 0", "Basics").check()
    expect(desk.locator("#so-far")).to_contain_text("1 of 3 rated: 2 of 12 points, 17%")
    rating(desk, "Skill 0", "Could teach it").check()
    expect(desk.locator("#so-far")).to_contain_text("1 of 3 rated: 4 of 12 points, 33%")
    desk.get_by_role("button", name="Show my skills gap").click()
    expect(desk).to_have_url(re.compile(rf"\?a={SKILL_0}3$"))
    expect(desk.get_by_text("You bring 4 of 12 points")).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("You bring 4 of 12 points")).to_be_visible()
    desk.get_by_text("The arithmetic").click()
    expect(desk.get_by_text("4 ÷ 12 = 33 percent.")).to_be_visible()
    desk.get_by_role("link", name="Change my answers").click()
    expect(rating(desk, "Skill 0", "Could teach it")).to_be_checked()
    desk.go_back()
    expect(desk.get_by_text("You bring 4 of 12 points")).to_be_visible()


def test_the_table_of_skills_by_keyboard(desk):
    desk.goto(GAP)
    expect(desk.locator("#so-far")).to_be_visible()
    rating(desk, "Skill 0", "Not yet").focus()
    steps = [("Space", "1 of 3 rated: 0 "), ("ArrowRight", "1 of 3 rated: 2 "), ("ArrowRight", "1 of 3 rated: 4 ")]
    steps += [("Tab", ""), ("Space", "2 of 3 rated"), ("Tab", ""), ("ArrowRight", "3 of 3 rated")]
    for key, words in steps:
        desk.keyboard.press(key)
        expect(desk.locator("#so-far")).to_contain_text(words)
    for skill, level in [("Skill 0", "At work"), ("Skill 1", "Not yet"), ("Gilding", "Basics")]:
        expect(rating(desk, skill, level)).to_be_checked()
    table = desk.get_by_role("table", name="How well can you do each of these today?")
    expect(table.get_by_role("columnheader")).to_have_text(["Skill", "Not yet", "Basics", "At work", "Could teach it"])


def test_a_phone_shows_one_group_a_screen(phone):
    phone.goto(GAP)
    first, second = phone.locator("[data-screen]").all()
    expect(second).to_be_hidden()
    expect(phone.get_by_role("button", name="Show my skills gap")).to_be_hidden()
    assert fits(phone)
    rating(phone, "Skill 0", "At work").check()
    phone.get_by_role("button", name="Next").click()
    expect(first).to_be_hidden()
    expect(phone.get_by_role("heading", name="More skills")).to_be_focused()
    expect(phone.get_by_text("2 of 2")).to_be_visible()
    rating(phone, "Gilding", "Basics").check()
    expect(phone.locator("#so-far")).to_contain_text("2 of 3 rated: 6 of 12 points, 50%")
    # The phone's own Back and Forward go from screen to screen, and keep what was rated.
    phone.go_back()
    expect(second).to_be_hidden()
    expect(rating(phone, "Skill 0", "At work")).to_be_checked()
    phone.go_forward()
    expect(first).to_be_hidden()
    expect(rating(phone, "Gilding", "Basics")).to_be_checked()
    phone.get_by_role("button", name="Back").click()
    expect(rating(phone, "Skill 0", "At work")).to_be_checked()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Show my skills gap").click()
    expect(phone.get_by_text("You bring 6 of 12 points")).to_be_visible()
    assert fits(phone)


def test_a_mistake_is_shown_on_its_own_screen(phone, problems):
    phone.goto(f"{GAP}?s-{SKILL_0}=2&s-{answers.code('gilding')}=9")
    expect(phone.locator(".error-summary")).to_be_focused()
    mistaken = phone.locator("th", has_text="Gilding")
    expect(mistaken).to_be_visible()
    phone.get_by_role("button", name="Back").click()
    phone.locator(".error-summary a").click()
    expect(mistaken).to_be_focused()
    assert problems.pop().startswith("Failed to load resource: the server responded with a status of 422")


def test_the_skills_gap_without_javascript(plain):
    plain.goto(GAP)
    expect(plain.get_by_role("button", name="Next")).to_have_count(0)
    rating(plain, "Skill 0", "At work").check()
    rating(plain, "Gilding", "Not yet").check()
    plain.get_by_role("button", name="Show my skills gap").click()
    expect(plain.get_by_text("You bring 4 of 12 points")).to_be_visible()
    expect(plain.get_by_text("1 skill is not rated")).to_be_visible()
    assert fits(plain)


def test_a_resume_without_javascript(plain):
    plain.goto(GAP)
    plain.get_by_role("link", name="Start from your resume").click()
    expect(plain.get_by_role("heading", name="Start from your resume")).to_be_visible()
    assert fits(plain)
    plain.get_by_label("Paste your resume").fill(RESUME)
    plain.get_by_role("button", name="Find my skills").click()
    expect(plain.locator("mark")).to_have_text(["Knack", "Knack"])
    plain.get_by_label("Skill 1").uncheck()
    plain.get_by_role("button", name="Take these over").click()
    expect(plain).to_have_url(re.compile(rf"\?found={SKILL_0}1$"))
    expect(rating(plain, "Skill 0", "Basics")).to_be_checked()
    assert plain.get_by_role("row", name="Skill 1").locator(":checked").count() == 0
    assert "circulation" not in plain.url


def test_a_resume_as_a_file(desk):
    desk.goto(f"{GAP}resume/")
    file = {"name": "resume.txt", "mimeType": "text/plain", "buffer": RESUME.encode()}
    desk.get_by_label("Or choose a file").set_input_files(file)
    desk.get_by_role("button", name="Find my skills").click()
    expect(desk.get_by_label("Skill 0")).to_be_checked()


def test_the_readiness_check_by_keyboard_alone(desk):
    desk.goto(CHECK)
    for _ in range(30):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.name") == "q-diploma":
            break
    desk.keyboard.press("Space")  # no diploma
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowDown")  # the second answer
    desk.keyboard.press("Enter")  # too early: it says so, and leads to the question that is open
    expect(desk.get_by_role("alert").filter(visible=True)).to_have_text("Not answered yet: How is your papers?")
    expect(desk.get_by_label("Papers 0")).to_be_focused()
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    desk.keyboard.type("14")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("5 of 50 points")).to_be_visible()
    expect(desk.get_by_text("The route that fits")).to_be_visible()
    assert "hours=14" in desk.url


@pytest.mark.parametrize("javascript", [True, False])
def test_the_readiness_check_on_a_phone(new_context, checks, problems, javascript):
    page = new_context(**PHONE, java_script_enabled=javascript).new_page()
    page.goto(CHECK)

    next_button = page.get_by_role("button", name="Next" if javascript else "Check this part and go on")
    next_button.first.click()
    if javascript:
        expect(page.get_by_role("alert")).to_have_text("Not answered yet: How is your diploma?")
        expect(page.get_by_label("Diploma 0")).to_be_focused()
    else:
        expect(page.get_by_role("alert").get_by_role("link")).to_have_text(["How is your diploma? Choose an answer."])
        assert "status of 422" in problems.pop()
        # An answer further on says at once what was passed over, here and in the parts before.
        page.goto(CHECK)
        choose(page, "How is your papers?", "Papers 20")
        expect(page.get_by_text("Not answered yet.").filter(visible=True)).to_have_count(2)
    choose(page, "How is your diploma?", "Diploma 0")
    next_button.first.click()
    expect(page.get_by_role("group", name="How is your years?")).to_be_visible()
    if not javascript:
        expect(page).to_have_url(re.compile("#area-work$"))
        expect(page.get_by_label("Diploma 0")).to_be_checked()
    choose(page, "How is your years?", "Years 5")
    choose(page, "How is your papers?", "Papers 20")
    if javascript:
        next_button.click()
    page.get_by_label("Hours a week").fill("14")
    page.get_by_label("When you could start").fill("2027-01-11")
    page.get_by_label("What you could spend").fill("999")
    page.get_by_role("button", name="Show my result").click()
    expect(page.get_by_role("img", name="50 of 100")).to_be_visible()
    expect(page.get_by_text("About 40 hours: at 14 hours a week it takes 3 weeks or more.")).to_be_visible()
    expect(page.get_by_role("link", name="Route 0").first).to_be_visible()
    assert fits(page)
    page.get_by_role("heading", name="Where every point is from").click()
    expect(page.get_by_role("cell", name="Years 5")).to_be_visible()
    page.get_by_role("link", name="Change my answers").click()
    if javascript:
        next_button.click()
    expect(page.get_by_label("Years 5")).to_be_checked()


def states():
    """Addresses of every state of both checks."""
    options = "".join(answers.code(name, f"{name}-{points}") for name, points in [("diploma", 0), ("years", 5)])
    return [
        GAP,
        f"{GAP}?sent=1",
        f"{GAP}?found={SKILL_0}2",
        f"{GAP}?a={SKILL_0}1{SKILL_1}2zzzzz1",
        f"{GAP}?a={SKILL_0}2{SKILL_1}2{answers.code('gilding')}3",
        f"{GAP}resume/",
        CHECK,
        f"{CHECK}?sent=1&hours=lots",
        f"{CHECK}?a={options}{answers.code('papers', 'papers-0')}&hours=8&start=2027-01-11",
        f"{CHECK}?a={options}{answers.code('papers', 'papers-20')}&hours=8&start=2027-01-11&budget=0",
    ]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_results_go_into_the_plan_and_say_what_changed(new_context, checks, axe, scripts, width):
    page = new_context(java_script_enabled=scripts, viewport={"width": width, "height": 800}).new_page()
    keep_result(page, f"{GAP}?a={SKILL_0}0{SKILL_1}0", axe if scripts else None)
    keep_result(page, f"{GAP}?a={SKILL_0}2{SKILL_1}0", axe if scripts else None)
    codes = "".join(answers.code(name, f"{name}-{points}") for name, points in DONE.items())
    keep_result(page, f"{CHECK}?a={codes}&hours=20&start={timezone.localdate()}")
    page.goto("/plan/")
    page.get_by_text("What changed since last time").click()
    expect(page.get_by_text("Skill 0: “Not yet”, now “At work”.")).to_be_visible()
    gaps = page.get_by_role("region", name="Gaps to close")
    gaps.get_by_text("1 done").click()
    expect(gaps.get_by_role("button", name="Not done yet Skill 0")).to_be_visible()
    gaps.get_by_role("button", name="Mark as done Skill 1").click()
    expect(gaps.get_by_role("button", name="Not done yet Skill 1")).to_be_visible()
    timeline = page.get_by_role("region", name="Timeline")
    expect(timeline.get_by_role("link", name="Learn (Bookbinder)", exact=True)).to_be_visible()
    assert fits(page)
    if scripts:
        axe(page)


def keep_result(page, address, axe=None):
    """Save the result at `address` to the plan."""
    page.goto(address)
    page.get_by_role("link", name="Save to my plan").click()
    save = page.get_by_role("button", name="Save this result")
    expect(save).to_be_focused()
    assert fits(page)
    if axe:
        axe(page)
    save.click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide(new_context, checks, axe, problems, scheme, width):
    page = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    for address in states():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        assert fits(page), address
        axe(page)
    page.goto(f"{GAP}resume/")
    page.get_by_label("Paste your resume").fill(RESUME)
    page.get_by_role("button", name="Find my skills").click()
    expect(page.get_by_role("button", name="Take these over")).to_be_visible()
    axe(page)
    page.goto(f"{GAP}resume/")
    page.get_by_role("button", name="Find my skills").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    assert all("422" in problem for problem in problems)
    problems.clear()


def test_a_result_prints_on_one_page(new_context, transactional_db, lta):
    reading = reader.live("library-technical-assistant")
    skills, questions = skills_gap.all_skills(reading), check.all_questions(reading.guide)
    page = new_context().new_page()
    for level in range(4):
        ratings = {skill.slug: (level + place % 2) % 4 if level < 3 else 0 for place, skill in enumerate(skills)}
        page.goto(f"/guides/library-technical-assistant/skills-gap/?a={answers.write_ratings(ratings, skills)}")
        assert [pages_of(page, paper) for paper in PAPERS] == [1, 1], level
    for place in (0, -1):
        chosen = answers.write_choices([list(question.options.all())[place] for question in questions])
        page.goto(f"/guides/library-technical-assistant/readiness/?a={chosen}&hours=5&start=2027-01-11")
        assert [pages_of(page, paper) for paper in PAPERS] == [1, 1]


def pages_of(page, paper):
    return len(pypdf.PdfReader(io.BytesIO(page.pdf(format=paper))).pages)
