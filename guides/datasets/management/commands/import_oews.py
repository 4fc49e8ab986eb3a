"""Import the wage survey of the Bureau of Labor Statistics."""

from typing import Any

from guides.datasets.importing import ImportCommand
from guides.datasets.progress import Progress
from guides.datasets.publishers import oews


class Command(ImportCommand):
    help = "Import the national OEWS workbook FILE.xlsx: pay and jobs by occupation. All of it or nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", metavar="FILE")
        parser.add_argument("--period", help="the survey's month, where the workbook does not say it: 'May 2024'")

    def read(self, path, period, **options: Any):
        with Progress(self.stderr, "Reading rows") as progress:
            return oews.read(path, period, progress)
