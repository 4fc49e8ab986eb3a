"""The JSON Schema of a guide as `/guides/<guide>.json` gives it, made from the models that are registered."""

from typing import Any

from django.db import models
from django.urls import reverse

from .. import freezing
from ..models import Guide, Source
from ..models.json_schema import DIALECT, Schema, of_field
from ..registry import content_models

NATURAL_KEY = {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3}


def guide_schema() -> Schema:
    """Return the schema of a whole guide: its sources, then the guide and its parts in reading order."""
    parts: list[type[models.Model]] = [content.model for content in content_models.CONTENT_MODELS]
    return {
        "$schema": DIALECT,
        "$id": reverse("guides:schema"),
        "title": "A career guide",
        "description": (
            "One guide as /guides/<guide>.json gives it: the form of the project's own fixtures. Fields at their "
            "default are left out; figures that texts name are filled in. References are lists of names: a section is "
            "[guide, section], a figure [guide, section, figure]."
        ),
        "type": "object",
        "properties": {
            "format": {"description": "Raised by one where the form changes.", "type": "integer", "minimum": 1},
            "sources": {
                "description": "The sources that the guide cites.",
                "type": "array",
                "items": _reference(Source),
            },
            "objects": {
                "description": "The guide first, then its parts in reading order.",
                "type": "array",
                "minItems": 1,
                "prefixItems": [_reference(Guide)],
                "items": {"$ref": "#/$defs/object"},
            },
        },
        "required": ["format", "sources", "objects"],
        "additionalProperties": False,
        "$defs": {"object": _any_of(parts), **_objects([Source, Guide, *parts])},
    }


def _objects(parts: list[type[models.Model]]) -> dict[str, Schema]:
    """The schemas of the objects of each model, by what the schema calls it."""
    return {_name(model): _object(model) for model in parts}


def _name(model: type[models.Model]) -> str:
    """What the schema calls a model: models of other apps have the app's name before theirs."""
    app, _dot, name = model._meta.label_lower.partition(".")
    return name if app == "guides" else f"{app}.{name}"


def _reference(model: type[models.Model]) -> Schema:
    return {"$ref": f"#/$defs/{_name(model)}"}


def _any_of(parts: list[type[models.Model]]) -> Schema:
    """The schema of one of a guide's parts: its model says which."""
    is_of = [{"properties": {"model": {"const": model._meta.label_lower}}} for model in parts]
    return {
        "type": "object",
        "properties": {"model": {"enum": [model._meta.label_lower for model in parts]}, "fields": {"type": "object"}},
        "required": ["model", "fields"],
        "allOf": [{"if": condition, "then": _reference(model)} for condition, model in zip(is_of, parts, strict=True)],
    }


def _object(model: type[models.Model]) -> Schema:
    """The schema of an object of one model."""
    fields = freezing.fields_of(model)
    return {
        "description": " ".join((model.__doc__ or "").split()),
        "type": "object",
        "properties": {
            "model": {"const": model._meta.label_lower},
            "fields": {
                "type": "object",
                "properties": {field.name: _field(field) for field in fields},
                "required": [field.name for field in fields if not (field.blank or field.null or field.has_default())],
                "additionalProperties": False,
            },
        },
        "required": ["model", "fields"],
        "additionalProperties": False,
    }


def _field(field: "models.Field[Any, Any]") -> Schema:
    schema = dict(NATURAL_KEY) if isinstance(field, models.ForeignKey) else of_field(field)
    if isinstance(field, models.ForeignKey) and field.null:
        schema["type"] = ["array", "null"]
    return {"description": str(field.help_text or field.verbose_name)} | schema
