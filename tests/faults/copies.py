"""Many guides."""

from guides.datasets.models import StateLink
from guides.models import FormerAddress, Guide
from guides.publishing import editions
from tests import factories


def make(number):
    """Make so many more guides like the one that is there."""
    # Not in one transaction: PostgreSQL would keep every version of the rows that all of them change.
    for count in range(number):
        factories.make_guide(f"copy-{count}")
    # Rows that an edition holds and whose table going back drops: no going forward brings them back.
    FormerAddress.objects.all().delete()
    StateLink.objects.all().delete()
    for guide in Guide.objects.all():
        editions.publish(editions.save(guide))
