"""The list of openings: narrowed, sorted and paged by its address, the same for everyone."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from guides.datasets import state_links
from guides.datasets.areas import BY_ABBREVIATION, State
from guides.forms import refused
from guides.models import ContentVersion, Listing
from guides.occupations.models import OccupationListing
from guides.registry.public_pages import same_for_everyone
from guides.registry.requests import HtmxHttpRequest
from guides.search.words import stems

from . import days, paging
from .looked_for import OpeningsForm
from .models import Feed, Posting, PostingQuerySet
from .nearness import Near, close_to, near_of

SOON = timedelta(days=7)
# A word of so many letters may be how a longer one begins: library, librarian.
MAY_GO_ON = 5


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
