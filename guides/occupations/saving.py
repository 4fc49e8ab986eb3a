"""Saving an occupation to a person's plan. The page is one person's: it is never stored."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guides.forms import ReaderForm, render_form
from guides.plan import access, room
from guides.plan.access import PlanRequest, personal
from guides.plan.models import Plan
from guides.plan.validators import one_line
from guides.plan.views.items import changing

from .exploring.forms import ExploreForm
from .models import OccupationListing, SavedOccupation


class SaveOccupationForm(ReaderForm):
    """Nothing but the question whether it is meant."""


def save(plan: Plan, listing: OccupationListing) -> SavedOccupation:
    """Put an occupation into `plan`; twice changes nothing. Raises ValidationError where the plan is full."""
    with room.changing(plan):
        saved, _is_new = SavedOccupation.objects.get_or_create(
            plan=plan, occupation=listing.slug, defaults={"name": one_line(listing.title)}
        )
    return saved


def came_from(request: HttpRequest) -> str:
    """Return the address of the results of /explore/ whose answers the address names, '' where it names none."""
    answers = QueryDict(request.GET.get("explore", ""))
    form = ExploreForm(answers)
    return f"{reverse('occupations:explore')}?{form.answers.query}" if answers and form.is_valid() else ""


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def page(request: PlanRequest, plan: Plan | None, occupation: str) -> HttpResponse:
    """Ask whether the occupation is to go into the plan, and put it there. HTMX gets the form alone."""
    listing = OccupationListing.objects.current().filter(slug=occupation).first()
    if listing is None:
        raise Http404
    form = SaveOccupationForm(request.POST if request.method == "POST" else None)
    back = came_from(request)
    if form.is_bound and form.is_valid():
        try:
            plan = plan or access.make(request)
            saved = save(plan, listing)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, saved, back)
    is_saved = SavedOccupation.objects.filter(plan=plan, occupation=listing.slug).exists() if plan else False
    part = "plan/_saved.html" if is_saved else "occupations/_save.html"
    context = {"occupation": listing, "plan": plan, "form": form, "back": back, "part": part, "is_saved": is_saved}
    return render_form(request, part if request.htmx else "occupations/save.html", context, form)


def done(request: PlanRequest, saved: SavedOccupation, back: str) -> HttpResponse:
    """Say so in place; else here again with the way back to what fits, or at its place in the plan."""
    if request.htmx:
        return render(request, "plan/_saved.html")
    if back:
        return HttpResponseRedirect(request.get_full_path())
    return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=saved#{saved.anchor}")
