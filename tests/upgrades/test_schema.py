"""The migrations since the last release leave its code able to read and write: both run while hosts are changed."""

import pytest

from . import tables
from .tables import Column

# What a migration since the last release changes on purpose: feeds are asked again at once.
CHANGED = {"openings_feed"}
EMPTY, NEEDED, FILLED = Column(True, False), Column(False, False), Column(False, True)


def test_the_last_releases_code_finds_all_that_it_knows_and_needs_nothing_else(upgraded):
    assert upgraded.columns_before != upgraded.columns, "There is nothing to upgrade: write tests/data anew."
    assert tables.broken(upgraded.columns_before, upgraded.columns) == []


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({"plan": {"key": NEEDED, "note": EMPTY, "kind": FILLED, "day": EMPTY}, "new": {"id": NEEDED}}, None),
        ({}, "plan is gone"),
        ({"plan": {"key": NEEDED, "remark": EMPTY}}, "plan.note is gone"),
        ({"plan": {"key": NEEDED, "note": NEEDED}}, "plan.note may no longer be NULL"),
        ({"plan": {"key": NEEDED, "note": EMPTY, "kind": NEEDED}}, "plan.kind is needed"),
    ],
)
def test_what_would_break_it_is_named(after, said):
    found = tables.broken({"plan": {"key": NEEDED, "note": EMPTY}}, after)
    assert [line.startswith(said) for line in found] == ([True] if said else [])


def test_migrations_change_no_row_that_was_there(upgraded):
    assert upgraded.rows_before["plan_application"]
    lost = {
        table: before - upgraded.rows.get(table, set())
        for table, before in upgraded.rows_before.items()
        if table not in CHANGED
    }
    assert {table: rows for table, rows in lost.items() if rows} == {}
