"""Fields that are written without templates are Django's to the letter."""

from datetime import date, time
from itertools import product

import pytest
from django import forms
from django.contrib.admin import widgets as admin_widgets
from django.db import models
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from careerguide.form_rendering import WRITTEN, WithoutTemplates


class Level(models.TextChoices):
    FIRST = "a&b", gettext_lazy("Home")
    SECOND = "", "<b>"


CHOICES = [
    ("", "---------"),
    ("a&b", "A & B"),
    (1000, 1000),
    (None, gettext_lazy("Home")),
    ("Group <1>", [("x", "X"), (2, mark_safe("<i>two</i>"))]),
    *Level.choices,
]
VALUES = [None, "", "a&b", 'quo"te', "</textarea>\r\n line", mark_safe("a &amp; b"), 1000, 1234.5, True, False, "1000",
          date(2026, 11, 29), time(10, 30), ["x", "a&b"], ("a", 1), gettext_lazy("Home")]  # fmt: skip
ATTRIBUTES = [
    None,
    {"id": "id_a", "class": "x & y", "required": True, "disabled": False},
    {"rows": 3, "maxlength": 1000, "data-at": None, "title": gettext_lazy("Home"), "data-b": mark_safe("&amp;")},
]
# A base of others, and what takes few values or needs a relation, and is drawn as its parent is.
LEFT_OUT = {
    forms.widgets.DateTimeBaseInput,
    forms.widgets.NullBooleanSelect,
    admin_widgets.AutocompleteSelect,
    admin_widgets.AutocompleteSelectMultiple,
    admin_widgets.FilteredSelectMultiple,
}


def every_widget():
    """Yield one of each kind of field that is written without a template, those with choices with some."""
    for module in (forms.widgets, admin_widgets):
        for kind in vars(module).values():
            if getattr(kind, "template_name", None) in WRITTEN and kind not in LEFT_OUT:
                widget = kind()
                if isinstance(widget, forms.widgets.ChoiceWidget):
                    widget.choices = CHOICES
                yield widget


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_field_is_written_as_django_writes_it(language):
    written, ours, django = set(), WithoutTemplates(), DjangoTemplates()
    with override(language):
        for widget, value, attributes in product(every_widget(), VALUES, ATTRIBUTES):
            made = widget.render("na<me", value, attributes, ours)
            assert made == widget.render("na<me", value, attributes, django), (widget, value, attributes)
            assert hasattr(made, "__html__")
            written.add(widget.template_name)
    assert set(WRITTEN) - written <= {"django/forms/widgets/input.html"}


def test_options_with_a_template_of_their_own_have_it():
    widget = forms.Select(choices=CHOICES)
    widget.option_template_name = "django/forms/widgets/radio_option.html"
    made = widget.render("a", "x", renderer=WithoutTemplates())
    assert made == widget.render("a", "x", renderer=DjangoTemplates())
    assert 'type="' in made


def test_the_site_uses_it(settings):
    assert isinstance(forms.Form().renderer, WithoutTemplates)
