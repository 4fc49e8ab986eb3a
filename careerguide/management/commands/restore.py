"""Bring the database back from a backup."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from guides.publishing import content_version

from .backup import run


class Command(BaseCommand):
    help = "Replace everything in the database by what FILE holds, a file that `backup` wrote."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args, file, yes, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if not yes and input("Everything in the database is replaced. Type 'restore' to go on: ") != "restore":
            raise CommandError("Nothing was changed.")
        newest = self.version()
        restore_sqlite(file) if connection.vendor == "sqlite" else restore_postgresql(file)
        connection.close()
        # Workers that run meanwhile must not take their stored pages for new: go past every version they know.
        while self.version() <= newest:
            content_version.content_changed()
        self.stdout.write("Restored. Run `manage.py migrate` if the backup is from an older version of the site.")

    @staticmethod
    def version():
        from guides.models import ContentVersion

        return ContentVersion.objects.values_list("number", flat=True).first() or 0


def restore_sqlite(path):
    """Copy the backup over the database in one transaction of SQLite's own."""
    connection.ensure_connection()
    # A backup stands alone: opened as one that never changes, it gets no files beside it.
    alone = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro{alone}", uri=True)) as source:
        try:
            if source.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise CommandError(f"{path} is damaged. Nothing was changed.")
            source.execute("SELECT 1 FROM guides_guide LIMIT 1")
        except sqlite3.Error as error:
            raise CommandError(f"{path} is not a backup of this site ({error}). Nothing was changed.") from None
        source.backup(connection.connection)


def restore_postgresql(path):
    """Have pg_restore replace the tables in one transaction."""
    run(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        f"--dbname={connection.settings_dict['NAME']}",
        str(path),
    )
