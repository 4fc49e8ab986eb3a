"""The backup of each night: written into BACKUP_DIR, read back for trial, and what is known of that."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import JobState
from .comparison import read_back
from .errors import BackupError, database_errors

KEPT = 30
# How the clock names its backups: no other file is deleted or read back.
PATTERN = "????-??-??T??????Z.backup"
NAME = "%Y-%m-%dT%H%M%SZ.backup"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z\.backup")
# The job that reads the newest backup back. What it did last names that backup: nothing else keeps it.
JOB = "verify_backup"
# Its process is ended at the limit. Bringing back, which takes the most of it, ends before, so that it can tidy up.
LIMIT = timedelta(hours=1)
PATIENCE = timedelta(minutes=50)
# Two nights without a backup that can be brought back want somebody.
LONG = timedelta(hours=48)


def back_up() -> str:
    """Write a backup into BACKUP_DIR, for the site's user alone, and delete all but the newest."""
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / datetime.now(UTC).strftime(NAME)
    call_command("backup", str(file), verbosity=0)
    for old in _all()[:-KEPT]:
        old.unlink()
    return _("%(name)s, %(size).1f MB.") % {"name": file.name, "size": file.stat().st_size / 1e6}


def verify() -> str:
    """Bring the newest backup back into a scratch database; BackupError where that cannot be."""
    newest = _all()[-1:]
    if not newest:
        raise BackupError(f"There is no backup in {settings.BACKUP_DIR}.")
    with database_errors():
        tables = read_back(newest[0], PATIENCE)
    rows = sum(table.same + table.in_backup for table in tables)
    return _("%(name)s can be brought back: %(rows)d rows.") % {"name": newest[0].name, "rows": rows}


def is_unverified() -> bool:
    """Whether there is a backup that is newer than the last one that was read back."""
    newest = _all()[-1:]
    return bool(newest) and newest[0].name != _verified(JobState.objects.filter(name=JOB).first())


def hours_unverified() -> int | None:
    """How old the newest backup is that was read back, in hours; None where there was never any backup.

    Where none was read back yet, it is the age of the oldest that there is.
    """
    name = _verified(JobState.objects.filter(name=JOB).first())
    names = [name] if name else [path.name for path in _all()]
    return _age(names[0]) // timedelta(hours=1) if names else None


def in_words() -> str:
    """What whoever watches the site is told of the last backup: no path and no fault, which the editors' page has."""
    state = JobState.objects.filter(name=JOB).first()
    if state and state.is_failing:
        return f"the last backup was not verified: it failed at {state.failed_at:%Y-%m-%d %H:%M} UTC, see /admin/"
    name = _verified(state)
    if not name:
        return "no backup was verified yet"
    if _age(name) > LONG:
        return f"the last backup was not verified: the newest that was is {name}"
    return f"the backup {name} was verified"


def _all() -> list[Path]:
    """The clock's backups, the oldest first."""
    return sorted(path for path in Path(settings.BACKUP_DIR).glob(PATTERN) if STAMP.fullmatch(path.name))


def _verified(state: JobState | None) -> str:
    """The name of the backup that was last read back; empty where none was."""
    found = STAMP.search(state.result) if state else None
    return found[0] if found else ""


def _age(name: str) -> timedelta:
    return timezone.now() - datetime.strptime(name, NAME).replace(tzinfo=UTC)
