"""The page that lays two to four careers side by side; which ones stands in the address."""

import re
from collections.abc import Collection, Sequence

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.reading.reader import Reading

from .. import registry
from ..models import Listing
from ..reading import comparison, reader
from ..registry.public_pages import same_for_everyone
from ..search.finding import find
from ..search.views import LONGEST

MOST = 4
SLUG = re.compile(r"[-\w]{1,80}")


def address(slugs: Sequence[str]) -> str:
    """The address that compares these guides."""
    query = QueryDict(mutable=True)
    query.setlist("g", slugs)
    return f"{reverse('guides:compare')}?{query.urlencode()}" if slugs else reverse("guides:compare")


def asked(request: HttpRequest) -> tuple[list[str], str]:
    """Return the slugs that the address names, once each, and what is to be added; refuse what no page of ours asks."""
    slugs = list(dict.fromkeys(request.GET.getlist("g")))
    add = request.GET.get("add", "").strip()
    if len(slugs) > MOST or len(add) > LONGEST or not all(map(SLUG.fullmatch, slugs)):
        raise BadRequest("g")
    return slugs, add


@require_safe
@same_for_everyone
def page(request: HttpRequest) -> HttpResponse:
    """Two to four careers side by side; with fewer, what could stand beside them."""
    slugs, add = asked(request)
    readings = reader.several(slugs)
    known = [reading.guide.slug for reading in readings]
    listing = _best_match(add, known) if add and len(known) < MOST else None
    if listing:
        return HttpResponseRedirect(address([*known, listing.slug]))
    context = {
        "readings": readings,
        "columns": [(reading, address([slug for slug in known if slug != reading.guide.slug])) for reading in readings],
        "missing": [slug for slug in slugs if slug not in known],
        "not_found": add if len(known) < MOST else "",
        "suggestions": [(other, address([*known, other.slug])) for other in _suggestions(readings, known)],
        "is_full": len(known) >= MOST,
    }
    if len(readings) > 1:
        context |= {
            "facts": comparison.facts(readings),
            "added_rows": [row for rows in registry.each("comparison") for row in rows(readings)],
            "ways": comparison.ways_in(readings),
            "skills": comparison.skills(readings),
            "sides": [
                (reading, comparison.points(reading, "pros"), comparison.points(reading, "cons"))
                for reading in readings
            ],
        }
    return render(request, "compare/page.html", context)


def _best_match(text: str, known: Collection[str]) -> Listing | None:
    """The listing that `text` names best, those in `known` apart, or None."""
    results = find(text)
    listings = [listing for listing, _hits in results.guides] or results.near
    return next((listing for listing in listings if listing.slug not in known), None)


def _suggestions(readings: list[Reading], known: Collection[str]) -> "QuerySet[Listing] | list[Listing]":
    """Guides to compare with: related careers of those chosen; without any, the first of the list."""
    if len(known) >= MOST:
        return []
    related = [career.other for reading in readings for career in reading.guide.related_careers.all() if career.other]
    listings = Listing.objects.exclude(slug__in=known)
    return (listings.filter(slug__in=related) if readings else listings)[:8]
