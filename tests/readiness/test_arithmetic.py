"""Points, scores, gains and dates, against cases worked out by hand; and what must hold whatever the answers."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guides import formats
from guides.readiness import answers, check, fitting, planner, skills_gap, terms
from guides.readiness.forms import CheckForm, RatingsForm
from guides.readiness.models import Stage

STILL = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def make_skills(reading, *weights):
    """Give the sample's skills these weights, in memory; the rest of the guide stays."""
    for skill, weight in zip(skills_gap.all_skills(reading), weights, strict=True):
        skill.weight = weight
    return skills_gap.all_skills(reading)


# The skills gap


@pytest.mark.parametrize(
    ("levels", "points", "score"),
    [
        # A core skill is worth 6 and a bonus 2: 8 in all.
        ({}, 0, 0),
        ({"skill-0": 0, "skill-1": 0}, 0, 0),
        ({"skill-0": 1}, 3, 38),  # 3 of 8 is 37.5 percent, rounded up
        ({"skill-0": 2}, 6, 75),
        ({"skill-0": 3}, 6, 75),
        ({"skill-0": 1, "skill-1": 1}, 4, 50),
        ({"skill-0": 2, "skill-1": 1}, 7, 88),  # 87.5
        ({"skill-0": 3, "skill-1": 2}, 8, 100),
    ],
)
def test_points_of_ratings(reading, levels, points, score):
    make_skills(reading, "core", "bonus")
    result = skills_gap.assess(reading, levels)
    assert (result.points, result.worth, result.score) == (points, 8, score)


def test_the_arithmetic_by_weight_adds_up(reading):
    make_skills(reading, "core", "useful")
    result = skills_gap.assess(reading, {"skill-0": 1, "skill-1": 2})
    added = [[row[name] for name in ("name", "each", "count", "points", "worth")] for row in result.by_weight]
    assert added == [["core", 6, 1, 3, 6], ["useful", 4, 1, 4, 4]]


def test_gaps_stand_in_order_of_weight_and_strengths_too(reading):
    make_skills(reading, "useful", "core")
    assert [row.skill.slug for row in skills_gap.assess(reading, {}).gaps] == ["skill-1", "skill-0"]
    assert [row.skill.slug for row in skills_gap.assess(reading, {"skill-0": 3, "skill-1": 2}).strengths] == [
        "skill-1",
        "skill-0",
    ]
    make_skills(reading, "core", "core")
    assert [row.skill.slug for row in skills_gap.assess(reading, {"skill-0": 1}).gaps] == ["skill-1", "skill-0"]
    assert [row.skill.slug for row in skills_gap.assess(reading, {"skill-0": 2, "skill-1": 3}).strengths] == [
        "skill-1",
        "skill-0",
    ]


def test_a_gap_says_how_to_close_it_and_how_long_that_takes(reading):
    row = skills_gap.assess(reading, {}).rated[0]
    assert (row.practice.exercise, row.step.title, row.route.name) == ("Sew a book.", "Step 0", "Route 1")
    assert row.hours == (5, 10)
    assert skills_gap.assess(reading, {"skill-0": 1}).rated[0].hours == (3, 5)  # with the basics half, rounded up
    assert skills_gap.assess(reading, {"skill-0": 2}).rated[0].hours is None
    other = skills_gap.assess(reading, {}).rated[1]  # nobody wrote how to close this one
    assert (other.practice, other.hours) == (None, None)
    assert skills_gap.assess(reading, {}).hours == (5, 10)


def test_strengths_are_worded_for_a_resume(reading):
    first, second = skills_gap.assess(reading, {"skill-0": 2, "skill-1": 2}).rated
    assert first.resume_line == "Sewed [number] books"
    assert second.resume_line == "Experience with skill 1"


def test_what_changed_since(reading):
    before, after = (
        skills_gap.assess(reading, {"skill-0": 0, "skill-1": 2}),
        skills_gap.assess(reading, {"skill-0": 2, "skill-1": 2}),
    )
    [(old, new)] = skills_gap.changes(before, after)
    assert (old.skill.slug, old.level, new.level) == ("skill-0", 0, 2)


LEVELS = st.fixed_dictionaries({}, optional={"skill-0": st.integers(0, 3), "skill-1": st.integers(0, 3)})
WEIGHTS = st.lists(st.sampled_from(["core", "useful", "bonus"]), min_size=2, max_size=2)


