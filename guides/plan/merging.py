"""The items of a plan file put into a plan: what is added, what was there, and what stays out, all of it counted."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field
from typing import Any

from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from . import earlier, room, validators
from .item_types import Items, ItemType, all_types
from .models import Plan, PlanItem

# What makes an item one of a kind in its plan.
Mark = tuple[Any, ...]
# The slugs that items of the file got in the plan in place of their own, by kind and slug.
Renamed = dict[tuple[str, str], str]
MOST_NAMED = 40  # of the plan's own that stayed as they were, in an address


class OnConflict(models.TextChoices):
    """What becomes of what the plan has, where the file says otherwise."""

    BOTH = "both", _("Keep both: what the file says comes in beside it")
    MINE = "mine", _("Keep what my plan says")
    FILE = "file", _("Take what the file says")
    INSTEAD = "instead", _("Delete all that my plan has, and put the file in its place")


@dataclass
class Tally:
    """What became of the items of one kind: counts, and the slugs of the plan's own that stayed as they were."""

    removed: int = 0
    added: int = 0
    same: int = 0
    beside: int = 0
    filled: int = 0
    replaced: int = 0
    stayed: int = 0
    twice: int = 0
    own: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """What there is to say, as sentences without their full stop."""
        *counts, _own = astuple(self)
        return [words % {"count": count} for words, count in zip(SENTENCES, counts, strict=True) if count]


SENTENCES = [
    ngettext_lazy("%(count)d was deleted first", "%(count)d were deleted first", "count"),
    ngettext_lazy("%(count)d added", "%(count)d added", "count"),
    ngettext_lazy("%(count)d was there already", "%(count)d were there already", "count"),
    ngettext_lazy(
        "%(count)d differed from what was there and stands beside it now",
        "%(count)d differed from what was there and stand beside it now",
        "count",
    ),
    ngettext_lazy(
        "%(count)d of your own got a date that it lacked", "%(count)d of your own got dates that they lacked", "count"
    ),
    ngettext_lazy(
        "%(count)d of your own gave way to the file’s", "%(count)d of your own gave way to the file’s", "count"
    ),
    ngettext_lazy(
        "%(count)d differed from your own and was left out",
        "%(count)d differed from your own and were left out",
        "count",
    ),
    ngettext_lazy(
        "%(count)d stood in the file a second time and was left out",
        "%(count)d stood in the file a second time and were left out",
        "count",
    ),
]


def sign(plan: Plan, tallies: dict[ItemType, Tally]) -> str:
    """Return what became of a file as one text that an address can hold; of the plan's own it names the first."""
    left, plain = MOST_NAMED, {}
    for item_type, tally in tallies.items():
        *counts, own = astuple(tally)
        plain[item_type.slug] = [*counts, own[:left]]
        left -= len(own[:left])
    return signing.dumps(plain, salt=f"{__name__}.{plan.pk}", compress=True)


def read_signed(plan: Plan, text: str) -> dict[ItemType, Tally]:
    """Return the tallies that `sign` made one text of for this plan, without kinds of which there is nothing to say."""
    plain = signing.loads(text, salt=f"{__name__}.{plan.pk}")
    tallies = {
        item_type: Tally(*plain[item_type.slug]) for item_type in all_types().values() if item_type.slug in plain
    }
    return {item_type: tally for item_type, tally in tallies.items() if tally.sentences()}


def take_in(plan: Plan, items: Items, way: OnConflict = OnConflict.BOTH) -> dict[ItemType, Tally]:
    """Put `items`, as `plan_file.read` gives them, into `plan`, and return what became of each kind.

    Raises ValidationError, and changes nothing, where the plan would hold more than it may.
    """
    renamed: Renamed = {}
    with room.changing(plan):
        return {item_type: _KindMerge(plan, item_type, way, renamed).take(rows) for item_type, rows in items.items()}


