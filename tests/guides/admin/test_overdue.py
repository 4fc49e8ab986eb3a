"""What is overdue is shown as such, with the reason, wherever it is spoken of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.models import Edition, Term
from guides.publishing import editions
from tests.guides import desk


@pytest.fixture
def waiting(guide):
    """An edition that waits for its moment."""
    Term.objects.create(slug="nothing", name="Nothing", definition="Not a thing.")
    guide.sections.filter(kind="text").update(body="See [this](glossary:nothing).")
    edition = editions.save(guide)
    editions.schedule(edition, timezone.now() + timedelta(hours=1))
    edition.refresh_from_db()
    return edition


def pages(edition):
    """The pages that speak of the edition's moment: the front page, its own, and the list of guides."""
    client = desk.publisher()
    paths = ["/admin/", f"/admin/guides/edition/{edition.pk}/change/", "/admin/guides/guide/"]
    return [client.get(path).content.decode() for path in paths]


def let_pass(edition, **span):
    moment = timezone.now() - timedelta(**span)
    Edition.objects.filter(pk=edition.pk).update(publish_at=moment)
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def test_before_its_moment_it_is_not_overdue(waiting):
    front, own, listed = pages(waiting)
    moment = f"{waiting.publish_at:%Y-%m-%d %H:%M} UTC"
    assert f"goes live at {moment}" in front
    assert f"<dd>{moment}</dd>" in own
    assert f"scheduled for {moment}" in listed
    assert "verdue" not in front + own + listed.replace("Overdue", "")


def test_what_the_clock_did_not_come_to_is_overdue(waiting):
    moment = let_pass(waiting, minutes=3)
    front, own, listed = pages(waiting)
    assert f"Overdue since {moment}." in front
    assert "The clock has not come to it" in front
    assert "This is overdue." in own
    assert f"overdue since {moment}" in listed


def test_a_minute_is_given_to_the_clock(waiting):
    let_pass(waiting, seconds=50)
    assert not any("Overdue since" in page for page in pages(waiting))


def test_what_was_refused_says_why(waiting):
    Term.objects.all().delete()
    moment = let_pass(waiting, seconds=1)
    editions.publish_due()
    front, own, listed = pages(waiting)
    reason = "Text: The glossary has no term &#x27;nothing&#x27;."
    assert f"Overdue since {moment}." in front
    assert reason in front
    assert reason in own
    assert "tried again every ten minutes" in own
    assert f"overdue since {moment}" in listed
