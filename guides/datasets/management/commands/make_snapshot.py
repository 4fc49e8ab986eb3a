"""Write the official snapshot that the project ships."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.datasets.faults import ImportFault
from guides.datasets.progress import Progress
from guides.datasets.snapshot import making, manifest


class Command(BaseCommand):
    help = "Write all that was imported into fixtures/official/, for the next release to ship."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Progress(self.stderr, "Writing") as progress:
                parts = making.make(progress)
        except ImportFault as fault:
            raise CommandError(str(fault)) from None
        for part in parts:
            self.stdout.write(f"{part}: {sum(part.rows.values()):,} rows, {part.size:,} bytes.")
        self.stdout.write(f"{manifest.folder()}: {sum(part.size for part in parts):,} bytes.")
