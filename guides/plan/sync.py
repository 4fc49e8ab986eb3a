"""Changing one plan from two tabs or two devices without losing anything.

Every change is a small request of its own: it names the fields it is about, and for each the value that
the person saw. A field that they did not touch keeps what is stored. A field that they changed, and that
was changed elsewhere meanwhile, is a clash: nothing is saved, and both values are shown.
"""

import hashlib
from copy import copy
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from . import earlier, validators
from .forms.items import Clash, PlanItemForm, form_for, written
from .item_types import ItemType
from .models import PlanItem

WAS = "was-"


class Gone(Exception):
    """The item was deleted elsewhere."""


def bind(
    item_type: ItemType,
    posted: QueryDict,
    item: PlanItem | None = None,
    base: type[PlanItemForm] = PlanItemForm,
) -> PlanItemForm:
    """Return the form of the class `base` that `posted` fills, with the values the person saw as `form.was`.

    Raises BadRequest where `posted` names none of the fields that the person may change.
    """
    names = [name for name in item_type.form if f"{WAS}{name}" in posted]
    if not names:
        raise BadRequest(_("The form holds none of the fields that can be changed here."))
    form = form_for(item_type, names, base)(posted, instance=copy(item))
    form.was = {name: validators.with_newlines(posted.get(f"{WAS}{name}", "")) for name in names}
    return form


def change(form: PlanItemForm, items: QuerySet[PlanItem]) -> PlanItem | None:
    """Save the valid `form` onto the item of the queryset `items`, and return the item.

    Where fields clash nothing is saved and None is returned; the form then holds the clashes, and the values
    stored now as those that were seen, so that sending it again is a decision for the person's own.
    """
    with transaction.atomic():
        item = items.select_for_update().first()
        if item is None:
            raise Gone
        changed, clashes = _compare(form, item)
        if clashes:
            form.show(clashes)
            form.was = {name: written(getattr(item, name)) for name in form.fields}
            return None
        if changed:
            earlier.remember(item)
        for name in changed:
            setattr(item, name, form.cleaned_data[name])
        if changed:
            item.save(update_fields=[*changed, *item.complete(changed)])
            item.has_changed(changed)
    return item


def _compare(form: PlanItemForm, item: PlanItem) -> tuple[list[str], list[Clash]]:
    """Return the names of the fields to set, and the Clashes."""
    changed: list[str] = []
    clashes: list[Clash] = []
    was = form.written()
    for name in form.fields:
        stored, wanted = written(getattr(item, name)), written(form.cleaned_data[name])
        if wanted in (was[name], stored):
            continue
        if was[name] == stored:
            changed.append(name)
        else:
            clashes.append(Clash(name, str(form.fields[name].label), display(item, name), display_value(form, name)))
    return changed, clashes


def display(item: PlanItem, name: str) -> Any:
    """Return the stored value as a person reads it."""
    get_display = getattr(item, f"get_{name}_display", None)
    return get_display() if get_display else getattr(item, name)


def display_value(form: PlanItemForm, name: str) -> Any:
    """Return the value that the person wrote as a person reads it."""
    value = form.cleaned_data[name]
    return dict(getattr(form.fields[name], "choices", ())).get(value, value)


def fingerprint(item: PlanItem) -> str:
    """Return a short name for all that the item, and what goes with it, holds now: is it still what was seen?"""
    items = [item, *item.dependents()]
    text = "\0".join(written(getattr(one, name)) for one in items for name in one.item_type.fields)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def delete(items: QuerySet[PlanItem], expected: str) -> bool:
    """Delete the item of the queryset `items`, and what goes with it, if its fingerprint is the `expected` one.

    Return whether it was. An item that is gone already is as good as deleted.
    """
    with transaction.atomic():
        item = items.select_for_update().first()
        if item is not None and fingerprint(item) != expected:
            return False
        if item is not None:
            going = [*item.dependents(), item]
            earlier.remember(*going, was_deleted=True)
            for one in going:
                one.delete()
    return True
