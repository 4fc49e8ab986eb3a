"""The packet: what was chosen and no more, full addresses with their pictures, the key only where it is asked for."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from guides.plan import access
from guides.plan.models import Note, SavedGuide, SavedStep, Visit

from .conftest import make_application


@pytest.fixture
def full(plan, guide):
    """A plan with the guide, a step, a note and an application that is due."""
    SavedGuide.objects.create(plan=plan, guide="bookbinder", name="Bookbinder")
    SavedStep.objects.create(plan=plan, guide="bookbinder", step="step-0", name="Buy glue")
    Note.objects.create(plan=plan, text="Ask about Saturdays")
    closes = timezone.localdate() + timedelta(days=3)
    make_application(plan, link="https://jobs.example/binder", closes_on=closes, contact="Ms. Reyes")
    return plan


def packet(client, query=""):
    return client.get(f"/plan/packet/{query}").content.decode()


def headings(page):
    return re.findall(r'<h2 id="packet-([a-z]+)', page)


def test_without_a_choice_it_is_the_summary(client, full):
    page = packet(client)
    assert headings(page) == ["summary", "addresses"]
    assert "This week: 2 things" in page
    assert "Key facts" in page
    assert "Ask about Saturdays" not in page


def test_each_part_is_there_where_it_is_chosen(client, full):
    assert headings(packet(client, "?part=plan")) == ["plan", "addresses"]
    assert headings(packet(client, "?part=log&part=summary")) == ["summary", "log", "addresses"]
    assert "Ms. Reyes" in packet(client, "?part=log")
    whole = packet(client, "?part=guide")
    chosen = packet(client, "?section=steps")
    assert len(re.findall(r'<h2 id="[a-z_-]+-heading"', whole)) > 1
    assert re.findall(r'<h2 id="([a-z_-]+)-heading"', chosen) == ["steps"]


def test_every_address_is_written_in_full_beside_its_picture(client, full):
    page = packet(client, "?part=summary&part=log")
    written = re.findall(r"<span>(https?://[^<]+)</span>", page)
    assert written == [
        f"{settings.SITE_URL}/plan/return/",
        f"{settings.SITE_URL}/guides/bookbinder/",
        f"{settings.SITE_URL}/guides/bookbinder/steps/#step-step-0",
        "https://jobs.example/binder",
    ]
    assert page.count("codes__picture") == len(written)


def test_an_address_that_no_camera_reads_stands_without_a_picture(client, full):
    make_application(full, link="https://jobs.example/" + "x" * 450)
    assert packet(client, "?part=log").count("codes__picture") == 3


def test_the_key_is_in_it_only_where_it_is_asked_for(client, full):
    key = client.cookies["plan"].value
    assert key not in packet(client)
    assert key not in packet(client, "?part=plan&part=log&part=guide")
    assert f"{settings.SITE_URL}/plan/return/?key={key}" in packet(client, "?with_key=on")


def test_a_public_computer_puts_no_key_into_it(full):
    key = access.begin_visit(full)
    public = Client()
    public.cookies["plan"] = key
    assert Visit.objects.count() == 1
    page = packet(public, "?with_key=on")
    assert "?key=" not in page
    assert 'name="with_key"' not in page


@pytest.mark.parametrize("query", ["?part=all", "?part=", "?guide=a/b", "?section=a%20b", f"?guide={'x' * 81}"])
def test_a_wrong_choice_is_refused_and_named(client, full, query):
    assert client.get(f"/plan/packet/{query}").status_code == 400


def test_a_section_or_a_guide_that_is_not_there_is_left_out(client, full):
    assert headings(packet(client, "?section=gone&guide=gone")) == ["guide", "addresses"]


def test_an_empty_plan_has_a_packet(client, plan):
    for query in ("", "?part=summary&part=plan&part=log&part=results&part=documents&part=guide"):
        assert client.get(f"/plan/packet/{query}").status_code == 200
