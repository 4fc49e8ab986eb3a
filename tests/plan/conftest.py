"""A plan in the client's cookie, and its parts."""

import re

import pytest

from guides.plan import keys, validators
from guides.plan.models import Application, Plan


@pytest.fixture
def plan(client, db):
    """A plan whose key the test client holds."""
    return open_plan(client)


def open_plan(client):
    """Make a plan, give `client` its key and return it."""
    key = keys.new_key()
    client.cookies["plan"] = key
    return Plan.objects.create(key_hash=keys.hashed(key))


def key_of(client):
    """The plan's own key, as the page of the key shows it to the browser."""
    page = client.get("/plan/link/").content.decode()
    return "".join(re.findall(r'plan-key__group">([^<]+)<', page))


def make_application(plan, **fields):
    return Application.objects.create(plan=plan, **{"post": "Binder", "employer": "Hill College"} | fields)


def address(kind, slug=None):
    """The address of an item; of a new one without a slug."""
    return f"/plan/{kind}/{slug or validators.new_slug()}/"


def change(client, item, before, **values):
    """Post a change of `item` as its small form does: the values seen and the new ones."""
    was = {f"was-{name}": value for name, value in before.items()}
    return client.post(item.get_absolute_url(), {**was, **values})


def new(kind, **values):
    """What the form for a new item of that kind posts."""
    from guides.plan.item_types import all_types

    return {"new": "yes", **{f"was-{name}": "" for name in all_types()[kind].form}, **values}
