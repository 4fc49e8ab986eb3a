"""A plan as a file, and what a file holds. It is plain JSON, indented: people read it, and other programs do."""

import json
from datetime import UTC
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from . import item_types, room, schema, validators
from .item_types import Items, ItemType
from .models import Plan, PlanItem

if TYPE_CHECKING:
    import jsonschema

MOST_ERRORS = 5


class PlanFileRefused(Exception):
    """The file cannot be imported; `reasons` say why, in sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(len(reasons))
        self.reasons = reasons


def export(plan: Plan) -> dict[str, Any]:
    """Return everything in `plan` as plain data that follows the published schema."""
    items = item_types.all_items(plan)
    kinds = {item_type.slug: [to_plain(item_type, item) for item in rows] for item_type, rows in items.items()}
    return {"$schema": schema.address(), "format": schema.FORMAT, **kinds}


def dump(plan: Plan) -> bytes:
    """Return the bytes of the plan's file, never more than `room` lets a plan hold."""
    return json.dumps(export(plan), ensure_ascii=False, indent=2).encode()


def to_plain(item_type: ItemType, item: PlanItem) -> dict[str, Any]:
    """One item; fields that say nothing are left out."""
    plain = {"id": item.slug, "added_at": item.added_at.astimezone(UTC).isoformat()}
    for name in item_type.fields:
        value = getattr(item, name)
        if value is not None and value != "":
            plain[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return plain


def read(raw: bytes) -> Items:
    """Return what the file in the bytes `raw` holds: checked, in no plan yet. Raises PlanFileRefused."""
    if len(raw) > room.MOST_BYTES:
        raise too_large()
    try:
        content = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise PlanFileRefused(
            _('This is not a plan file: it does not read as JSON. Choose the one that "Download my plan" made.')
        ) from None
    # A tenth of a second, which only those wait for who put a file in.
    import jsonschema

    errors = jsonschema.Draft202012Validator(schema.plan_schema()).iter_errors(content)
    if reasons := [_sentence(error) for error in islice(errors, MOST_ERRORS)]:
        raise PlanFileRefused(*reasons)
    return {
        item_type: [
            from_plain(item_type, plain, f"{item_type.slug} > {place}")
            for place, plain in enumerate(content.get(item_type.slug, []), start=1)
        ]
        for item_type in item_types.all_types().values()
    }


def too_large() -> PlanFileRefused:
    """The refusal of a file that is no plan, judging by its size."""
    most = room.MOST_BYTES // 1_000_000
    return PlanFileRefused(_("The file is too large: a plan file has at most %(most)d MB.") % {"most": most})


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of those pairs. Two of one name would lose one without a word."""
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names):
        raise PlanFileRefused(
            _("The file holds a name twice inside the same braces, so that one of the two would be lost.")
        )
    return dict(pairs)


def _sentence(error: "jsonschema.ValidationError") -> str:
    """Say what the schema found: where, and what is wrong there, without repeating the file's texts."""
    where = " > ".join(str(part + 1) if isinstance(part, int) else part for part in error.absolute_path)
    match error.validator:
        case "maxItems":
            what = _("holds %(count)d entries; a plan holds at most %(most)d of them.") % {
                "count": len(error.instance), "most": error.validator_value,
            }  # fmt: skip
        case "maxLength":
            what = _("is longer than %(most)d characters.") % {"most": error.validator_value}
        case "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            what = _("lacks what every entry has: %(names)s.") % {"names": ", ".join(missing)}
        case "additionalProperties":
            what = _("holds something that a plan does not know.")
        case "not" | "allOf":
            what = _("holds a control character, which cannot be shown.")
        case "enum" | "const":
            what = _("is none of the values that are allowed.")
        case "pattern" | "anyOf" if error.absolute_path and error.absolute_path[-1] == "link":
            what = _("is no link: one starts with https:// or http:// and has no spaces.")
        case "pattern" | "anyOf":
            what = _("is not written as it must be.")
        case _:
            what = _("is of the wrong type.")
    return f"{where or _('The file')}: {what}"


def from_plain(item_type: ItemType, plain: dict[str, Any], where: str) -> PlanItem:
    """Return the item that `plain` describes, checked like one from a form."""
    item = item_type.model(slug=plain["id"])
    try:
        for name in item_type.fields:
            if name in plain:
                field = item_type.model_field(name)
                value = validators.with_newlines(plain[name]) if isinstance(plain[name], str) else plain[name]
                if not field.blank and isinstance(value, str) and not value.strip():
                    raise ValidationError(field.error_messages["blank"])
                setattr(item, name, field.to_python(value))
        if "added_at" in plain:
            added_at = parse_datetime(plain["added_at"])
            if added_at is None:
                raise ValueError(plain["added_at"])
            item.added_at = added_at.astimezone(UTC)
        item.clean_fields(exclude=["plan"])
        item.clean()
    except (ValidationError, ValueError, AttributeError, OverflowError) as refusal:
        reasons = refusal.messages if isinstance(refusal, ValidationError) else [_("This is no date or time.")]
        raise PlanFileRefused(*(f"{where}: {reason}" for reason in reasons)) from None
    return item
