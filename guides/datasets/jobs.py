"""What the clock does for imported data."""

import sys
from datetime import timedelta

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.registry.jobs import Job

from .faults import ImportFault
from .progress import Progress
from .snapshot import loading


def load_snapshot() -> str:
    """Load what this release ships; whoever started the server at a terminal sees how far it is."""
    try:
        with Progress(OutputWrapper(sys.stderr), gettext("Official data")) as progress:
            loaded = loading.load(progress)
    except ImportFault as fault:
        raise CommandError(str(fault)) from None
    return ", ".join(map(str, loaded))


JOBS = [
    Job(
        "load_snapshot",
        _("Loads the official data that this release ships, where nothing newer was imported."),
        every=timedelta(minutes=1),
        run=load_snapshot,
        limit=timedelta(minutes=10),
        is_needed=loading.is_needed,
    )
]
