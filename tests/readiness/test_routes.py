"""Routes of every guide that ships, for generated answers, hours and days: what must be true in the world."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guides.readiness import answers, check, fitting, planner, reasons, skills_gap, terms
from guides.readiness.models import Option, Stage
from guides.reading import reader
from guides.registry import content_models
from guides.registry.tools import TOOLS

FILES = sorted(settings.FIXTURES_DIR.glob("*.json"))
GUIDES = [path.stem.replace("_", "-") for path in FILES if path.stem not in content_models.SHARED.values()]
STILL = hypothesis_settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
HOURS = st.integers(1, 60)
DAYS = st.dates(date(2026, 11, 28), date(2031, 12, 31))


@pytest.fixture
def six(lta):
    """Every guide that ships, as its page gets it."""
    return [reader.live(slug) for slug in GUIDES]


def ordered(question):
    """The answers to a question, the lowest first."""
    return sorted(question.options.all(), key=lambda option: (option.points, option.position))


def choices(reading, choose):
    """One answer to each question, as `choose` picks it from those in order."""
    return {question.slug: choose(ordered(question)) for question in check.all_questions(reading.guide)}


@st.composite
def people(draw, readings):
    """A guide, one of its routes, and somebody's answers to its questions."""
    reading = draw(st.sampled_from(readings))
    chosen = {
        question.slug: draw(st.sampled_from(ordered(question))) for question in check.all_questions(reading.guide)
    }
    return reading, draw(st.sampled_from(list(skills_gap.by_slug(reading, "routes").values()))), chosen


def schedule(reading, route, hours, start, chosen):
    return planner.schedule(reading.guide, route, hours, start, {option.slug for option in chosen.values()})


def lanes(timeline):
    """The stages that come first, those that run meanwhile, and those that wait for both."""
    meanwhile = [dated for dated in timeline.stages if dated.is_meanwhile]
    first = [dated for dated in timeline.unlocking if not dated.is_meanwhile]
    return first, meanwhile, [dated for dated in timeline.stages if dated not in [*first, *meanwhile]]


def chain_of(lane, begins):
    """The least time that a lane takes, whose groups follow each other from a day on."""
    chain, group, ended = timedelta(), timedelta(), begins
    for dated in lane:
        if not dated.is_beside:
            assert dated.start >= ended, dated.title
            chain, group = chain + group, timedelta()
        group = max(group, timedelta(weeks=max(dated.stage.least_weeks, dated.stage.terms * terms.WEEKS)))
        ended = max(ended, dated.end)
    return chain + group


@STILL
@given(st.data(), HOURS, DAYS)
def test_no_stage_begins_before_what_it_needs_ends_and_none_is_shorter_than_it_can_be(six, data, hours, start):
    reading, route, chosen = data.draw(people(six))
    timeline = schedule(reading, route, hours, start, chosen)
    first, meanwhile, waiting = lanes(timeline)
    gate = max([dated.end for dated in [*first, *meanwhile]], default=start)
    assert all(dated.stage.can_be_meanwhile for dated in meanwhile)
    for dated in [*timeline.stages, *timeline.training]:
        stage = dated.stage
        assert dated.end - dated.start >= timedelta(weeks=stage.least_weeks), stage.title
        assert dated.likely_end >= dated.end
        assert dated.likely_start >= dated.start
        if stage.terms:
            assert (dated.start.month, dated.start.day) in terms.STARTS
            assert dated.end - dated.start >= timedelta(weeks=stage.terms * terms.WEEKS)
    beside_each_other = max(chain_of(first, start), chain_of(meanwhile, start))
    after = chain_of([*waiting, *timeline.training], gate)
    last = timeline.training[-1].end if timeline.training else timeline.end
    assert last - start >= beside_each_other + after
    # No hour is spent twice.
    spent = sum(dated.stage.hours for dated in [*first, *meanwhile] if not dated.stage.terms)
    assert (gate - start).days * hours >= 7 * spent
    if not timeline.is_partly_done and not timeline.months_are_training:
        assert timeline.end >= terms.add_months(start, route.months_from or 0)
    assert timeline.end <= timeline.likely


@STILL
@given(st.data(), HOURS, DAYS)
def test_what_needs_no_diploma_begins_on_the_first_day_and_ends_nothing_later(six, data, hours, start):
    reading, route, chosen = data.draw(people(six))
    timeline = schedule(reading, route, hours, start, chosen)
    first, meanwhile, _waiting = lanes(timeline)
    assume(first and meanwhile)
    assert meanwhile[0].start == first[0].start == start
    free = [stage for stage in reading.guide.route_stages.all() if not stage.needs_diploma]
    try:
        for stage in free:
            stage.needs_diploma = True
        one_by_one = schedule(reading, route, hours, start, chosen)
    finally:
        for stage in free:
            stage.needs_diploma = False
    assert timeline.end <= one_by_one.end
    assert timeline.likely <= one_by_one.likely


