"""A process that changes the database in one way, again and again, until it is killed.

It prints a line when it starts, and one after each change: see test_kills.py. With `once` it stops by itself.
"""

import io
import os
import sys
from pathlib import Path

import django

# Going back from here loses nothing that people wrote.
BACK_TO = [("guides", "0004"), ("datasets", "0001")]


def publishing(first, second):
    """Publish two editions in turn."""
    from guides.models import Edition
    from guides.publishing import editions

    for number in (first, second):
        editions.publish(Edition.objects.get(pk=number))


def saving(section):
    """Save a section with another text, on the editors' screen."""
    from django.contrib.auth.models import User
    from django.test import Client

    from guides.models import Section
    from tests.guides import desk

    client = Client()
    client.force_login(User.objects.get(username="ed"), backend="django.contrib.auth.backends.ModelBackend")
    screen = desk.screen(Section(pk=section))
    sent = desk.fields(client.get(screen))
    assert client.post(screen, sent | {"body": f"{sent['body'][:100]}."}).status_code == 302


def saving_whatever_comes(section):
    """Save a section; where the database is exchanged in the middle, it may be refused."""
    try:
        saving(section)
    except Exception as refusal:  # the sign-in or a row that was held may be gone: the next save starts anew
        print(repr(refusal), file=sys.stderr)  # noqa: T201


def typing(section, noted):
    """Type into a section's form, which is kept as one types, and save it in the end.

    A line of the file `noted` is what was told to be kept, or saved.
    """
    import json
    import secrets

    from django.contrib.auth.models import User
    from django.test import Client

    from guides.models import Section
    from tests.guides import desk

    client, key, screen = Client(), secrets.token_hex(16), desk.screen(Section(pk=section))
    client.force_login(User.objects.get(username="ed"), backend="django.contrib.auth.backends.ModelBackend")
    sent = desk.fields(client.get(screen))
    path = Path(noted)
    for _time in range(3):
        sent["body"] = f"This is text {path.read_text().count('.') + 1}, whole."
        typed = json.dumps(list(sent.items()))
        assert client.post("/admin/unsaved/", {"key": key, "address": screen, "typed": typed}).status_code == 204
        note(path, sent["body"])
    assert client.post(screen, sent | {"_unsaved": key}).status_code == 302
    note(path, sent["body"])


def note(path, text):
    """Write a line whole."""
    with path.open("a") as file:
        file.write(f"{text}\n")


def rekeying(held):
    """Give the plan that a browser opens a new key."""
    from django.test import Client

    client = Client()
    client.cookies["plan"] = held
    assert client.post("/plan/key/new/").status_code == 302


def importing(first, second):
    """Import two forms of the wage survey in turn."""
    from django.core.management import call_command

    for path in (first, second):
        call_command("import_oews", path, stdout=io.StringIO(), stderr=io.StringIO())


def fetching(feed):
    """Fetch a feed of openings, which lists something else each time, twice."""
    from django.conf import settings

    from guides.openings import fetching, visiting
    from guides.openings.models import Feed

    # The feed is on this machine.
    settings.VISIT_PRIVATE_ADDRESSES, visiting.PAUSE = True, 0
    with visiting.visiting() as visitor:
        for _time in range(2):
            assert not fetching.fetch(Feed.objects.get(pk=feed), visitor).fault


def migrating():
    """Take migrations back, and apply them again."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for app, name in BACK_TO:
        call_command("migrate", app, name, verbosity=0)
    call_command("migrate", verbosity=0)


def rebuilding():
    """Write anew what going back has dropped: lists and search, made of what is live."""
    from django.core.management import call_command

    from guides.publishing import listings

    listings.draw = lambda listing: b""
    call_command("rebuild_search", stdout=io.StringIO())


def main(change, *arguments):
    os.environ["DJANGO_SETTINGS_MODULE"] = "careerguide.settings"
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    if change == "once":
        return globals()[arguments[0]]()
    while True:
        print("ready", flush=True)  # noqa: T201
        globals()[change](*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
