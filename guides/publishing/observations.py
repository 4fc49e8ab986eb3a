"""What a new observation of a figure begins with: what is the same as in the last one, and what its source tells."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Figure, Observation, Source
from .outliers import YEAR

_SPAN = re.compile(r"(?P<first>\d{4})(?P<dash>[-–])(?P<last>\d{2})")
LONGEST_NOTE = 500


def begun(figure: Figure) -> dict[str, Any]:
    """Return the fields that a new observation of `figure` begins with; nothing where it has none yet.

    The source is the newest of its kind. Where that is of a later year the period is, too; otherwise it is left open,
    since one source says one thing of one period.
    """
    last = figure.leading
    if last is None:
        return {}
    today, source = timezone.localdate(), newest_like(last.source)
    fields = {
        "source": source.pk,
        "basis": last.basis,
        "note": carried_note(last),
        "checked_on": today,
        "review_after": today + max(last.review_after - last.checked_on, timedelta()),
    }
    year = year_of(source)
    if year is not None and year > last.year and str(last.year) in last.period:
        fields |= {"year": year, "period": later(last.period, year - last.year)}
    return fields


def carried_note(observation: Observation) -> str:
    """The note of what led, for what takes its place: of which period it was said stays with it."""
    if not observation.note:
        return ""
    said = _("Noted of %(period)s: %(note)s") % {"period": observation.period, "note": observation.note}
    return said[:LONGEST_NOTE]


def year_of(source: Source) -> int | None:
    """The year that a source's title or short name tells of, or None."""
    years = YEAR.findall(source.title) or YEAR.findall(source.slug.replace("-", " "))
    return max(map(int, years), default=None)


def newest_like(source: Source) -> Source:
    """The newest of the sources by the same publisher and with the same short name; `source` where none is newer."""
    alike = Source.objects.filter(publisher=source.publisher, short_name=source.short_name)
    newer = [each for each in alike if (year_of(each) or 0) > (year_of(source) or 0)]
    return max(newer, key=lambda each: (year_of(each) or 0, each.pk), default=source)


def later(period: str, years: int) -> str:
    """A period as its source would write it some years later: May 2025 after May 2024, 2025-35 after 2024-34."""
    span = _SPAN.fullmatch(period)
    if span:
        return f"{int(span['first']) + years}{span['dash']}{(int(span['last']) + years) % 100:02}"
    return YEAR.sub(lambda match: str(int(match[0]) + years), period)
