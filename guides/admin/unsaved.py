"""What was typed into a form and not saved (guides/views/unsaved.py keeps it) is offered there to its author.

It is no part of a draft: taking it back fills the form again, and saving that form saves it as any other.
"""

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .. import typed_pages
from ..models import UnsavedText
from ..models.unsaved import KEEPS_TYPED, KeptPage
from ..typed_pages import KEY, MOST_OFFERED, TAKE_BACK
from ..views.unsaved import settle
from . import conflicts

View = TypeVar("View", bound=Callable[..., HttpResponse])

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
    # Whoever asks for the files of a request first reads all that it sent anew, in place of `data`.
    cast(Any, sent)._files = request.FILES
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


def is_saved(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form that says which open page it is from was saved: its answer leads on, or closes its window."""
    if not request.POST.get(KEY):
        return False
    return response.status_code == 302 or "popup_response" in str(getattr(response, "template_name", ""))


class PageRequest(HttpRequest):
    """A request to a page whose forms are kept; `typed` is the text that it asked to take back."""

    typed: QueryDict | None


def keeps_typed(about: str | Promise, untyped: Iterable[str] = ()) -> Callable[[View], View]:
    """A view of a screen whose page has forms that are no row's: what is typed there is kept until it is sent.

    `about` says on the front page what the words are of, `untyped` names fields that nobody types. A text that is
    taken back is shown (`fill`), as on a GET, and nothing is done with it. Templates: `typed_before`, `keep_typed`.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def page(screen: admin.ModelAdmin, request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and TAKE_BACK in request.POST:
                of_page = typed_pages.of_page(request).filter(key=request.POST[TAKE_BACK])
                text = of_page.first()
                if text is None:
                    gone = _("There is nothing to take back any more: it was sent or thrown away.")
                    messages.warning(request, gone)
                    return HttpResponseRedirect(request.get_full_path())
                request.method, request.typed = "GET", _sent(text)
            response = view(screen, request, *args, **kwargs)
            if is_saved(request, response):
                settle(request, request.POST[KEY])
            return response

        setattr(page, KEEPS_TYPED, KeptPage(about, frozenset(untyped)))
        return cast(View, page)

    return mark


def fill(form: forms.BaseForm, typed: QueryDict) -> None:
    """Have a form that was not sent show what was typed."""
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(typed, cast(Any, {}), form.add_prefix(name))
