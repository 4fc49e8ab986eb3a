"""Bring a backup back into a scratch database and compare that with the site's."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from careerguide.backups.comparison import read_back
from careerguide.backups.errors import database_errors


class Command(BaseCommand):
    help = (
        "See whether FILE, which `backup` wrote, can be brought back: bring it into a scratch database, which is taken "
        "away again, and say how it differs from what is on the site now. Nothing is changed, and the site goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: str, file: Path, **options: object) -> None:
        with database_errors():
            tables = read_back(file)
        rows = sum(table.same + table.in_backup for table in tables)
        self.stdout.write(f"{file} can be brought back: {len(tables)} tables, {rows} rows.")
        for table in tables:
            if table.in_backup or table.on_site:
                self.stdout.write(
                    f"{table.name}: {table.same} rows are the same, {table.in_backup} are in the backup alone, "
                    f"{table.on_site} on the site alone."
                )
