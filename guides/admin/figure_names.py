"""Figures that texts name, on the editors' screens: what the draft's figures say, wrong names, names to choose."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest

from .. import figures_in_texts, formats
from ..figures_in_texts import FORMS, FigureName, Figures
from ..models import Figure, Guide
from ..publishing.text_faults import TextFault

# The figures of the draft at hand, asked for only where a text names one.
Asked = Callable[[], Figures]


def of_draft(guide: Guide | None) -> Figures:
    """Return the figures of a guide's draft by the names that its texts know them by. Two queries."""
    if guide is None:
        return {}
    figures = Figure.objects.filter(section__guide=guide).select_related("section").prefetch_related("observations")
    return {(each.section.slug, each.slug): each for each in figures.order_by("section__position", "position", "pk")}


def at_hand(request: HttpRequest) -> Asked:
    """Return what gives the figures of the guide that a screen is about, looked up once a request."""
    if not hasattr(request, "figures_at_hand"):
        guide = getattr(request, "guide_at_hand", None)
        request.figures_at_hand = functools.cache(lambda: of_draft(guide))  # type: ignore[attr-defined]
    asked: Asked = request.figures_at_hand  # type: ignore[attr-defined]
    return asked


def faults_by_line(text: str, figures: Figures) -> Iterator[TextFault]:
    """Yield what is wrong with the figures that `text` names, each with its line."""
    for number, line in enumerate(text.split("\n"), start=1):
        for fault in figures_in_texts.faults(line, figures):
            yield TextFault(number, fault)


def add_faults(form: "forms.ModelForm[Any]", figures: Asked) -> None:
    """Add an error to each text of `form` in which a figure's name stands for nothing, or cannot stand."""
    model: type[Model] = form._meta.model
    prose = {field.name for field in figures_in_texts.prose_fields(model)}
    for field in figures_in_texts.text_fields(model):
        text = form.cleaned_data.get(field.name)
        if not isinstance(text, str) or "{" not in text:
            continue
        if field.name in prose:
            for fault in faults_by_line(text, figures()):
                form.add_error(field.name, str(fault) if "\n" in text else fault.message)
        elif figures_in_texts.START in text:
            form.add_error(field.name, figures_in_texts.too_short(text))


@dataclass(frozen=True)
class Choice:
    """A figure to name in a text: its label, its name, what that says, and each form with its name and what it says."""

    label: str
    name: FigureName
    says: str
    forms: list[tuple[str, FigureName, str]]


def choices(figures: Figures) -> Iterator[Choice]:
    """Yield the figures that say something, each with the names that do."""
    for (section, slug), figure in figures.items():
        if figure.leading is None:
            continue
        names = [FigureName(section, slug, form) for form in FORMS]
        said = [(name.form, name, says) for name in names if (says := figures_in_texts.says(name, figures))]
        label = f"{figure.label}, {formats.dashes(figure.leading.period)}"
        yield Choice(label, names[0], formats.amount(figure.leading), [each for each in said if each[0]])
