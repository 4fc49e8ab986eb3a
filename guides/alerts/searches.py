"""A saved search of the openings: its address in one order, what it says in words, and what it finds."""

from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models import Listing
from guides.openings import browse
from guides.openings.looked_for import OpeningsForm
from guides.openings.models import Posting, PostingQuerySet


def bound(query: str) -> OpeningsForm:
    """Return the list's form with what `query` looks for."""
    return OpeningsForm(QueryDict(query), list(Listing.objects.order_by("title")))


def form_of(query: str) -> OpeningsForm | None:
    """Return that form; None where the list refuses it (a guide that is gone)."""
    form = bound(query)
    return form if form.is_valid() else None


def in_order(form: OpeningsForm) -> str:
    """Return what is looked for as the end of an address, the same for the same search, without sorting and page."""
    chosen = form.cleaned_data
    kept: dict[str, Any] = {name: "on" if chosen[name] is True else chosen[name] for name in form.FILTERS}
    if chosen["near"]:
        kept["miles"] = chosen["miles"]
    return urlencode({name: value for name, value in kept.items() if value})


def in_words(form: OpeningsForm) -> str:
    """Return the search as a person would say it: what it is called until they call it something else."""
    said = filter(None, (form.in_words(), form.cleaned_data["occupation"]))
    return ", ".join(said) or _("All openings")


def found(query: str) -> PostingQuerySet:
    """Return the open postings that a saved search finds; none where the list refuses it by now."""
    form = form_of(query)
    if form is None:
        return Posting.objects.none()
    return browse.found(form, None)
