"""Browsing: the list of guides, narrowed and sorted; every choice stands in the address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from guides.forms import refused

from ..models import Listing
from ..registry.public_pages import same_for_everyone
from ..registry.requests import HtmxHttpRequest

PAGE = 20
LAST_PAGE = 10_000

SORTS: dict[str, tuple[Any, list[Any]]] = {
    "title": (_("Title"), ["title", "slug"]),
    "pay": (_("Pay, highest first"), [F("median_pay").desc(nulls_last=True), "title", "slug"]),
    "outlook": (_("Outlook, best first"), [F("change_percent").desc(nulls_last=True), "title", "slug"]),
    "time": (_("Time to be ready, shortest first"), [F("months_from").asc(nulls_last=True), "title", "slug"]),
    "newest": (_("Newest first"), ["-published_at", "slug"]),
}


class PageForm(forms.Form):
    """The query string of a list that only has pages."""

    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=LAST_PAGE, required=False)


class BrowseForm(PageForm):
    """The query string of the list: filters, any number of choices each, then sorting and the page."""

    field_of_work = forms.MultipleChoiceField(label=_("Field of work"), required=False)
    education = forms.MultipleChoiceField(label=_("Education needed"), choices=Listing.Education, required=False)
    pay_band = forms.MultipleChoiceField(label=_("Median pay a year"), choices=Listing.Pay, required=False)
    outlook = forms.MultipleChoiceField(label=_("Outlook"), choices=Listing.Outlook, required=False)
    time_band = forms.MultipleChoiceField(label=_("Time to be ready"), choices=Listing.Time, required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=[(key, SORTS[key][0]) for key in SORTS], required=False)

    FILTERS = ["field_of_work", "education", "pay_band", "outlook", "time_band"]

    def __init__(self, data: Mapping[str, Any], fields_of_work: Iterable[str]) -> None:
        super().__init__(data)
        field = cast(forms.MultipleChoiceField, self.fields["field_of_work"])
        field.choices = [(name, name) for name in fields_of_work]

    def chosen(self) -> dict[str, dict[str, list[str]]]:
        """The filters that are on, as lookups by filter."""
        return {name: {f"{name}__in": self.cleaned_data[name]} for name in self.FILTERS if self.cleaned_data[name]}

    def narrowed(self, but: str | None = None) -> QuerySet[Listing]:
        """The listings that match every filter; `but` names one that is left out."""
        listings = Listing.objects.all()
        for name, lookup in self.chosen().items():
            if name != but:
                listings = listings.filter(**lookup)
        return listings

    def sorted(self) -> QuerySet[Listing]:
        return self.narrowed().order_by(*SORTS[self.cleaned_data["sort"] or "title"][1])


@dataclass(frozen=True)
class Choice:
    """One box to tick: its value, what it says, how many guides it would show, whether it is ticked."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter and its choices."""

    name: str
    label: str
    choices: list[Choice]


def filters(form: BrowseForm) -> Iterator[Filter]:
    """Return every Filter; a choice counts the guides that match it and all the other filters. One query each."""
    for name in form.FILTERS:
        field, chosen = cast(forms.MultipleChoiceField, form.fields[name]), form.cleaned_data[name]
        rows = form.narrowed(but=name).order_by().values_list(name).annotate(Count("pk"))
        counts = dict(rows)
        offered = cast(Iterable[tuple[str, str]], field.choices)
        choices = [Choice(value, label, counts.get(value, 0), value in chosen) for value, label in offered]
        # What no guide at all falls into is not offered, unless it is ticked.
        yield Filter(name, str(field.label), [choice for choice in choices if choice.count or choice.chosen])


@require_safe
@vary_on_headers("HX-Request")
@same_for_everyone
def guide_list(request: HtmxHttpRequest) -> HttpResponse:
    """Every guide, narrowed and sorted as the address says; for HTMX the part of the page that changes."""
    fields_of_work = Listing.objects.order_by("field_of_work").values_list("field_of_work", flat=True).distinct()
    form = BrowseForm(request.GET, fields_of_work)
    if not form.is_valid():
        raise refused(form)
    page = Paginator(form.sorted(), PAGE).get_page(form.cleaned_data["page"] or 1)
    context = {
        "form": form,
        "filters": list(filters(form)),
        "sort": form.cleaned_data["sort"] or "title",
        "page": page,
        "is_narrowed": bool(form.chosen()),
        "before": address(request, page.number - 1) if page.has_previous() else "",
        "after": address(request, page.number + 1) if page.has_next() else "",
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    # On a phone the filters are folded away; who just ticked one goes on ticking.
    context["filters_open"] = context["is_narrowed"] or (fragment and request.htmx.trigger_name != "sort")
    return render(request, "guides/_browse.html" if fragment else "guides/list.html", context)


def address(request: HttpRequest, number: int) -> str:
    """The address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"
