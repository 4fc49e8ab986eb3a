"""Fixtures of the two checks."""

import pytest

from guides.models import Guide
from guides.reading import reader
from tests.conftest import put_back, rows_of

from . import sample


@pytest.fixture
def checks(db, made_checks):
    """A published guide with both checks."""
    put_back(made_checks, sample.make_checks)
    return Guide.objects.get(slug="bookbinder")


@pytest.fixture(scope="session")
def made_checks(django_db_setup, django_db_blocker):
    """The rows of that guide."""
    with django_db_blocker.unblock():
        return rows_of(sample.make_checks)


@pytest.fixture
def reading(checks):
    """That guide, as a page reads it."""
    return reader.live(checks.slug)
