"""Pages of the list, each from the posting at which the one before it ended: however far one pages, nothing that
lies before is read again, and none is skipped or shown twice because a new one came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from .models import Posting, PostingQuerySet

PAGE = 30
# More are not counted: nobody reads a thousand postings, and each would have to be looked at.
MOST_COUNTED = 1_000
# What a list does not show of a posting.
UNSHOWN = ("excerpt", "skills", "why", "asks_money", "same_as", "same_address", "address", "hours_stated", "words")
POSITION = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d{1,18})")


@dataclass(frozen=True)
class Position:
    """Where in the list a posting stands: its day, by which the list is sorted, and its number."""

    day: date
    number: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.number}"


class PositionField(forms.CharField):
    """A Position as an address has it, such as 2026-11-28.1234."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=40, widget=forms.HiddenInput, **options)

    def clean(self, value: Any) -> Position | None:
        said = super().clean(value)
        if not said:
            return None
        try:
            day, number = POSITION.fullmatch(said).groups()  # type: ignore[union-attr]
            return Position(date.fromisoformat(day), int(number))
        except (AttributeError, ValueError) as fault:
            raise ValidationError(gettext_lazy("This is no position in the list: begin at its first page.")) from fault


@dataclass(frozen=True)
class Order:
    """By which day the list is sorted, and which way; of one day the newest posting first."""

    day: str
    is_rising: bool = False

    @property
    def fields(self) -> list[str]:
        return [self.day if self.is_rising else f"-{self.day}", "-pk"]

    def beyond(self, position: Position, backwards: bool) -> Q:
        """What comes behind a position in the list, or before it."""
        later, number = ("gt" if self.is_rising != backwards else "lt"), ("gt" if backwards else "lt")
        # The first condition alone is what an index can begin at.
        same_or_beyond = Q((f"{self.day}__{later}e", position.day))
        return same_or_beyond & (Q((f"{self.day}__{later}", position.day)) | Q((f"pk__{number}", position.number)))


ORDERS = {"newest": Order("posted_on"), "closing": Order("ends_on", is_rising=True)}


@dataclass
class Page:
    """Some postings of the list, how many there are in all (at most MOST_COUNTED), and where its neighbors begin."""

    object_list: list[Posting] = field(default_factory=list)
    count: int = 0
    is_more: bool = False
    before: Position | None = None
    after: Position | None = None

    def __iter__(self) -> Iterator[Posting]:
        return iter(self.object_list)


def page_of(postings: PostingQuerySet, order: Order, after: Position | None, before: Position | None) -> Page:
    """Return the postings behind `after`, else those before `before`, else the first ones. Three queries."""
    counted = postings.order_by()[: MOST_COUNTED + 1].count()
    page = _behind(postings, order, after) if after or not before else _before(postings, order, before)
    page.count, page.is_more = min(counted, MOST_COUNTED), counted > MOST_COUNTED
    return page


def _behind(postings: PostingQuerySet, order: Order, after: Position | None) -> Page:
    rows = postings.filter(order.beyond(after, backwards=False)) if after else postings
    keys = list(rows.order_by(*order.fields).values_list("pk", flat=True)[: PAGE + 1])
    if after and not keys:
        # What was there has ended since.
        return _behind(postings, order, None)
    shown = _rows(keys[:PAGE])
    return Page(
        shown,
        before=_position(shown[0], order) if after and shown else None,
        after=_position(shown[-1], order) if len(keys) > PAGE and shown else None,
    )


def _before(postings: PostingQuerySet, order: Order, before: Position) -> Page:
    rows = postings.filter(order.beyond(before, backwards=True)).order_by(*order.fields).reverse()
    keys = list(rows.values_list("pk", flat=True)[: PAGE + 1])
    if len(keys) <= PAGE:
        # The list begins here: its first page is whole.
        return _behind(postings, order, None)
    shown = _rows(keys[PAGE - 1 :: -1])
    return Page(shown, before=_position(shown[0], order), after=_position(shown[-1], order)) if shown else Page()


def _rows(keys: list[int]) -> list[Posting]:
    """The postings with these keys, in their order: the rows themselves are wide, and read only where shown."""
    found = Posting.objects.defer(*UNSHOWN).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _position(posting: Posting, order: Order) -> Position:
    return Position(getattr(posting, order.day), posting.pk)


def address(path: str, query: QueryDict, name: str, position: Position | None) -> str:
    """The address of another page of the same list; '' where there is none."""
    if position is None:
        return ""
    query = query.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    query[name] = str(position)
    return f"{path}?{query.urlencode()}"
