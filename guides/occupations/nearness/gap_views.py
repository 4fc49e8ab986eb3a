"""An occupation's own skills gap: the form, and the result, whose address holds the answers and nobody keeps."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.datasets import profiles
from guides.forms import render_form
from guides.registry.concerns import depends_on
from guides.registry.private_pages import private
from guides.registry.public_pages import same_for_everyone

from ..models import OccupationListing
from . import next_actions, stored
from .forms import GapForm
from .gap import Gap
from .traits import Traits
from .views import credits, there_from


@require_safe
@depends_on()
@same_for_everyone
def gap(request: HttpRequest, occupation: str) -> HttpResponse:
    """The form without a query string, the result with answers; with `change`, the form that they fill."""
    listing = get_object_or_404(OccupationListing, slug=occupation)
    if listing.is_dropped and listing.successor:
        return HttpResponseRedirect(reverse("occupations:gap", args=[listing.successor]))
    profile, weights = profiles.of(listing.code), stored.weights()
    context = {"occupation": listing, "is_reckoned": weights is not None}
    if profile is None or weights is None or not (traits := Traits.of(profile, weights)).is_surveyed:
        return render(request, "occupations/gap/none.html", context)
    asks = Gap(traits)
    context |= {"gap": asks, "credits": credits(profile), "survey": there_from(profile), "weights": weights}
    if not request.GET:
        return render(request, "occupations/gap/form.html", context | {"form": GapForm(asks)})
    form = GapForm(asks, request.GET, complete="change" not in request.GET)
    if not form.is_valid() or not form.complete:
        return private(render_form(request, "occupations/gap/form.html", context | {"form": form}, form))
    result = asks.assess(form.given)
    context |= {"result": result, "unknown": form.unknown, "query": form.query}
    context["next_actions"] = next_actions.after_gap(listing, result)
    return private(render(request, "occupations/gap/result.html", context))
