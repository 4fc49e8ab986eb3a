"""Import the wage survey of the Bureau of Labor Statistics."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from guides.datasets.importing import ImportFiguresCommand
from guides.datasets.progress import Progress
from guides.datasets.publishers import oews
from guides.datasets.storing import Found


class Command(ImportFiguresCommand):
    help = "Import the national OEWS workbook FILE.xlsx: pay and jobs by occupation. All of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="FILE")
        parser.add_argument("--period", help="the survey's month, where the workbook does not say it: 'May 2024'")

    def read(self, path: Path, *, period: str | None = None, **options: Any) -> Found:
        with Progress(self.stderr, "Reading rows") as progress:
            return oews.read(path, period, progress)
