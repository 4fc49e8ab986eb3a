"""No lost update: what a screen edits has a version, and a save over a newer one is refused with both texts shown."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..models.unsaved import MACHINERY, is_machinery
from ..publishing import diff

MOST_FORMS = 1000
# Digits of a primary key that databases can count to.
LONGEST_KEY = 18


@dataclass
class ConflictingField:
    """A field that differs: what it belongs to, its label, what is stored and what was typed, as parts."""

    place: str
    label: str
    stored: list[diff.TextPart]
    typed: list[diff.TextPart]


def version(screen: ModelAdmin, request: HttpRequest, obj: Any, form: Any) -> str:
    """Return the version of everything that a screen edits of `obj`: other screens' changes leave it alone."""
    state: list[Any] = [_state(obj, form)]
    for inline in screen.get_inline_instances(request, obj):
        formset: Any = inline.get_formset(request, obj)
        rows = inline.get_queryset(request).filter(**{formset.fk.name: obj}).order_by("pk")
        state.append([[row.pk, _state(row, formset.form)] for row in rows])
    return hashlib.sha256(json.dumps(state, default=str, sort_keys=True).encode()).hexdigest()[:32]


def _state(obj: Any, form: Any) -> dict[str, Any]:
    """What a form edits of `obj`: its fields' values, those of several rows in one order."""
    names = [name for name, field in form.base_fields.items() if not field.disabled]
    values = model_to_dict(obj, names)
    return {name: sorted(map(str, value)) if isinstance(value, list) else value for name, value in values.items()}


def bring_back_deleted(data: QueryDict, prefix: str, rows: QuerySet[Any]) -> None:
    """In what was sent, make new rows of those that were deleted meanwhile, so that nothing typed is lost.

    `rows` are all that the list may hold. Changes `data` in place.
    """
    try:
        initial, total = (int(data.get(f"{prefix}-{name}_FORMS", "0")) for name in ("INITIAL", "TOTAL"))
    except ValueError:
        return
    ids = [data.get(f"{prefix}-{number}-id", "") for number in range(min(total, MOST_FORMS))]
    sent = {int(pk) for pk in ids[:initial] if pk.isdecimal() and len(pk) <= LONGEST_KEY}
    stored = set(rows.filter(pk__in=sent).values_list("pk", flat=True)) if sent else set()
    gone = [number for number, pk in enumerate(ids[:initial]) if pk.isdecimal() and int(pk) not in stored]
    if not gone:
        return
    order = [number for number in range(len(ids)) if number not in gone]
    order[initial - len(gone) : initial - len(gone)] = gone
    typed = {key: data.getlist(key) for key in list(data) if key.startswith(f"{prefix}-")}
    for place, number in enumerate(order):
        start = f"{prefix}-{number}-"
        for key, values in typed.items():
            if key.startswith(start):
                data.setlist(f"{prefix}-{place}-{key.removeprefix(start)}", values)
        if number in gone:
            data[f"{prefix}-{place}-id"] = ""
    data[f"{prefix}-INITIAL_FORMS"] = str(initial - len(gone))


def conflicting_fields(form: forms.ModelForm, formsets: Iterable[Any]) -> list[ConflictingField]:
    """Return each field whose stored value is not what was typed."""
    forms = [(form, str(form.instance)), *((row, "") for formset in formsets for row in formset.forms)]
    result = []
    for each, name in forms:
        is_new = each.instance.pk is None
        place = name or f"{each._meta.model._meta.verbose_name}: {_('new') if is_new else each.instance}"
        for field in each.changed_data:
            if field not in MACHINERY:
                stored = "" if is_new else _as_text(each, field, each.initial.get(field))
                parts = diff.words(stored, _as_text(each, field, each[field].value()))
                result.append(ConflictingField(place, str(each.fields[field].label or field), *parts))
    return result


def _as_text(form: forms.ModelForm, name: str, value: Any) -> str:
    """A value as the screen shows it."""
    if value in (None, "", False):
        return ""
    labels = {str(key): label for key, label in getattr(form.fields[name], "choices", ())}
    return str(_("yes") if value is True else labels.get(str(value), value)).replace("\r\n", "\n")


def gone(request: HttpRequest, screen: ModelAdmin) -> HttpResponse:
    """Answer a save of something that was deleted meanwhile: give back what was typed."""
    typed = [(name, value) for name, value in request.POST.items() if value and len(value) > 2]
    context = screen.admin_site.each_context(request) | {
        "title": _("Not saved: this was deleted while you were working"),
        "typed": [(name, value) for name, value in typed if not is_machinery(name)],
    }
    return TemplateResponse(request, "admin/guides/gone.html", context, status=410)
