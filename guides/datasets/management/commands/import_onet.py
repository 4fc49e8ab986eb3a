"""Import the O*NET database."""

from guides.datasets.importing import ImportCommand


class Command(ImportCommand):
    publisher = "onet"
    help = "Import the text files of an O*NET database in FOLDER: occupations, titles, job zones. All of it or nothing."
