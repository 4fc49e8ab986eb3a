"""What values a model field takes, as JSON Schema: guides and plans publish the schema of what they export."""

import re
from typing import Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST = 10**9
Schema = dict[str, Any]


def of_field(field: "models.Field[Any, Any]") -> Schema:
    """Return the schema of a field's values. Raises TypeError for a field that JSON has no plain form for."""
    schema = _type(field)
    if field.null:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema


def _type(field: "models.Field[Any, Any]") -> Schema:
    if field.choices:
        return {"type": "string", "enum": [value for value, label in field.flatchoices]}
    match field:
        case models.DateTimeField():
            return {"type": "string", "format": "date-time", "maxLength": 40}
        case models.DateField():
            return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case models.TimeField():
            return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"}
        case models.BooleanField():
            return {"type": "boolean"}
        case models.IntegerField():
            return {"type": "integer", "minimum": _lowest(field), "maximum": _highest(field)}
        case models.DecimalField() | models.FloatField():
            return {"type": "number", "minimum": _lowest(field), "maximum": _highest(field)}
        case models.SlugField():
            return {"type": "string", "pattern": r"^[-\w]*$", "maxLength": field.max_length}
        case models.URLField():
            return {"type": "string", "format": "uri", "maxLength": field.max_length} | _text(field)
        case models.CharField() | models.TextField():
            return {"type": "string", "maxLength": field.max_length} | _text(field)
    raise TypeError(f"{field} has no form in JSON that is known: give its schema by hand.")


def _lowest(field: "models.Field[Any, Any]") -> float:
    limits: list[float] = [check.limit_value for check in field.validators if isinstance(check, MinValueValidator)]
    positive = (models.PositiveIntegerField, models.PositiveSmallIntegerField, models.PositiveBigIntegerField)
    return max([0 if isinstance(field, positive) else -MOST, *limits])


def _highest(field: "models.Field[Any, Any]") -> float:
    limits: list[float] = [check.limit_value for check in field.validators if isinstance(check, MaxValueValidator)]
    return min([MOST, *limits])


def _pattern(validator: RegexValidator) -> str:
    # A validator compiles what it was given.
    return cast("re.Pattern[str]", validator.regex).pattern


def _text(field: "models.Field[Any, Any]") -> Schema:
    """What a text must and must not hold: the patterns of its validators."""
    patterns = [validator for validator in field.validators if type(validator) is RegexValidator]
    rules: list[Schema] = [
        {"not": {"type": "string", "pattern": _pattern(banned)}} for banned in patterns if banned.inverse_match
    ]
    for needed in (pattern for pattern in patterns if not pattern.inverse_match):
        rule = {"pattern": _pattern(needed)}
        rules.append({"anyOf": [{"const": ""}, rule]} if field.blank else rule)
    return ({"allOf": rules} if rules else {}) | ({} if field.blank else {"minLength": 1})