def test_the_diploma_and_a_season_of_volunteering_share_the_hours(six):
    """150 hours at three quarters of 8 a week are 25 weeks; 20 and 330 at a quarter, then at all 8."""
    [reading] = [reading for reading in six if reading.guide.slug == "library-technical-assistant"]
    lowest = choices(reading, lambda options: options[0])
    route = skills_gap.by_slug(reading, "routes")["self-study"]
    ged, learn, courses, volunteer, *_rest = schedule(reading, route, 8, date(2026, 12, 1), lowest).stages
    assert "GED" in ged.title
    assert [dated.is_meanwhile for dated in (ged, learn, courses, volunteer)] == [False, True, True, True]
    assert [(dated.end - date(2026, 12, 1)).days for dated in (ged, learn, courses)] == [175, 70, 175 + 263]
    assert (courses.start, volunteer.start, volunteer.end) == (learn.end, learn.end, courses.end)


@STILL
@given(st.data(), HOURS, DAYS, st.integers(0, 300))
def test_better_answers_more_hours_and_an_earlier_start_never_end_later(six, data, hours, start, days):
    reading, route, chosen = data.draw(people(six))
    timeline = schedule(reading, route, hours, start, chosen)
    question = data.draw(st.sampled_from(check.all_questions(reading.guide)))
    better = [option for option in ordered(question) if option.points > chosen[question.slug].points]
    others = [
        schedule(reading, route, data.draw(st.integers(hours, 60)), start, chosen),
        schedule(reading, route, hours, start - timedelta(days=days), chosen),
        *(schedule(reading, route, hours, start, chosen | {question.slug: option}) for option in better),
    ]
    for other in others:
        assert other.end <= timeline.end, (reading.guide.slug, route.slug)
        assert other.likely <= timeline.likely, (reading.guide.slug, route.slug)


@STILL
@given(st.data(), HOURS, DAYS, st.one_of(st.none(), st.integers(0, 60_000)))
def test_advice_and_route_agree(six, data, hours, start, budget):
    """What closes the route is advised first; what only time changes is waited for; what is done is not listed."""
    reading, _route, chosen = data.draw(people(six))
    result = check.assess(reading.guide, chosen)
    ways = fitting.ways(reading, result, fitting.Means(hours, start, budget))
    fit = ways.best
    needed = fitting.needed(fit, result)
    changes = result.changes(needed)
    able = [answer for answer in result.answers if answer.can_be_done]
    closing = [answer for answer in able if answer.option.slug in needed]
    first = {answer.option.slug for answer in changes[: len(closing)]}
    assert first <= {answer.option.slug for answer in closing}
    for answer in changes:
        assert answer.option.changes_by == Option.ChangesBy.DOING
        assert answer.next.points - answer.points == answer.gain > 0
    for answer in closing:
        # Who follows the advice has done the stage that it is about, no sooner than the stage can be done.
        for dated in fit.timeline.unlocking:
            if answer.option.slug in dated.stage.only_for.split() and dated.stage.hours == answer.option.hours:
                weeks = fitting.weeks_of(answer, fit, hours)
                assert timedelta(weeks=weeks - 1) < dated.end - dated.start <= timedelta(weeks=weeks)
    for dated in fit.timeline.stages:
        assert not dated.stage.only_for or dated.stage.calling(result.chosen)
    if budget is not None:
        assert all(each.cost.low <= budget for each in ways.within)
        assert all(each.cost.low > budget for each in ways.beyond)
        assert fit.is_too_dear == (not ways.within)
    for each in [*ways.within, *ways.beyond]:
        assert each.cost.high is None or each.cost.low <= each.cost.high
    for way in fitting.quicker(reading, result, ways):
        assert way.end < fit.timeline.end