@STILL
@given(LEVELS, st.sampled_from(["skill-0", "skill-1"]), WEIGHTS)
def test_more_skill_never_lowers_the_score(reading, levels, better, weights):
    make_skills(reading, *weights)
    more = levels | {better: min(3, levels.get(better, 0) + 1)}
    before, after = skills_gap.assess(reading, levels), skills_gap.assess(reading, more)
    assert after.score >= before.score
    assert 0 <= before.score <= 100
    assert sum(row.points for row in before.strengths + before.gaps) == before.points


@STILL
@given(LEVELS, st.randoms())
def test_the_order_of_ratings_is_irrelevant(reading, levels, random):
    assume(levels)
    skills = skills_gap.all_skills(reading)
    text = answers.write_ratings(levels, skills)
    pieces = [text[place : place + 6] for place in range(0, len(text), 6)]
    random.shuffle(pieces)
    form = RatingsForm.from_address(skills, "".join(pieces))
    assert form.is_valid()
    assert (form.given, form.unknown) == (levels, 0)


@given(st.integers(0, 500), st.integers(0, 500))
def test_percent_rounds_half_up_and_stays_in_range(part, more):
    whole = part + more
    assert 0 <= skills_gap.percent(part, whole) <= 100
    assert whole == 0 or abs(skills_gap.percent(part, whole) - 100 * part / whole) <= 0.5


# The readiness check


def choose(reading, **slugs):
    """Return the options with these slugs by question."""
    return {
        question.slug: next(
            option for option in question.options.all() if option.slug == f"{question.slug}-{slugs[question.slug]}"
        )
        for question in check.all_questions(reading.guide)
    }


@pytest.mark.parametrize(
    ("chosen", "points", "score", "band"),
    [
        # The best answers are worth 10 + 20 + 20 = 50.
        ({"diploma": 0, "years": 0, "papers": 0}, 0, 0, "At the start"),
        ({"diploma": 10, "years": 0, "papers": 0}, 10, 20, "At the start"),
        ({"diploma": 10, "years": 0, "papers": 15}, 25, 50, "On the way"),
        ({"diploma": 0, "years": 20, "papers": 20}, 40, 80, "Ready"),
        ({"diploma": 10, "years": 20, "papers": 20}, 50, 100, "Ready"),
    ],
)
def test_points_of_answers(reading, chosen, points, score, band):
    result = check.assess(reading.guide, choose(reading, **chosen))
    assert (result.points, result.best, result.score, result.band.title) == (points, 50, score, band)


def test_bars_of_the_areas(reading):
    result = check.assess(reading.guide, choose(reading, diploma=10, years=5, papers=0))
    assert [(area.area.name, area.points, area.best, area.share) for area in result.areas] == [
        ("School", 10, 10, 100),
        ("Work", 5, 40, 13),  # 12.5
    ]


def test_the_changes_that_raise_it_most(reading):
    result = check.assess(reading.guide, choose(reading, diploma=0, years=5, papers=0))
    # From nothing: papers gain 15 at once, years from 5 to 20 gain 15 too but take longer, the diploma 10.
    assert [(answer.question.slug, answer.gain) for answer in result.changes()] == [
        ("papers", 15),
        ("years", 15),
        ("diploma", 10),
    ]
    assert result.score_after(result.changes()) == 90  # 5 + 15 + 15 + 10 of 50
    best = check.assess(reading.guide, choose(reading, diploma=10, years=20, papers=20))
    assert (best.changes(), best.score_after([])) == ([], 100)


def test_every_order_of_answers_gives_the_same_result(reading):
    questions = check.all_questions(reading.guide)
    options = choose(reading, diploma=10, years=5, papers=15).values()
    texts = {answers.write_choices(order) for order in permutations(options)}
    assert len(texts) == 6
    forms = [CheckForm.from_address(questions, text) for text in texts]
    assert all(form.is_valid() for form in forms)
    assert {check.assess(reading.guide, form.given).score for form in forms} == {60}


@STILL
@given(st.data())
def test_a_better_answer_never_lowers_the_score(reading, data):
    questions = check.all_questions(reading.guide)
    chosen = {question.slug: data.draw(st.sampled_from(list(question.options.all()))) for question in questions}
    question = data.draw(st.sampled_from(questions))
    better = [option for option in question.options.all() if option.points >= chosen[question.slug].points]
    after = check.assess(reading.guide, chosen | {question.slug: data.draw(st.sampled_from(better))})
    before = check.assess(reading.guide, chosen)
    assert before.score <= after.score <= 100
    assert sum(area.points for area in before.areas) == before.points
    assert before.score_after(before.changes()) >= before.score


