"""Addresses for whoever watches the site: is the process up, does the database answer, can it be written."""

import os
import shutil

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .backups import nightly

# Less than this is left for SQLite's file: about a day's saving.
LITTLE_SPACE = 20_000_000


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers. Never touches the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers and, as far as can be told without writing, can be written; else 503.

    A site that is ready says of its last backup whether it can be brought back: readers need not wait for that.
    """
    try:
        problem = _problem()
    except (Error, OSError):
        problem = "the database does not answer"
    said = problem or "; ".join(["ready", *_of_the_backup()])
    return HttpResponse(f"{said}\n", status=503 if problem else 200, content_type="text/plain")


def _of_the_backup() -> list[str]:
    """What is known of the last backup, on a host that makes some."""
    if not settings.BACKUP_DIR:
        return []
    try:
        return [nightly.in_words()]
    except Error:
        return ["whether the last backup was verified is not known"]


def _problem() -> str:
    """What keeps people from saving, or an empty string."""
    on_postgresql = connection.vendor == "postgresql"
    read_only = "current_setting('transaction_read_only')" if on_postgresql else "'off'"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, {read_only} FROM guides_contentversion")  # noqa: S608
        _number, is_read_only = cursor.fetchone() or (0, "off")
    if on_postgresql:
        return "the database is read-only" if is_read_only == "on" else ""
    file = connection.settings_dict["NAME"]
    if not os.access(file, os.W_OK):
        return "the database is read-only"
    return "the disk is full" if shutil.disk_usage(file).free < LITTLE_SPACE else ""
