"""Instances that no query made: how they are made of plain values, and wired into a tree.

They have stand-in keys and a database that does not exist, so a query by mistake fails loudly.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.sql import Query

from .models import Section
from .registry import content_models

NOWHERE = "thawed"


class PlainField(NamedTuple):
    """Of a model's field: its place among all, its conversion, and the model that it refers to."""

    place: int
    field: Any
    to_python: Callable[[Any], Any]
    refers_to: Any


class Layout:
    """What it takes to make instances of a model."""

    def __init__(self, label: str) -> None:
        self.model: type[Model] = apps.get_model(label)
        fields = self.model._meta.concrete_fields
        self.fields = {
            field.name: PlainField(
                place, field, field.to_python, field.related_model if isinstance(field, ForeignKey) else None
            )
            for place, field in enumerate(fields)
        }
        self._defaults = [field.get_default() for field in fields]
        self._made_anew = [(place, field.get_default) for place, field in enumerate(fields) if callable(field.default)]

    def defaults(self) -> list[Any]:
        """Return each field's default, in the fields' order."""
        values = self._defaults.copy()
        for place, get_default in self._made_anew:
            values[place] = get_default()
        return values


@cache
def layout_of(label: str) -> Layout:
    """Return the layout of the model with that label."""
    return Layout(label)


def fill_caches(rows: Mapping[type[Model], Sequence[Any]]) -> None:
    """Give every parent its children as if they had been prefetched."""
    links = [
        (content.parent_model, content.model, content.parent, content.related_name)
        for content in content_models.CONTENT_MODELS
    ]
    links.append((Section, Section, "parent", "children"))
    for parent_model, model, field, name in links:
        by_parent = defaultdict(list)
        for row in rows[model]:
            by_parent[getattr(row, f"{field}_id")].append(row)
        # Most parents have none of most rows: one empty answer serves them all.
        none = fetched(model, [])
        for parent in rows[parent_model]:
            cache = parent.__dict__.setdefault("_prefetched_objects_cache", {})
            cache[name] = fetched(model, by_parent[parent.pk]) if parent.pk in by_parent else none


def fetched(model: type[Model], rows: list[Any]) -> QuerySet[Any]:
    """Return a queryset that has its rows already; one made from it would ask a database that does not exist."""
    queryset: QuerySet[Any] = QuerySet(model, _no_query(model), NOWHERE)
    queryset._result_cache = rows
    queryset._prefetch_done = True  # type: ignore[attr-defined]  # Django's own, which its stubs leave out
    return queryset


@cache
def _no_query(model: type[Model]) -> Query:
    """Return what a queryset of the model would ask, which nobody does: one serves all of them."""
    return Query(model)
