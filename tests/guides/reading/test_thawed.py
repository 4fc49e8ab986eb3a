"""Pages share a thawed guide: what one request marks, no other sees."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from guides.models import LinkVisit
from guides.publishing import editions
from guides.reading import reader
from guides.registry.tools import TOOLS
from tests import factories

GUIDE = "/guides/bookbinder/"


def addresses(guide):
    """Every page of a guide, whatever is open on it."""
    sections = [f"{GUIDE}{section.slug}/" for section in guide.sections.all()]
    tools = [tool.url(guide) for tool in TOOLS.values()]
    return [GUIDE, f"{GUIDE}?open=all", f"{GUIDE}print/", f"{GUIDE}sources/", *sections, *tools]


def rows_below(row):
    """The row and all that hang from it."""
    yield row
    for rows in getattr(row, "_prefetched_objects_cache", {}).values():
        for each in rows:
            yield from rows_below(each)


def values_of(row):
    """What stands on a row, but for what follows from its edition alone."""
    return {name: value for name, value in vars(row).items() if name not in {"parts", "closed_html"}}


def test_pages_read_the_same_rows_and_write_nothing_on_them(client, guide):
    shared = reader.live("bookbinder").guide
    rows = [*rows_below(shared), *shared.sources]
    before = [values_of(row) for row in rows]
    for address in addresses(shared):
        response = client.get(address)
        assert response.status_code == 200, address
        for row, values in zip(rows, before, strict=True):
            assert values_of(row) == values, f"{address} writes on {row!r}"
    assert client.get(GUIDE).context["guide"] is shared


def test_a_newer_edition_and_a_dead_link_are_seen_at_once(client, guide):
    first = reader.live("bookbinder").guide
    editions.publish(editions.save(guide))
    assert reader.live("bookbinder").guide is first, "it says the same"
    guide.summary = "Something else."
    guide.save()
    editions.publish(editions.save(guide))
    assert "Something else." in client.get(GUIDE).content.decode()
    source = reader.live("bookbinder").cited()[0]
    assert not source.is_dead
    LinkVisit.objects.update_or_create(url=source.url, defaults={"failures": LinkVisit.DEAD_AFTER})
    assert reader.live("bookbinder").cited()[0].is_dead
    assert not source.is_dead, "who reads it already is not disturbed"


@pytest.mark.django_db(transaction=True)
def test_threads_that_read_one_guide_never_see_what_another_has_open():
    pages = [address for address in addresses(factories.make_guide()) if "/toolkit" not in address]
    alone = {address: Client().get(address).content for address in pages}
    assert len(set(alone.values())) == len(pages)

    def read(address):
        try:
            return address, Client().get(address).content
        finally:
            connection.close()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.000_05)
    try:
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(read, pages * 2))
    finally:
        sys.setswitchinterval(interval)
    assert [address for address, content in answers if content != alone[address]] == []
