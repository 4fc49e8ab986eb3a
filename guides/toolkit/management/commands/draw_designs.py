"""Draw anew the pictures by which people choose a design."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image

from guides.toolkit.documents.blocks import Block, Document, EntryHeading, Head, Heading, Points, Text
from guides.toolkit.documents.designs import DESIGNS
from guides.toolkit.documents.pdf import picture

FOLDER = Path(settings.BASE_DIR) / "static" / "designs"
# Drawn large and made small, the letters stay even; twice the size that a page shows them at.
PPI, SIZE = 120, (264, 204)
# What is shown of a sheet: its upper part says how it looks.
SHOWN = SIZE[1] / SIZE[0]
SAMPLE: list[Block] = [
    Head("Mia Hill", "Library clerk", ("Dayton, OH", "mia@example.org", "555-010-1234")),
    Heading("Summary"),
    Text("Six years at the desk of a town library. Patient, exact, and quick with a new system."),
    Heading("Experience"),
    EntryHeading("Circulation clerk", "Marlow Public Library", "Jun 2022 – present"),
    Points(("Serve up to 400 visitors a day", "Trained six pages", "Cut the shelving time by half")),
    EntryHeading("Library page", "Marlow Public Library", "2020 – 2022"),
    Points(("Shelved 300 books a day", "Mended 40 books a month")),
    EntryHeading("Cashier", "Corner Market", "2018 – 2020"),
    Points(("Balanced a drawer of $2,000 each night", "Opened the shop on weekends")),
    Heading("Education"),
    EntryHeading("Associate of Arts", "Sinclair Community College", "May 2020"),
    EntryHeading("High school diploma", "Marlow High School", "2018"),
    Heading("Skills"),
    Text("Systems: Koha, Polaris, Excel"),
    Text("Languages: Spanish, German"),
]


class Command(BaseCommand):
    help = "Draw the pictures of the designs anew, after a design has changed."

    def handle(self, *args: Any, **options: Any) -> None:
        FOLDER.mkdir(exist_ok=True)
        for name in DESIGNS:
            drawn = Image.open(io.BytesIO(picture(Document("Resume", "Mia Hill", SAMPLE), name, PPI)))
            upper = drawn.convert("RGB").crop((0, 0, drawn.width, round(drawn.width * SHOWN)))
            small = upper.resize(SIZE, Image.Resampling.LANCZOS)
            small.save(FOLDER / f"{name}.webp", quality=80, method=6)
        self.stdout.write(f"{len(DESIGNS)} pictures in {FOLDER}.")
