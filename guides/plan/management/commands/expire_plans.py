"""Remove the plans that nobody has opened for a year."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from guides.plan.models import KEPT_FOR, Plan


class Command(BaseCommand):
    help = "Remove plans that have not been opened for 12 months, with all they hold. Run it once a day."

    def handle(self, **options):
        _, removed = Plan.objects.filter(used_at__lt=timezone.now() - KEPT_FOR).delete()
        count = removed.get(Plan._meta.label, 0)
        self.stdout.write(f"Removed {count} plan(s) that were not opened for 12 months.")
