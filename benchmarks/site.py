"""A site to measure: a database with the guides and the static files, in a folder of its own."""

import os
import subprocess
import sys
import time
from statistics import median

from . import servers

GUIDE = "/guides/library-technical-assistant/"
# A public site has a key; two hosts of one site have the same one.
KEY = "only-for-benchmarks-" * 3


def environment_of(folder):
    """Return the settings of a site whose data is in `folder`, on SQLite or on BENCHMARK_DATABASE_URL."""
    url = os.environ.get("BENCHMARK_DATABASE_URL") or f"sqlite:///{folder}/careerguide.sqlite3"
    return {"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": KEY, "DEBUG": ""}


def manage(environment, *arguments):
    """Run a management command of the site."""
    command = [sys.executable, "manage.py", *arguments]
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=servers.ROOT, env=os.environ | environment, check=True, stdout=quiet, stderr=quiet)


def prepare(folder):
    """Make a database with the guides, and the static files; return the environment for it."""
    environment = environment_of(folder)
    manage(environment, "migrate")
    manage(environment, "load_guides", "--publish")
    manage(environment, "collectstatic", "--noinput")
    return environment


def prepare_whole(folder):
    """The same with all occupations of the official data and every job of the clock done; at once where it is there."""
    environment = environment_of(folder) | {"VISIT_PRIVATE_ADDRESSES": "1", "CLOCK": "0"}
    if not (folder / "ready").exists():
        prepare(folder)
        for command in ("load_snapshot", "run_due"):
            manage(environment, command)
        (folder / "ready").touch()
    return environment


def set_up(environment):
    """Have Django in this process work on the site as a worker of the server does; a Client asks behind the store."""
    os.environ.update(environment | {"DJANGO_SETTINGS_MODULE": "careerguide.settings"})
    from django.conf import settings

    import careerguide.wsgi  # noqa: F401 (loads and sets up everything)

    settings.ALLOWED_HOSTS = ["testserver"]


def render_cost(client, path, times=15):
    """Return (queries, median milliseconds of processor time, fewest) for making a page with nothing stored."""
    from django.db import connection

    queries, spent = [], []

    def count(execute, *arguments):
        queries.append(arguments[0])
        return execute(*arguments)

    client.get(path)
    with connection.execute_wrapper(count):
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    for _time in range(times):
        started = time.process_time()
        client.get(path)
        spent.append((time.process_time() - started) * 1000)
    return len(queries), median(spent), min(spent)
