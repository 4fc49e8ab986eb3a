"""What is out of line about a new observation: look twice before it is kept. None of it is an error."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .. import formats
from ..models import Figure, Observation, Source

# From so many times the last value on, a digit is likely to be missing or too many.
TIMES = 10
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Signs in a figure's words that tell of a unit, and the units that they are of.
_SIGNS = {
    "%": {Figure.Unit.PERCENT, Figure.Unit.CATEGORY},
    "$": {Figure.Unit.CURRENCY, Figure.Unit.CENTS},
    "€": {Figure.Unit.CURRENCY, Figure.Unit.CENTS},
    "£": {Figure.Unit.CURRENCY, Figure.Unit.CENTS},
}


def of_observation(
    figure: Figure, before: Observation | None, new: Observation, source: Source | None
) -> Iterator[str]:
    """Yield what is out of line about a `new` observation of `figure`, `before` being the one that led."""
    yield from of_values(figure, before, new)
    yield from of_year(new)
    if source:
        yield from of_period(new, source.title)
    yield from _of_words(figure, new)


def of_values(figure: Figure, before: Observation | None, new: Observation) -> Iterator[str]:
    """A value ten times the last one or more, or a tenth of it or less."""
    for old, now in zip(formats.ends(before) if before else (), formats.ends(new), strict=False):
        if old and now and max(abs(now / old), abs(old / now)) >= TIMES:
            said = {
                "before": formats.values(figure, old, old),
                "after": formats.values(figure, now, now),
                "times": TIMES,
            }
            told = _("From %(before)s to %(after)s it is %(times)s times or more: is a digit missing, or too many?")
            if abs(now) < abs(old):
                told = _("From %(before)s to %(after)s it is a tenth or less: is a digit missing, or too many?")
            yield told % said
            return


def of_period(new: Observation, *texts: str) -> Iterator[str]:
    """A value that is said to be of one year, from a source, an edition or a file that names others."""
    for text in dict.fromkeys(texts):
        years = {int(year) for year in YEAR.findall(text)}
        if years and new.year not in years:
            yield _("It is said to be of %(period)s, but it comes from “%(text)s”.") % {
                "period": formats.dashes(new.period),
                "text": text,
            }


def of_year(new: Observation) -> Iterator[str]:
    """A period that names other years than the year it is sorted by."""
    years = [int(year) for year in YEAR.findall(new.period)]
    if years and new.year not in years:
        yield _("Its period is “%(period)s”, but its year is %(year)s.") % {"period": new.period, "year": new.year}


def _of_words(figure: Figure, new: Observation) -> Iterator[str]:
    """A number in words of another unit than the figure's."""
    for sign, units in _SIGNS.items():
        if not figure.is_words and sign in new.text and figure.unit not in units:
            told = _("Its words hold “%(sign)s”, but the figure’s unit is: %(unit)s.")
            yield told % {"sign": sign, "unit": figure.get_unit_display()}


def of_unit(figure: Figure, stored: Figure, kept: int) -> Iterator[str]:
    """Another unit or currency for a figure of which `kept` observations stay as they are."""
    said = {"unit": figure.get_unit_display(), "before": stored.get_unit_display(), "count": kept}
    if kept and figure.unit != stored.unit:
        yield _("Its unit was “%(before)s” and is “%(unit)s” now: is that right for its %(count)s observations?") % said
    elif kept and figure.currency != stored.currency:
        said = {"currency": figure.currency, "before": stored.currency, "count": kept}
        told = _("Its currency was %(before)s and is %(currency)s now: is that right for its %(count)s observations?")
        yield told % said
