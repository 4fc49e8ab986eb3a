"""Import a publisher's file, whichever app has declared the publisher."""

from argparse import ArgumentParser

from guides.datasets.importing import ImportCommand, add_arguments
from guides.datasets.publisher import publishers


class Command(ImportCommand):
    help = "Import a publisher's file. All of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        subparsers = parser.add_subparsers(dest="publisher", metavar="PUBLISHER", required=True)
        for publisher in publishers().values():
            add_arguments(subparsers.add_parser(publisher.slug, help=str(publisher.label)), publisher)
