"""Load the official snapshot that this release ships, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.datasets.faults import ImportFault
from guides.datasets.progress import Progress
from guides.datasets.snapshot import loading


class Command(BaseCommand):
    help = (
        "Load the official data that this release ships and this site does not have, never over a newer import. The "
        "site's clock does it by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Progress(self.stderr, "Official data") as progress:
                loaded = loading.load(progress)
        except ImportFault as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(f"Loaded: {', '.join(map(str, loaded)) or 'nothing that is not here'}.")
