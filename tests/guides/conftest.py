"""A site that runs a release, for the tests of the next one."""

import pytest
from django.conf import settings as project

from tests.kept_rows import put_back, rows_of

from .releases import Releases, start


@pytest.fixture(scope="session")
def first_rows(django_db_setup, django_db_blocker, tmp_path_factory):
    """The rows of a site that was set up with release 0.1.0. Loading checks every row: once a run is enough."""
    kept = project.FIXTURES_DIR, project.RELEASE
    with django_db_blocker.unblock():
        try:
            Releases(tmp_path_factory.mktemp("first"), project)
            return rows_of(start)
        finally:
            project.FIXTURES_DIR, project.RELEASE = kept


@pytest.fixture
def releases(db, first_rows, tmp_path, settings):
    """A site that runs release 0.1.0, and the release to come."""
    to_come = Releases(tmp_path, settings)
    put_back(first_rows, start)
    return to_come
