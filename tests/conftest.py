"""What all tests share: the settings of a test run, a small guide, and the guides of fixtures/."""

import gc
import os
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.template import Template
from django.template.library import InclusionNode
from django.test import TransactionTestCase
from django.test.utils import instrumented_test_render
from django.utils import timezone

from guides.models import Guide
from guides.openings.days import LAST_ZONE

from . import databases, factories, kept_rows
from .occupations.official import official as official

# Where Python may keep nothing of what it compiles, each process that a test starts compiles all of the site anew,
# and each run all of the tests: several seconds every time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_configure(config):
    """Set what differs from the running site."""
    # The live server has no collected files, so names without a hash, straight from the source folders.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.CLOCK = settings.OFFICIAL_DATA = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish():
    """Look for garbage less often, and never among what was imported: that is an eighth of the time otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_runtest_setup():
    """Begin no test in the last seconds of a day: one that counts days would see two of them."""
    soon = timezone.now() + timedelta(seconds=15)
    zones = (timezone.get_default_timezone(), LAST_ZONE)
    if any(timezone.localdate(soon, zone) != timezone.localdate(timezone=zone) for zone in zones):
        time.sleep(15)


@pytest.fixture(scope="session", autouse=True)
def django_test_environment(django_test_environment):
    """Let the test client note the context of a page and of its tags, and not that of every part that is included.

    Copying those takes a sixth of the time that a page does.
    """
    noted, render_tag = threading.local(), InclusionNode.render

    @contextmanager
    def noting(is_noted):
        before, noted.is_noted = getattr(noted, "is_noted", False), is_noted
        try:
            yield before
        finally:
            noted.is_noted = before

    def render(template, context):
        with noting(True) as is_noted:
            return template.nodelist.render(context) if is_noted else instrumented_test_render(template, context)

    def render_inclusion_tag(node, context):
        with noting(False):
            return render_tag(node, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        patch.setattr(InclusionNode, "render", render_inclusion_tag)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Keep the SQLite of the tests in a file, as on the site: in memory all threads would share one connection."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory):
    """Have tests that commit leave what migrations brought, and end what tests' threads left open at the end.

    PostgreSQL takes away no database that somebody is connected to.
    """
    with django_db_blocker.unblock():
        first = databases.FirstContent(tmp_path_factory.mktemp("first"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: first.put_back())
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def pytest_collection_modifyitems(items):
    """Mark what needs a browser or a database, and put what needs the official data or the guides first.

    So of several workers the first alone loads them, and the long walks through them do not come last.
    """
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker("browser")
        elif is_of_the_database(item):
            item.add_marker("database")
    items.sort(key=lambda item: (commits(item), "official" not in item.fixturenames, "lta" not in item.fixturenames))


def is_of_the_database(item):
    """Whether a test may find something else on another database."""
    asks = item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames
    return bool(asks) and not item.get_closest_marker("any_database")


def commits(item):
    """Whether a test's transactions are committed, after which pytest-django empties every table."""
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(item.fixturenames)
    return bool(asked or (marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))))


def pytest_terminal_summary(terminalreporter):
    """Say once for each reason why tests were skipped."""
    for reason in sorted({report.longrepr[2] for report in terminalreporter.getreports("skipped")}):
        terminalreporter.write_line(reason, yellow=True)


@pytest.fixture
def kept_connection():
    """For requests to the WSGI application itself: Django closes old connections around each, and the test's own,
    with its transaction, must stay."""
    around = (request_started, request_finished)
    for signal in around:
        signal.disconnect(close_old_connections)
    yield
    for signal in around:
        signal.connect(close_old_connections)


kept_guide = kept_rows.kept(factories.make_guide)


@pytest.fixture
def guide(db, kept_guide):
    """A small published guide with a section of every kind."""
    kept_rows.put_back(kept_guide, factories.make_guide)
    return Guide.objects.get(slug="bookbinder")


@pytest.fixture
def lta(db, own_database, request):
    """The guide to becoming a Library Technical Assistant, as fixtures/ has it, published, among all others."""
    if not own_database:
        kept_rows.put_back(request.getfixturevalue("loaded_rows"), load_guides)
    return Guide.objects.get(slug="library-technical-assistant")


@pytest.fixture
def own_database(request, django_db_setup, django_db_blocker):
    """Lead a test that wants the guides of fixtures/ to the database that holds them; whether it was.

    A test that commits works on the one that is emptied after it.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & {*request.fixturenames} or (marker and marker.kwargs)
    if "lta" not in request.fixturenames or commits:
        yield False
        return
    address = request.getfixturevalue("loaded_database")
    with django_db_blocker.unblock(), databases.led_to(address):
        yield True


@pytest.fixture
def _django_db_helper(own_database, _django_db_helper):
    """What pytest-django has begin a test's transaction: on the database that the test is led to."""


@pytest.fixture(scope="session")
def loaded_database(django_db_setup, django_db_blocker):
    """The address of a database with all that loading fixtures/ makes. Loading checks every row: once is enough."""
    with ExitStack() as copies:
        with django_db_blocker.unblock():
            address = copies.enter_context(databases.copy("guides"))
            with databases.led_to(address):
                load_guides()
        yield address


@pytest.fixture(scope="session")
def loaded_rows(loaded_database, django_db_blocker):
    """Its rows."""
    with django_db_blocker.unblock(), databases.led_to(loaded_database):
        return kept_rows.all_rows()


def load_guides():
    call_command("load_guides", publish=True, stdout=StringIO())
