"""What whoever hosts the site may watch of feeds and openings."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.registry.extension import Counter

from .models import Feed, Posting


def counters() -> Iterator[Counter]:
    """How many feeds are on, how many of them fail, and how many openings readers see."""
    failing = Feed.objects.on().filter(failures__gt=0).count()
    yield Counter("feeds_on", _("Feeds of openings that are on"), Feed.objects.on().count())
    yield Counter("feeds_failing", _("Feeds that failed the last time"), failing, is_bad=failing > 0)
    yield Counter("openings", _("Openings that readers see"), Posting.objects.open().count())
