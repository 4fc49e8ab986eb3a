"""A database of the last release with what people left in it, and the same one after the upgrade to this release."""

import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests import databases
from tests.faults.conftest import ON_POSTGRESQL
from tests.faults.outage import LONG
from tests.guides.processes import database_url

from . import release, tables

collect_ignore = [] if LONG and ON_POSTGRESQL else ["test_two_hosts.py"]
if not LONG:
    collect_ignore.append("test_one_machine.py")
# Of the project's folder: what no clone has, and what is not needed.
NOT_IN_IT = [
    ".git",
    ".venv",
    "var",
    "node_modules",
    "__pycache__",
    ".*_cache",
    "test-results",
    "fixtures",
    "benchmarks",
]


@contextmanager
def of_the_last_release(folder, name):
    """A new database as the last release left it: its address, until the block ends."""
    if connection.vendor == "sqlite":
        release.write_sqlite(folder / f"{name}.sqlite3")
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    server, _slash, own = database_url().rpartition("/")
    named = sql.Identifier(f"{own}_{name}")
    # Not connected in between: other tests end what is connected to the database that they copy.
    run_on(f"{server}/postgres", sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(named))
    try:
        url, dump = f"{server}/{own}_{name}", release.DATA / "postgresql.dump"
        subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url}", dump], check=True)  # noqa: S607
        yield url
    finally:
        run_on(f"{server}/postgres", sql.SQL("DROP DATABASE {} WITH (FORCE)").format(named))


def run_on(address, statement):
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(statement)


@dataclass
class Upgrade:
    """A database that was upgraded: its address, what stood there before and after `migrate`, and what it took."""

    address: str
    columns_before: dict = field(default_factory=dict)
    columns: dict = field(default_factory=dict)
    rows_before: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    said: str = ""
    seconds: dict = field(default_factory=dict)

    def run(self, command, *arguments):
        """Run a command as install.sh does, and note the time."""
        said, began = StringIO(), time.monotonic()
        call_command(command, *arguments, stdout=said, stderr=said)
        self.seconds[command] = time.monotonic() - began
        return said.getvalue()


@pytest.fixture(scope="session")
def upgraded(django_db_blocker, tmp_path_factory):
    """The last release's database, brought up to this release by what install.sh runs.

    None of these tests touches the database of the test run, so none is made for them.
    """
    folder = tmp_path_factory.mktemp("upgraded")
    release.ship(settings.FIXTURES_DIR, folder / "fixtures")
    with of_the_last_release(folder, "upgraded") as address:
        upgrade = Upgrade(address)
        with django_db_blocker.unblock(), databases.led_to(address), pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "FIXTURES_DIR", folder / "fixtures")
            upgrade.columns_before, upgrade.rows_before = tables.columns(), tables.rows(tables.columns())
            upgrade.run("migrate", "--verbosity=0")
            upgrade.columns, upgrade.rows = tables.columns(), tables.rows(upgrade.columns_before)
            upgrade.said = upgrade.run("load_release")
            upgrade.run("rebuild_search", "--missing")
        yield upgrade


@pytest.fixture
def site_data(upgraded, django_db_blocker):
    """The default connection leads to the upgraded database for the length of a test."""
    with django_db_blocker.unblock(), databases.led_to(upgraded.address):
        yield upgraded


@pytest.fixture(scope="session")
def new_code(tmp_path_factory):
    """A folder of this release's code, with the guides that the data has: each costs seconds to load."""
    code = tmp_path_factory.mktemp("new") / "careerguide"
    ignored = shutil.ignore_patterns(*NOT_IN_IT)
    shutil.copytree(settings.BASE_DIR, code, ignore=ignored, symlinks=True)
    release.ship(settings.FIXTURES_DIR, code / "fixtures")
    return code


@pytest.fixture(scope="session")
def old_code(tmp_path_factory):
    """The folder of the last release's own code."""
    release.need_history()
    return release.unpack(tmp_path_factory.mktemp("last_release"))
