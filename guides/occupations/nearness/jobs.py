"""What the clock does for nearness."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guides.registry.jobs import Job

from . import building


def compare_occupations() -> str:
    count = building.build()
    return ngettext("%(count)d occupation compared.", "%(count)d occupations compared.", count) % {"count": count}


JOBS = [
    Job(
        "compare_occupations",
        _("Reckons which occupations are near which, after official data has changed."),
        every=timedelta(minutes=1),
        run=compare_occupations,
        is_needed=building.is_needed,
    )
]
