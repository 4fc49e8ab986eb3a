"""The list of openings: narrowed, sorted and paged by its address, the same for everyone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from guides.datasets import state_links
from guides.datasets.areas import BY_ABBREVIATION, State
from guides.datasets.state_field import StateField
from guides.forms import QuickSelect, ReaderForm, refused
from guides.models import ContentVersion, Listing
from guides.occupations.models import OccupationListing
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest
from guides.search.words import stems

from . import days, paging, pay, places
from .models import Feed, Posting, PostingQuerySet
from .pay import Pay

SOON = timedelta(days=7)
# Of one degree of latitude, and of one of longitude at the equator.
MILES_A_DEGREE = 69.1
MILES = 25
MOST_WORDS = 8
# A word of so many letters may be how a longer one begins: library, librarian.
MAY_GO_ON = 5
SORTS = {"newest": gettext_lazy("Newest first"), "closing": gettext_lazy("Closing soonest")}
ANY = ("", gettext_lazy("Any"))


class OpeningsForm(ReaderForm):
    """The query string of the list: what is looked for, where, and under which conditions; sorting and the page."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("All of them are looked for in title, employer, department and place: library page."),
    )
    guide = forms.ChoiceField(label=gettext_lazy("Job"), required=False, widget=QuickSelect)
    occupation = forms.CharField(required=False, validators=[RegexValidator(r"^\d\d-\d{4}$")], widget=forms.HiddenInput)
    state = StateField(label=gettext_lazy("State"), none=ANY[1], widget=QuickSelect)
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
    least = forms.CharField(
        label=gettext_lazy("Pay at least"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("An hour or a year, as you count: $17 an hour, or 36,000 a year."),
    )
    pay = forms.BooleanField(label=gettext_lazy("Pay is stated"), required=False)
    closing = forms.BooleanField(label=gettext_lazy("Closes within a week"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"), choices=list(SORTS.items()), required=False)
    after = paging.PositionField()
    before = paging.PositionField()

    FILTERS = ("q", "guide", "occupation", "state", "near", "hours", "remote", "least", "pay", "closing")
    # As a page draws them.
    DRAWN = ("q", "guide", "state", "near", "miles", "hours", "remote", "least", "pay", "closing")
    # What a person types, and is asked to mend; all else no page sends.
    TYPED = frozenset(["least", "q"])

    def __init__(self, data: QueryDict, guides: Sequence[Listing]) -> None:
        # A bound form shows what was sent: without this the first of the miles, and not those that count.
        sent = data.copy()
        if not sent.get("miles"):
            sent["miles"] = str(MILES)
        super().__init__(sent)
        field = cast(forms.ChoiceField, self.fields["guide"])
        field.choices = [ANY, *((listing.slug, listing.title) for listing in guides)]

    def clean_q(self) -> str:
        """The words with one space between, each of which is looked for."""
        # A saved search has no tilde in its address.
        said = " ".join(str(self.cleaned_data["q"]).replace("~", " ").split())
        count = len(set(stems(said)))
        if "\x00" in said or (said and not count):
            raise ValidationError(_("Give a word to look for, such as: library."))
        if count > MOST_WORDS:
            raise ValidationError(_("Give %(most)d words at most.") % {"most": MOST_WORDS})
        return said

    def clean_near(self) -> str:
        """A place that an opening gives degrees for: nothing here looks places up elsewhere."""
        near = " ".join(str(self.cleaned_data["near"]).split())
        if "\x00" in near:
            raise ValidationError(_("This holds a sign that no place has."))
        return near

    def clean_least(self) -> str:
        """The sum in one form of words, such as '$17 an hour'."""
        said = str(self.cleaned_data["least"]).strip()
        least = pay.stated(said) if said else None
        if said.startswith(("-", "–", "−")) or (least and least.low != least.high):
            raise ValidationError(_("Give one sum, the least that you would take, such as $17 an hour."))
        if said and least is None:
            raise ValidationError(_("Give a sum and what it is for, such as $17 an hour, or 36,000 a year."))
        return pay.in_words(least.low, None, least.unit) if least else ""

    @property
    def floor(self) -> Pay | None:
        """The least pay that is looked for."""
        return pay.stated(self.cleaned_data.get("least", ""))

    def is_narrowed(self) -> bool:
        """Whether anything is looked for in particular."""
        return any(self.cleaned_data[name] for name in self.FILTERS)

    def in_words(self) -> str:
        """What is looked for, as a person would say it, but for the occupation; '' where all openings are."""
        chosen = self.cleaned_data
        said = [f"“{chosen['q']}”"] if chosen["q"] else []
        said += [self._choice(name) for name in ("guide", "state", "hours", "remote") if chosen[name]]
        if chosen["near"]:
            said.append(_("within %(miles)s miles of %(place)s") % {"miles": chosen["miles"], "place": chosen["near"]})
        if chosen["least"]:
            said.append(_("pay of at least %(sum)s") % {"sum": chosen["least"]})
        said += [str(self.fields[name].label).lower() for name in ("pay", "closing") if chosen[name]]
        return ", ".join(said)

    def _choice(self, name: str) -> str:
        choices: dict[Any, Any] = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(self.cleaned_data[name], self.cleaned_data[name]))

    def drawn(self) -> list[Any]:
        """The fields that a page draws."""
        return [self[name] for name in self.DRAWN]


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Near:
    """A place that is looked for: what postings call it, in small letters, and where it is if any of them says so."""

    names: Sequence[str]
    point: Point | None


def near_of(near: str) -> Near:
    """Return what a place is called, and where it is by the newest posting that gives degrees.

    A city without a state that postings know in several states is not on the map: nobody can say which is meant.
    """
    names = places.names_of(near)
    # In whatever letters, as the index has it: a place that nobody knows is not looked for in every posting.
    known = Posting.objects.open().alias(lower=Lower("place")).filter(lower__in=names)
    newest = known.filter(latitude__isnull=False).newest().first()
    is_one = len(names) == 1 or (newest and not known.exclude(state=newest.state).exists())
    if newest is None or not is_one:
        return Near(names, None)
    return Near(names, Point(newest.latitude or 0.0, newest.longitude or 0.0))


def close_to(postings: PostingQuerySet, near: Near, miles: int) -> PostingQuerySet:
    """Those within so many miles, and those that name the place and give no degrees."""
    named = Q(lower__in=near.names)
    postings = postings.alias(lower=Lower("place"))
    if near.point is None:
        return postings.filter(named)
    return _within(postings, near.point, miles, or_else=named & Q(latitude__isnull=True))


def _within(postings: PostingQuerySet, point: Point, miles: int, or_else: Q) -> PostingQuerySet:
    """Those within so many miles, as the crow flies; near enough for a hundred miles, and no sphere is needed."""
    narrowing = max(math.cos(math.radians(point.latitude)), 0.1)
    high, wide = miles / MILES_A_DEGREE, miles / MILES_A_DEGREE / narrowing
    north, east = F("latitude") - Value(point.latitude), (F("longitude") - Value(point.longitude)) * Value(narrowing)
    away = north * north + east * east
    boxed = Q(
        latitude__range=(point.latitude - high, point.latitude + high),
        longitude__range=(point.longitude - wide, point.longitude + wide),
        away__lte=high**2,
    )
    return postings.alias(away=away).filter(boxed | or_else)


def found(form: OpeningsForm, near: Near | None) -> PostingQuerySet:
    """Return the open postings that match what is looked for.

    One whose range of pay begins below the least that is looked for, or that states none, is none of them.
    """
    postings = found_at_any_pay(form, near)
    return postings.filter(year_low__gte=form.floor.year_low) if form.floor else postings


def found_at_any_pay(form: OpeningsForm, near: Near | None) -> PostingQuerySet:
    """Return what is found where the least pay is left aside."""
    chosen = form.cleaned_data
    postings = Posting.objects.open()
    for name in ("guide", "occupation", "state", "hours", "remote"):
        if chosen[name]:
            postings = postings.filter(**{name: chosen[name]})
    if chosen["pay"]:
        postings = postings.filter(year_low__isnull=False)
    if chosen["closing"]:
        postings = postings.filter(ends_on__lte=days.today() + SOON)
    if chosen["near"]:
        postings = close_to(postings, near or near_of(chosen["near"]), int(chosen["miles"]))
    return _with_words(postings, chosen["q"]) if chosen["q"] else postings


def _with_words(postings: PostingQuerySet, said: str) -> PostingQuerySet:
    """Those that have all the words; they are looked through in the index that holds them, and no row is read."""
    rows = Posting.objects.order_by()
    for stem in dict.fromkeys(stems(said)):
        rows = rows.filter(words__contains=f" {stem}" if len(stem) >= MAY_GO_ON else f" {stem} ")
    return postings.filter(pk__in=rows.values("pk"))


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
    fragment = bool(request.htmx and not request.htmx.history_restore_request)
    template = "openings/_browse.html" if fragment else "openings/list.html"
    feeds = list(Feed.objects.on().filter(worked_at__isnull=False))
    if not form.is_valid():
        if form.errors.keys() - form.TYPED:
            raise refused(form)
        again = {"form": form, "page": paging.Page(), "feeds": feeds, "is_narrowed": True, "filters_open": True}
        return render(request, template, again | {"form_errors": list(form.error_lines())}, status=422)
    chosen = form.cleaned_data
    near = near_of(chosen["near"]) if chosen["near"] else None
    page = paging.page_of(
        found(form, near), paging.ORDERS[chosen["sort"] or "newest"], chosen["after"], chosen["before"]
    )
    state = BY_ABBREVIATION.get(chosen["state"])
    context = {
        "form": form,
        "sort": chosen["sort"] or "newest",
        "page": page,
        "before": paging.address(request.path, request.GET, "before", page.before),
        "after": paging.address(request.path, request.GET, "after", page.after),
        "is_narrowed": form.is_narrowed(),
        # On a phone they fold, and what was found comes first; who just chose one goes on choosing.
        "filters_open": fragment,
        "without_pay": _without_pay(form, near),
        "without_least": _without_least(request),
        "near": near,
        "state": state,
        "feeds": feeds,
        "feeds_in_state": [feed for feed in feeds if state and state.abbreviation in feed.states.split()],
        "listing": next((listing for listing in guides if listing.slug == chosen["guide"]), None),
        "occupation": _occupation(chosen["occupation"]),
        "help": _help(chosen["guide"], state),
        "place": state,
    }
    return render(request, template, context)


def _without_pay(form: OpeningsForm, near: Near | None) -> int:
    """How many openings match all else and state no pay, where a least is looked for; at most one more than are
    counted."""
    if not form.floor:
        return 0
    return found_at_any_pay(form, near).filter(year_low__isnull=True)[: paging.MOST_COUNTED + 1].count()


def _without_least(request: HtmxHttpRequest) -> str:
    """The address of the same list at any pay."""
    query = request.GET.copy()
    for name in ("least", "after", "before"):
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}"


def _occupation(code: str) -> OccupationListing | None:
    """The occupation of a SOC code that the list is narrowed to."""
    return OccupationListing.objects.current().filter(code=f"{code}.00").first() if code else None


def _help(guide: str, state: State | None) -> state_links.StateHelp | None:
    """What a guide knows of where jobs are posted besides in a state."""
    if not guide or state is None:
        return None
    version = ContentVersion.objects.values_list("number", flat=True).first()
    return state_links.kept(guide, version or 0).for_state(state)
