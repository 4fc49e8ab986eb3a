"""Which feeds wait for editors, on their front page."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse
from django.utils.translation import ngettext

from guides.registry.extension import Warning

from .models import Feed

# Any server is away for a moment.
TOLD_AFTER = 2


def of_feeds(user: AbstractBaseUser | AnonymousUser) -> Iterator[Warning]:
    """Say how many feeds that are on have not worked for a while."""
    count = Feed.objects.on().filter(failures__gte=TOLD_AFTER).count()
    if count:
        said = ngettext("%(count)d feed of openings does not work.", "%(count)d feeds of openings do not work.", count)
        yield Warning(said % {"count": count}, reverse("admin:openings_feed_changelist"))
