"""What was typed into a form and not saved (guides/views/unsaved.py keeps it) is offered there to its author.

It is no part of a draft: taking it back fills the form again, and saving that form saves it as any other.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, QueryDict

from ..models import UnsavedText
from . import conflicts

# By which a form says which open page it is sent from, and a button which text is to be taken back.
KEY, TAKE_BACK = "_unsaved", "_take_back"
# So many texts are offered on one form.
MOST_OFFERED = 5
# What an address says that is about another page than the form's own.
NOT_THE_FORM = ("_changelist_filters", "_popup", "_to_field", "rows")


def address_of(request: HttpRequest) -> str:
    """The address of the form that `request` is at, as its texts are kept by it."""
    query = request.GET.copy()
    for name in NOT_THE_FORM:
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def taken_back(request: HttpRequest) -> UnsavedText | None:
    """Where `request` asks to take a text back, put it into the request as if it had been sent; return it."""
    key = request.POST.get(TAKE_BACK, "")
    text = UnsavedText.objects.waiting().filter(author=request.user.pk, key=key, address=address_of(request)).first()
    if text:
        request.POST = _sent(text)  # type: ignore[assignment]
    return text


def _sent(text: UnsavedText) -> QueryDict:
    """A text as a browser would send it."""
    data = QueryDict(mutable=True)
    for name, value in text.fields:
        data.appendlist(name, value)
    data[KEY] = text.key
    return data


@dataclass
class Offer:
    """A text that its author may take back: where it differs from what is stored, and whether that is newer."""

    text: UnsavedText
    differences: list[conflicts.ConflictingField]
    is_outdated: bool


def offers(screen: admin.ModelAdmin, request: HttpRequest, obj: Model | None) -> Iterator[Offer]:
    """Yield the texts that the person typed into this form and did not save, but for those that change nothing."""
    texts = UnsavedText.objects.waiting().filter(author=request.user.pk, address=address_of(request))
    for text in texts[:MOST_OFFERED]:
        form, formsets = _bound(screen, request, obj, _sent(text))
        if differences := conflicts.conflicting_fields(form, formsets):
            is_outdated = bool(form.stored_version) and form.data.get("version") != form.stored_version
            yield Offer(text, differences, is_outdated)


def _bound(screen: admin.ModelAdmin, request: HttpRequest, obj: Model | None, data: QueryDict) -> tuple[Any, list[Any]]:
    """The form of a screen and its formsets, holding `data`."""
    sent = copy.copy(request)
    sent.method, sent.POST = "POST", data  # type: ignore[assignment]
    # What is bound must not change the row that the page shows.
    row = copy.copy(obj) if obj else screen.model()
    form = screen.get_form(sent, obj, change=obj is not None)(data, instance=row)
    formsets, prefixes = [], dict[str, int]()
    for FormSet, inline in screen.get_formsets_with_inlines(sent, obj):
        prefix = FormSet.get_default_prefix()
        prefixes[prefix] = prefixes.get(prefix, 0) + 1
        if prefixes[prefix] > 1:
            prefix = f"{prefix}-{prefixes[prefix]}"
        formsets.append(FormSet(**screen.get_formset_kwargs(sent, row, inline, prefix)))
    return form, formsets
