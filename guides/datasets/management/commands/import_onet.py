"""Import the O*NET database."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from guides.datasets import credits
from guides.datasets.importing import ImportCommand
from guides.datasets.progress import Progress
from guides.datasets.publishers import onet


class Command(ImportCommand[onet.Database]):
    help = "Import the text files of an O*NET database in FOLDER: occupations, titles, job zones. All of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="FOLDER")
        parser.add_argument("--edition", help="the database's number, where the folder does not say it: 27.0")

    def read(self, path: Path, *, edition: str | None = None, **options: Any) -> onet.Database:
        total = sum(self.size(file) for file in onet.find_files(path).values())
        with Progress(self.stderr, "Reading", total=total) as progress:
            return onet.read(path, edition, progress)

    def store(self, database: onet.Database, path: Path) -> None:
        with Progress(self.stderr, "Storing") as progress:
            occupations, titles = onet.store(database, path.name, progress)
        self.stdout.write(f"O*NET {database.edition}: occupations: {occupations}; titles: {titles}.")
        self.stdout.write(credits.credit("onet", database.edition))
