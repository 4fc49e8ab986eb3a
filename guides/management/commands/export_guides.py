"""Write guides, and what they share, back to fixture files."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from guides import freezing
from guides.models import Edition, PictureFile
from guides.models.shared import live_rows
from guides.publishing.fixtures import PICTURES
from guides.registry import content_models


class Command(BaseCommand):
    help = "Write every live guide, one file each, and what they share into FOLDER, in the form load_guides reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for edition in Edition.objects.live().select_related("guide").order_by("guide__slug"):
            content = edition.content
            plain = [{"model": entry["model"], "fields": entry["fields"]} for entry in content["objects"]]
            write(folder / f"{edition.guide.slug.replace('-', '_')}.json", plain)
            write_pictures(folder / PICTURES, plain)
            self.stdout.write(f"{edition.guide.slug}: {len(plain)} objects")
        shared: dict[str, list[freezing.Plain]] = defaultdict(list)
        for label, name in content_models.SHARED.items():
            shared[name] += [freezing.to_plain(row) for row in live_rows(apps.get_model(label)).order_by("slug")]
        for name, plains in shared.items():
            write(folder / f"{name}.json", plains)


def write_pictures(folder: Path, objects: list[freezing.Plain]) -> None:
    """Write the files of a guide's pictures, each under its name: load_guides makes their other forms anew."""
    names = [plain["fields"]["file"] for plain in objects if plain["model"] == "guides.picture"]
    for file in PictureFile.objects.filter(name__in=names):
        folder.mkdir(exist_ok=True)
        (folder / file.name).write_bytes(bytes(file.content))


def write(path: Path, objects: list[freezing.Plain]) -> None:
    """Write a fixture file: the same objects always give the same bytes."""
    path.write_text(json.dumps(objects, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
