"""What the three import commands share."""

from pathlib import Path
from typing import Any, Generic, TypeVar

from django.core.management.base import BaseCommand, CommandError

from .faults import ImportFault, reading
from .models import Dataset
from .progress import Progress
from .storing import Found, store

Content = TypeVar("Content")


class ImportCommand(BaseCommand, Generic[Content]):
    """Reads a whole file, then stores it in one transaction; a fault is one line, exit 1, and nothing changed."""

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        file = Path(path)
        try:
            self.store(self.read(file, **options), file)
        except ImportFault as fault:
            raise CommandError(f"{fault} Nothing was imported.") from None

    def read(self, path: Path, **options: Any) -> Content:
        """Return what the file says. Raises ImportFault."""
        raise NotImplementedError

    def store(self, imported: Content, path: Path) -> None:
        """Store what was found and say what was done."""
        raise NotImplementedError

    @staticmethod
    def size(path: Path) -> int:
        with reading(path):
            return path.stat().st_size


class ImportFiguresCommand(ImportCommand[Found]):
    """Reads a file of figures."""

    def store(self, imported: Found, path: Path) -> None:
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
