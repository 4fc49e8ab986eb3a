"""Figures that texts name: `{figure:pay-outlook/median-pay}` stands for what that figure says.

Rows, editions and fixtures keep the name; it is filled in where an edition is thawed (freezing.py). So whatever a
reader, a search or a program gets says what the figure of the same edition says, and nothing needs to be written anew.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Field, Model, SlugField, TextField, URLField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import formats

if TYPE_CHECKING:
    from .models import Figure, Observation

# A field of this many characters holds sentences; a shorter one holds a name, which stays the same.
SHORTEST_PROSE = 200
# What says of itself which number it is; and what belongs to no guide.
WITHOUT_NAMES = {"guides.figure", "guides.observation", "guides.source"}

START = "{figure:"
# So many names are offered in place of a wrong one.
MOST_NEAR = 3
# Whatever looks like a name, so that one with a slip in it is told and not shown to readers.
ATTEMPT = re.compile(r"\{(?:figure|number):[^{}\n]*\}?")
NAME = re.compile(r"\{figure:(?P<section>[-\w]+)/(?P<slug>[-\w]+)(?: (?P<form>[-a-z]+))?\}")
# A number that is no figure, though it looks like one.
NUMBER = re.compile(r"\{number:(?P<number>[^{}\n]+)\}")

# About as many characters as what a figure says.
LENGTH_OF_FIGURE = 12

# The figures of one guide by the slugs of their section and their own.
Figures = Mapping[tuple[str, str], "Figure"]


def number_name(number: str) -> str:
    """Return what is written for a number that happens to equal an official figure and is another one."""
    return f"{{number:{number}}}"


@dataclass(frozen=True)
class FigureName:
    """A figure as a text names it; `form` says what of it, empty for its value."""

    section: str
    slug: str
    form: str = ""

    def __str__(self) -> str:
        return f"{{figure:{self.section}/{self.slug}{self.form and f' {self.form}'}}}"


def names_in(text: str) -> Iterator[FigureName]:
    """Yield the figures that `text` names."""
    for match in NAME.finditer(text) if START in text else ():
        yield FigureName(match["section"], match["slug"], match["form"] or "")


def fill(text: str, figures: Figures, escape: Callable[[str], str] = str) -> str:
    """Return `text` with what its figures say in place of their names; a name that leads nowhere stays as it is."""
    if "{" not in text:
        return text

    def say(match: re.Match[str]) -> str:
        said = says(FigureName(match["section"], match["slug"], match["form"] or ""), figures)
        return match[0] if said is None else escape(said)

    return NUMBER.sub(lambda match: match["number"], NAME.sub(say, text))


def length(text: str) -> int:
    """Return how long `text` is for readers, near enough: a figure's name is longer than what it says."""
    return len(NAME.sub(" " * LENGTH_OF_FIGURE, text)) if START in text else len(text)


def says(name: FigureName, figures: Figures) -> str | None:
    """Return what a name stands for, or None where there is no such figure, or nothing of that form to say of it."""
    figure = figures.get((name.section, name.slug))
    leading = figure.leading if figure else None
    form = FORMS.get(name.form)
    return form.say(leading) or None if leading and form else None


def fault_of(attempt: str, figures: Figures) -> str:
    """Return what is wrong with an ATTEMPT at naming a figure, in a sentence; empty where nothing is."""
    if NUMBER.fullmatch(attempt):
        return ""
    match = NAME.fullmatch(attempt)
    if match is None:
        return _("“%(name)s” is not a figure’s name: write {figure:section/figure}, by their short names.") % {
            "name": attempt
        }
    name = FigureName(match["section"], match["slug"], match["form"] or "")
    if (name.section, name.slug) not in figures:
        return f"{_('“%(name)s”: this guide has no such figure.') % {'name': attempt}} {_near(name, figures)}"
    if name.form not in FORMS:
        forms = ", ".join(filter(None, FORMS))
        return _("“%(name)s”: there is no form “%(form)s”. There are: %(forms)s.") % {
            "name": attempt,
            "form": name.form,
            "forms": forms,
        }
    if says(name, figures) is None:
        return _("“%(name)s”: that figure has nothing to say in this form.") % {"name": attempt}
    return ""