# The route and its dates

START = date(2027, 1, 11)


def ways(reading, budget=None, hours=10, **chosen):
    """The ways into the sample's job for someone with these answers."""
    result = check.assess(reading.guide, choose(reading, **chosen))
    return fitting.ways(reading, result, fitting.Means(hours, START, budget))


def test_the_route_that_most_answers_speak_for_fits(reading):
    ways_in = ways(reading, diploma=0, years=0, papers=0)
    assert [(fit.route.slug, fit.votes) for fit in ways_in.within] == [("route-1", 2), ("route-0", 1)]
    assert ways_in.beyond == []


def test_what_costs_more_than_there_is_comes_last(reading):
    ways_in = ways(reading, 999, diploma=0, years=0, papers=0)  # route-1 starts at 1,000
    assert [fit.route.slug for fit in ways_in.within] == ["route-0"]
    assert [(fit.route.slug, fit.lacking) for fit in ways_in.beyond] == [("route-1", 1)]
    assert ways_in.best.may_cost_more  # route-0 may cost 5,000


def test_costs_are_added_up_and_what_is_unknown_is_said(reading):
    first, second = [stage for stage in reading.guide.route_stages.all() if stage.route == "route-0"]
    first.cost_from, first.cost_to, second.cost_from = 100, 300, 50
    [fit] = [fit for fit in ways(reading, diploma=0, years=0, papers=0).within if fit.route.slug == "route-0"]
    assert (fit.cost.low, fit.cost.high, fit.cost.unknown) == (150, None, [])
    second.cost_from, second.cost_note = None, "Ask there."
    [fit] = [fit for fit in ways(reading, diploma=0, years=0, papers=0).within if fit.route.slug == "route-0"]
    assert (fit.cost.low, fit.cost.high, [line.title for line in fit.cost.unknown]) == (100, None, ["Practice"])


def test_stages_are_dated_by_their_hours(reading):
    route = skills_gap.by_slug(reading, "routes")["route-0"]
    route.months_from, route.months_to = 3, 12
    # 400 hours at 14 a week are 200 days; the first stage has three quarters of them.
    dates = planner.schedule(reading.guide, route, 14, date(2027, 1, 11))
    assert [(stage.title, stage.start, stage.end) for stage in dates.stages] == [
        ("Learn", date(2027, 1, 11), date(2027, 6, 10)),
        ("Practice", date(2027, 6, 10), date(2027, 7, 30)),
    ]
    assert (dates.end, dates.hours) == (date(2027, 7, 30), 400)
    assert not dates.waits_for_calendar
    assert not dates.is_longer_than_guide


def test_no_route_is_quicker_than_its_calendar(reading):
    route = skills_gap.by_slug(reading, "routes")["route-0"]  # 12 to 24 months
    dates = planner.schedule(reading.guide, route, 60, date(2027, 1, 11))
    assert dates.end == date(2028, 1, 11)
    assert dates.kept_by_guide
    assert dates.stages[-1].end == dates.end


def test_few_hours_take_longer_than_the_guide_says_and_that_is_said(reading):
    route = skills_gap.by_slug(reading, "routes")["route-0"]
    dates = planner.schedule(reading.guide, route, 2, date(2027, 1, 11))
    assert dates.end == date(2030, 11, 11)  # 1,400 days
    assert dates.is_longer_than_guide


def test_a_route_without_stages_has_the_months_of_the_guide(reading):
    route = skills_gap.by_slug(reading, "routes")["route-1"]
    dates = planner.schedule(reading.guide, route, 10, date(2027, 1, 31))
    assert (dates.end, dates.likely) == (date(2028, 1, 31), date(2029, 1, 31))
    route.months_from = route.months_to = None
    assert planner.schedule(reading.guide, route, 10, date(2027, 1, 31)).end is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2027, 12, 5), 1, date(2028, 1, 5)),
        (date(2027, 3, 5), 0, date(2027, 3, 5)),
    ],
)
def test_months_are_added_by_the_calendar(day, months, expected):
    assert terms.add_months(day, months) == expected


