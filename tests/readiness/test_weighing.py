"""What closing a gap is worth in a plan."""

from guides.plan.models import Plan
from guides.readiness.models import KeptGap
from guides.readiness.weighing import explain_gaps

from ..plan.conftest import open_plan


def gap(plan, skill, guide="bookbinder"):
    return KeptGap.objects.create(plan=plan, guide=guide, guide_name="Bookbinder", skill=skill, name=skill)


def test_a_gap_is_worth_what_its_skill_weighs_and_says_so(client, reading):
    plan = open_plan(client)
    skills = [skill for section in reading.all_sections() for skill in section.skills.all()]
    gaps = [gap(plan, skill.slug) for skill in skills]
    unknown = gap(plan, "no-skill-of-the-guide")
    explain_gaps([*gaps, unknown])
    assert [each.worth for each in gaps] == [{"core": 6, "useful": 4, "bonus": 2}[skill.weight] for skill in skills]
    assert all(each.why_worth for each in gaps)
    assert (unknown.worth, unknown.why_worth) == (0, "")
    part = client.get("/plan/").context["to_do"][0].parts[0]
    assert [each.worth for each in part.open] == sorted((each.worth for each in part.open), reverse=True)
    assert gaps[0].why_worth in client.get("/plan/").content.decode()


def test_a_skill_that_two_careers_of_the_plan_lack_counts_twice(reading):
    plan = Plan.objects.create(key_hash="two")
    skill = next(skill for section in reading.all_sections() for skill in section.skills.all())
    first, again = gap(plan, skill.slug), KeptGap(guide="bookbinder", skill=skill.slug, plan=plan)
    explain_gaps([first])
    alone = first.worth
    explain_gaps([first, again])
    assert first.worth == 2 * alone
    assert first.why_worth.endswith("1 more career of your plan asks for it.")
