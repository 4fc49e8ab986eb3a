"""Import the wage survey of the Bureau of Labor Statistics."""

from guides.datasets.importing import ImportCommand


class Command(ImportCommand):
    publisher = "oews"
    help = "Import the OEWS workbook FILE.xlsx: pay and jobs by occupation. All of it or nothing."
