"""Which plain object of one frozen guide is which of another: by slug, by what is there once, or by how alike they are.

Comparing and merging both stand on it.
"""

import json
from collections import Counter, defaultdict, deque
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import UniqueConstraint
from rapidfuzz import fuzz

from ..registry import content_models

Plain = dict[str, Any]
Key = tuple[Any, ...]

# Texts that share less than this, in percent, are not taken for two states of one row by their words alone.
LEAST_ALIKE = 60
# Above this many pairs texts are not held against each other: it would take seconds.
MOST_PAIRS = 40_000


def align(*documents: list[Plain]) -> list[dict[Key, Plain]]:
    """Return each list of plain objects by keys that are equal where it is the same row, in the order they stood in.

    Rows without a name of their own, such as points, are known by which row of the first list they most likely were.
    """
    known_twice = _known_twice(documents)
    aligned: list[dict[Key, Plain]] = [{} for _document in documents]
    first_groups = _nameless(documents[0])
    for keyed, document in zip(aligned, documents, strict=True):
        keys = _keys_of_nameless(first_groups, _nameless(document), is_first=keyed is aligned[0])
        for plain in document:
            keyed[keys.get(id(plain)) or _key(plain, known_twice)] = plain
    return aligned


def parent(plain: Plain) -> tuple[str, ...]:
    """The natural key of what a plain object hangs from."""
    parents = {content.label: content.parent for content in content_models.CONTENT_MODELS}
    return tuple(plain["fields"].get(parents.get(plain["model"])) or ())


def text_of(plain: Plain | None) -> str | None:
    """All that a plain object says, its place among the others left out; None for None."""
    if plain is None:
        return None
    return json.dumps({name: value for name, value in plain["fields"].items() if name != "position"}, sort_keys=True)


@cache
def identity_fields(label: str) -> tuple[str, ...]:
    """The fields that tell a model's rows apart: its slug, or what a constraint says is there once; else none."""
    model = apps.get_model(label)
    if any(field.name == "slug" for field in model._meta.concrete_fields):
        return ("slug",)
    once = (rule.fields for rule in model._meta.constraints if isinstance(rule, UniqueConstraint) and rule.fields)
    return tuple(next(once, ()))


def _identity(plain: Plain) -> Key:
    names = identity_fields(plain["model"])
    return (plain["model"], *(json.dumps(plain["fields"].get(name)) for name in names))


def _known_twice(documents: tuple[list[Plain], ...]) -> set[Key]:
    """What does not tell rows apart by itself: two examples may each have an entry called 'education'."""
    counts = (Counter(map(_identity, document)) for document in documents)
    return {identity for count in counts for identity, times in count.items() if times > 1}


def _key(plain: Plain, known_twice: set[Key]) -> Key:
    identity = _identity(plain)
    return (*identity, parent(plain)) if identity in known_twice else identity


def _nameless(document: list[Plain]) -> dict[Key, list[Plain]]:
    """The rows without a name of their own, by model and parent, in reading order."""
    groups = defaultdict(list)
    for plain in document:
        if not identity_fields(plain["model"]):
            groups[plain["model"], parent(plain)].append(plain)
    for rows in groups.values():
        rows.sort(key=lambda plain: plain["fields"].get("position", 0))
    return groups


def _keys_of_nameless(first: dict[Key, list[Plain]], groups: dict[Key, list[Plain]], is_first: bool) -> dict[int, Key]:
    """The keys of rows without a name, by the id of the plain object."""
    keys = {}
    for group, rows in groups.items():
        earlier = first.get(group, [])
        pairs = {place: place for place in range(len(rows))} if is_first else pair(earlier, rows)
        fresh: Counter[str | None] = Counter()
        for place, plain in enumerate(rows):
            if place in pairs:
                keys[id(plain)] = (*group, pairs[place])
            else:
                # The same words added on two sides are the same row.
                text = text_of(plain)
                fresh[text] += 1
                keys[id(plain)] = (*group, text, fresh[text])
    return keys


def pair(olds: list[Plain], news: list[Plain]) -> dict[int, int]:
    """Return which of `olds` each of `news` most likely was, by their places; a row that was none is left out.

    Equal rows go first, wherever they stand; then the most alike; then those that stand after the same row.
    """
    waiting: dict[str | None, deque[int]] = defaultdict(deque)
    for place, plain in enumerate(olds):
        waiting[text_of(plain)].append(place)
    pairs = {}
    for place, plain in enumerate(news):
        if waiting[text_of(plain)]:
            pairs[place] = waiting[text_of(plain)].popleft()
    _pair_alike(olds, news, pairs)
    for place in range(len(news)):
        before = pairs.get(place - 1, -1 if place == 0 else None)
        if place not in pairs and before is not None and before + 1 < len(olds) and before + 1 not in pairs.values():
            pairs[place] = before + 1
    return pairs


def _pair_alike(olds: list[Plain], news: list[Plain], pairs: dict[int, int]) -> None:
    """Add to `pairs` those that are left and share most of their words, the most alike first."""
    left_old = [place for place in range(len(olds)) if place not in set(pairs.values())]
    left_new = [place for place in range(len(news)) if place not in pairs]
    if len(left_old) * len(left_new) > MOST_PAIRS:
        return
    scores = [
        (fuzz.ratio(_words_of(olds[old]), _words_of(news[new])), -abs(old - new), old, new)
        for old in left_old
        for new in left_new
    ]
    taken = set()
    for score, _distance, old, new in sorted(scores, reverse=True):
        if score >= LEAST_ALIKE and old not in taken and new not in pairs:
            pairs[new] = old
            taken.add(old)


def _words_of(plain: Plain) -> str:
    """The words of a row, without the names of its fields and of what it hangs from."""
    return " ".join(str(value) for name, value in plain["fields"].items() if isinstance(value, str))
