"""The JSON Schema of a plan file, made from the registry and the models: what a form refuses, it refuses."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from . import item_types, validators

FORMAT = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def address():
    """Where the schema is published."""
    return f"{settings.SITE_URL}{reverse('plan:schema')}"


def plan_schema():
    """Return the schema of a whole plan file."""
    return {
        "$schema": DIALECT,
        "$id": address(),
        "title": "Careerguide plan",
        "description": "What a person keeps in 'My plan': made by its export, taken by its import.",
        "type": "object",
        "required": ["format"],
        "additionalProperties": False,
        "properties": {
            "$schema": {"type": "string", "maxLength": 500},
            "format": {"const": FORMAT},
            **{holding.slug: _items(holding) for holding in item_types.HOLDINGS.values()},
        },
    }


def _items(holding):
    """The schema of all items of one kind."""
    fields = {name: _field(holding, name) for name in holding.fields}
    item = {
        "type": "object",
        "required": ["id", *(name for name in fields if _is_required(holding, name))],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": validators.ITEM_SLUG},
            "added_at": {"type": "string", "format": "date-time", "maxLength": 40},
            **fields,
        },
    }
    return {"type": "array", "maxItems": holding.most, "description": str(holding.name), "items": item}


def _is_required(holding, name):
    field = holding.model._meta.get_field(name)
    return not field.blank and not field.has_default()


def _field(holding, name):
    """The schema of one field."""
    if name in holding.schemas:
        return holding.schemas[name]
    field = holding.model._meta.get_field(name)
    schema = {"description": str(field.verbose_name)} | _type(field)
    if field.null:
        schema["type"] = [schema["type"], "null"]
    return schema


def _type(field):
    """What values the model field takes."""
    if field.choices:
        return {"type": "string", "enum": [value for value, label in field.choices]}
    match field:
        case models.DateTimeField():
            return {"type": "string", "format": "date-time", "maxLength": 40}
        case models.DateField():
            return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case models.BooleanField():
            return {"type": "boolean"}
        case models.IntegerField():
            limits = {"minimum": -(10**9), "maximum": 10**9}
            return {"type": "integer"} | (limits | {"minimum": 0} if _is_positive(field) else limits)
        case models.CharField() | models.TextField():
            return {"type": "string", "maxLength": field.max_length} | _text(field)
    raise TypeError(f"{field} needs an entry in its Holding's `schemas`.")


def _is_positive(field):
    return isinstance(field, (models.PositiveIntegerField, models.PositiveSmallIntegerField))


def _text(field):
    """What a text must and must not hold: the patterns of its validators."""
    patterns = [validator for validator in field.validators if isinstance(validator, RegexValidator)]
    rules = [
        {"not": {"type": "string", "pattern": banned.regex.pattern}} for banned in patterns if banned.inverse_match
    ]
    for needed in (pattern for pattern in patterns if not pattern.inverse_match):
        rule = {"pattern": needed.regex.pattern}
        rules.append({"anyOf": [{"const": ""}, rule]} if field.blank else rule)
    return ({"allOf": rules} if rules else {}) | ({} if field.blank else {"minLength": 1})