@STILL
@given(st.integers(1, 60), st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_more_hours_a_week_never_end_later(reading, hours, start):
    route = skills_gap.by_slug(reading, "routes")["route-0"]
    slower = planner.schedule(reading.guide, route, hours, start)
    quicker = planner.schedule(reading.guide, route, min(60, hours + 1), start)
    assert quicker.end <= slower.end
    days = [stage.start for stage in slower.stages] + [slower.stages[-1].end]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (start, slower.end)


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2027, 1, 15), date(2027, 1, 15)),
        (date(2027, 1, 16), date(2027, 8, 25)),
        (date(2027, 8, 26), date(2028, 1, 15)),
        (date(2027, 12, 31), date(2028, 1, 15)),
    ],
)
def test_terms_begin_in_january_and_august(day, begins):
    assert terms.next_term(day) == begins


def test_a_course_of_terms_waits_for_one_and_holds_the_hours_of_its_weeks(reading):
    route = skills_gap.by_slug(reading, "routes")["route-0"]
    first, second = [stage for stage in reading.guide.route_stages.all() if stage.route == "route-0"]
    route.months_from = route.months_to = None
    first.terms, second.hours = 2, 0
    # 300 hours at 10 a week fill 30 weeks: two terms of 16 hold them, with the summer between.
    courses = planner.schedule(reading.guide, route, 10, START).stages[0]
    assert (courses.start, courses.end) == (date(2027, 1, 15), date(2027, 12, 15))
    # At 9 a week they do not: a third term.
    assert planner.schedule(reading.guide, route, 9, START).stages[0].end == date(2028, 5, 6)


def test_a_job_takes_its_weeks_whatever_the_hours_and_training_comes_after_the_end(reading):
    route = skills_gap.by_slug(reading, "routes")["route-0"]
    first, second = [stage for stage in reading.guide.route_stages.all() if stage.route == "route-0"]
    first.setting, first.hours, first.least_weeks, first.likely_weeks = Stage.Setting.WORK, 0, 10, 20
    second.setting, second.hours, second.least_weeks = Stage.Setting.HIRED, 0, 4
    for hours in (1, 60):
        timeline = planner.schedule(reading.guide, route, hours, START)
        assert (timeline.end, timeline.likely) == (date(2027, 3, 22), date(2027, 5, 31))
        assert [dated.title for dated in timeline.stages] == ["Learn"]
        assert [(dated.start, dated.end) for dated in timeline.training] == [(date(2027, 3, 22), date(2027, 4, 19))]
        assert timeline.months_are_training  # the guide's 12 months are not held against it


def test_what_would_shorten_it_is_what_the_planner_says(reading):
    result = check.assess(reading.guide, choose(reading, diploma=0, years=0, papers=0))
    ways_in = fitting.ways(reading, result, fitting.Means(1, START, 999))
    assert ways_in.best.is_far
    assert [(way.hours_a_week, way.route) for way in fitting.quicker(reading, result, ways_in)] == [
        (5, None),
        (10, None),
    ]
    for way in fitting.quicker(reading, result, ways_in):
        assert way.end == planner.schedule(reading.guide, ways_in.best.route, way.hours_a_week, START).end


def test_what_only_time_changes_is_no_task(reading):
    chosen = choose(reading, diploma=0, years=5, papers=0)
    chosen["years"].changes_by, chosen["papers"].changes_by = "time", "finding-out"
    result = check.assess(reading.guide, chosen)
    assert [answer.question.slug for answer in result.changes()] == ["diploma"]
    assert [answer.question.slug for answer in result.waiting] == ["years"]
    assert [answer.question.slug for answer in result.to_find_out] == ["papers"]
    assert result.score_after(result.changes()) == 30  # 5 + 10 of 50


def test_advice_leads_to_the_answer_that_it_names_and_takes_its_least_time(reading):
    chosen = choose(reading, diploma=0, years=0, papers=0)
    chosen["papers"].leads_to, chosen["papers"].least_weeks = "papers-20", 6
    [papers] = [answer for answer in check.assess(reading.guide, chosen).answers if answer.question.slug == "papers"]
    assert (papers.next.slug, papers.gain) == ("papers-20", 20)
    assert (papers.weeks(60), papers.weeks(1)) == (6, 6)  # 4 hours


def test_a_question_that_is_not_answered_counts_on_neither_side(reading):
    chosen = choose(reading, diploma=10, years=5, papers=0)
    del chosen["papers"]
    result = check.assess(reading.guide, chosen)
    assert (result.points, result.best, result.score) == (15, 30, 50)
    assert [question.slug for question in result.unanswered] == ["papers"]


@pytest.mark.parametrize(("count", "said"), [(1, "a week"), (104, "104 weeks"), (105, "2 years"), (851, "16 years")])
def test_hundreds_of_weeks_are_said_in_whole_years(count, said):
    assert formats.weeks(count) == said
