"""Makes so many more guides in the database that DATABASE_URL names: `python -m tests.faults.copies NUMBER`."""

import logging
import os
import sys

import django


def main(number):
    os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
    django.setup()
    from guides.models import Guide
    from guides.publishing import editions, listings
    from tests import factories

    logging.disable(logging.INFO)
    # Drawing the picture of each would take most of the time.
    listings.draw = lambda listing: b""
    # Not in one transaction: PostgreSQL would keep every version of the rows that all of them change.
    for count in range(number):
        factories.make_guide(f"copy-{count}")
    # Rows that an edition holds and whose table going back drops: no going forward brings them back.
    for guide in Guide.objects.filter(former_addresses__isnull=False):
        guide.former_addresses.all().delete()
        editions.publish(editions.save(guide))


if __name__ == "__main__":
    main(int(sys.argv[1]))
