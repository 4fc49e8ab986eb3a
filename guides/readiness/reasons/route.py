"""Why a route fits, why its stages stand where they stand, and why it ends and costs what it does."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides import formats

from .. import terms
from ..check import CheckResult
from ..deadline import Deadline
from ..fitting import Fit, Means
from ..models import Stage
from ..sooner import Sooner
from ..timeline import DatedStage
from .why import Ground, Why


def of_route(fit: Fit) -> Why:
    """Why this route is the one that fits."""
    rules = [
        _("Routes that are open to you come before those that ask for something first."),
        _("Of these the one that most of your answers speak for; of equal ones what would be done first."),
    ]
    if fit.is_behind:
        rules.append(_("Your answers make what this route teaches unnecessary: what is left of it is applying."))
    rules.append(_("Who has what one course gives is not sent to another: what that answer speaks for comes first."))
    if fit.means.budget is not None:
        rules.append(_("Routes that cost more than you can spend come last."))
    if not fit.answers:
        rules.append(_("None of your answers speaks for it."))
    grounds = [Ground(_("Which answers suit which route")), Ground(_("The route"), fit.route.source)]
    return Why(fit.route.name, rules, fit.answers, grounds)


def of_stage(dated: DatedStage, means: Means, result: CheckResult) -> Why:
    """Why a stage stands in the timeline, and why it takes so long and costs so much."""
    stage = dated.stage
    if stage is None:
        return Why(dated.title, [_("The guide gives its months, and no stages.")])
    slugs = stage.calling(result.chosen)
    called = [answer for answer in result.answers if answer.option.slug in slugs]
    grounds = [Ground(_("That it is needed"), stage.need_source)] if stage.unlocks or stage.need_source else []
    if not stage.terms and (stage.least_weeks or stage.hours):
        grounds.append(Ground(_("Its hours and shortest time")))
    if stage.terms or stage.likely_weeks > stage.least_weeks or stage.time_source:
        grounds.append(Ground(_("Terms") if stage.terms else _("The likelier weeks"), stage.time_source))
        if stage.terms:
            grounds.append(Ground(_("Hours, and how many terms")))
    if stage.has_cost:
        grounds.append(Ground(_("Cost"), stage.cost_source))
    return Why(stage.title, [*_place(dated, stage), *_time(stage, means)], called, grounds)


def _place(dated: DatedStage, stage: Stage) -> list[str]:
    """The rules that say where a stage stands."""
    rules = []
    if not stage.route:
        rules.append(_("It comes first on every route of this guide, and the dates of the others count from its end."))
    elif stage.is_requirement:
        rules.append(_("This route is not open without it, so it comes first."))
    if stage.is_after_hiring:
        rules.append(_("It comes after the hiring, so it is not counted in the time until then."))
    if dated.is_meanwhile:
        rules.append(_("It does not need what comes first, so it is done meanwhile; what follows both waits for both."))
    if dated.is_beside:
        rules.append(_("It runs beside the one before it, and shares your hours."))
    if stage.only_for.split():
        rules.append(_("It is listed for those alone whose answers call for it."))
    if dated.shares_hours:
        rules.append(
            _("While both go on, a quarter of your hours is for what is done meanwhile, the rest for what comes first.")
        )
    return rules or [_("It is listed for everyone on this route, after what comes before it.")]


def _time(stage: Stage, means: Means) -> list[str]:
    """The rules that say how long a stage takes."""
    rules = []
    if stage.hours:
        hours = formats.hours(stage.hours, stage.hours)
        each = formats.hours(means.hours_a_week, means.hours_a_week)
        taken = formats.weeks(terms.weeks(stage.hours, means.hours_a_week))
        rules.append(_("%(hours)s at %(each)s a week take %(weeks)s.") % {"hours": hours, "each": each, "weeks": taken})
    if stage.setting != Stage.Setting.OWN_TIME:
        rules.append(_("A job or waiting has weeks of its own: your hours a week do not change them."))
    if stage.terms:
        rules.append(
            ngettext(
                "It takes %(number)d term or more, and a term holds %(weeks)d weeks of your hours.",
                "It takes %(number)d terms or more, and a term holds %(weeks)d weeks of your hours.",
                stage.terms,
            )
            % {"number": stage.terms, "weeks": terms.WEEKS}
        )
        rules.append(_("Terms begin in the middle of January and at the end of August: it waits for one."))
    if stage.least_weeks:
        rules.append(_("It never takes less than %(weeks)s.") % {"weeks": formats.weeks(stage.least_weeks)})
    if stage.likely_weeks > stage.least_weeks:
        rules.append(_("More likely it takes %(weeks)s.") % {"weeks": formats.weeks(stage.likely_weeks)})
    return rules


def of_other(other: Fit, best: Fit) -> Why:
    """Why another route comes after the one that fits."""
    if other.is_too_dear:
        rule = _("It costs more than you can spend, so it comes last.")
    elif other.needs_more and not best.needs_more:
        rule = _("It asks first for something that you do not have yet: routes that are open come before it.")
    elif other.standing > best.standing:
        rule = _("Another answer of yours leads further: who has what a course gives is not sent to another course.")
    elif other.votes < best.votes:
        rule = _("Answers of yours that speak for it: %(other)d; for the one above: %(best)d.")
        rule %= {"other": other.votes, "best": best.votes}
    else:
        rule = _("As many of your answers speak for it as for the one above, which would be done first.")
    grounds = [Ground(_("The route"), other.route.source), Ground(_("Its stages, as far as nothing else is named"))]
    grounds += [Ground(line.title, line.source) for line in other.cost.lines if line.source]
    return Why(other.route.name, [rule], other.answers, grounds)


def of_deadline(deadline: Deadline) -> Why:
    """Why the plan fits the day by which someone wants to be in the job, or not, and what would make it fit."""
    rules = [
        _("Your day is held against the earliest and the likelier day of this route: by the likelier it fits safely.")
    ]
    if not deadline.fits:
        rules.append(_("More hours and other routes are planned anew, and named where their earliest day is in time."))
    return Why(_("By when"), rules, grounds=[Ground(_("The stages: each says its own"))])


def of_sooner(sooner: Sooner) -> Why:
    """Why a related job is named that is reached sooner."""
    rules = [
        _("This way takes more than a year, and the other one half a year less or better still."),
        _("Its day is counted with your hours and your start, no money, and the lowest answers of its own check."),
    ]
    return Why(sooner.guide.title, rules, grounds=[Ground(_("The stages: that guide's check says each one's"))])


def of_end(fit: Fit) -> Why:
    """Why the route is done when it is."""
    timeline = fit.timeline
    rules = [
        _("No stage begins before what it needs has ended; what runs side by side shares your hours."),
        _("The earliest day takes the least time of each stage, the likelier one what it takes more often than not."),
    ]
    if timeline.months_are_training:
        rules.append(_("The guide's months are training after the hiring, so they are not held against this."))
    elif fit.route.months_from is not None or fit.route.months_to is not None:
        rules.append(_("It is never before the guide's shortest time, the likelier day never before its longest."))
        if timeline.is_partly_done:
            rules.append(
                _("Of these months %(ahead)d in 100 count: by our weeks, that much of the route lies before you.")
                % {"ahead": 100 * timeline.ahead // max(1, timeline.whole)}
            )
    grounds = [Ground(_("The guide's months"), fit.route.source), Ground(_("The stages: each says its own"))]
    return Why(_("When it is done"), rules, grounds=grounds[:1] if not timeline.hours else grounds)


def of_cost(fit: Fit) -> Why:
    """Why the route costs what it does."""
    rules = [_("The costs of the stages that are still before you, added up.")]
    if fit.cost.unknown:
        rules.append(_("Where no sum is known none is added, so it may be more."))
    if not fit.cost.lines:
        rules.append(_("None of these stages has a fee that we know of."))
    return Why(_("The cost"), rules, grounds=[Ground(line.title, line.source) for line in fit.cost.lines])


def of_quicker(fit: Fit) -> Why:
    """Why other hours or another route would be done sooner."""
    rules = [
        _("The same route, planned again with more hours a week, with all else as it is."),
        _("Another route is named where it is open to you, within what you can spend, and done eight weeks sooner."),
    ]
    return Why(_("What would shorten it"), rules, grounds=[Ground(_("The stages: each says its own"))])
