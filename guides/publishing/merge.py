"""Three states of one guide into one: as the last release shipped it, as editors have it now, as this release ships it.

Row by row. A row that one side alone changed is taken from that side; what both changed in different ways collides: the
editors' row stays, and the collision is shown to them. So whatever an editor wrote is in the outcome.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model

from .. import freezing
from ..freezing import Reference
from ..models import Guide, Section
from ..registry import content_models
from .alignment import Key, Plain, align, parent, text_of


@dataclass(frozen=True)
class Collision:
    """A row that both sides changed: each state of it, None where it is not there."""

    base: Plain | None
    theirs: Plain | None
    shipped: Plain | None

    def as_json(self) -> dict[str, Plain | None]:
        return asdict(self)

    @property
    def plain(self) -> Plain:
        """Any state of the row, to name it by."""
        plain = self.theirs or self.shipped or self.base
        if plain is None:
            raise ValueError("A collision of a row that is in no state.")
        return plain


@dataclass
class Merged:
    """The outcome: plain objects by key, which of them are the release's, and what collides."""

    objects: dict[Key, Plain] = field(default_factory=dict)
    taken: set[Key] = field(default_factory=set)
    collisions: dict[Key, Collision] = field(default_factory=dict)


def same(one: Plain | None, other: Plain | None) -> bool:
    """Whether two states of a row say the same, wherever they stand among their kind."""
    return text_of(one) == text_of(other)


def is_same(one: list[Plain], other: list[Plain]) -> bool:
    """Whether two states of a guide hold the same rows in the same order."""
    before, after = align(one, other)
    return (
        before.keys() == after.keys()
        and all(same(plain, after[key]) for key, plain in before.items())
        and _orders(before) == _orders(after)
    )


def merge(
    base: list[Plain],
    theirs: list[Plain],
    shipped: list[Plain],
    sources: list[Plain],
    refused: Collection[Key] = (),
    removing: bool = True,
) -> Merged:
    """Return what the three states of a guide come to; `sources` are those that any of them cites.

    The release's state of the rows `refused` is not taken, and where `removing` is False none of its removals is.
    """
    before, now, new = align(base, theirs, shipped)
    merged = Merged()
    for key in dict.fromkeys([*now, *new]):
        states = Collision(before.get(key), now.get(key), new.get(key))
        is_theirs = same(states.theirs, states.shipped) or same(states.base, states.shipped)
        may_take = same(states.base, states.theirs) and key not in refused and (removing or states.shipped)
        if is_theirs or not may_take:
            _choose(merged, key, states.theirs)
            if not is_theirs:
                merged.collisions[key] = states
        else:
            _choose(merged, key, states.shipped)
            merged.taken.add(key)
    _mend_places(merged, before, now, new, sources)
    _put_in_order(merged, before, now, new)
    return merged


def _choose(merged: Merged, key: Key, plain: Plain | None) -> None:
    """Let `plain` be the row's state in the outcome; None leaves it out."""
    merged.objects.pop(key, None)
    if plain is not None:
        merged.objects[key] = plain


def _mend_places(
    merged: Merged, before: dict[Key, Plain], now: dict[Key, Plain], new: dict[Key, Plain], sources: list[Plain]
) -> None:
    """Leave no row without what it hangs from or refers to.

    A row of the release whose place editors deleted stays out; what the release removes stays where a row that editors
    wrote needs it.
    """
    known: dict[Reference, Key] | None = None
    while lost := {key: row for key, row in _rows(merged.objects, sources) if isinstance(row, tuple)}:
        known = known or {reference: key for key, row in _rows(now, sources) if (reference := reference_to(row))}
        for key, reference in lost.items():
            back = key if key in merged.taken else known[reference]
            merged.taken.discard(back)
            _choose(merged, back, now.get(back))
            merged.collisions[back] = Collision(before.get(back), now.get(back), new.get(back))


def _rows(objects: dict[Key, Plain], sources: list[Plain]) -> Iterator[tuple[Key, Model | Reference]]:
    """Yield each row's key and instance, or the reference that it lacks."""
    keys = {id(plain): key for key, plain in objects.items()}
    return ((keys[id(plain)], row) for plain, row in freezing.instances(objects.values(), sources))


def reference_to(row: Any) -> Reference | None:
    """What other rows refer to `row` by: its model and natural key, None where it has none."""
    return (type(row), row.natural_key()) if hasattr(row, "natural_key") else None


def whole_rows(objects: list[Plain], sources: list[Plain]) -> Iterator[tuple[Plain, Model]]:
    """Yield plain objects with their instances, those left out that lack what they refer to."""
    for plain, row in freezing.instances(objects, sources):
        if isinstance(row, Model):
            yield plain, row


def chain_of(row: Model) -> list[Model]:
    """A row, what it hangs from, and so on; the guide is the last."""
    parents = {content.model: content.parent for content in content_models.CONTENT_MODELS}
    chain = [row]
    while not isinstance(row, Guide):
        row = (isinstance(row, Section) and row.parent) or getattr(row, parents[type(row)])
        chain.append(row)
    return chain


def _orders(keyed: dict[Key, Plain]) -> dict[Key, list[Key]]:
    """The keys of the rows of each model below each parent, in reading order."""
    groups = defaultdict(list)
    for key, plain in keyed.items():
        if _has_order(plain["model"]):
            groups[group_of(plain)].append(key)
    for keys in groups.values():
        keys.sort(key=lambda key: keyed[key]["fields"].get("position", 0))
    return groups


def _has_order(label: str) -> bool:
    return any(field.name == "position" for field in apps.get_model(label)._meta.concrete_fields)


def group_of(plain: Plain) -> Key:
    """What rows that stand in one order share: their model and what they hang from, for parts their section too."""
    return (plain["model"], parent(plain), tuple(plain["fields"].get("parent") or ()))


def _put_in_order(merged: Merged, before: dict[Key, Plain], now: dict[Key, Plain], new: dict[Key, Plain]) -> None:
    """Give every row its position: the release's order, or the editors' where they changed it."""
    orders = [_orders(keyed) for keyed in (before, now, new)]
    for group, members in _orders(merged.objects).items():
        base, theirs, shipped = (order.get(group, []) for order in orders)
        moved = _common(base, theirs) != _common(theirs, base)
        lead, other = (theirs, shipped) if moved else (shipped, theirs)
        keys = _woven(lead, other, set(members))
        # Whole orders keep their numbers: a row that nobody moved is then the same row to the last digit.
        numbered = new if keys == shipped else now if keys == theirs else None
        for place, key in enumerate(keys, start=1):
            position = numbered[key]["fields"].get("position", 0) if numbered else place
            merged.objects[key] = placed(merged.objects[key], position)


def placed(plain: Plain, position: int) -> Plain:
    """Return a plain object at another place among its kind."""
    fields = {name: value for name, value in plain["fields"].items() if name != "position"}
    return plain | {"fields": fields | ({"position": position} if position else {})}


def _common(one: list[Key], other: list[Key]) -> list[Key]:
    """Those of `one` that are in `other` too."""
    return [key for key in one if key in other]


def _woven(lead: list[Key], other: list[Key], members: set[Key]) -> list[Key]:
    """Return `members` in the order of `lead`; those of `other` alone each after the one that is before it there."""
    keys = [key for key in lead if key in members]
    for place, key in enumerate(other):
        if key in members and key not in keys:
            earlier = next((keys.index(known) for known in reversed(other[:place]) if known in keys), -1)
            keys.insert(earlier + 1, key)
    # A row that was moved here from elsewhere stands in neither order.
    return [*keys, *sorted(members - set(keys), key=str)]
