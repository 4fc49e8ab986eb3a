"""What every import command does: read a whole file, say what it would change, then store it in one transaction."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from .checking import contradicted_figures
from .faults import ImportFault
from .progress import Progress
from .publisher import Publisher, digest, publishers
from .storing import FileContent, Summary, store

# As many changes as a person reads before an import; the rest are counted.
LINES = 20


class ImportCommand(BaseCommand):
    """Imports one publisher's file, named by `publisher`; a fault is one line, exit 1, and nothing changed."""

    publisher: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser, publishers()[self.publisher])

    def handle(self, *args: Any, path: str, dry_run: bool, no_input: bool, **options: Any) -> None:
        publisher = publishers()[options.pop("publisher", None) or self.publisher]
        given = {option.name: options[option.name] for option in publisher.options}
        try:
            with Progress(self.stderr, "Reading") as progress:
                content = publisher.read(Path(path), progress, **given)
            content.files = content.files or {Path(path).name: digest(Path(path))}
            if dry_run or (sys.stdin.isatty() and not no_input):
                self.stdout.write("What this import would do:")
                is_news = self.store(publisher, content, dry_run=True)
                if dry_run or not is_news or not self.agreed():
                    self.stdout.write("Nothing was imported.")
                    return
            self.store(publisher, content)
        except ImportFault as fault:
            raise CommandError(f"{fault} Nothing was imported.") from None

    def store(self, publisher: Publisher, content: FileContent, *, dry_run: bool = False) -> bool:
        """Store what was found, say what that did, and return whether anything is new; a dry run is taken back."""
        before = contradicted_figures()
        with transaction.atomic():
            with Progress(self.stderr, "Comparing" if dry_run else "Storing") as progress:
                summaries = store(publisher, content, progress)
            figures = contradicted_figures()
            transaction.set_rollback(dry_run)
        self.tell(publisher, content, summaries)
        if new := [figure for figure in figures if figure not in before]:
            self.stdout.write(f"Live guides lead with figures that it contradicts ({len(new)}): {'; '.join(new)}.")
        return any(summary.is_news for summary in summaries)

    def agreed(self) -> bool:
        """Ask the person at the terminal."""
        return input("Pages for readers show this data. Import it? [y/N] ").strip().casefold() in {"y", "yes"}

    def tell(self, publisher: Publisher, content: FileContent, summaries: list[Summary]) -> None:
        """Say what was done or would be, in numbers and in the first of the values that change."""
        lines = [line for summary in summaries for line in summary.lines]
        for line in lines[:LINES]:
            self.stdout.write(line)
        if len(lines) > LINES:
            self.stdout.write(f"... and {len(lines) - LINES:,} more.")
        self.stdout.write(f"{publisher.label}, {content.edition}: {'; '.join(map(str, summaries))}.")
        for reason, count in content.skipped.items():
            self.stdout.write(f"Skipped, {reason}: {count:,}.")
        for note in content.notes:
            self.stdout.write(note)
        self.stdout.write(publisher.credit_line(content.edition))


def add_arguments(parser: ArgumentParser, publisher: Publisher) -> None:
    """Add what the import of a publisher's file takes."""
    parser.add_argument("path", metavar=publisher.metavar)
    for option in publisher.options:
        name, action = f"--{option.name.replace('_', '-')}", "store_true" if option.is_flag else "store"
        parser.add_argument(name, help=option.help, action=action)
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    parser.add_argument("--no-input", action="store_true", help="do not ask before what readers see is changed")
