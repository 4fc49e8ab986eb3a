"""Load guides from fixture files, each replaced whole, as drafts or published at once."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from guides.models import Guide
from guides.publishing import editions, fixtures


class Command(BaseCommand):
    help = (
        "Load guides from FILES, without files from everything in fixtures/. "
        "All of it is checked first; on a fault nothing changes."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="fixture files; none means everything in fixtures/"
        )
        parser.add_argument("--publish", action="store_true", help="let readers see the loaded guides at once")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where the database holds a guide")

    def handle(self, *args, files, publish, if_empty, **options):
        if if_empty and Guide.objects.exists():
            return
        paths = [Path(file) for file in files] or sorted(Path(settings.FIXTURES_DIR).glob("*.json"))
        try:
            guides = self.load(paths, publish)
        except fixtures.FixtureErrors as errors:
            for line in errors.lines:
                self.stderr.write(line)
            raise CommandError(f"{len(errors.lines)} faults, nothing was loaded.") from None
        state = "published" if publish else "loaded as drafts; readers see them once they are published (--publish)"
        self.stdout.write(f"{len(guides)} guides {state}: {', '.join(guide.slug for guide in guides) or 'none'}.")

    @transaction.atomic
    def load(self, paths, publish):
        """Load all of `paths` or nothing."""
        guides = fixtures.load(fixtures.read(paths))
        for guide in guides:
            edition = editions.save(guide, comment="Loaded from a file")
            if publish and edition.state != edition.State.LIVE:
                editions.publish(edition)
        return guides
