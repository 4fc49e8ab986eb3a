"""Earlier states of a plan's items: remembered with every change and deletion, brought back with one click.

Of an item the last twenty are kept; of a plan two hundred, and 2 million characters. They are in no export.
"""

import json

from django.db.models import QuerySet
from django.utils.text import Truncator

from . import item_types, plan_file, room
from .item_types import ItemType
from .models import EarlierState, Plan, PlanItem

MOST_OF_AN_ITEM, MOST_OF_A_PLAN, MOST_CHARACTERS = 20, 200, 2_000_000


def remember(*items: PlanItem, was_deleted: bool = False) -> None:
    """Keep the stored `items`, all of one plan, as they are, before they are changed or deleted."""
    for item in items:
        content = plan_file.to_plain(item.item_type, item)
        EarlierState.objects.create(
            plan=item.plan,
            kind=item.item_type.slug,
            slug=item.slug,
            title=Truncator(item.title).chars(150),
            content=content,
            size=len(json.dumps(content)),
            was_deleted=was_deleted,
        )
    if items:
        _forget_oldest(items[0].plan, {(item.item_type.slug, item.slug) for item in items})


def _forget_oldest(plan: Plan, changed: set[tuple[str, str]]) -> None:
    """Delete what is beyond what an item and a plan keep."""
    for kind, slug in changed:
        _delete_after(EarlierState.objects.filter(plan=plan, kind=kind, slug=slug), MOST_OF_AN_ITEM)
    _delete_after(EarlierState.objects.filter(plan=plan), MOST_OF_A_PLAN)
    left, too_old = MOST_CHARACTERS, []
    for pk, size in EarlierState.objects.filter(plan=plan).values_list("pk", "size"):
        left -= size
        if left < 0:
            too_old.append(pk)
    EarlierState.objects.filter(pk__in=too_old).delete()


def _delete_after(states: QuerySet[EarlierState], most: int) -> None:
    """Delete all but the newest `most`."""
    EarlierState.objects.filter(pk__in=list(states.values_list("pk", flat=True)[most:])).delete()


def bring_back(state: EarlierState) -> PlanItem | None:
    """Give the item what it held then, or put it into the plan again; return it, or None where its kind is no more.

    What it holds now is remembered first. Raises ValidationError where the plan is full, and PlanFileRefused where
    the state is none that an item may have today.
    """
    item_type = item_types.all_types().get(state.kind)
    if item_type is None:
        return None
    then = plan_file.from_plain(item_type, state.content | {"id": state.slug}, str(item_type.name))
    with room.changing(state.plan):
        item = _same(item_type, state.plan, then)
        if item is None:
            then.plan = state.plan
            then.save()
            return then
        remember(item)
        for name in item_type.fields:
            setattr(item, name, getattr(then, name))
        item.save()
        return item


def _same(item_type: ItemType, plan: Plan, then: PlanItem) -> PlanItem | None:
    """The item of the plan that `then` is a state of: by its name, or by what makes it one of a kind."""
    rows = item_type.of_plan(plan)
    mark = {name: getattr(then, name) for name in item_type.once}
    return rows.filter(slug=then.slug).first() or rows.filter(**mark).first()
