"""What a plan keeps of a result, and what it says changed since."""

from datetime import date
from urllib.parse import parse_qs

from guides import editions, reading
from guides.models import Skill
from guides.readiness import answers, check, gap, keeping, timeline

from .test_arithmetic import choose


def test_a_kept_gap_reads_back_and_says_what_changed(found):
    before = gap.assess(found, {"skill-0": 0, "skill-1": 2})
    kept = keeping.keep_gap(found, before)
    assert (kept.tool, kept.guide, kept.score) == ("skills-gap", "bookbinder", 50)
    read = answers.read_ratings(parse_qs(kept.query)["a"][0], gap.all_skills(found), gap.LEVELS)
    assert read.given == {"skill-0": 0, "skill-1": 2}
    after = gap.assess(found, {"skill-0": 2, "skill-1": 2})
    assert keeping.since(found, kept, after) == ["Score: 50, now 100.", "Skill 0: “Not yet”, now “At work”."]
    assert keeping.since(found, kept, before) == []


def test_gaps_become_things_to_close(found):
    assert keeping.gaps_to_close(gap.assess(found, {"skill-1": 2})) == [
        keeping.ToClose("skill-0", "Skill 0", "Sew a book.", (5, 10))
    ]


def test_a_kept_check_says_what_changed(found):
    before = check.assess(found.guide, choose(found, diploma=0, years=5, papers=15))
    options = [answer.option for answer in before.answers]
    kept = keeping.keep_check(found, before, {"a": answers.write_choices(options), "hours": 8})
    after = check.assess(found.guide, choose(found, diploma=10, years=5, papers=15))
    assert keeping.since(found, kept, after) == [
        "Score: 40, now 60.",
        "How is your diploma? “Diploma 0”, now “Diploma 10”.",
    ]


def test_the_route_gives_its_dates(found):
    route = gap.by_slug(found, "routes")["route-0"]
    dates = keeping.route_dates(timeline.schedule(found.guide, route, 60, date(2027, 1, 11)))
    assert [(due.title, due.on) for due in dates] == [
        ("Learn", date(2027, 10, 11)),
        ("Practice", date(2028, 1, 11)),
    ]


def test_a_kept_result_outlives_its_skills(checks, found):
    kept = keeping.keep_gap(found, gap.assess(found, {"skill-0": 0, "skill-1": 2}))
    Skill.objects.get(slug="skill-1").delete()
    editions.publish(editions.save(checks))
    now = reading.live(checks.slug)
    assert keeping.since(now, kept, gap.assess(now, {"skill-0": 1})) == ["Skill 0: “Not yet”, now “Basics”."]