@STILL
@given(st.data(), HOURS, DAYS)
def test_each_sentence_can_be_asked_why(six, data, hours, start):
    reading, _route, chosen = data.draw(people(six))
    result = check.assess(reading.guide, chosen)
    ways = fitting.ways(reading, result, fitting.Means(hours, start))
    fit = ways.best
    asked = [reasons.route.of_route(fit), reasons.route.of_end(fit), reasons.route.of_cost(fit)]
    asked += [reasons.score.of_change(answer) for answer in [*result.changes(), *result.waiting]]
    asked += [reasons.score.of_score(result, fitting.blocking(fit, result))]
    asked += [reasons.route.of_other(other, fit) for other in [*ways.others, *ways.others_beyond]]
    for area in result.areas:
        why = reasons.score.of_area(area)
        assert why.answers == area.answers
        assert f"{area.points} of {area.best}," in why.rules[0]
        asked.append(why)
    for dated in [*fit.timeline.stages, *fit.timeline.training]:
        why = reasons.route.of_stage(dated, fit.means, result)
        assert why.grounds, dated.title
        called = {answer.option.slug for answer in why.answers}
        assert called == set(dated.stage.calling(result.chosen)), dated.title
        asked.append(why)
    for why in asked:
        assert why.rules
        assert why.subject


def test_the_lowest_answers_put_the_diploma_first_where_the_check_asks_for_one(six):
    asked = []
    for reading in six:
        options = [option for question in check.all_questions(reading.guide) for option in question.options.all()]
        if not any("diploma" in option.text.lower() + option.question.text.lower() for option in options):
            continue
        asked.append(reading.guide.slug)
        lowest = choices(reading, lambda options: options[0])
        for route in skills_gap.by_slug(reading, "routes").values():
            first = schedule(reading, route, 20, date(2026, 12, 1), lowest).stages[0]
            assert "GED" in first.title, (reading.guide.slug, route.slug)
            assert first.end - first.start >= timedelta(weeks=12)
    assert set(GUIDES) - set(asked) == {"library-aide"}  # which waits for an age instead


def test_the_best_answers_leave_applying_alone(six):
    for reading in six:
        result = check.assess(reading.guide, choices(reading, lambda options: options[-1]))
        assert result.score == 100
        fit = fitting.ways(reading, result, fitting.Means(10, date(2026, 12, 1), 0)).best
        assert not fit.is_too_dear
        assert not fit.timeline.unlocking
        assert fit.timeline.hours <= 40
        assert fit.timeline.end <= date(2027, 3, 1)
        assert not result.changes()


def test_an_age_is_waited_for(six):
    [reading] = [reading for reading in six if reading.guide.slug == "library-aide"]
    young = choices(reading, lambda options: options[-1])
    [question] = [one for one in check.all_questions(reading.guide) if one.slug == "age-and-school"]
    young[question.slug] = next(option for option in question.options.all() if option.slug.endswith("soon"))
    result = check.assess(reading.guide, young)
    assert [answer.question for answer in result.waiting] == [question]
    assert not result.changes()
    for slug in ("hired-as-aide", "volunteer-to-aide"):
        route = skills_gap.by_slug(reading, "routes")[slug]
        stages = schedule(reading, route, 60, date(2026, 12, 1), young).stages
        [wait] = [dated for dated in stages if "Reach the age" in dated.title]
        means = fitting.Means(60, date(2026, 12, 1))
        [fit] = [fit for fit in fitting.ways(reading, result, means).within if fit.route.slug == slug]
        assert [dated.title for dated in fitting.blocking(fit, result)] == [wait.title]
        [applying] = [dated for dated in stages if dated.title.startswith("Apply")]
        assert applying.start >= wait.end >= date(2027, 2, 23)
        assert applying.likely_start >= date(2027, 11, 30)


def test_nobody_goes_up_from_a_job_that_they_do_not_have(six):
    for guide, slug in [
        ("cataloging-library-technical-assistant", "promotion"),
        ("technical-services-librarian", "work-and-study"),
    ]:
        [reading] = [reading for reading in six if reading.guide.slug == guide]
        route = skills_gap.by_slug(reading, "routes")[slug]
        lowest = choices(reading, lambda options: options[0])
        stages = schedule(reading, route, 20, date(2026, 12, 1), lowest).stages
        assert any(dated.title.startswith("Be hired in a library first") for dated in stages if dated.unlocks)


def test_one_season_of_two_hours_a_week_is_a_season(six):
    [reading] = [reading for reading in six if reading.guide.slug == "library-aide"]
    route = skills_gap.by_slug(reading, "routes")["volunteer-to-aide"]
    stages = planner.schedule(reading.guide, route, 60, date(2026, 12, 1)).stages
    [season] = [dated for dated in stages if "season" in dated.title]
    assert season.end - season.start >= timedelta(weeks=13)


