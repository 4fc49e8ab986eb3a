"""Page counts: whole pages that the page store sends, by day, nothing of who asks; the database may fail meanwhile."""

import pytest
from django.db import OperationalError

from careerguide.page_counts import PageCounts
from careerguide.page_store import PageStore
from guides.models import PageCount
from guides.models.feedback import today

from .test_page_store import GUIDE, HOST, Counting, ask, read_version

pytestmark = pytest.mark.usefixtures("kept_connection")


@pytest.fixture
def counted():
    return []


@pytest.fixture
def store(guide, counted):
    return PageStore(Counting(), read_version, {HOST}, count=counted.append)


def test_each_whole_page_that_is_sent_counts_once(store, counted):
    for _again in range(3):
        ask(store, GUIDE)
    ask(store, GUIDE, if_none_match="*")  # read again, from the browser's own copy
    assert counted == [GUIDE] * 4


def test_fragments_heads_and_what_is_no_page_for_everyone_do_not_count(store, counted):
    ask(store, f"{GUIDE}steps/", hx_request="true")
    ask(store, GUIDE, method="HEAD")
    ask(store, "/plan/")
    ask(store, "/guides/nothing/")
    ask(store, GUIDE, query="x=1")
    assert counted == []


class Database:
    """What is written, by a database that can be away."""

    def __init__(self):
        self.is_away, self.rows = False, []

    def write(self, day, counts):
        if self.is_away:
            raise OperationalError("away")
        self.rows.append((day, dict(counts)))


def test_what_cannot_be_written_waits_and_an_address_too_long_is_left_out():
    database = Database()
    counts = PageCounts(database.write, every=3600)
    counts.count("/")
    counts.count("/")
    counts.count("/" + "x" * 300)
    database.is_away = True
    counts.flush()
    counts.count("/")
    database.is_away = False
    counts.flush()
    assert database.rows == [(today(), {"/": 3})]
    assert counts.counts == {}


def test_they_stand_in_the_database(db):
    counts = PageCounts(every=3600)
    for _again in range(5):
        counts.count("/guides/")
    counts.flush()
    row = PageCount.objects.get()
    assert (row.day, row.page, row.count) == (today(), "/guides/", 5)
