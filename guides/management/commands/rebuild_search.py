"""Write anew what stands beside the live guides: listings and the search index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import ngettext

from guides.publishing import listings


class Command(BaseCommand):
    help = "Write the lists and the search index anew from what is live. Readers notice nothing while it runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only for live guides that have none yet")

    @transaction.atomic
    def handle(self, *args: Any, missing: bool, **options: Any) -> None:
        count = listings.rebuild(missing_only=missing)
        self.stdout.write(ngettext("%(count)d guide.", "%(count)d guides.", count) % {"count": count})
