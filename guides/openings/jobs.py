"""What the clock does for openings."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.registry.jobs import Job

from . import fetching, storing
from .models import Feed, Posting


def fetch_openings() -> str:
    feeds = fetching.fetch_due()
    said = ngettext("%(count)d feed asked.", "%(count)d feeds asked.", len(feeds)) % {"count": len(feeds)}
    if failed := [feed.name for feed in feeds if feed.fault]:
        said = f"{said} {_('Did not work: %(feeds)s.') % {'feeds': ', '.join(failed)}}"
    return said


def forget_openings() -> str:
    count = storing.forget()
    return ngettext("%(count)d posting deleted.", "%(count)d postings deleted.", count) % {"count": count}


JOBS = [
    Job(
        "fetch_openings",
        gettext_lazy("Fetches the feeds of openings that are on: each every six hours, one that failed less often."),
        every=timedelta(minutes=5),
        run=fetch_openings,
        limit=timedelta(minutes=45),
        is_needed=lambda: Feed.objects.due().exists(),
    ),
    Job(
        "forget_openings",
        gettext_lazy("Deletes the postings that ended more than 400 days ago."),
        every=timedelta(days=1),
        run=forget_openings,
        is_needed=lambda: Posting.objects.exists(),
    ),
]
