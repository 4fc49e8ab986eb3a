"""Move the whole site to another database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from careerguide import moving
from careerguide.backups.errors import database_errors
from careerguide.moving import target
from guides.datasets.progress import Progress

from .backup import refuse_empty_database


class Command(BaseCommand):
    help = (
        "Copy everything from the site's database into the empty one at TARGET_URL, of either kind, and compare every "
        "row. All of it is moved, or nothing; the site's database stays as it is. Stop the site meanwhile, and set "
        "DATABASE_URL to TARGET_URL before it starts again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "url", metavar="TARGET_URL", help="such as postgres://user:password@host/name or sqlite:////path/of/file"
        )

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        with database_errors():
            refuse_empty_database()
            target.refuse_other_migrations(connection, "The site's database")
            if unknown := moving.unknown_tables(connection):
                self.stderr.write(
                    f"These tables stay behind, since no app of the site knows them: {', '.join(unknown)}."
                )
            with Progress(self.stderr, "moved and compared", 2 * moving.count(connection)) as progress:
                rows = moving.move(connection, url, progress.advance)
        self.stdout.write(
            f"Moved: {rows:,} rows of {len(moving.tables())} tables, compared row by row. "
            "Now set DATABASE_URL to TARGET_URL, and start the site."
        )
