"""What people type, and what must answer first: asked of the shipped guides and the shipped official data."""

from . import queries

# How many in a hundred must be right, on both databases.
ENOUGH = 92


def test_the_right_answer_comes_first(official):
    wrong = queries.wrong(official.found)
    assert len(official.found) >= 60
    assert len(wrong) * 100 <= (100 - ENOUGH) * len(official.found), wrong
