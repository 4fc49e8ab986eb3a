"""Write guides and sources back to fixture files."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from guides import freezing
from guides.models import Edition, Source


class Command(BaseCommand):
    help = "Write every live guide, one file each, and sources.json into FOLDER, in the form load_guides reads."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="FOLDER", type=Path)

    def handle(self, *args, folder, **options):
        folder.mkdir(parents=True, exist_ok=True)
        sources = {source.slug: freezing.to_plain(source) for source in Source.objects.all()}
        for edition in Edition.objects.live().select_related("guide").order_by("guide__slug"):
            content = edition.content
            plain = [{"model": entry["model"], "fields": entry["fields"]} for entry in content["objects"]]
            write(folder / f"{edition.guide.slug.replace('-', '_')}.json", plain)
            self.stdout.write(f"{edition.guide.slug}: {len(plain)} objects")
        write(folder / "sources.json", [sources[slug] for slug in sorted(sources)])


def write(path, objects):
    """Write a fixture file: the same objects always give the same bytes."""
    path.write_text(json.dumps(objects, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
