"""What the three import commands share."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from .faults import ImportFault, reading
from .models import Dataset
from .progress import Progress
from .storing import store


class ImportCommand(BaseCommand):
    """Reads a whole file, then stores it in one transaction; a fault is one line, exit 1, and nothing changed."""

    def handle(self, *args: Any, path, **options: Any):
        path = Path(path)
        try:
            self.store(self.read(path, **options), path)
        except ImportFault as fault:
            raise CommandError(f"{fault} Nothing was imported.") from None

    def read(self, path, **options: Any):
        """Return what the file says. Raises ImportFault."""
        raise NotImplementedError

    def store(self, imported, path) -> None:
        """Store what was found and say what was done."""
        with Progress(self.stderr, "Storing") as progress:
            summary = store(imported, path.name, progress)
        self.stdout.write(f"{Dataset.Form(imported.form).label}, {imported.edition}: {summary}.")
        for reason, count in imported.skipped.items():
            self.stdout.write(f"Skipped, {reason}: {count:,}.")
        if imported.unmapped:
            count = len(imported.unmapped)
            titles = ", ".join([*imported.unmapped[:5], "..."] if count > 5 else imported.unmapped)
            self.stdout.write(
                f"Without an occupation code, so that no figure is held against them: {count} ({titles}). "
                "Add codes to the Handbook entries in the admin."
            )

    @staticmethod
    def size(path):
        with reading(path):
            return path.stat().st_size
