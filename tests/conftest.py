"""What all tests share: the settings of a test run, a small guide, and the guides of fixtures/."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from guides.models import ContentVersion, Guide, Source

from . import factories
from .occupations.official import official as official


def pytest_configure(config):
    """Set what differs from the running site."""
    # The live server has no collected files, so names without a hash, straight from the source folders.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.CLOCK = settings.OFFICIAL_DATA = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Keep the SQLite of the tests in a file, as on the site: in memory all threads would share one connection."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker("browser")


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


@pytest.fixture
def guide(db, made_guide):
    """A small published guide with a section of every kind."""
    put_back(made_guide, factories.make_guide)
    return Guide.objects.get(slug="bookbinder")


@pytest.fixture
def lta(db, loaded_guides):
    """The guide to becoming a Library Technical Assistant, as fixtures/ has it, published."""
    put_back(loaded_guides, load_guides)
    return Guide.objects.get(slug="library-technical-assistant")


@pytest.fixture(scope="session")
def made_guide(django_db_setup, django_db_blocker):
    """The rows of the small guide. Freezing, drawing and indexing it takes ten times as long as writing them again."""
    with django_db_blocker.unblock():
        return rows_of(factories.make_guide)


@pytest.fixture(scope="session")
def loaded_guides(django_db_setup, django_db_blocker):
    """The rows that loading fixtures/ makes. Loading checks every row: once a run is enough."""
    with django_db_blocker.unblock():
        return rows_of(load_guides)


def rows_of(make):
    """Return the rows that `make` writes into an empty database, a list for each model, and leave it empty again."""
    with transaction.atomic():
        make()
        rows = [list(model.objects.all()) for model in [*factories.loaded_models(), ContentVersion]]
        transaction.set_rollback(True)
    return rows


def put_back(rows, make):
    """Write `rows` into the database; where it holds content already, their keys may be taken: `make` them anew."""
    if any(model.objects.exists() for model in (Guide, Source, ContentVersion)):
        make()
        return
    for kept in filter(None, rows):
        type(kept[0]).objects.bulk_create(kept)


def load_guides():
    call_command("load_guides", publish=True, stdout=StringIO())
