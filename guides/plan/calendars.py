"""The dates of a plan as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .models.plan import PlanDate


def calendar(dates: Iterable[PlanDate]) -> bytes:
    """Return the calendar of `dates` as bytes: an all-day event for each."""
    file = Calendar()
    file.add("prodid", "-//Careerguide//My plan//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", _("My plan"))
    for dated in dates:
        file.add_component(_event(dated))
    written: bytes = file.to_ical()
    return written


def _event(dated: PlanDate) -> Event:
    """One all-day event. Its UID stays the same from file to file, so that a calendar replaces what it has."""
    event = Event()
    event.add("uid", f"{dated.item.anchor}-{dated.field}@{settings.SITE.hostname}")
    event.add("dtstamp", dated.item.added_at)
    event.add("dtstart", dated.on)
    event.add("dtend", dated.on + timedelta(days=1))
    event.add("summary", dated.text)
    event.add("transp", "TRANSPARENT")
    return event
