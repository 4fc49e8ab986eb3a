"""What is known of each occupation, and which of its tasks are which activity, counted after data has changed."""

from collections.abc import Iterable
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
from ..nearness.words import of_task
from . import activities
from .activities import LikedActivity
from .models import ExploringData, ExploringPart
from .stored import Candidate

# The general work activities (by the beginning of their number) that say that a task is done with people: those that
# O*NET calls communicating and interacting, and of the next group teaching, coaching and advising.
COMMUNICATING = "4.A.4.a."
TEACHING = ("4.A.4.b.3.", "4.A.4.b.5.", "4.A.4.b.6.")
# Among the former O*NET counts caring for animals and plants.
WITH_ANIMALS = "4.A.4.a.5.I04."
# Performing physical and manual work activities.
PHYSICAL = "4.A.3.a."
BLOCKS = ("tasks", "activities", "interests")


def is_needed() -> bool:
    """Whether official data, or the list of occupations, has changed since. Three quick questions to the database."""
    row = ExploringData.objects.first()
    return not listings.is_needed() and listings.editions() != (row.editions if row else "[]")


def build() -> int:
    """Count all anew, and return how many occupations there are to choose from. Nothing is written before that."""
    editions = listings.editions()
    listed = {each.code: each for each in OccupationListing.objects.current()}
    surveyed = [each for each in profiles.each(BLOCKS) if each.code in listed and each.tasks and each.activities]
    parts = {slug: {"tasks": tasks} for slug, tasks in _tasks(surveyed).items()}
    pay = _pay_by_state()
    base = _base(surveyed, listed) | {"state_edition": pay["edition"], "state_statistic": pay["statistic"]}
    rows = [ExploringPart(key=key, packed=pack(content)) for key, content in (parts | pay["states"]).items()]
    with transaction.atomic():
        ExploringData.objects.all().delete()
        ExploringPart.objects.all().delete()
        ExploringPart.objects.bulk_create(rows, batch_size=200)
        ExploringData.objects.create(editions=editions, packed=pack(base) if surveyed else b"")
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
        projection_code=listing.projection_code,
        projection_edition=listing.projection_edition,
        is_counted_with_others=listing.is_counted_with_others,
        interests={each.element: each.value for each in profile.interests.items} if profile.interests else {},
    )


def _masks(profile: Profile) -> dict[str, int]:
    """For each detailed activity of an occupation, by number, its tasks as a mask: bit 0 is the first task."""
    places = {task.id: place for place, task in enumerate(profile.tasks.items)} if profile.tasks else {}
    found = profile.activities.items if profile.activities else ()
    return {each.id: sum(1 << places[task] for task in set(each.tasks) & places.keys()) for each in found}


def _count(profile: Profile, beginnings: tuple[str, ...], but: tuple[str, ...] = ()) -> int:
    """How many tasks are linked to an activity whose number begins so."""
    mask = 0
    for number, tasks in _masks(profile).items():
        if number.startswith(beginnings) and not number.startswith(but):
            mask |= tasks
    return mask.bit_count()


def _tasks(surveyed: Iterable[Profile]) -> dict[str, dict[str, tuple[int, int]]]:
    """The tasks at which each activity that one may like is done, by slug, then by occupation.

    They are a mask, and the place of the one that says most of the activity's words.
    """
    found: dict[str, dict[str, tuple[int, int]]] = {slug: {} for slug in activities.by_slug()}
    said = {slug: of_task(liked.text) for slug, liked in activities.by_slug().items()}
    for profile in surveyed:
        masks = _masks(profile)
        by_title: dict[str, int] = {}
        for activity in profile.activities.items if profile.activities else ():
            title = activity.title.rstrip(".")
            by_title[title] = by_title.get(title, 0) | masks[activity.id]
        texts = [task.text for task in profile.tasks.items] if profile.tasks else []
        words = [of_task(text) for text in texts]
        for slug, liked in activities.by_slug().items():
            if mask := _mask(liked, by_title, texts):
                places = [place for place in range(len(texts)) if mask >> place & 1]
                best = max(places, key=lambda place: len(words[place] & said[slug]))
                found[slug][profile.code] = mask, best
    return found


def _mask(liked: LikedActivity, by_title: dict[str, int], texts: list[str]) -> int:
    """The tasks of an occupation at which something is done, as a mask."""
    linked = 0
    for title in liked.work:
        linked |= by_title.get(title, 0)
    if not liked.work:
        linked = (1 << len(texts)) - 1
    return sum(1 << place for place, text in enumerate(texts) if linked >> place & 1 and liked.is_done_in(text))


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
    for area, code, value in rows.values_list("area__code", "code", column):
        if value is not None and area in BY_CODE:
            share = round(value / nation[code], 4) if nation.get(code) else None
            states.setdefault(BY_CODE[area].abbreviation, {"pay": {}})["pay"][code] = [value, share]
    return {"edition": edition.edition, "statistic": statistic, "states": states}
