"""Fixtures of the two checks."""

import pytest

from guides import reading
from guides.readiness import extraction

from . import sample

LIMIT = extraction.SECONDS


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Give files more time than the site does: a machine that runs many tests at once is slow. Tests of the limit
    itself set it back to LIMIT."""
    monkeypatch.setattr(extraction, "SECONDS", 10 * LIMIT)


@pytest.fixture
def checks(db):
    """A published guide with both checks."""
    return sample.make_checks()


@pytest.fixture
def found(checks):
    """That guide, as a page reads it."""
    return reading.live(checks.slug)
