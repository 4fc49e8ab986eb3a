"""Visit the pages of others that live guides lead to, and say what moved or died."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...models import LinkVisit
from ...publishing import outside_links


class Command(BaseCommand):
    help = "Visit the outside links of live guides that are due: each weekly, one that failed daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="Visit every link, also those that are not due.")

    def handle(self, *args: Any, **options: Any) -> None:
        outside_links.list_all()
        if options["all"]:
            LinkVisit.objects.update(visited_at=None)
        visited = outside_links.visit_due(most=LinkVisit.objects.count())
        for visit in visited:
            if visit.failures or visit.moved_to:
                new = f" -> {visit.moved_to}" if visit.moved_to else ""
                self.stdout.write(f"{visit.url}{new}: {visit.get_state_display()}. {visit.detail}")
        self.stdout.write(outside_links.summary(visited))
