"""Import the Occupational Outlook Handbook's table of occupations."""

from guides.datasets.importing import ImportCommand


class Command(ImportCommand):
    publisher = "ooh"
    help = "Import the Handbook's table FILE.csv: pay, jobs, outlook and entry education. All of it or nothing."
