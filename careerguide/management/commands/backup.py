"""Copy the database to a file while the site goes on."""

import os
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from careerguide.backups import BackupError, encryption, engine, left_out
from careerguide.backups.errors import database_errors, file_errors
from careerguide.backups.scratch import private_folder


class Command(BaseCommand):
    help = (
        "Write a whole copy of the database to FILE, while the site goes on; without the official data that the "
        "release ships, which comes again by itself. Encrypted, where BACKUP_KEY is set. FILE must not exist."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: str, file: Path, **options: object) -> None:
        file = file.absolute()
        with file_errors(file), database_errors():
            if file.exists():
                raise BackupError(f"{file} exists. Choose another name; a backup never replaces a file.")
            if not file.parent.is_dir():
                raise BackupError(f"There is no folder {file.parent}.")
            refuse_empty_database()
            write(file)
            self.stdout.write(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


def refuse_empty_database() -> None:
    """Whoever backs up a database without the site's tables has another one in mind."""
    name = connection.settings_dict["NAME"]
    # Opening SQLite's file would make it.
    missing = connection.vendor == "sqlite" and not Path(name).exists()
    if missing or "guides_guide" not in connection.introspection.table_names():
        raise BackupError(
            f"The database {name} has none of the site's tables: there is nothing to back up. "
            "Are DATABASE_URL and DATA_DIR those of the site?"
        )


def write(file: Path) -> None:
    """Write the backup beside `file`, which gets its name only when it is whole."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    # For the owner only: it holds everything.
    draft.touch(mode=0o600, exist_ok=False)
    try:
        if settings.BACKUP_KEY:
            with private_folder() as folder:
                copy(folder / file.name)
                encryption.encrypt(folder / file.name, draft, settings.BACKUP_KEY)
        else:
            copy(draft)
        os.link(draft, file)
    except FileExistsError:
        raise BackupError(f"{file} came into being meanwhile; nothing was replaced.") from None
    finally:
        draft.unlink()


def copy(file: Path) -> None:
    """Have the database's engine copy it into `file`."""
    # An import meanwhile makes rows that nothing would bring back: then the copy is made anew.
    without = None
    while without != (now := left_out()):
        without = now
        engine().write(file, without)
