"""An alert for programs that ask again and again: a feed of what is new, a calendar of closing dates."""

from datetime import UTC, date, timedelta
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from . import news, searches
from .models import Alert

LISTED_FOR = timedelta(days=30)
MOST_DATES = 200


def atom(alert: Alert) -> str:
    """Return the Atom feed of what came in the last thirty days. It names neither the plan nor its key."""
    link = f"{settings.SITE_URL}{alert.get_subject_url()}"
    feed = Atom1Feed(
        title=alert.name,
        link=link,
        description=str(alert.get_subject_display()),
        language=settings.LANGUAGE_CODE,
        author_name="Careerguide",
        feed_guid=f"{settings.SITE_URL}{reverse('alerts:feed')}#{alert.slug}",
    )
    for item in news.of(alert, timezone.now() - LISTED_FOR):
        moment = item.at.astimezone(UTC)
        feed.add_item(
            title=item.title,
            link=item.url,
            description=item.text,
            unique_id=f"{item.url}#{item.mark}",
            pubdate=moment,
            updateddate=moment,
        )
    written: str = feed.writeString("utf-8")
    return written


def calendar(alert: Alert) -> bytes:
    """Return a calendar (RFC 5545) of the days on which the openings of a search close."""
    from icalendar import Calendar, Event  # a tenth of a second, for whoever asks for this file alone

    file = Calendar()
    file.add("prodid", "-//Careerguide//Openings//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", alert.name)
    closing = searches.found(alert.query).exclude(closes_on=None).order_by("closes_on", "pk")
    for posting in closing[:MOST_DATES]:
        closes_on = cast(date, posting.closes_on)
        event = Event()
        event.add("uid", f"opening-{posting.pk}@{settings.SITE.hostname}")
        event.add("dtstamp", posting.last_seen)
        event.add("dtstart", closes_on)
        event.add("dtend", closes_on + timedelta(days=1))
        employer = posting.employer or _("employer not named")
        event.add("summary", _("Closes: %(title)s, %(employer)s") % {"title": posting.title, "employer": employer})
        event.add("url", f"{settings.SITE_URL}{posting.get_absolute_url()}")
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    written: bytes = file.to_ical()
    return written
