"""Let old unpublished editions go, by the rule of guides/publishing/retention.py: run by cron, each night or so."""

from django.core.management.base import BaseCommand

from guides.publishing import retention


class Command(BaseCommand):
    help = (
        "Delete old editions that were never published: all stay for 30 days, then the newest of each day for a "
        "year, then the newest of each month. Published, submitted, scheduled and newest ones always stay."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{retention.thin()} editions deleted.")
