"""A process that publishes two editions in turn until it is killed: see test_killing.py."""

import os
import sys

import django


def main(first, second):
    os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
    django.setup()
    from guides import editions
    from guides.models import Edition

    pair = [Edition.objects.get(pk=first), Edition.objects.get(pk=second)]
    print("ready", flush=True)  # noqa: T201
    while True:
        for edition in pair:
            editions.publish(edition)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
