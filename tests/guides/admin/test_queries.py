"""An editor's form asks the database as often with many rows as with few."""

import re

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from guides.datasets.models import CheckedFigure
from guides.models import Section
from tests.addresses import Site

from .. import desk

pytestmark = pytest.mark.django_db
# So many rows more than there are.
FEW, MANY = 2, 27


def forms_with_rows(client):
    """Yield a row for each kind of form that holds a list of rows, with those lists."""
    # Checked figures are a list alone, and each kind of section has a form of its own.
    screens = [model for model in admin.site._registry if model not in {CheckedFigure, Section}]
    rows = [model._default_manager.order_by("pk").first() for model in screens]
    sections = {section.kind_info.rows: section for section in Section.objects.order_by("-pk")}
    for row in [*filter(None, rows), *sections.values()]:
        opened = client.get(desk.screen(row))
        if opened.status_code == 200:
            lists = [each.formset for each in opened.context.get("inline_admin_formsets", [])]
            if lists := [each for each in lists if each.initial_forms]:
                yield row, lists


def add(lists, count):
    """Have each of `lists`, Django's formsets, hold `count` rows more, made after its first one."""
    for rows in lists:
        kind, start = rows.model, rows.initial_forms[0].instance.pk
        for number in range(count):
            row = kind._base_manager.get(pk=start)
            row.pk, row._state.adding = None, True
            for name in names(kind):
                setattr(row, name, unlike(getattr(row, name), f"{count}{number}"))
            row.save()


def names(kind):
    """The fields by which a row of that model is told from others beside it."""
    told = {name for rule in kind._meta.total_unique_constraints for name in rule.fields} | {"slug"}
    own = [field for field in kind._meta.fields if not field.primary_key and not isinstance(field, models.ForeignKey)]
    return [field.name for field in own if field.unique or field.name in told]


def unlike(value, mark):
    """What stands in the place of `value` in another row, which must not say the same."""
    return f"{value[:40]}-{mark}" if isinstance(value, str) else value + int(mark)


def asked(client, row):
    """What the database is asked to open a form, numbers left out, and how many rows the form holds."""
    with CaptureQueriesContext(connection) as context:
        opened = client.get(desk.screen(row))
    rows = sum(len(each.formset.initial_forms) for each in opened.context["inline_admin_formsets"])
    return [re.sub(r"\d+", "#", query["sql"]) for query in context], rows


def test_rows_cost_no_question():
    Site()
    client = desk.publisher()
    seen, wrong = set(), []
    for row, lists in list(forms_with_rows(client)):
        seen.update(rows.model._meta.model_name for rows in lists)
        add(lists, FEW)
        few, shown = asked(client, row)
        add(lists, MANY)
        many, shown_then = asked(client, row)
        assert shown_then == shown + MANY * len(lists)
        if len(many) > len(few):
            more = max(many, key=lambda sql: many.count(sql) - few.count(sql))
            wrong.append(f"{row._meta.label} {row}: {len(few)} queries, then {len(many)}, as: {more[:500]}")
    assert not wrong, "\n".join(wrong)
    assert {"section", "guidetitle", "point", "route", "figure", "observation", "option", "stage"} <= seen
