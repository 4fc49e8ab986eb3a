"""The site's counters: its own, and what each app adds by its Extension. Numbers alone, nothing of any person."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from guides import registry
from guides.models import Listing, PageCount, Report
from guides.models.feedback import today
from guides.registry import jobs
from guides.registry.extension import Counter

from ..backups import nightly
from ..models import AnswerCount, JobState
from .answers import MILLISECONDS

# Jobs run within a minute of when they are due; after so long somebody should look.
LATE = timedelta(minutes=5)


def counters() -> list[Counter]:
    """All counters, the site's own first. Some ten queries."""
    own = [*_of_answers(), *_of_the_database(), *_of_the_clock(), *_of_the_content()]
    return own + [counter for added in registry.each("counters") for counter in added()]


def _of_answers() -> Iterator[Counter]:
    day = today()
    counts = dict(AnswerCount.objects.filter(day=day).values_list("kind", "count"))
    milliseconds = counts.pop(MILLISECONDS, 0)
    for kind, words in {
        "2xx": _("Answers that went well, today"),
        "3xx": _("Answers that led elsewhere, today"),
        "4xx": _("Refused requests, today"),
        "5xx": _("Failed requests, today"),
    }.items():
        yield Counter(f"answers_{kind}", words, counts.get(kind, 0), is_bad=kind == "5xx" and bool(counts.get(kind)))
    yield Counter(
        "answer_milliseconds",
        _("Milliseconds an answer took, on average, today"),
        round(milliseconds / (sum(counts.values()) or 1)),
    )
    if settings.PAGE_COUNTS and settings.PAGE_STORE_MB:
        sent = PageCount.objects.filter(day=day).total()
        yield Counter("pages_sent", _("Ready pages sent from memory, today"), sent)


def _of_the_database() -> Iterator[Counter]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            (size,) = cursor.fetchone()
    else:
        file = Path(connection.settings_dict["NAME"])
        size = sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*") if part.is_file())
        free = shutil.disk_usage(file.parent).free if file.parent.is_dir() else 0
        yield Counter("disk_free_bytes", _("Bytes free on the disk of the database"), free)
    yield Counter("database_bytes", _("Bytes of the database"), size)


def _of_the_clock() -> Iterator[Counter]:
    now = timezone.now()
    known = JobState.objects.filter(name__in=jobs.registered())
    failing = known.filter(Q(failed_at__gt=F("finished_at")) | Q(failed_at__isnull=False, finished_at=None)).count()
    overdue = known.filter(due_at__lt=now - LATE).count()
    yield Counter("jobs_failing", _("Jobs of the clock that failed the last time"), failing, is_bad=failing > 0)
    yield Counter("jobs_overdue", _("Jobs of the clock overdue by five minutes or more"), overdue, is_bad=overdue > 0)
    hours = nightly.hours_unverified() if settings.BACKUP_DIR else None
    if hours is not None:
        words = _("Hours since the last backup that was verified")
        yield Counter("verified_backup_hours", words, hours, is_bad=timedelta(hours=hours) >= nightly.LONG)


def _of_the_content() -> Iterator[Counter]:
    yield Counter("guides_live", _("Guides that readers see"), Listing.objects.count())
    waiting = Report.objects.filter(outcome=Report.Outcome.WAITING).count()
    yield Counter("reports_open", _("Reports of mistakes that wait"), waiting)
