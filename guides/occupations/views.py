"""The pages of occupations: the list, one occupation, and the same as JSON. The same bytes for everyone."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guides.registry.public_pages import same_for_everyone

from .models import OccupationListing


@require_safe
@same_for_everyone
def occupation_list(request: HttpRequest) -> HttpResponse:
    """Every occupation by title."""
    return render(request, "occupations/list.html", {"occupations": OccupationListing.objects.current()})


@require_safe
@same_for_everyone
def occupation(request: HttpRequest, occupation: str) -> HttpResponse:
    """What official data says of an occupation."""
    listing = get_object_or_404(OccupationListing, slug=occupation)
    return render(request, "occupations/occupation.html", {"occupation": listing})


@require_safe
@same_for_everyone
def occupation_json(request: HttpRequest, occupation: str) -> HttpResponse:
    """The same for programs."""
    listing = get_object_or_404(OccupationListing, slug=occupation)
    return JsonResponse({"code": listing.code, "title": listing.title})
