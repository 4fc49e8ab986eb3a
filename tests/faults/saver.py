"""One editor who saves a section again and again, in a process of its own: see test_saving_at_once.py."""

import json
import os
import sys

import django


def main(name, section, count):
    """Save the section `count` times; print what became of each text that was sent, by status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    from guides.models import Section
    from tests.guides import desk

    django.test.utils.setup_test_environment()
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="ed"), backend="django.contrib.auth.backends.ModelBackend")
    screen = desk.screen(Section(pk=section))
    answers = []
    for number in range(count):
        text = f"{name} wrote this as number {number}."
        sent = desk.fields(client.get(screen)) | {"body": text}
        answers.append([client.post(screen, sent).status_code, text])
    print(json.dumps(answers))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
