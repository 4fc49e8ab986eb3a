"""The pages of one occupation, the same bytes for everyone; the list is in browse.py."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.registry.concerns import depends_on
from guides.registry.public_pages import same_for_everyone
from guides.views.share import png

from . import export, linked_data, reading, share_image
from .models import OccupationListing

CODE = re.compile(r"(\d{2}-\d{4})(?:\.\d{2})?")
# A longer word is no address of ours.
LONGEST = 120


@require_safe
@depends_on()
@same_for_everyone
def occupation(request: HttpRequest, occupation: str) -> HttpResponse:
    """What official data says of an occupation. A code leads to its page, a dropped one to what takes its place."""
    listing = _found(occupation)
    if listing is None:
        return _unknown(request, occupation)
    if listing.is_dropped or listing.slug != occupation:
        return HttpResponsePermanentRedirect(_address(listing, "occupations:occupation"))
    found = reading.of(listing)
    context = {
        "occupation": listing,
        "reading": found,
        "contents": found.contents,
        "linked_data": linked_data.of_occupation(found),
    }
    return render(request, "occupations/occupation.html", context)


@require_safe
@depends_on()
@same_for_everyone
def occupation_json(request: HttpRequest, occupation: str) -> HttpResponse:
    """The same for other programs."""
    listing = _found(occupation)
    if listing is None:
        return _unknown(request, occupation)
    if listing.is_dropped or listing.slug != occupation:
        return HttpResponsePermanentRedirect(_address(listing, "occupations:json"))
    response = JsonResponse(export.of_occupation(reading.of(listing)))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@depends_on()
@same_for_everyone
def image(request: HttpRequest, occupation: str) -> HttpResponse:
    """The picture beside a link to it; an occupation that is dropped has none."""
    listing = OccupationListing.objects.current().filter(slug=occupation[:LONGEST]).first()
    if listing is None:
        raise Http404
    return png(share_image.draw(listing))


def _found(word: str) -> OccupationListing | None:
    """The occupation with that slug, with its profile, or with that code: of an SOC code that O*NET divides, the first.

    One query or two.
    """
    if len(word) > LONGEST:
        return None
    if listing := OccupationListing.objects.with_profile().filter(slug=word).first():
        return listing
    if not CODE.fullmatch(word):
        return None
    of_code = OccupationListing.objects.filter(code__startswith=word)
    return of_code.order_by("is_dropped", "code").first()


def _address(listing: OccupationListing, name: str) -> str:
    """Where an address leads: to the page, or to what takes its place; without a successor, to its field's list."""
    if not listing.is_dropped:
        return reverse(name, args=[listing.slug])
    if listing.successor:
        return reverse(name, args=[listing.successor])
    return f"{reverse('occupations:list')}?major_group={listing.major_group}"


def _unknown(request: HttpRequest, word: str) -> HttpResponse:
    """Say that no occupation has that address, and where to look."""
    context = {"word": word[:LONGEST], "has_data": OccupationListing.objects.exists()}
    return render(request, "occupations/unknown.html", context, status=404)
