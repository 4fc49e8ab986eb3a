"""What is known of each occupation, and which of its tasks are which activity, counted after data has changed."""

from typing import Any

from django.db import transaction

from guides.datasets import profiles, references
from guides.datasets.areas import BY_CODE
from guides.datasets.models import Projection, WageEstimate
from guides.datasets.packing import pack
from guides.datasets.profiles import Profile
from guides.publishing.content_version import content_changed

from .. import listings
from ..models import OccupationListing
from . import activities, stored, tasks
from .models import ExploringData, ExploringPart
from .stored import Candidate
from .tasks import masks_of

# The general work activities (by the beginning of their number) that say that a task is done with people: those that
# O*NET calls communicating and interacting, and of the next group teaching, coaching and advising.
COMMUNICATING = "4.A.4.a."
TEACHING = ("4.A.4.b.3.", "4.A.4.b.5.", "4.A.4.b.6.")
# Among the former O*NET counts caring for animals and plants.
WITH_ANIMALS = "4.A.4.a.5.I04."
# Performing physical and manual work activities.
PHYSICAL = "4.A.3.a."
BLOCKS = ("tasks", "activities", "interests")
# A state's share of the nation's pay is refused outside of this where fewer jobs than these stand behind it.
USUAL_SHARE, ENOUGH_JOBS = (0.7, 1.4), 1_000


def is_needed() -> bool:
    """Whether official data, the list of occupations or that of activities has changed since. Three quick questions."""
    counted = ExploringData.objects.values_list("editions", flat=True).first()
    if counted is None and listings.editions() == "[]":
        return False
    return not listings.is_needed() and counted != stored.counted_from()


def build() -> int:
    """Count all anew, and return how many occupations there are to choose from. Nothing is written before that."""
    counted = stored.counted_from()
    listed = {each.code: each for each in OccupationListing.objects.current()}
    surveyed = [each for each in profiles.each(BLOCKS) if each.code in listed and each.tasks and each.activities]
    parts = {choice: {"tasks": said} for choice, said in tasks.count(surveyed).items()}
    pay = _pay_by_state()
    base = _base(surveyed, listed) | {"state_edition": pay["edition"], "state_statistic": pay["statistic"]}
    rows = [ExploringPart(key=key, packed=pack(content)) for key, content in (parts | pay["states"]).items()]
    with transaction.atomic():
        ExploringData.objects.all().delete()
        ExploringPart.objects.all().delete()
        ExploringPart.objects.bulk_create(rows, batch_size=200)
        ExploringData.objects.create(editions=counted, packed=pack(base) if surveyed else b"")
        content_changed()
    return len(surveyed)


def _base(surveyed: list[Profile], listed: dict[str, OccupationListing]) -> dict[str, Any]:
    """What is known of each occupation, and what is the same for all, in the form of stored.Data."""
    asked = {
        (edition, code): (experience, training)
        for edition, code, experience, training in Projection.objects.filter(is_group=False).values_list(
            "dataset__edition", "code", "experience", "training"
        )
    }
    blocks = [block for profile in surveyed for name, block in profile.blocks.items() if name in BLOCKS]
    editions = sorted({block.edition for block in blocks}, key=profiles.edition_order, reverse=True)
    interests = references.basic_interests()
    ours = activities.by_slug().values()
    offered = {activity.text: activity.slug for activity in ours}
    return {
        "candidates": [_candidate(profile, listed[profile.code], asked) for profile in surveyed],
        "editions": editions,
        "unsurveyed": len(listed) - len(surveyed),
        # The interests, of Holland's six, that each activity is an example of; what O*NET does not list is not offered.
        "interests": {
            offered[text]: interests.get(basic, []) for basic, text in references.basic_activities() if text in offered
        },
    }


def _candidate(
    profile: Profile, listing: OccupationListing, asked: dict[tuple[str, str], tuple[str, str]]
) -> Candidate:
    experience, training = asked.get((listing.projection_edition, listing.projection_code), ("", ""))
    return Candidate(
        code=profile.code,
        slug=listing.slug,
        title=listing.title,
        tasks=len(profile.tasks.items) if profile.tasks else 0,
        communicating=_count(profile, (COMMUNICATING,), but=(WITH_ANIMALS,)),
        with_people=_count(profile, (COMMUNICATING, *TEACHING), but=(WITH_ANIMALS,)),
        physical=_count(profile, (PHYSICAL,)),
        education=listing.education,
        typical_education=listing.typical_education,
        experience=experience,
        training=training,
        median_pay=listing.median_pay,
        is_top_pay=listing.is_top_pay,
        pay_code=listing.pay_code,
        pay_edition=listing.pay_edition,
        openings=listing.openings,
        change=None if listing.change_percent is None else float(listing.change_percent),
        projection_code=listing.projection_code,
        projection_edition=listing.projection_edition,
        is_counted_with_others=listing.is_counted_with_others,
        interests={each.element: each.value for each in profile.interests.items} if profile.interests else {},
    )


def _count(profile: Profile, beginnings: tuple[str, ...], but: tuple[str, ...] = ()) -> int:
    """How many tasks are linked to an activity whose number begins so."""
    mask = 0
    for number, linked in masks_of(profile).items():
        if number.startswith(beginnings) and not number.startswith(but):
            mask |= linked
    return mask.bit_count()


def _pay_by_state() -> dict[str, Any]:
    """What each state of the newest edition pays by code, and its share of what the nation pays in that edition.

    Medians where the edition has them by state, else means: both ends of a share are of one edition and one kind.
    """
    rows = WageEstimate.objects.in_states()
    edition = rows.newest_edition()
    if edition is None:
        return {"edition": "", "statistic": "", "states": {}}
    rows = rows.filter(dataset=edition)
    statistic = "median" if rows.filter(annual_median__isnull=False).exists() else "mean"
    column = f"annual_{statistic}"
    nation = dict(WageEstimate.objects.in_nation().filter(dataset=edition).values_list("code", column))
    states: dict[str, dict[str, Any]] = {}
    for area, code, value, jobs in rows.values_list("area__code", "code", column, "employment"):
        if value is not None and area in BY_CODE:
            share = share_of(value, nation.get(code), jobs)
            states.setdefault(BY_CODE[area].abbreviation, {"pay": {}})["pay"][code] = [value, share]
    return {"edition": edition.edition, "statistic": statistic, "states": states}


def share_of(value: int, nation: int | None, jobs: int | None) -> float | None:
    """A state's pay as a share of the nation's; None where that is not published, or is odd and of few jobs."""
    if not nation:
        return None
    share = round(value / nation, 4)
    is_usual = USUAL_SHARE[0] <= share <= USUAL_SHARE[1]
    return share if is_usual or (jobs or 0) >= ENOUGH_JOBS else None
