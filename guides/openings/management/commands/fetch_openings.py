"""Fetch the feeds of openings that are on, and say of each what came of it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from ... import fetching
from ...models import Feed


class Command(BaseCommand):
    help = "Fetch the feeds of openings that are on and due. A feed that fails is said, and harms no other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Fetch every feed that is on, also those that are not due."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            Feed.objects.on().update(next_at=None)
        feeds = fetching.fetch_due()
        for feed in feeds:
            count = ngettext("%(count)d posting.", "%(count)d postings.", feed.count) % {"count": feed.count}
            self.stdout.write(f"{feed.name}: {feed.fault or count} {feed.note}".strip())
        if not feeds:
            self.stdout.write(
                "No feed is due: --all fetches every feed that is on at once."
                if Feed.objects.on().exists()
                else "No feed is on."
            )
        if feeds and all(feed.fault for feed in feeds):
            raise CommandError("No feed worked.")
