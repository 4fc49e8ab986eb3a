"""Copy the database to a file while the site goes on."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Write a whole copy of the database to FILE, while the site goes on. FILE must not exist."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args, file, **options):
        if file.exists():
            raise CommandError(f"{file} exists. Choose another name; a backup never replaces a file.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}.")
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        # For the owner only: it holds everything.
        draft.touch(mode=0o600, exist_ok=False)
        try:
            copy_sqlite(draft) if connection.vendor == "sqlite" else copy_postgresql(draft)
            os.link(draft, file)
        except FileExistsError:
            raise CommandError(f"{file} came into being meanwhile; nothing was replaced.") from None
        finally:
            draft.unlink()
        self.stdout.write(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


def copy_sqlite(path):
    """Copy page by page with SQLite's own backup, which waits for writers and takes in what they write."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
        if target.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise CommandError("The copy is damaged: check the disk, and try again.")


def copy_postgresql(path):
    """Have pg_dump write one consistent snapshot."""
    run("pg_dump", "--format=custom", "--no-owner", f"--file={path}")


def run(program, *arguments):
    """Run one of PostgreSQL's programs on the site's database; its word about a failure is the error."""
    settings = connection.settings_dict
    environment = {
        "PGDATABASE": settings["NAME"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"]),
    }
    environment = os.environ | {name: value for name, value in environment.items() if value}
    try:
        result = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise CommandError(f"{program} is not installed (Debian: apt install postgresql-client).") from None
    if result.returncode:
        raise CommandError(f"{program}: {result.stderr.strip()}")
