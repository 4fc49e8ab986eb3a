"""Browsing occupations: by field, pay, education and outlook, and by letter; every choice stands in the address."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from guides.datasets.areas import BY_ABBREVIATION
from guides.datasets.state_field import StateField
from guides.forms import refused
from guides.models import Listing
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest
from guides.views.browse import LAST_PAGE, Choice, Filter, address

from .fields import FIELDS
from .models import OccupationListing

PAGE = 50
# What filters, letters and sorting look at: a tuple of it costs a tenth of an instance, and there are a thousand.
COLUMNS = (
    "pk", "title", "major_group", "education", "pay_band", "outlook", "median_pay", "median_hourly", "is_top_pay",
    "change_percent",
)  # fmt: skip
Row = Any
MOST_PAY = 10_000_000
NO_SUM = dict.fromkeys(["invalid", "min_value", "max_value"], _("Give a sum in whole dollars, such as 30."))
SORTS = {"title": _("Title"), "pay": _("Pay, highest first"), "outlook": _("Outlook, best first")}


class DollarsField(forms.IntegerField):
    """A sum in whole dollars as people write it: 60000, 60,000, $60,000."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_PAY, required=False, error_messages=NO_SUM, **options)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value or "").replace("$", "").replace(",", "").strip())


class OccupationFilterForm(forms.Form):
    """The query string of the list: filters, any number of choices each; a letter, sorting and the page."""

    major_group = forms.MultipleChoiceField(label=_("Field of work"), choices=list(FIELDS.items()), required=False)
    education = forms.MultipleChoiceField(
        label=_("Typical education to enter"), choices=Listing.Education, required=False
    )
    pay_band = forms.MultipleChoiceField(label=_("Median pay a year"), choices=Listing.Pay, required=False)
    outlook = forms.MultipleChoiceField(label=_("Outlook"), choices=Listing.Outlook, required=False)
    pay_from = DollarsField(label=_("A year, in dollars"))
    hourly_from = DollarsField(label=_("An hour, in dollars"))
    # Pay by state is no part of this list: it leads to where it is.
    state = StateField(label=_("State"))
    letter = forms.ChoiceField(
        label=_("First letter"), choices=[(letter, letter) for letter in ascii_uppercase], required=False
    )
    sort = forms.ChoiceField(label=_("Sort by"), choices=list(SORTS.items()), required=False)
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=LAST_PAGE, required=False)

    FILTERS = ["major_group", "education", "pay_band", "outlook"]
    # The least median, a year and an hour: what is not published is not known to reach it.
    SUMS = ["pay_from", "hourly_from"]

    def is_narrowed(self) -> bool:
        return any(self.cleaned_data[name] for name in (*self.FILTERS, *self.SUMS, "letter"))

    def fits(self, listing: Row, but: str = "") -> bool:
        """Whether an occupation matches every filter and the letter; `but` names one that is left out."""
        chosen = self.cleaned_data
        letter = chosen["letter"]
        if letter and but != "letter" and not listing.title.upper().startswith(letter):
            return False
        if chosen["pay_from"] and not listing.is_top_pay and (listing.median_pay or 0) < chosen["pay_from"]:
            return False
        if chosen["hourly_from"] and (listing.median_hourly or 0) < 100 * chosen["hourly_from"]:
            return False
        return all(getattr(listing, name) in chosen[name] for name in self.FILTERS if name != but and chosen[name])

    def sorted(self, listings: Iterable[Row]) -> list[Row]:
        """Return them in the chosen order, those of which nothing is known last; `listings` are by title."""
        match self.cleaned_data["sort"]:
            case "pay":
                return sorted(listings, key=lambda each: (not each.is_top_pay, -(each.median_pay or 0)))
            case "outlook":
                return sorted(listings, key=_outlook_order)
        return list(listings)


def _outlook_order(listing: Row) -> tuple[bool, float]:
    change = listing.change_percent
    return change is None, -float(change or 0)


@dataclass(frozen=True)
class Letter:
    """A letter that titles begin with, and how many of those that match the filters do."""

    letter: str
    count: int
    is_chosen: bool
    address: str


def filters(form: OccupationFilterForm, listings: Sequence[Row]) -> Iterator[Filter]:
    """Yield every Filter; a choice counts the occupations that match it and all the other filters."""
    for name in form.FILTERS:
        field = cast(forms.MultipleChoiceField, form.fields[name])
        chosen = form.cleaned_data[name]
        counts = Counter(getattr(listing, name) for listing in listings if form.fits(listing, but=name))
        offered = cast(Iterable[tuple[str, str]], field.choices)
        choices = [Choice(value, label, counts[value], value in chosen) for value, label in offered]
        yield Filter(name, str(field.label), [choice for choice in choices if choice.count or choice.chosen])


def letters(request: HtmxHttpRequest, form: OccupationFilterForm, listings: Sequence[Row]) -> list[Letter]:
    """Return every letter with the address of the same list narrowed to it."""
    counts = Counter(listing.title[:1].upper() for listing in listings if form.fits(listing, but="letter"))
    return [
        Letter(letter, counts[letter], letter == form.cleaned_data["letter"], _with_letter(request.GET, letter))
        for letter in ascii_uppercase
    ]


def _with_letter(query: Mapping[str, Any], letter: str) -> str:
    changed = cast(Any, query).copy()
    changed["letter"] = letter
    changed.pop("page", None)
    return f"?{changed.urlencode()}"


@require_safe
@vary_on_headers("HX-Request")
@same_for_everyone
def occupation_list(request: HtmxHttpRequest) -> HttpResponse:
    """Every occupation, narrowed and sorted as the address says; for HTMX the part that changes. Two queries."""
    form = OccupationFilterForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    listings: Sequence[Row] = list(
        OccupationListing.objects.current().order_by("title", "slug").values_list(*COLUMNS, named=True)
    )
    found = form.sorted(listing for listing in listings if form.fits(listing))
    page = Paginator(found, PAGE).get_page(form.cleaned_data["page"] or 1)
    shown = OccupationListing.objects.in_bulk([row.pk for row in page.object_list])
    occupations = [shown[row.pk] for row in page.object_list]
    context = {
        "form": form,
        "filters": list(filters(form, listings)),
        "letters": letters(request, form, listings),
        "letter": form.cleaned_data["letter"],
        "sort": form.cleaned_data["sort"] or "title",
        "state": BY_ABBREVIATION.get(form.cleaned_data["state"]),
        "page": page,
        "occupations": occupations,
        "count": len(listings),
        "is_narrowed": form.is_narrowed(),
        "pay_editions": _editions(occupations, "pay_edition"),
        "projection_editions": _editions(occupations, "projection_edition"),
        "before": address(request, page.number - 1) if page.has_previous() else "",
        "after": address(request, page.number + 1) if page.has_next() else "",
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    # On a phone the filters are folded away; who just ticked one goes on ticking.
    context["filters_open"] = any(form.cleaned_data[name] for name in (*form.FILTERS, *form.SUMS)) or (
        fragment and request.htmx.trigger_name != "sort"
    )
    return render(request, "occupations/_browse.html" if fragment else "occupations/list.html", context)


def _editions(listings: Iterable[OccupationListing], name: str) -> list[str]:
    """The editions that the numbers of these are of, each once."""
    return sorted({getattr(listing, name) for listing in listings} - {""}, reverse=True)
