"""The reading pages: the same bytes for everyone, no session, no cookie."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from guides.forms import refused
from guides.reading.reader import Reading

from .. import freezing, registry
from ..models import Listing, Report, Section
from ..reading import reader
from ..reading.doors import doors
from ..registry.public_pages import same_for_everyone
from ..registry.requests import HtmxHttpRequest

# How many guides the front page lists.
ON_HOME = 8


@require_safe
@same_for_everyone
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what one can do here, and the guides."""
    listings = Listing.objects.all()
    context = {"listings": listings[:ON_HOME], "count": listings.count(), "doors": doors()}
    return render(request, "home.html", context)


class OpenForm(forms.Form):
    """The guide page's query string: which sections are open."""

    open = forms.ChoiceField(choices=[("all", "all")], required=False)


def _open_all(request: HttpRequest) -> bool:
    """Whether the address asks for every section open. Refuses other values."""
    form = OpenForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    return bool(form.cleaned_data["open"] == "all")


def _guide_page(
    request: HttpRequest,
    reading: Reading,
    open_section: Section | None,
    open_part: Section | None = None,
    *,
    first: bool,
) -> HttpResponse:
    """Render the guide page with `open_section` open; `first` puts it before all others, under a slim head."""
    open_all = _open_all(request)
    reading.open(None if open_all else [open_section.slug] if open_section else [], open_part.slug if open_part else "")
    context = {"open_part": open_part, "open_all": open_all, "first": open_section if first else None}
    return render(request, "guides/guide.html", _context(reading) | context)


def _context(reading: Reading) -> dict[str, Any]:
    """What every page of a guide may show."""
    return {
        "reading": reading,
        "guide": reading.guide,
        "sections": reading.sections,
        "card": reading.card,
        "tags": reading.guide.highlight_list(),
        "months_from": reading.months_from,
        "months_to": reading.months_to,
        "credits": reading.credits(),
        "next_actions": [action for actions in registry.each("next_actions") for action in actions(reading.guide)],
        "corrections": Report.objects.filter(guide=reading.guide.slug).corrections().count(),
    }


@require_safe
@same_for_everyone
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """A guide, its first section open."""
    reading = reader.live(guide)
    return _guide_page(request, reading, reading.sections[0] if reading.sections else None, first=False)


@require_safe
@vary_on_headers("HX-Request")
@same_for_everyone
def section(request: HtmxHttpRequest, guide: str, section: str) -> HttpResponse:
    """A guide with one section open; for HTMX that section alone."""
    reading = reader.live(guide)
    asked = reading.find(section)
    whole = asked.parent or asked
    if request.htmx and not request.htmx.history_restore_request:
        reading.open([whole.slug], asked.slug)
        return render(request, "guides/_section.html", _context(reading) | {"section": whole, "open_part": asked})
    return _guide_page(request, reading, whole, asked if asked.parent else None, first=True)


@require_safe
@same_for_everyone
def print_page(request: HttpRequest, guide: str) -> HttpResponse:
    """All of a guide on one page."""
    return render(request, "guides/print.html", _context(reader.live(guide).open()))


@require_safe
@same_for_everyone
def sources(request: HttpRequest, guide: str) -> HttpResponse:
    """Where every figure of a guide is from, how old it is and what it was before."""
    reading = reader.live(guide)
    groups = [(section, list(section.figures.all())) for section in reading.all_sections()]
    context = {"groups": [group for group in groups if group[1]], "sources": reading.cited()}
    return render(request, "guides/sources.html", _context(reading) | context)


@require_safe
@same_for_everyone
def guide_json(request: HttpRequest, guide: str) -> HttpResponse:
    """A guide for other programs, in the form of a fixture, its texts as readers have them."""
    content = reader.live_edition(guide).content
    objects = freezing.as_read(content)
    response = JsonResponse({"format": content["format"], "sources": content["sources"], "objects": objects})
    response["Link"] = f'<{reverse("guides:schema")}>; rel="describedby"'
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@same_for_everyone
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we did so that everyone can use the site, and whom to tell where we failed."""
    return render(request, "accessibility.html")


@require_safe
@same_for_everyone
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps of a reader: nothing, unless they start a plan."""
    return render(request, "privacy.html", {"counts_pages": settings.PAGE_COUNTS and settings.PAGE_STORE_MB > 0})
