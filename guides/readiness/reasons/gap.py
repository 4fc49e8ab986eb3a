"""Why a skills gap counts what it counts."""

from django.utils.translation import gettext as _

from ..skills_gap import GapResult
from .why import Ground, Why


def of_score(result: GapResult) -> Why:
    """Why the skills gap has its score, and would take so long to close."""
    rules = [
        _("A core skill is worth 6 points, a useful one 4, a bonus 2; basics count half. The score is your share."),
    ]
    if result.hours[1]:
        rules.append(_("The hours are those of every gap below, added up; nobody needs to close all of them to apply."))
    grounds = [Ground(_("How much each skill weighs, and the hours"))]
    return Why(_("The score"), rules, grounds=grounds)


def of_strengths(result: GapResult) -> Why:
    """Why these skills are there, and their lines are what they are."""
    rules = [
        _("You rated them “At work” or better: we take your word for it."),
        _("The lines are examples in the words of postings and resumes: only you know which are true of you."),
    ]
    return Why(_("What you bring"), rules, grounds=[Ground(_("The lines"))])


def of_gaps(result: GapResult) -> Why:
    """Why these skills are missing, stand in this order, and take so long."""
    rules = [
        _("You rated them below “At work”, or not at all. Each says how you rated it and what that lacks."),
        _("They stand in order of weight: of one weight, what adds most points comes first."),
    ]
    if result.hours[1]:
        rules.append(_("The hours are those from nothing to being of use at work; with the basics, half of them."))
    return Why(_("What is missing"), rules, grounds=[Ground(_("Weights, what to do, and the hours"))])