def _near(name: FigureName, figures: Figures) -> str:
    """Say which figures may have been meant; how many there are where none is near."""
    known = {f"{section}/{slug}": slug for section, slug in figures}
    wanted = f"{name.section}/{name.slug}"
    # The figure's own name tells more than that of its section, which others share.
    same = [full for full, slug in known.items() if slug == name.slug]
    close = list(dict.fromkeys([*same, *difflib.get_close_matches(wanted, known, n=MOST_NEAR)]))[:MOST_NEAR]
    if close:
        return _("Did you mean %(names)s?") % {"names": ", ".join(close)}
    if not known:
        return _("It has none yet.")
    return _("Its %(count)s figures are listed below the text, under “Figures that a text can name”.") % {
        "count": len(known)
    }


def faults(text: str, figures: Figures) -> Iterator[str]:
    """Yield a sentence for each name in `text` that stands for nothing."""
    for match in ATTEMPT.finditer(text) if "{" in text else ():
        if fault := fault_of(match[0], figures):
            yield fault


def too_short(text: str) -> str:
    """Return what is wrong with a name in a text that stays the same: a heading, a label, what an observation said."""
    return _("“%(text)s” names a figure where only a text of several sentences can.") % {"text": text}


@cache
def prose_fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    """The fields of a model of the guide's whose texts may name figures: those long enough for a sentence."""
    if model._meta.label_lower in WITHOUT_NAMES:
        return ()
    return tuple(field for field in text_fields(model) if (field.max_length or 0) >= SHORTEST_PROSE)


@cache
def text_fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    """The fields of a model that editors write words into."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not isinstance(field, SlugField | URLField)
        and field.editable
        and not field.choices
    )


def before(observation: "Observation") -> "Observation | None":
    """The observation of the same figure and basis that the leading one took the place of."""
    earlier = (each for each in observation.figure.superseded if each.basis == observation.basis)
    return next((each for each in earlier if each.year < observation.year), None)


def _period(observation: "Observation") -> str:
    return formats.dashes(str(observation.period))


def _end(name: str) -> "Callable[[Observation], str]":
    """A form that says one end of a range."""

    def say(observation: "Observation") -> str:
        end = getattr(observation, name)
        is_range = observation.low is not None and observation.high is not None
        return formats.values(observation.figure, end, end) if is_range else ""

    return say


def _before(observation: "Observation") -> str:
    earlier = before(observation)
    return formats.amount(earlier) if earlier else ""


def _before_period(observation: "Observation") -> str:
    earlier = before(observation)
    return _period(earlier) if earlier else ""


def _more_or_less(observation: "Observation") -> str:
    """How much more or less: a change in percent itself, of anything else by how much it changed."""
    figure = observation.figure
    if figure.unit == figure.Unit.PERCENT:
        is_change = figure.measure == figure.Measure.CHANGE and observation.value is not None
        return formats.more_or_less(observation.value or 0, of_things=True) if is_change else ""
    earlier = before(observation)
    if earlier is None or not earlier.value or observation.value is None:
        return ""
    percent = 100 * (observation.value - earlier.value) / abs(earlier.value)
    return formats.more_or_less(percent, of_things=figure.unit == figure.Unit.COUNT)


@dataclass(frozen=True)
class Form:
    """What a name may say of a figure: how, and what that is, for editors."""

    say: "Callable[[Observation], str]"
    meaning: str | Promise


FORMS = {
    "": Form(formats.amount, gettext_lazy("its value")),
    "period": Form(_period, gettext_lazy("the period it is of")),
    "low": Form(_end("low"), gettext_lazy("of a range, the lower end")),
    "high": Form(_end("high"), gettext_lazy("of a range, the upper end")),
    "before": Form(_before, gettext_lazy("what its source said one period earlier")),
    "before-period": Form(_before_period, gettext_lazy("that earlier period")),
    "more-or-less": Form(
        _more_or_less,
        gettext_lazy("“7 percent fewer”: a change in percent in words; of a sum or a number, by how much it changed"),
    ),
}
