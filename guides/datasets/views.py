"""Pay by state, below each guide: read from imported data, the same for everyone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from guides.forms import refused
from guides.reading import reader
from guides.registry.public_pages import same_for_everyone

from . import pay_by_state, state_links
from .areas import BY_SLUG
from .state_field import StateField, choices, meant
from .tiles import tiles

VIEWS = [("tiles", _("tiles")), ("map", _("a map"))]
SORTS = [("state", _("State")), ("pay", _("Pay"))]


class PayForm(forms.Form):
    """What the address of these pages may say: which state to go to, how it is drawn, what the table is sorted by."""

    state = StateField(label=_("State or territory"), by="slug")
    view = forms.ChoiceField(choices=VIEWS, required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)


@require_safe
@same_for_everyone
def pay(request: HttpRequest, guide: str) -> HttpResponse:
    """Every state's pay in a guide's job; leads to the state that was chosen."""
    form = _form(request)
    reading = reader.live(guide)
    if state := form.cleaned_data["state"]:
        return HttpResponseRedirect(reverse("datasets:state_pay", args=[guide, state]))
    return render(request, "datasets/pay.html", _context(reading, form))


@require_safe
@same_for_everyone
def state_pay(request: HttpRequest, guide: str, state: str) -> HttpResponse:
    """One state's pay in a guide's job, where to look and who helps there, with all the other states below."""
    form = _form(request)
    reading = reader.live(guide)
    if state not in BY_SLUG and (place := meant(state)):
        return HttpResponseRedirect(reverse("datasets:state_pay", args=[guide, place.slug]))
    if state not in BY_SLUG:
        raise reader.NoSuchSection(reading.guide)
    return render(request, "datasets/pay.html", _context(reading, form, state))


def _form(request: HttpRequest) -> PayForm:
    form = PayForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    return form


def _context(reading: reader.Reading, form: PayForm, slug: str = "") -> dict[str, Any]:
    """What the page shows, with the state of that address chosen."""
    sort = form.cleaned_data["sort"] or "state"
    wages = pay_by_state.by_state(reading.guide.occupation_code)
    chosen = wages.of(slug) if wages else None
    place = BY_SLUG.get(slug)
    rows: Sequence[pay_by_state.StateWage] = []
    if wages:
        rows = wages.by_pay() if sort == "pay" else wages.states
    return {
        "reading": reading,
        "guide": reading.guide,
        "credits": reading.credits(),
        "wages": wages,
        "place": place,
        "help": state_links.for_state(reading, place) if place else None,
        "chosen": chosen,
        "rank": wages.rank(chosen) if wages and chosen and chosen.value else None,
        "rows": rows,
        "tiles": tiles(wages.states) if wages else [],
        "choices": choices("slug"),
        "on_map": form.cleaned_data["view"] == "map",
        "sort": sort,
    }
