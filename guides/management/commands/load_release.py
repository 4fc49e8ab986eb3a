"""Bring in the texts that this release ships: run at every start and by every upgrade."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from guides.publishing import upgrade


class Command(BaseCommand):
    help = (
        "Bring in what fixtures/ ships and this site does not have yet: published where nobody touched the guide since "
        "the last release, merged into a draft where editors did. Does nothing where there is nothing new."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = upgrade.bring_in()
        for words, slugs in [
            ("published", outcome.published),
            ("in a draft, for an editor to look at", outcome.drafted),
            ("with changes that collide: the front page of /admin/ shows both sides", outcome.collided),
        ]:
            if slugs:
                self.stdout.write(f"From release {settings.RELEASE}, {words}: {', '.join(slugs)}.")
        if outcome.rows:
            self.stdout.write(f"From release {settings.RELEASE}, sources, terms and synonyms: {len(outcome.rows)}.")
        for fault in outcome.faults:
            self.stderr.write(f"Not brought in: {fault}")
