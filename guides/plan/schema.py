"""The JSON Schema of a plan file, made from the registry and the models: what a form refuses, it refuses."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from guides.models.json_schema import DIALECT, of_field

from . import item_types, room, validators

FORMAT = 1


def address() -> str:
    """Where the schema is published."""
    return f"{settings.SITE_URL}{reverse('plan:schema')}"


def plan_schema() -> dict[str, Any]:
    """Return the schema of a whole plan file."""
    return {
        "$schema": DIALECT,
        "$id": address(),
        "title": "Careerguide plan",
        "description": "What a person keeps in 'My plan': made by its export, taken by its import. "
        f"A file has at most {room.MOST_BYTES:,} bytes.",
        "type": "object",
        "required": ["format"],
        "additionalProperties": False,
        "properties": {
            "$schema": {"type": "string", "maxLength": 500},
            "format": {"const": FORMAT},
            **{item_type.slug: _items(item_type) for item_type in item_types.all_types().values()},
        },
    }


def _items(item_type: item_types.ItemType) -> dict[str, Any]:
    """The schema of all items of one kind."""
    fields = {name: _field(item_type, name) for name in item_type.fields}
    item = {
        "type": "object",
        "required": ["id", *(name for name in fields if _is_required(item_type, name))],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": validators.ITEM_SLUG},
            "added_at": {"type": "string", "format": "date-time", "maxLength": 40},
            **fields,
        },
    }
    return {"type": "array", "maxItems": item_type.most, "description": str(item_type.name), "items": item}


def _is_required(item_type: item_types.ItemType, name: str) -> bool:
    field = item_type.model_field(name)
    return not field.blank and not field.has_default()


def _field(item_type: item_types.ItemType, name: str) -> dict[str, Any]:
    """The schema of one field."""
    if name in item_type.schemas:
        schema: dict[str, Any] = item_type.schemas[name]
        return schema
    field = item_type.model_field(name)
    return {"description": str(field.verbose_name)} | of_field(field)
