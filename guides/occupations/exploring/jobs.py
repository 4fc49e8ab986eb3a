"""What the clock does for /explore/."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guides.registry.jobs import Job

from . import building


def count_activities() -> str:
    count = building.build()
    text = ngettext("%(count)d occupation to explore.", "%(count)d occupations to explore.", count)
    return text % {"count": count}


JOBS = [
    Job(
        "count_activities",
        _("Counts which tasks of which occupation are what readers may like, after official data has changed."),
        every=timedelta(minutes=1),
        run=count_activities,
        is_needed=building.is_needed,
    )
]
