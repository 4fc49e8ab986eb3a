"""From the job somebody has: `/move/` says how near another one is, what carries over and what is missing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guides import registry
from guides.datasets import profiles
from guides.datasets.models import Dataset
from guides.datasets.publisher import publishers
from guides.forms import render_form
from guides.registry.extension import ShownSkills
from guides.registry.private_pages import private
from guides.registry.public_pages import same_for_everyone

from ..models import OccupationListing
from . import carrying, gap, likeness, next_actions, onward, routes, stored, titles
from .carrying import Carried
from .forms import MoveForm
from .scale import Scale
from .titles import Meant
from .traits import Traits

# How much of each list stands open; the rest is folded.
OPEN = 6


@require_safe
@same_for_everyone
def move(request: HttpRequest) -> HttpResponse:
    """How near two jobs are; with one alone, what is near it; without any, the form."""
    if not request.GET:
        return render(request, "occupations/move/form.html", {"form": MoveForm()})
    form = MoveForm(request.GET)
    if not form.is_valid():
        return private(render_form(request, "occupations/move/form.html", {"form": form}, form))
    source = titles.meant(form.cleaned_data["from"])
    target = titles.meant(form.cleaned_data["to"], by_guides=True)
    # A guide is known by its title in the second box alone; in the first its occupation's means the same.
    mine = source.listing.title if source.guide and source.listing else source.written
    form.write(**{"from": mine, "to": target.written})
    return private(render(request, *page(form, source, target)))


def page(form: MoveForm, source: Meant, target: Meant) -> tuple[str, dict[str, Any]]:
    """Return the template that answers, and what it needs."""
    context: dict[str, Any] = {"form": form, "source": source, "target": target, "open": OPEN, "rest_from": f"{OPEN}:"}
    unclear = [(name, job) for name, job in (("from", source), ("to", target)) if job.typed and not job.listing]
    if unclear:
        # What can be chosen from, then all that is nobody's title in one place.
        context["unclear"] = [(name, job) for name, job in unclear if job.guide or job.offers]
        context["nobodys"] = [job for _name, job in unclear if not job.guide and not job.offers]
        return "occupations/move/choose.html", context | {"credits": credits_of_titles()}
    if source.listing and target.listing:
        return result(context, source, source.listing, target, target.listing)
    if source.listing:
        ways = onward.onward(source.listing)
        context |= {"ways": ways, "next_actions": next_actions.after_onward(source.listing, ways)}
        return "occupations/move/onward.html", context | _near(source.listing)
    if target.listing:
        return "occupations/move/inward.html", context | _near(target.listing) | {"ways": onward.inward(target.listing)}
    return "occupations/move/form.html", context


def _near(listing: OccupationListing) -> dict[str, Any]:
    """What the lists of near occupations need besides."""
    return {"own": listing, "credits": credits(profiles.of(listing.code))}


def result(
    context: dict[str, Any], source: Meant, own: OccupationListing, target: Meant, other: OccupationListing
) -> tuple[str, dict[str, Any]]:
    """Both jobs are known: how near they are, or why that cannot be said."""
    weights = stored.weights()
    here, there = profiles.of(own.code), profiles.of(other.code)
    context |= {"own": own, "other": other, "both": [own, other], "credits": credits(here, there)}
    context["is_same"] = own.code == other.code
    if context["is_same"] or weights is None or here is None or there is None:
        return "occupations/move/no_result.html", context | {"is_reckoned": weights is not None}
    mine, theirs = Traits.of(here, weights), Traits.of(there, weights)
    if not mine.is_surveyed or not theirs.is_surveyed:
        unsurveyed = [listing for listing, traits in ((own, mine), (other, theirs)) if not traits.is_surveyed]
        return "occupations/move/no_result.html", context | {"is_reckoned": True, "unsurveyed": unsurveyed}
    carried = carrying.between(mine, theirs)
    nearness = likeness.compare(mine, theirs, weights)
    context |= {
        "nearness": nearness,
        "scale": Scale(nearness.points),
        "near_from": likeness.NEAR,
        "part_from": likeness.PART,
        "most_times": likeness.MOST,
        "carried": carried,
        "weights": weights,
        "surveys": [(own, there_from(here)), (other, there_from(there))],
        "shown": shown(target, carried),
        "named": routes.naming(source, own, target, other),
        "gap_query": gap_query(carried),
    }
    return "occupations/move/result.html", context


def there_from(profile: profiles.Profile) -> profiles.Survey | None:
    """Return when people were last asked about an occupation's tasks, and whom."""
    return next(iter(profile.tasks.surveys), None) if profile.tasks else None


def credits(*of_profiles: profiles.Profile | None) -> list[str]:
    """Return O*NET's credit for all the editions that are shown."""
    editions = {edition for profile in of_profiles if profile for edition in profile.editions}
    return [publishers()["onet"].credit_line(*editions)] if editions else []


def credits_of_titles() -> list[str]:
    """Return O*NET's credit for the editions that its occupations and their titles are of."""
    editions = Dataset.objects.installed().with_titles().values_list("edition", flat=True)
    return [publishers()["onet"].credit_line(*editions)] if editions else []


def shown(target: Meant, carried: Carried) -> ShownSkills | None:
    """Return the skills of the guide that what carries over shows, None where it is no guide or shows none."""
    if target.guide is None:
        return None
    said = [pair.yours.text for pair in carried.tasks] + [each.activity.title for each in carried.activities]
    said += [activity.title for each in carried.like_activities for activity in each.yours]
    text = "\n".join(dict.fromkeys(said))
    offers = [shows(target.guide, text) for shows in registry.each("shown_skills")]
    return next((offer for offer in offers if offer.skills), None)


def gap_query(carried: Carried) -> str:
    """Return the query that fills what carries over into the gap of the occupation's own page."""
    return urlencode({"change": 1} | gap.carried_levels(gap.Gap(carried.target), carried))
