"""A publishing makes only the pages old that it concerns: whatever is kept is what would be made anew, byte by byte."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import resolve

from guides import freezing
from guides.datasets.models import StateLink
from guides.models import ContentVersion, Guide, Listing, NarrowChange, RelatedCareer, Report
from guides.openings import storing
from guides.openings.models import Feed, Posting, PostingSource
from guides.publishing import content_version, editions
from guides.publishing.elsewhere import DAYS
from guides.registry import content_models
from guides.registry.concerns import EVERYTHING, OPENINGS, concerns_of, pages_of
from guides.registry.public_pages import is_same_for_everyone
from tests.addresses import Site, every_address
from tests.factories import make_guide

pytestmark = pytest.mark.django_db
# What other pages show of a guide beside its listing's own fields: these stand in its listing under another name.
LISTED = {
    "guides.guidetitle": {"title"},
    "guides.route": {"months_from", "months_to"},
    "guides.figure": {"on_card", "label"},
}
SECTIONS = ["related", "by-state"]


def concern_of(change):
    """Make a change, and return whom it concerned; several raises of the version are no single change."""
    before = ContentVersion.objects.get().number
    change()
    number = ContentVersion.objects.get().number
    assert number == before + 1
    return NarrowChange.objects.filter(number=number).values_list("concern", flat=True).first() or EVERYTHING


def publish(guide):
    return concern_of(lambda: editions.publish(editions.save(guide)))


def make_neighbor():
    """A guide of the same field and to the same occupation, which leads to the first one and borrows from it."""
    guide = make_guide("printer", publish=False)
    RelatedCareer.objects.filter(guide=guide).exclude(other="").update(other="bookbinder")
    StateLink.objects.filter(section__guide=guide).delete()
    section = guide.sections.first()
    section.body += " [Steps](/guides/bookbinder/steps/) of a [bookbinder](/guides/bookbinder/)."
    section.save()
    editions.publish(editions.save(guide))


def kept_pages(site, concern):
    """The addresses of all pages that a store keeps when something has changed that concerns these alone."""
    # All sections stand in the guide's print page; each has an address of the same kind.
    values = [{"guide": guide, "section": section} for guide in ("bookbinder", "printer") for section in SECTIONS]
    paths = {site.path(address, state="ohio", **each) for address in every_address() for each in values}
    return sorted(
        path
        for path in paths
        if is_same_for_everyone(path) and (concerns := concerns_of(path)) is not None and concern not in concerns
    )


def changed(value, field):
    """Return another value for a field, None where it has none that is surely right."""
    if field.choices:
        return next((choice for choice, _label in field.flatchoices if choice not in {value, ""}), None)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, date):
        return value - timedelta(days=1)
    if isinstance(value, str) and isinstance(field, models.URLField):
        return f"{value}anew" if value else None
    if isinstance(value, str):
        return f"{value} anew".strip()[-(field.max_length or 10_000) :]
    return None


def change(row, skipped):
    """Give every field of a row another value, where that is valid; return the names of those that have one now."""
    names = set()
    content = content_models.content_of(type(row))
    skipped = skipped | {"slug"} | set(content.names if content else ())
    for field in freezing.fields_of(type(row)):
        before = getattr(row, field.attname)
        if field.name in skipped or field.is_relation or (value := changed(before, field)) is None:
            continue
        setattr(row, field.attname, value)
        try:
            row.full_clean()
        except ValidationError:
            setattr(row, field.attname, before)
        else:
            names.add(f"{row._meta.label_lower}.{field.name}")
    row.save()
    return names


@pytest.mark.any_database
def test_what_is_kept_when_a_guide_is_published_is_what_would_be_made_anew(client):
    site = Site()
    make_neighbor()
    guide = Guide.objects.get(slug="bookbinder")
    kept = kept_pages(site, pages_of("bookbinder"))
    asked = [(path, {}) for path in kept]
    asked += [(f"/guides/printer/{section}/", {"HX-Request": "true"}) for section in SECTIONS]

    def made():
        answers = [(path, client.get(path, headers=headers)) for path, headers in asked]
        return [(path, answer.content) for path, answer in answers if answer.status_code == 200]

    before = made()
    paths = {path for path, _body in before}
    assert {"/guides/printer/pay/ohio/", "/guides/printer/print/", "/occupations/binders/"} <= paths
    assert len(before) > 15, paths
    assert not any(path.startswith(("/guides/bookbinder", "/openings/")) or path == "/" for path in paths)
    names = change(guide, {field.name for field in Listing._meta.concrete_fields} - DAYS | {"replaced_by"})
    for content in content_models.CONTENT_MODELS:
        rows = content.model._default_manager.filter(**{content.guide_path: guide})
        # What stands on the card is in the listing.
        card = {"guides.figure": {"on_card": True}, "guides.observation": {"figure__on_card": True}}
        row = None if content.is_shown_elsewhere else rows.exclude(**card.get(content.label, {"pk": 0})).first()
        assert row or content.is_shown_elsewhere, content.label
        names |= change(row, LISTED.get(content.label, set())) if row else set()
    assert len(names) > 100, sorted(names)
    assert publish(guide) == pages_of("bookbinder"), sorted(names)
    assert [one[0] for one, other in zip(before, made(), strict=True) if one != other] == []


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        ("guides.guide", "title", "Book mender"),
        ("guides.guide", "summary", "Mends old books."),
        ("guides.guide", "occupation_code", "51-5112"),
        ("guides.guide", "field_of_work", "Trades"),
        ("guides.guidetitle", "title", "Mender"),
        ("guides.route", "months_from", 1),
        ("guides.observation", "value", 99_000),
        ("datasets.statelink", "name", "Another bindery"),
        ("datasets.statelink", "text", "{figure:figures/figures-0}"),
    ],
)
def test_what_others_show_of_a_guide_concerns_all(guide, label, field, value):
    path = {"guides.guide": "pk", "guides.guidetitle": "guide", "guides.observation": "figure__section__guide"}
    rows = apps.get_model(label)._default_manager.filter(**{path.get(label, "section__guide"): guide.pk})
    rows.filter(**{f"{field}__isnull": False}).update(**{field: value})
    guide.refresh_from_db()
    assert publish(guide) == EVERYTHING


def test_a_figure_that_is_named_where_others_look_concerns_all(guide):
    StateLink.objects.filter(section__guide=guide).update(text="{figure:pay-levels/pay-levels-0}")
    publish(guide)
    figure = next(each for each in guide.sections.get(slug="pay-levels").figures.all() if not each.on_card)
    figure.observations.filter(value__isnull=False).update(value=77_000)
    assert publish(guide) == EVERYTHING


def test_going_live_and_going_concern_all(guide):
    assert concern_of(lambda: editions.unpublish(guide)) == EVERYTHING
    assert publish(guide) == EVERYTHING
    assert concern_of(guide.delete) == EVERYTHING


def test_a_closed_report_concerns_its_guide(admin_client, guide):
    report = Report.objects.create(guide="bookbinder", section="steps", text="A step is missing.")
    address = f"/admin/guides/report/{report.pk}/change/"
    form = admin_client.get(address).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields} | {"outcome": "declined"}
    assert concern_of(lambda: admin_client.post(address, typed)) == pages_of("bookbinder")


def test_postings_concern_all_only_where_a_job_has_its_first_or_loses_its_last(client, guide):
    now = date(2126, 1, 1)
    feed = Feed.objects.create(name="County", address="http://127.0.0.1:9/jobs", terms="Free.", is_on=True)
    content_version.content_changed()
    jobs = storing.with_openings()
    assert jobs == set()
    for number in range(2):
        posting = Posting.objects.create(
            title="Bookbinder", address=f"https://glue.example/{number}", guide="bookbinder", occupation="51-5113",
            posted_on="2026-11-01", ends_on=now, first_seen="2026-11-01T00:00Z", last_seen="2026-11-01T00:00Z",
        )  # fmt: skip
        PostingSource.objects.create(feed=feed, posting=posting, guid=str(number), address=posting.address)
    assert storing.with_openings() == {("bookbinder", "51-5113")}
    assert "Openings for this job" in client.get("/guides/bookbinder/").content.decode()
    other = Feed.objects.create(name="City", address="http://127.0.0.1:9/city", terms="Free.", is_on=True)
    PostingSource.objects.filter(guid="1").update(feed=other)
    assert concern_of(lambda: storing.take_out(feed)) == OPENINGS
    assert concern_of(lambda: storing.take_out(other)) == EVERYTHING


def test_only_some_raises_are_remembered_and_the_others_concern_all(guide, monkeypatch):
    monkeypatch.setattr(content_version, "REMEMBERED", 3)
    number = ContentVersion.objects.get().number
    for _time in range(5):
        content_version.content_changed(OPENINGS)
    content_version.content_changed()
    known = NarrowChange.objects.order_by("number").values_list("number", flat=True)
    assert list(known) == [number + each for each in (2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("/guides/bookbinder/steps/", (pages_of("bookbinder"),)),
        ("/guides/bookbinder.json", (pages_of("bookbinder"),)),
        ("/guides/bookbinder/toolkit/resume/", (pages_of("bookbinder"),)),
        ("/occupations/binders/", ()),
        ("/", None),
        ("/guides/", None),
        ("/openings/", None),
        ("/nowhere/at/all/", None),
    ],
)
def test_what_a_page_depends_on(path, concerns):
    assert concerns_of(path) == concerns


def test_every_page_with_concerns_is_the_same_for_everyone():
    for address in every_address():
        if hasattr(address.view, "concerns"):
            assert address.view.same_for_everyone, address.name
    assert resolve("/occupations/binders/").func.concerns == ()
