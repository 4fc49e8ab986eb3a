"""Import the Occupational Outlook Handbook's table of occupations."""

from guides.datasets.importing import ImportCommand


class Command(ImportCommand):
    publisher = "ooh"
    help = "Import the Handbook (its XML or a table FILE.csv): pay, jobs, outlook, education. All of it or nothing."
