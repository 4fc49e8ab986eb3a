"""Publish what is scheduled: run by cron or a systemd timer, each minute or so."""

from django.core.management.base import BaseCommand

from guides.publishing import editions


class Command(BaseCommand):
    help = "Publish every scheduled edition whose moment has come. Does nothing where there is none."

    def handle(self, *args, **options):
        for edition in editions.publish_due():
            self.stdout.write(f"Published {edition.guide.slug}, edition {edition.number}.")
