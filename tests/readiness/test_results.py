"""What a plan keeps of a result, and what it says changed since."""

from datetime import date
from urllib.parse import parse_qs

from guides.models import Skill
from guides.publishing import editions
from guides.readiness import answers, check, fitting, results, skills_gap
from guides.readiness.forms import RatingsForm
from guides.reading import reader

from .test_arithmetic import choose


def test_a_kept_gap_reads_back_and_says_what_changed(reading):
    before = skills_gap.assess(reading, {"skill-0": 0, "skill-1": 2})
    kept = results.keep_gap(reading, before)
    assert (kept.tool, kept.guide, kept.score) == ("skills-gap", "bookbinder", 50)
    form = RatingsForm.from_address(skills_gap.all_skills(reading), parse_qs(kept.query)["a"][0])
    assert form.is_valid()
    assert form.given == {"skill-0": 0, "skill-1": 2}
    after = skills_gap.assess(reading, {"skill-0": 2, "skill-1": 2})
    assert results.since(reading, kept, after) == ["Score: 50, now 100.", "Skill 0: “Not yet”, now “At work”."]
    assert results.since(reading, kept, before) == []


def test_gaps_become_things_to_close(reading):
    assert results.gaps_to_close(skills_gap.assess(reading, {"skill-1": 2})) == [
        results.ToClose("skill-0", "Skill 0", "Sew a book.", (5, 10), section="steps")
    ]


def test_a_kept_check_says_what_changed(reading):
    before = check.assess(reading.guide, choose(reading, diploma=0, years=5, papers=15))
    options = [answer.option for answer in before.answers]
    kept = results.keep_check(reading, before, {"a": answers.write_choices(options), "hours": 8})
    after = check.assess(reading.guide, choose(reading, diploma=10, years=5, papers=15))
    assert results.since(reading, kept, after) == [
        "Score: 40, now 60.",
        "How is your diploma? “Diploma 0”, now “Diploma 10”.",
    ]


def test_the_route_gives_its_dates(reading):
    result = check.assess(reading.guide, choose(reading, diploma=0, years=20, papers=20))
    fit = fitting.ways(reading, result, fitting.Means(60, date(2027, 1, 11))).best
    # 300 hours at 60 a week are 5 weeks; the last stage goes on until the guide's shortest time, 12 months.
    assert [(due.title, due.on, due.section) for due in results.route_dates(fit)] == [
        ("Learn", date(2027, 2, 15), fit.route.section.slug),
        ("Practice", date(2028, 1, 11), fit.route.section.slug),
    ]


def test_a_kept_result_outlives_its_skills(checks, reading):
    kept = results.keep_gap(reading, skills_gap.assess(reading, {"skill-0": 0, "skill-1": 2}))
    Skill.objects.get(slug="skill-1").delete()
    editions.publish(editions.save(checks))
    now = reader.live(checks.slug)
    assert results.since(now, kept, skills_gap.assess(now, {"skill-0": 1})) == ["Skill 0: “Not yet”, now “Basics”."]
