"""A small guide with both checks, built by hand, so that every number can be worked out on paper."""

from guides.publishing import editions
from guides.readiness.models import Area, Band, Option, Practice, Question, Stage
from tests import factories


def make_checks(guide=None, publish=True):
    """Return a guide with two skills, two routes, and three questions in two areas, 50 points in all."""
    guide = guide or factories.make_guide(publish=False)
    school = Area.objects.create(guide=guide, slug="school", name="School", position=1)
    work = Area.objects.create(guide=guide, slug="work", name="Work", position=2)
    make_question(school, "diploma", 1, (0, 10), advice="Finish school.", hours=100, routes="route-0")
    make_question(work, "years", 1, (0, 5, 20), advice="Work for a year.", hours=40, routes="route-1")
    make_question(work, "papers", 2, (0, 15, 20), advice="Write a resume.", hours=4, routes="route-1")
    for start, title in [(0, "At the start"), (50, "On the way"), (80, "Ready")]:
        Band.objects.create(guide=guide, starts_at=start, title=title, text=f"{title}: go on.")
    Stage.objects.create(guide=guide, route="route-0", title="Learn", hours=300, position=1)
    Stage.objects.create(guide=guide, route="route-0", title="Practice", hours=100, position=2)
    Practice.objects.create(
        guide=guide,
        skill="skill-0",
        exercise="Sew a book.",
        hours_from=5,
        hours_to=10,
        step="step-0",
        route="route-1",
        resume_line="Sewed [number] books",
    )
    if publish:
        editions.publish(editions.save(guide))
    return guide


def make_question(area, slug, position, points, advice, hours, routes):
    """Return a question with an option `<slug>-<points>` for each of `points`; advice stands on all but the best."""
    question = Question.objects.create(
        area=area, slug=slug, text=f"How is your {slug}?", skill="skill-0", position=position
    )
    for place, worth in enumerate(points):
        best = worth == max(points)
        Option.objects.create(
            question=question,
            slug=f"{slug}-{worth}",
            text=f"{slug.capitalize()} {worth}",
            points=worth,
            advice="" if best else advice,
            hours=None if best else hours,
            step="" if best else "step-0",
            routes="" if best else routes,
            position=place,
        )
    return question
