"""Fixtures of the two checks."""

import pytest

from guides import freezing
from guides.models import Guide
from guides.reading import reader
from tests.kept_rows import kept, put_back

from . import sample

kept_checks = kept(sample.make_checks)


@pytest.fixture
def checks(db, kept_checks):
    """A published guide with both checks."""
    put_back(kept_checks, sample.make_checks)
    return Guide.objects.get(slug="bookbinder")


@pytest.fixture
def reading(checks):
    """That guide, as a page reads it, with rows of its own: tests write on them, and pages share theirs."""
    edition = reader.live_edition(checks.slug)
    return reader.arrange(freezing.thaw(edition.content), edition)
