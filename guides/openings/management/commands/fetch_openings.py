"""Fetch the feeds of openings that are on, and say of each what came of it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

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
            self.stdout.write(f"{feed.name}: {feed.fault or f'{feed.count} postings.'} {feed.note}".strip())
        if not feeds:
            self.stdout.write("No feed is due." if Feed.objects.on().exists() else "No feed is on.")
        if feeds and all(feed.fault for feed in feeds):
            raise CommandError("No feed worked.")
