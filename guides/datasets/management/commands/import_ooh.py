"""Import the Occupational Outlook Handbook's table of occupations."""

from typing import Any

from guides.datasets.importing import ImportCommand
from guides.datasets.progress import Progress
from guides.datasets.publishers import ooh


class Command(ImportCommand):
    help = "Import the Handbook's table FILE.csv: pay, jobs, outlook and entry education. All of it or nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", metavar="FILE")
        parser.add_argument(
            "--pay-period", help="the month its pay is of, where it is not May of the projections' first year"
        )

    def read(self, path, pay_period, **options: Any):
        with Progress(self.stderr, "Reading", total=self.size(path)) as progress:
            return ooh.read(path, pay_period, progress)
