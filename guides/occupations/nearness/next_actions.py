"""And now? What a person does next who asked where to go from a job, or what of an occupation is missing."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.registry import Action

from ..models import OccupationListing
from .gap import GapResult
from .onward import Way

# From so many percent on most of an occupation is there, and what is left is learned beside applying.
MOSTLY_THERE = 60


def after_onward(own: OccupationListing, ways: Sequence[Way]) -> list[Action]:
    """What follows the list of near occupations: the nearest beside one's own, the first that has a guide."""
    explore = Action(
        _("Not sure?"),
        reverse("occupations:explore"),
        _("Begin from what you like and need instead of from the job you have."),
    )
    if not ways:
        return [explore]
    nearest = ways[0].listing
    beside = f"{reverse('guides:compare')}?{urlencode([('g', own.slug), ('g', nearest.slug)])}"
    name = _("Set %(nearest)s beside your job") % {"nearest": nearest.title}
    actions = [Action(name, beside, _("Pay, outlook and schooling of both."))]
    guide = next((guide for way in ways for guide in way.guides), None)
    if guide:
        why = _("Of these, it is one that we have written a guide to: ways in, costs, what to do first.")
        return [*actions, Action(_("Read: %(title)s") % {"title": guide.title}, guide.get_absolute_url(), why)]
    return [*actions, explore]


def after_gap(own: OccupationListing, result: GapResult) -> list[Action]:
    """What follows an occupation's skills gap: where little is there, nearer jobs; where much is, the plan."""
    save = Action(
        _("Save %(title)s to my plan") % {"title": own.title},
        reverse("occupations:save", args=[own.slug]),
        _("Its name and the way to its official data."),
    )
    move = Action(
        _("Which jobs lead to it?"),
        f"{reverse('occupations:move')}?{urlencode({'to': own.slug})}",
        _("Much is missing: a job on the way may be nearer."),
    )
    onward = Action(
        _("What it pays, and where the openings are"),
        own.get_absolute_url(),
        _("You bring most of it: look at the pay in your state before you apply."),
    )
    return [onward, save] if result.score >= MOSTLY_THERE else [move, save]
