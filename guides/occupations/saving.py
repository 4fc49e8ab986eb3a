"""Saving an occupation to a person's plan. The page is one person's: it is never stored."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guides.forms import ReaderForm, render_form
from guides.plan import access, room
from guides.plan.access import PlanRequest, personal
from guides.plan.models import Plan
from guides.plan.validators import one_line
from guides.plan.views.items import changing

from .models import OccupationListing, SavedOccupation


class SaveOccupationForm(ReaderForm):
    """Nothing but the question whether it is meant."""


def save(plan: Plan, listing: OccupationListing) -> None:
    """Put an occupation into `plan`; twice changes nothing. Raises ValidationError where the plan is full."""
    with room.changing(plan):
        SavedOccupation.objects.get_or_create(
            plan=plan, occupation=listing.slug, defaults={"name": one_line(listing.title)}
        )


@changing
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def page(request: PlanRequest, plan: Plan | None, occupation: str) -> HttpResponse:
    """Ask whether the occupation is to go into the plan, and put it there."""
    listing = OccupationListing.objects.current().filter(slug=occupation).first()
    if listing is None:
        raise Http404
    form = SaveOccupationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            plan = plan or access.make(request)
            save(plan, listing)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return HttpResponseRedirect(f"{reverse('plan:plan')}?notice=saved")
    context = {"occupation": listing, "plan": plan, "form": form}
    return render_form(request, "occupations/save.html", context, form)