def test_what_editors_wrote_of_stages_and_answers_holds_together(six):
    for reading in six:
        routes = skills_gap.by_slug(reading, "routes")
        for question in check.all_questions(reading.guide):
            for option in question.options.all():
                assert not option.tool or option.tool in TOOLS
                better = [other.slug for other in question.options.all() if other.points > option.points]
                assert not option.leads_to or option.leads_to in better, option.slug
        for stage in reading.guide.route_stages.all():
            assert not stage.tool or stage.tool in TOOLS
            assert stage.setting == Stage.Setting.OWN_TIME or not stage.hours, stage.title
            assert stage.hours or stage.least_weeks or stage.terms, stage.title
            # A calendar of terms has a source; so has every sum.
            assert not stage.terms or stage.time_source, stage.title
            assert stage.cost_from is None or stage.cost_source, stage.title
        for route in routes.values():
            own = [stage for stage in reading.guide.route_stages.all() if stage.route == route.slug]
            if route.cost_from is not None:
                assert sum(stage.cost_from or 0 for stage in own) == route.cost_from, route.slug
                assert sum(stage.cost_to or 0 for stage in own) == route.cost_to, route.slug


@STILL
@given(st.data(), HOURS, DAYS, st.one_of(st.none(), st.integers(0, 60_000)))
def test_nobody_is_sent_to_a_course_that_gives_what_they_have(six, data, hours, start, budget):
    reading, _route, chosen = data.draw(people(six))
    result = check.assess(reading.guide, chosen)
    ways = fitting.ways(reading, result, fitting.Means(hours, start, budget))
    fits = [*ways.within, *ways.beyond]
    for fit in fits:
        main = fitting.main_stages(planner.Parts.of(reading.guide, fit.route).own)
        ahead = [dated.stage for dated in fit.timeline.stages if dated.stage in main]
        assert not (fit.is_behind and ahead), fit.route.slug
        # Without its main part it is behind, or the answer that makes it unnecessary speaks for it.
        called = {slug for stage in main for slug in stage.only_for.split()}
        asked = [one for one in result.answers if called & {option.slug for option in one.question.options.all()}]
        if main and not ahead and not any(fit.route.slug in one.option.route_slugs() for one in asked):
            assert fit.is_behind, fit.route.slug
    held = any(fit.is_behind and fit.standing == 1 for fit in fits)
    if held and not ways.best.needs_more and not ways.best.is_too_dear:
        assert ways.best.standing == 0 or ways.best.is_behind
    assert not any(fit.is_behind for fit in [*ways.others, *ways.others_beyond])


def test_who_has_the_certificate_and_a_job_in_a_library_applies_with_it(six, client):
    [reading] = [reading for reading in six if reading.guide.slug == "library-technical-assistant"]
    chosen = choices(reading, lambda options: options[0])
    for question in check.all_questions(reading.guide):
        if question.slug in {"library-training", "library-work", "library-system"}:
            chosen[question.slug] = ordered(question)[-1]
    given = answers.write_choices(chosen.values())
    for budget in ("", "&budget=300"):
        address = f"/guides/library-technical-assistant/readiness/?a={given}&hours=10&start=2026-12-01{budget}"
        page = client.get(address).content.decode()
        assert "Apply with what you have" in page
        assert '<p class="route__name"><a' not in page


@STILL
@given(st.data(), HOURS, DAYS)
def test_a_job_of_terms_begins_on_the_day_the_route_ends(six, data, hours, start):
    [reading] = [reading for reading in six if reading.guide.slug == "library-aide"]
    _reading, _route, chosen = data.draw(people([reading]))
    timeline = schedule(reading, skills_gap.by_slug(reading, "routes")["student-worker"], hours, start, chosen)
    term, asking = timeline.training[0], timeline.stages[-1]
    assert term.start == timeline.end == asking.end
    assert term.likely_start == timeline.likely == asking.likely_end
    assert asking.start >= start


def test_a_result_links_to_who_may_pay_and_to_the_job_that_needs_less(six, client):
    for reading in six:
        lowest = choices(reading, lambda options: options[0])
        result = check.assess(reading.guide, lowest)
        ways = fitting.ways(reading, result, fitting.Means(10, date(2026, 12, 1), 0))
        address = f"/guides/{reading.guide.slug}/readiness/?a={answers.write_choices(lowest.values())}&hours=10"
        page = client.get(f"{address}&start=2026-12-01&budget=0").content.decode()
        assert ("who-may-pay" in page or "what-it-costs" in page) == bool(ways.beyond), reading.guide.slug
        far = (ways.best.timeline.end - date(2026, 12, 1)).days > 366 and not ways.best.is_beyond_a_lifetime
        assert ("Sooner in a library:" in page) == far, reading.guide.slug
        assert ('href="/guides/library-aide/readiness/"' in page) >= far