class _KindMerge:
    """One kind of item of a plan while a file comes in. An item's mark is what makes it one of a kind there."""

    def __init__(self, plan: Plan, item_type: ItemType, way: OnConflict, renamed: Renamed) -> None:
        self.plan, self.item_type, self.way, self.tally, self.renamed = plan, item_type, way, Tally(), renamed
        if way == OnConflict.INSTEAD:
            own = item_type.of_plan(plan)
            self.tally.removed = own.count()
            earlier.remember(*own, was_deleted=True)
            own.delete()
        self.there = {self.mark(item): item for item in item_type.of_plan(plan)}
        self.slugs = {item.slug for item in self.there.values()}
        self.added: list[PlanItem] = []
        self.changed: list[PlanItem] = []
        self.marks: set[Mark] = set()

    def mark(self, item: PlanItem) -> Mark:
        return tuple(getattr(item, name) for name in self.item_type.once)

    def says(self, item: PlanItem) -> list[Any]:
        return [getattr(item, name) for name in self.item_type.fields]

    def take(self, items: list[PlanItem]) -> Tally:
        """Put `items` into the plan; return what became of them."""
        for item in items:
            self.follow(item)
            self.place(item)
            self.marks.add(self.mark(item))
        self.item_type.model._default_manager.bulk_create(self.added)
        earlier.remember(*self.item_type.of_plan(self.plan).filter(pk__in=[item.pk for item in self.changed]))
        for item in self.changed:
            item.save(update_fields=self.item_type.fields)
        return self.tally

    def place(self, item: PlanItem) -> None:
        """Decide what becomes of one item."""
        own = self.there.get(self.mark(item))
        # Where the file itself has two of one mark, neither may take the other's place.
        again = self.mark(item) in self.marks
        if own is None:
            self.tally.added += 1
            self.add(item)
        elif self.says(own) == self.says(item):
            self.tally.twice += again
            self.tally.same += not again
        elif self.item_type.once == ("slug",) and (again or self.way == OnConflict.BOTH):
            self.tally.added += again
            self.tally.beside += not again
            self.add(item)
        elif again:
            self.tally.twice += 1
            self.stays(own)
        elif self.way == OnConflict.FILE:
            self.tally.replaced += 1
            self.change(own, item, self.item_type.fields)
        elif self.way == OnConflict.BOTH and not self.clash(own, item):
            self.fill(own, item)
        else:
            self.tally.stayed += 1
            self.stays(own)

    def follow(self, item: PlanItem) -> None:
        """Let the item name what it belongs to by the name that this has now."""
        for name, kind in self.item_type.refers.items():
            slug = getattr(item, name)
            setattr(item, name, self.renamed.get((kind, slug), slug))

    def add(self, item: PlanItem) -> None:
        """Add the item; its slug gives way where another has it."""
        if item.slug in self.slugs:
            new = validators.new_slug()
            self.renamed[self.item_type.slug, item.slug] = new
            item.slug = new
        item.plan = self.plan
        self.slugs.add(item.slug)
        self.there[self.mark(item)] = item
        self.added.append(item)

    def clash(self, own: PlanItem, item: PlanItem) -> bool:
        """Whether they cannot be one: a date that stands in one of the two alone is no clash."""
        pairs = {name: (getattr(own, name), getattr(item, name)) for name in self.item_type.fields}
        differ = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        return any(name not in self.item_type.form or None not in pair for name, pair in differ.items())

    def fill(self, own: PlanItem, item: PlanItem) -> None:
        """Give the plan's own the dates that the file has and it has not."""
        lacks = [name for name in self.item_type.form if getattr(own, name) is None and getattr(item, name) is not None]
        self.tally.filled += bool(lacks)
        self.tally.same += not lacks
        self.change(own, item, lacks)

    def change(self, own: PlanItem, item: PlanItem, names: Iterable[str]) -> None:
        for name in names:
            setattr(own, name, getattr(item, name))
        self.changed.append(own)

    def stays(self, own: PlanItem) -> None:
        """Remember the plan's own of which the file says something else."""
        if own.slug not in self.tally.own:
            self.tally.own.append(own.slug)
