"""Which rows belong to an edition, and each of them as a line of a snapshot and back.

Found by following the models: whatever goes when an edition is deleted belongs to it. Keys of the database are not part
of a snapshot: a row names its edition and other rows of the snapshot by their place there, and what editions share,
such as an area, by what is unique of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.db.models import CASCADE, BinaryField, DateField, DecimalField, Field, ForeignKey, Model

from ..models import Dataset
from ..packing import pack, unpack

# What is of the site and not of the data.
OWN = {"imported_at", "snapshot"}
Line = list[Any]


@dataclass(frozen=True)
class Table:
    """A model whose rows belong to editions; `path` leads from a row to its edition, such as occupation__dataset."""

    model: type[Model]
    path: str

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


@cache
def tables() -> dict[str, Table]:
    """Return every such table by its label, those that others refer to first."""
    by_label = {Dataset._meta.label_lower: Table(Dataset, "pk")}
    waiting: list[type[Model]] = [Dataset]
    while waiting:
        above = waiting.pop(0)
        for relation in above._meta.related_objects:
            model, field = relation.related_model, relation.field
            is_ours = model._meta.app_label == Dataset._meta.app_label and relation.on_delete is CASCADE
            if is_ours and model._meta.label_lower not in by_label:
                path = field.name if above is Dataset else f"{field.name}__{by_label[above._meta.label_lower].path}"
                by_label[model._meta.label_lower] = Table(model, path)
                waiting.append(model)
    order = {
        label: {other for other in _targets(table.model) if other in by_label and other != label}
        for label, table in sorted(by_label.items())
    }
    return {label: by_label[label] for label in TopologicalSorter(order).static_order()}


def _targets(model: type[Model]) -> list[str]:
    return [field.related_model._meta.label_lower for field in _references(model)]


def _references(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def fields(model: type[Model]) -> list[Any]:
    """Return the fields of a row that a snapshot keeps."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in OWN and (not field.primary_key or isinstance(field, ForeignKey))
    ]


def shared(model: type[Model]) -> list[type[Model]]:
    """Return the models outside of editions that rows of `model` refer to."""
    return [
        field.related_model for field in _references(model) if field.related_model._meta.label_lower not in tables()
    ]


def unique_field(model: type[Model]) -> Any:
    """Return the field by which a row that editions share is known everywhere."""
    return next(field for field in model._meta.concrete_fields if field.unique and not field.primary_key)


def encoded(field: "Field[Any, Any]", value: Any) -> Any:
    """Return a value as JSON can hold it: a packed column as what is in it, so that all of it is compressed at once."""
    if isinstance(field, BinaryField):
        return unpack(value) if value else None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def decoders(model: type[Model], columns: list[str]) -> Iterator[tuple[str, Any, Callable[[Any], Any]]]:
    """Yield name, field and what makes a column's values of JSON's. Raises KeyError for a column that is not there."""
    known = {field.name: field for field in fields(model)}
    for name in columns:
        field = known[name]
        if isinstance(field, BinaryField):
            yield name, field, _packed
        else:
            yield name, field, field.to_python if isinstance(field, (DateField, DecimalField)) else _as_it_is


def _packed(value: Any) -> bytes:
    return b"" if value is None else pack(value)


def _as_it_is(value: Any) -> Any:
    return value
