"""Import the Occupational Outlook Handbook's table of occupations."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from guides.datasets.importing import ImportFiguresCommand
from guides.datasets.progress import Progress
from guides.datasets.publishers import ooh
from guides.datasets.storing import Found


class Command(ImportFiguresCommand):
    help = "Import the Handbook's table FILE.csv: pay, jobs, outlook and entry education. All of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="FILE")
        parser.add_argument(
            "--pay-period", help="the month its pay is of, where it is not May of the projections' first year"
        )

    def read(self, path: Path, *, pay_period: str | None = None, **options: Any) -> Found:
        with Progress(self.stderr, "Reading", total=self.size(path)) as progress:
            return ooh.read(path, pay_period, progress)
