"""Import the O*NET database."""

from typing import Any

from guides.datasets import credits
from guides.datasets.importing import ImportCommand
from guides.datasets.progress import Progress
from guides.datasets.publishers import onet
from guides.models import Edition


class Command(ImportCommand):
    help = "Import the text files of an O*NET database in FOLDER: occupations, titles, job zones. All of it or nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", metavar="FOLDER")
        parser.add_argument("--edition", help="the database's number, where the folder does not say it: 27.0")

    def read(self, path, edition: Edition, **options: Any):
        total = sum(self.size(file) for file in onet.find_files(path).values())
        with Progress(self.stderr, "Reading", total=total) as progress:
            return onet.read(path, edition, progress)

    def store(self, database, path) -> None:
        with Progress(self.stderr, "Storing") as progress:
            occupations, titles = onet.store(database, path.name, progress)
        self.stdout.write(f"O*NET {database.edition}: occupations: {occupations}; titles: {titles}.")
        self.stdout.write(credits.credit("onet", database.edition))
