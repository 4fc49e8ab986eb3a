"""PostgreSQL is stopped, hangs or takes no writes: readers read on, and nobody's words are lost.

The long form holds the figures to what we promise: a page visited before within 100 ms, every other answer within
2 s, and a database that hangs for 60 s.
"""

import pytest

from .outage import LONG, SOON, back, crowd, outage, tell, visit

pytestmark = pytest.mark.django_db(transaction=True)

HANGS = 60 if LONG else 1


def test_a_stopped_database(cluster, visited, editor, seeker):
    cluster.stop()
    try:
        outage(visited, "stopped", editor, seeker)
    finally:
        cluster.start()
    back(visited, editor, seeker)


def test_a_database_that_hangs(cluster, visited, editor, seeker):
    cluster.freeze()
    try:
        with crowd(editor, seeker):
            slowest = visit(visited, 3)
            tell("begins to hang", visited=slowest)
            assert slowest < SOON
        outage(visited, "hangs", editor, seeker, seconds=HANGS)
    finally:
        cluster.resume()
    back(visited, editor, seeker)


def test_a_database_that_takes_no_writes(cluster, visited, editor, seeker):
    cluster.run("ALTER SYSTEM SET default_transaction_read_only = on")
    cluster.run("SELECT pg_reload_conf()")
    try:
        outage(visited, "read-only", editor, seeker, reads=True)
    finally:
        cluster.run("ALTER SYSTEM RESET default_transaction_read_only")
        cluster.run("SELECT pg_reload_conf()")
    back(visited, editor, seeker)
