"""A server of feeds, which a visit may reach although it is on this machine."""

from collections.abc import Iterator

import pytest

from guides.openings import visiting

from .feeds import FeedServer, serving_feeds


@pytest.fixture
def feeds(db, settings, monkeypatch) -> Iterator[FeedServer]:
    settings.VISIT_PRIVATE_ADDRESSES = True
    # The server is ours: it needs no moment between two questions.
    monkeypatch.setattr(visiting, "PAUSE", 0.0)
    with serving_feeds() as server:
        yield server
