"""Frozen guides: thawed instances stand in for rows, and an old form still thaws."""

import pytest
from django.db.utils import ConnectionDoesNotExist

from guides import freezing
from guides.models import Edition, Point, Section, edition_formats
from guides.publishing import editions
from guides.registry import content_models
from tests import factories
from tests.readiness.sample import make_checks


def test_freezing_a_thawed_guide_gives_the_same(guide, django_assert_num_queries):
    frozen = freezing.freeze(guide)
    with django_assert_num_queries(0):
        thawed = freezing.thaw(frozen)
        rows = [row for section in thawed.sections.all() for row in section.points.all()]
        assert [freezing.to_plain(row, derived=True) for row in rows] == [
            plain for plain in frozen["objects"] if plain["model"] == "guides.point"
        ]


def test_a_query_on_a_thawed_guide_fails_loudly(guide):
    thawed = freezing.thaw(freezing.freeze(guide))
    with pytest.raises(ConnectionDoesNotExist):
        thawed.sections.filter(slug="steps").exists()


def test_freezing_costs_one_query_a_model(guide, django_assert_num_queries):
    with django_assert_num_queries(len(content_models.CONTENT_MODELS) + 1):
        freezing.freeze(guide)


def test_every_registered_model_leads_to_its_guide(guide):
    make_checks(guide)
    factories.make_picture(guide)
    for content in content_models.CONTENT_MODELS:
        assert content.model.objects.filter(**{content.guide_path: guide}).exists(), content.label


def test_saving_without_a_change_makes_no_edition(guide):
    assert editions.save(guide).number == 1
    Point.objects.filter(section__guide=guide).update(text="Other")
    assert editions.save(guide).number == 2


def test_restoring_brings_every_row_back(guide):
    first = guide.editions.get()
    Section.objects.filter(guide=guide, slug="steps").delete()
    guide.titles.all().delete()
    editions.save(guide)
    restored = editions.restore(first)
    assert restored.number == 3
    assert restored.content == first.content
    assert Edition.objects.live().get() == first, "a restore is a draft"


def test_an_edition_newer_than_the_code_is_refused():
    with pytest.raises(ValueError, match="newer than this version"):
        edition_formats.bring_up_to_date({"format": 99, "objects": []})
