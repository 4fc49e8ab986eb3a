"""Every choice of a row in the admin: it names its guide, and offers rows of the guide at hand alone."""

from itertools import product

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import escape

from guides.admin.choices import NameField, NamesField
from guides.models import Figure, Guide, Section
from guides.readiness.models import Area, Option, Practice, Question, Stage
from guides.registry import content_models
from tests import factories
from tests.readiness.sample import make_checks

from .. import desk

SCREENS = [model for model in admin.site._registry if content_models.content_of(model)]


@pytest.fixture
def guides(db):
    """Two guides that hold the same rows under the same names."""
    both = [make_checks(factories.make_guide(slug, publish=False), publish=False) for slug in ("binder", "printer")]
    for guide in both:
        factories.make_picture(guide)
    return both


@pytest.fixture
def editor(guides):
    return desk.editor()


def add(model, **query):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add", query=query)


def is_row(model):
    return model is Guide or content_models.content_of(model) is not None


def offered(response):
    """Yield (field, label, guide) for each row that can be chosen on a screen."""
    forms_shown = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms_shown += [*inline.formset.forms, inline.formset.empty_form]
    for form in forms_shown:
        names = content_models.content_of(form._meta.model).names if content_models.content_of(form._meta.model) else {}
        for name, field in form.fields.items():
            if field.widget.is_hidden:
                continue
            if isinstance(field, forms.ModelChoiceField) and is_row(field.queryset.model):
                yield from (
                    (name, field.label_from_instance(row), content_models.guide_of(row)) for row in field.queryset
                )
            elif name in names:
                assert isinstance(field, NameField | NamesField), f"{form._meta.model}.{name} is typed by hand"
                yield from ((name, label, None) for key, label in field.choices if key)


def test_a_screen_offers_rows_of_its_guide_and_names_it(guides, editor):
    for model, guide in product(SCREENS, guides):
        row = model.objects.filter(**{content_models.content_of(model).guide_path: guide}).first()
        for address in (desk.screen(row), add(model, guide=guide.pk)):
            page = editor.get(address)
            choices = list(offered(page))
            assert choices, address
            for name, label, owner in choices:
                assert owner in {guide, None}, f"{address}: {name} offers a row of {owner}"
                assert str(guide) in label, f"{address}: {name} offers {label!r}, of which guide?"
                assert escape(label) in page.content.decode()


def test_a_new_row_asks_for_its_guide_first(guides, editor):
    for model in SCREENS:
        asked = editor.get(add(model))
        assert asked.status_code == 200
        assert [str(guide) for guide in asked.context["form"].fields["guide"].queryset] == ["Binder", "Printer"]
        assert "Printer" in asked.content.decode()
        listed = editor.get(add(model, _changelist_filters=filtered(model, guides[1])))
        assert {owner for _name, _label, owner in offered(listed)} <= {guides[1], None}


def filtered(model, guide):
    return f"{content_models.content_of(model).guide_path}__id__exact={guide.pk}"


@pytest.mark.parametrize("key", ["x", "0", "-1", "99999999999999999999", "1 or 1", ""])
def test_an_odd_guide_is_asked_for_again(guides, editor, key):
    for model in (Area, Question, Figure):
        answer = editor.get(add(model, guide=key))
        assert answer.status_code == 200
        assert answer.context["form"].errors


def test_the_question_is_for_those_who_may_add(guides, client):
    assert client.get(add(Question)).status_code == 302
    reader = desk.sign_in("reader", "Editors")
    reader.user.groups.clear()
    assert reader.get(add(Question)).status_code == 403


def test_a_row_of_another_guide_is_refused(guides, editor):
    binder, printer = guides
    area = {guide: guide.readiness_areas.first() for guide in guides}
    typed = {"text": "Why?", "slug": "why", "hint": "", "position": "9"}
    typed |= {"options-TOTAL_FORMS": "0", "options-INITIAL_FORMS": "0"}
    answer = editor.post(add(Question, guide=printer.pk), typed | {"area": ""})
    assert "area" in desk.errors(answer)
    assert editor.post(add(Question), typed | {"area": area[printer].pk}).status_code == 302
    assert Question.objects.get(slug="why").area.guide == printer

    section, parent = (guide.sections.get(kind=kind) for guide, kind in ((binder, "text"), (printer, "points")))
    assert "parent" in desk.errors(desk.save(editor, section, parent=parent.pk))
    practice = Practice.objects.filter(guide=binder).first()
    printer.sections.get(kind="routes").routes.filter(slug="route-1").update(slug="printers-route")
    answer = desk.save(editor, practice, route="printers-route")
    assert desk.errors(answer)["route"] == ["This guide has no route with the short name 'printers-route'."]


def test_a_row_stays_where_it_is(guides, editor):
    """What a row hangs from is fixed, whatever a form says."""
    for content in (content_models.content_of(model) for model in SCREENS):
        row = content.model.objects.first()
        parent = getattr(row, content.parent)
        others = content.parent_model.objects.exclude(pk=parent.pk)
        desk.save(editor, row, **{content.parent: others.last().pk})
        assert getattr(content.model.objects.get(pk=row.pk), content.parent) == parent


def test_rows_are_chosen_by_name_and_stored_by_slug(guides, editor):
    binder = guides[0]
    question = Question.objects.filter(area__guide=binder, slug="years").get()
    options = {"options-0-routes": ["route-0", "route-1"], "options-0-step": "step-1", "options-1-routes": []}
    answer = desk.save(editor, question, **options)
    assert "was changed successfully" in answer.content.decode()
    first, second = question.options.all()[:2]
    assert (first.route_slugs(), first.step, second.routes) == (["route-0", "route-1"], "step-1", "")
    before = binder.editions.count()
    desk.save(editor, question)
    assert binder.editions.count() == before, "saving what is stored changes nothing"


def test_what_is_gone_is_named_and_not_dropped(guides, editor):
    stage = Stage.objects.filter(guide=guides[0]).first()
    Stage.objects.filter(pk=stage.pk).update(route="gone")
    question = Question.objects.filter(area__guide=guides[0], slug="years").get()
    Option.objects.filter(question=question).update(routes="route-0\ngone")
    assert "gone: no longer there" in editor.get(desk.screen(stage)).content.decode()
    assert desk.errors(desk.save(editor, stage))["route"] == ["This guide has no route with the short name 'gone'."]
    assert "options-0-routes" in desk.errors(desk.save(editor, question))
    assert Stage.objects.get(pk=stage.pk).route == "gone"


def test_only_sections_without_parts_above_hold_parts(guides, editor):
    binder = guides[0]
    section = binder.sections.get(kind="pros_and_cons")
    offered_parents = editor.get(desk.screen(section)).context["adminform"].form.fields["parent"].queryset
    assert set(offered_parents) == set(Section.objects.filter(guide=binder, parent=None).exclude(pk=section.pk))
