"""What the clock does for the occupations' pages."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guides.registry.jobs import Job
from guides.search import index

from . import listings
from .exploring import jobs as exploring_jobs
from .nearness import jobs as nearness_jobs


def list_occupations() -> str:
    count = listings.write()
    index.refresh("occupations")
    return ngettext("%(count)d occupation listed.", "%(count)d occupations listed.", count) % {"count": count}


JOBS = [
    Job(
        "list_occupations",
        _("Gives every occupation of the official data its page, after that data has changed."),
        every=timedelta(minutes=1),
        run=list_occupations,
        is_needed=listings.is_needed,
    ),
    *nearness_jobs.JOBS,
    *exploring_jobs.JOBS,
]
