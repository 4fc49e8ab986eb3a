"""Load guides from fixture files, each replaced whole, as drafts or published at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import ngettext

from guides import registry
from guides.models import Guide
from guides.publishing import editions, fixtures


class Command(BaseCommand):
    help = (
        "Load guides from FILES, without files from everything in fixtures/. "
        "All of it is checked first; on a fault nothing changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="fixture files; none means everything in fixtures/"
        )
        parser.add_argument("--publish", action="store_true", help="let readers see the loaded guides at once")

    def handle(self, *args: Any, files: list[str], publish: bool, **options: Any) -> None:
        paths = [Path(file) for file in files] or sorted(Path(settings.FIXTURES_DIR).glob("*.json"))
        try:
            guides = self.load(paths, publish)
        except fixtures.FixtureErrors as errors:
            raise self.fault(errors.lines) from None
        except editions.Unfit as refusal:
            raise self.fault([f"{problem.place}: {problem.message}" for problem in refusal.problems]) from None
        state = "published" if publish else "loaded as drafts; readers see them once they are published (--publish)"
        count = ngettext("%(count)d guide", "%(count)d guides", len(guides)) % {"count": len(guides)}
        self.stdout.write(f"{count} {state}: {', '.join(guide.slug for guide in guides) or 'none'}.")

    def fault(self, lines: Sequence[str]) -> CommandError:
        """Write what is wrong, one line each, and return the error that ends the command."""
        for line in lines:
            self.stderr.write(line)
        faults = ngettext("%(count)d fault, nothing was loaded.", "%(count)d faults, nothing was loaded.", len(lines))
        return CommandError(faults % {"count": len(lines)})

    @transaction.atomic
    def load(self, paths: list[Path], publish: bool) -> list[Guide]:
        """Load all of `paths` or nothing."""
        guides = fixtures.load(fixtures.read(paths))
        saved = [editions.save(guide, comment="Loaded from a file") for guide in guides]
        for loaded in registry.each("loaded"):
            loaded("Loaded from a file", publish)
        if publish:
            editions.publish_together([edition for edition in saved if edition.state != edition.State.LIVE])
        return guides
