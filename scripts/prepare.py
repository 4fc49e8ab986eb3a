"""Bring the site up to date: tables, what this release ships, what stands beside live guides; and static files.

python -m scripts.prepare           # all but the static files
python -m scripts.prepare static    # those alone, the old ones left beside them
"""

import hashlib
import io
import logging
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import django

from careerguide import startup


def prepare() -> None:
    """Migrate where a migration is missing, and bring in what this release ships and the site does not have yet."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from guides.models import Guide

    # A first start is no event for the log of who changed what.
    logging.disable(logging.INFO)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    if Guide.objects.exists():
        # What an upgrade publishes is one.
        logging.disable(logging.NOTSET)
    call_command("load_release")
    logging.disable(logging.NOTSET)
    call_command("rebuild_search", missing=True, stdout=io.StringIO())
    connection.close()


def collect_static_files(*, clear: bool) -> None:
    """Collect the static files where they are not those that were collected last, or that was not finished.

    With `clear` the old ones go: they are of use where pages that name them are still sent.
    """
    django.setup()
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    if settings.DEBUG:
        return
    sources = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    lines = sorted(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sources)
    present = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    collected = settings.DATA_DIR / "static.collected"
    if Path(settings.STATIC_ROOT).is_dir() and collected.exists() and collected.read_text() == present:
        return
    collected.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=clear, verbosity=0)
    collected.write_text(present)


def alone() -> AbstractContextManager[int]:
    """The turn of one of these scripts in this project: two at once would take each other's files away."""
    return startup.turn(Path(__file__).parent)


if __name__ == "__main__":
    with startup.in_one_sentence():
        startup.begin()
        with alone():
            collect_static_files(clear=False) if sys.argv[1:] == ["static"] else prepare()
