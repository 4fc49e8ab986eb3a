"""Import the Employment Projections of the Bureau of Labor Statistics."""

from guides.datasets.importing import ImportCommand


class Command(ImportCommand):
    publisher = "projections"
    help = "Import the projections' workbook occupation.xlsx: jobs to come, openings, education. All of it or nothing."
