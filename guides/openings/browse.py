"""The list of openings: narrowed, sorted and paged by its address, the same for everyone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import F, Value
from django.db.models.functions import Lower
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from guides.datasets import state_links
from guides.datasets.areas import BY_ABBREVIATION, STATES, State
from guides.forms import QuickSelect, ReaderForm, refused
from guides.models import ContentVersion, Listing
from guides.occupations.models import OccupationListing
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest

from . import paging
from .models import Feed, Posting, PostingQuerySet

SOON = timedelta(days=7)
# Of one degree of latitude, and of one of longitude at the equator.
MILES_A_DEGREE = 69.1
MILES = 25
SORTS = {"newest": gettext_lazy("Newest first"), "closing": gettext_lazy("Closing soonest")}
ANY = ("", gettext_lazy("Any"))


class OpeningsForm(ReaderForm):
    """The query string of the list: what is looked for, where, and under which conditions; sorting and the page."""

    guide = forms.ChoiceField(label=gettext_lazy("Job"), required=False, widget=QuickSelect)
    occupation = forms.CharField(required=False, validators=[RegexValidator(r"^\d\d-\d{4}$")], widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        widget=QuickSelect,
        choices=[ANY, *sorted(((state.abbreviation, state.name) for state in STATES), key=lambda each: each[1])],
    )
    near = forms.CharField(
        label=gettext_lazy("Near"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A city and its state, such as: Dayton, OH."),
    )
    miles = forms.ChoiceField(
        label=gettext_lazy("Within"),
        required=False,
        widget=QuickSelect,
        choices=[(str(miles), gettext_lazy("%d miles") % miles) for miles in (10, 25, 50, 100)],
    )
    hours = forms.ChoiceField(
        label=gettext_lazy("Hours"), required=False, choices=[ANY, *Posting.Hours.choices], widget=QuickSelect
    )
    remote = forms.ChoiceField(
        label=gettext_lazy("Remote"), required=False, choices=[ANY, *Posting.Remote.choices], widget=QuickSelect
    )
    pay = forms.BooleanField(label=gettext_lazy("Pay is stated"), required=False)
    closing = forms.BooleanField(label=gettext_lazy("Closes within a week"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"), choices=list(SORTS.items()), required=False)
    after = paging.PositionField()
    before = paging.PositionField()

    FILTERS = ("guide", "occupation", "state", "near", "hours", "remote", "pay", "closing")
    # As a page draws them.
    DRAWN = ("guide", "state", "near", "miles", "hours", "remote", "pay", "closing")

    def __init__(self, data: QueryDict, guides: Sequence[Listing]) -> None:
        # A bound form shows what was sent: without this the first of the miles, and not those that count.
        sent = data.copy()
        if not sent.get("miles"):
            sent["miles"] = str(MILES)
        super().__init__(sent)
        field = cast(forms.ChoiceField, self.fields["guide"])
        field.choices = [ANY, *((listing.slug, listing.title) for listing in guides)]

    def clean_near(self) -> str:
        """A place that an opening gives degrees for: nothing here looks places up elsewhere."""
        near = " ".join(str(self.cleaned_data["near"]).split())
        if "\x00" in near:
            raise ValidationError(_("This holds a sign that no place has."))
        return near

    def is_narrowed(self) -> bool:
        """Whether anything is looked for in particular."""
        return any(self.cleaned_data[name] for name in self.FILTERS)

    def drawn(self) -> list[Any]:
        """The fields that a page draws."""
        return [self[name] for name in self.DRAWN]


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


def point_of(near: str) -> Point | None:
    """Return where the openings of a place are, by what the newest of them gives; None where none gives degrees."""
    # In whatever letters, as the index has it: a place that nobody knows is not looked for in every posting.
    named = Posting.objects.open().alias(lower=Lower("place")).filter(lower=Lower(Value(near)))
    newest = named.filter(latitude__isnull=False).newest().first()
    return Point(newest.latitude or 0.0, newest.longitude or 0.0) if newest else None


def within(postings: PostingQuerySet, point: Point, miles: int) -> PostingQuerySet:
    """Those within so many miles, as the crow flies; near enough for a hundred miles, and no sphere is needed."""
    narrowing = max(math.cos(math.radians(point.latitude)), 0.1)
    high, wide = miles / MILES_A_DEGREE, miles / MILES_A_DEGREE / narrowing
    north, east = F("latitude") - Value(point.latitude), (F("longitude") - Value(point.longitude)) * Value(narrowing)
    away = north * north + east * east
    boxed = postings.filter(
        latitude__range=(point.latitude - high, point.latitude + high),
        longitude__range=(point.longitude - wide, point.longitude + wide),
    )
    return boxed.alias(away=away).filter(away__lte=high**2)


def found(form: OpeningsForm, point: Point | None) -> PostingQuerySet:
    """Return the open postings that match what is looked for; none near a place that nobody knows."""
    chosen = form.cleaned_data
    postings = Posting.objects.open()
    for name in ("guide", "occupation", "state", "hours", "remote"):
        if chosen[name]:
            postings = postings.filter(**{name: chosen[name]})
    if chosen["pay"]:
        postings = postings.filter(year_low__isnull=False)
    if chosen["closing"]:
        postings = postings.filter(ends_on__lte=timezone.localdate() + SOON)
    if chosen["near"]:
        postings = within(postings, point, int(chosen["miles"])) if point else postings.none()
    return postings


def are_there() -> bool:
    """Whether a feed is on that has worked: without one nothing leads readers to openings. One query."""
    return Feed.objects.on().filter(worked_at__isnull=False).exists()


@require_safe
@vary_on_headers("HX-Request")
@same_for_everyone
def opening_list(request: HtmxHttpRequest) -> HttpResponse:
    """The openings, as the address asks for them; for HTMX the part that changes."""
    guides = list(Listing.objects.only("slug", "title").order_by("title"))
    form = OpeningsForm(request.GET, guides)
    if not form.is_valid():
        raise refused(form)
    chosen = form.cleaned_data
    point = point_of(chosen["near"]) if chosen["near"] else None
    page = paging.page_of(
        found(form, point), paging.ORDERS[chosen["sort"] or "newest"], chosen["after"], chosen["before"]
    )
    fragment = bool(request.htmx and not request.htmx.history_restore_request)
    state = BY_ABBREVIATION.get(chosen["state"])
    feeds = list(Feed.objects.on().filter(worked_at__isnull=False))
    context = {
        "form": form,
        "sort": chosen["sort"] or "newest",
        "page": page,
        "before": paging.address(request.path, request.GET, "before", page.before),
        "after": paging.address(request.path, request.GET, "after", page.after),
        "is_narrowed": form.is_narrowed(),
        "filters_open": form.is_narrowed() or fragment,
        "is_unknown_place": bool(chosen["near"]) and point is None,
        "state": state,
        "feeds": feeds,
        "feeds_in_state": [feed for feed in feeds if state and state.abbreviation in feed.states.split()],
        "listing": next((listing for listing in guides if listing.slug == chosen["guide"]), None),
        "occupation": _occupation(chosen["occupation"]),
        "help": _help(chosen["guide"], state),
        "place": state,
    }
    return render(request, "openings/_browse.html" if fragment else "openings/list.html", context)


def _occupation(code: str) -> OccupationListing | None:
    """The occupation of a SOC code that the list is narrowed to."""
    return OccupationListing.objects.current().filter(code=f"{code}.00").first() if code else None


def _help(guide: str, state: State | None) -> state_links.StateHelp | None:
    """What a guide knows of where jobs are posted besides in a state."""
    if not guide or state is None:
        return None
    version = ContentVersion.objects.values_list("number", flat=True).first()
    return state_links.kept(guide, version or 0).for_state(state)
