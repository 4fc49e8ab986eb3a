"""What is due, for the editors' front page: each job of the clock, its last run and its last fault."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerguide.models import JobState
from guides.registry import jobs
from guides.registry.jobs import Job

register = template.Library()

# Some job is due every half minute. Where none was begun for so long, nobody looks.
SILENCE = timedelta(minutes=5)
# A job that this host does not know is another one's if it was begun as lately as this.
IN_USE = timedelta(days=3)


@dataclass
class JobLine:
    """A job and where it stands; without a state it has never run, and without a job another host alone knows it."""

    job: Job | None
    state: JobState | None

    @property
    def purpose(self) -> str:
        """What it does."""
        if self.job is None:
            return _("What only another host does: %(name)s.") % {"name": self.state}
        return str(self.job.purpose)

    @property
    def often(self) -> str:
        """How often it runs, in words."""
        if self.job is None:
            return ""
        seconds = int(self.job.every.total_seconds())
        if seconds % 86_400 == 0:
            return ngettext("once a day", "every %(count)d days", seconds // 86_400) % {"count": seconds // 86_400}
        if seconds % 3600 == 0:
            return ngettext("once an hour", "every %(count)d hours", seconds // 3600) % {"count": seconds // 3600}
        if seconds % 60 == 0:
            return ngettext("once a minute", "every %(count)d minutes", seconds // 60) % {"count": seconds // 60}
        return _("every %(count)d seconds") % {"count": seconds}


@register.inclusion_tag("admin/_clock.html")
def clock() -> dict[str, Any]:
    """Every job with its last run and fault, those that fail, and since when the clock stands still, if it does."""
    states = {state.name: state for state in JobState.objects.all()}
    lines = [JobLine(job, states.pop(name, None)) for name, job in jobs.registered().items()]
    # Such as backups, where one host alone has a folder for them; what nobody does any more is not shown.
    used = timezone.now() - IN_USE
    lines += [JobLine(None, state) for state in states.values() if state.started_at and state.started_at > used]
    begun = [line.state.started_at for line in lines if line.state and line.state.started_at]
    return {
        "lines": lines,
        "failing": [line for line in lines if line.state and line.state.is_failing],
        "is_new": not begun,
        "silent_since": max(begun) if begun and timezone.now() - max(begun) > SILENCE else None,
    }
