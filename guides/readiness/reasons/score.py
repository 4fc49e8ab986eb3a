"""Why a check gives its score, and what would change it."""

from django.utils.translation import gettext as _

from ..check import Answer, AreaScore, CheckResult
from ..timeline import DatedStage
from .why import Ground, Why


def of_score(result: CheckResult, blocking: list[DatedStage]) -> Why:
    """Why the score is what it is, and means what it says."""
    rules = [
        _("Each answer has points. Yours add up to %(points)d of the %(best)d that the best answers have.")
        % {"points": result.points, "best": result.best},
        _("All points are listed at the end of this page, question by question."),
    ]
    if result.band:
        rules.append(
            _("From %(least)d of 100 on the score means: “%(title)s”.")
            % {"least": result.band.starts_at, "title": result.band.title}
        )
    called: list[Answer] = []
    if blocking:
        rules.append(_("What stands before any application is named first, whatever the score."))
        slugs = {slug for dated in blocking if dated.stage for slug in dated.stage.calling(result.chosen)}
        called = [answer for answer in result.answers if answer.option.slug in slugs]
    if result.changes():
        rules.append(
            _("To it come the points of the changes below: of what you can do yourself, the three that add most.")
        )
    grounds = [Ground(_("The points of each answer, and what a score means"))]
    grounds += [Ground(dated.title, dated.stage.need_source) for dated in blocking if dated.stage]
    return Why(_("The score"), rules, called, grounds)


def of_area(area: AreaScore) -> Why:
    """Why an area's bar is as long as it is."""
    rule = _("The bar: %(points)d of %(best)d, which is the most there is. Questions in this area: %(number)d.")
    words = {"points": area.points, "best": area.best, "number": len(area.answers)}
    return Why(area.area.name, [rule % words], area.answers, [Ground(_("The points of each answer"))])


def of_change(answer: Answer) -> Why:
    """Why a change would add so many points, in so much time."""
    better = answer.next
    if not answer.can_be_done:
        by_time = _("No task changes this answer, only time: so it is none of the changes that are counted.")
        by_finding = _("What you find decides the answer, so no points are promised.")
        return Why(answer.question.text, [by_time if answer.waits else by_finding], [answer])
    rules = [
        _("The better answer counts %(better)d, yours %(now)d.")
        % {"better": better.points if better else answer.points, "now": answer.points},
        _("Where the route has a stage for this, it takes that stage's weeks; else its hours at your hours a week."),
    ]
    grounds = [Ground(_("Points, hours and weeks"))]
    return Why(answer.question.text, rules, [answer], grounds)
