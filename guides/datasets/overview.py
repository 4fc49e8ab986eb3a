"""Which figures of a guide imported data contradicts, or has newer values of: for its editors."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from guides import formats
from guides.models import Figure, Guide
from guides.registry.overview import Item, Lack, Part

from .comparison import NEWER, HeldFigure, hold
from .models import Dataset


def parts(guide: Guide) -> Iterator[Part]:
    """Yield the guide's figures held against imported data; nothing where nothing was imported."""
    if not Dataset.objects.exists():
        return
    figures = Figure.objects.filter(section__guide=guide).select_related("section__guide")
    held_figures = hold(
        figures.prefetch_related("observations__source").order_by("section__position", "position", "pk")
    )
    compared = [held for held in held_figures if held.imported]
    items = [Item(held.figure.label, _screen(held.figure), _says(held)) for held in compared if not held.kind]
    lacks = [Lack(f"{held.figure.label}: {_says(held)}", _take_over(held.figure)) for held in compared if held.kind]
    yield Part("official-data", _("Figures held against official data"), items, lacks)


def _screen(figure: Figure) -> str:
    return reverse("admin:guides_figure_change", args=[figure.pk])


def _take_over(figure: Figure) -> str:
    return f"{reverse('admin:datasets_checkedfigure_use')}?f={figure.pk}"


def _says(held: HeldFigure) -> str:
    """What imported data says beside what the guide says."""
    if not held.imported or not held.kind:
        return _("the newest that was imported")
    words = {"says": formats.amount(held.imported.as_observation(held.figure)), "period": held.imported.period}
    if held.kind == NEWER:
        return _("newer data is out, %(says)s (%(period)s)") % words
    return _("its source says otherwise, %(says)s (%(period)s)") % words
