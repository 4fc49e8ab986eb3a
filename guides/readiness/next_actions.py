"""And now? What a person does with a result of a check: two or three things, chosen by what it says."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models import Guide
from guides.registry import Action
from guides.registry.tools import offered

from .fitting import Fit
from .result_page import ShownStage
from .skills_gap import GapResult

MOST = 3


def after_check(guide: Guide, fit: Fit | None, stages: Sequence[ShownStage], keep: str, is_kept: bool) -> list[Action]:
    """What follows a readiness check: what its first stage is done with, or the application; `keep` saves it."""
    tools, actions = offered(guide), [_kept(keep, is_kept, _("Its stages become tasks with dates."))]
    if fit and (fit.is_too_dear or fit.is_far or fit.is_beyond_a_lifetime):
        why = _("This way is long, or costs more than you have now: see what others pay, take and cost.")
        address = f"{reverse('guides:compare')}?{urlencode({'g': guide.slug})}"
        actions.append(Action(_("Set a job beside this one"), address, why))
    elif fit and not fit.is_behind:
        address = f"{fit.route.section.get_absolute_url()}#{fit.route.section.slug}"
        actions.append(Action(fit.route.name, address, _("The way that fits you, as the guide tells it.")))
    elif resume := tools.get("toolkit/resume"):
        actions.append(Action(_("Write your resume"), resume.url(guide), _("What is left is to apply.")))
    begun = next((stage for stage in stages if stage.tool), None)
    if begun and begun.tool:
        why = _("For: %(stage)s") % {"stage": begun.dated.title}
        actions.append(Action(begun.tool.name, begun.tool.url(guide), why))
    elif stages and (gap := tools.get("skills-gap")):
        why = _("Which skills to practice first, with an exercise for each.")
        actions.append(Action(_("See your skills gap"), gap.url(guide), why))
    return list({action.url: action for action in actions}.values())[:MOST]


def after_gap(guide: Guide, result: GapResult, ratings: str, keep: str, is_kept: bool) -> list[Action]:
    """What follows a skills gap: the plan while something is missing, the resume once much is there."""
    tools = offered(guide)
    actions = [_kept(keep, is_kept, _("What is missing becomes tasks, the weightiest first."))] if result.gaps else []
    resume = tools.get("toolkit/resume")
    if resume and result.strengths:
        why = _("The lines of what you bring go into it; you fill in the numbers.")
        actions.append(Action(_("Write your resume"), f"{resume.url(guide)}?{urlencode({'a': ratings})}", why))
    if check := tools.get("readiness"):
        why = _("Which way in fits you, what it costs, and from when you could be in the job.")
        actions.append(Action(_("Check how ready you are"), check.url(guide), why))
    if not result.gaps and (interview := tools.get("toolkit/interview")):
        why = _("You have what they ask for: now say it so that they see it.")
        actions.append(Action(_("Prepare for the interview"), interview.url(guide), why))
    return actions[:MOST]


def _kept(keep: str, is_kept: bool, why: str) -> Action:
    if is_kept:
        return Action(_("Open my plan"), reverse("plan:plan"), _("This result is in it."))
    return Action(_("Save it to my plan"), keep, why)
