"""The dates of a plan as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from .models.dates import PlanDate

if TYPE_CHECKING:
    from icalendar import Event


def calendar(dates: Iterable[PlanDate]) -> bytes:
    """Return the calendar of `dates` as bytes: an event for each, of the whole day unless its hour is known."""
    from icalendar import Calendar  # a tenth of a second, for whoever asks for this file alone

    file = Calendar()
    file.add("prodid", "-//Careerguide//My plan//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", _("My plan"))
    for dated in dates:
        file.add_component(_event(dated))
    written: bytes = file.to_ical()
    return written


def _event(dated: PlanDate) -> "Event":
    """One event, of a whole day or of an hour.

    Its UID stays the same from file to file, so that a calendar replaces what it has.
    """
    from icalendar import Event

    event = Event()
    event.add("uid", f"{dated.item.anchor}-{dated.field}@{settings.SITE.hostname}")
    event.add("dtstamp", dated.item.added_at)
    if dated.at is None:
        event.add("dtstart", dated.on)
        event.add("dtend", dated.on + timedelta(days=1))
    else:
        # Without a time zone: the hour that the clock shows where it is.
        begins = datetime.combine(dated.on, dated.at)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(hours=1))
    event.add("summary", dated.text)
    event.add("transp", "TRANSPARENT" if dated.at is None else "OPAQUE")
    return event
