"""A class is found by its name alone: no two forms or models of the house share one."""

from collections import defaultdict
from importlib import import_module
from pkgutil import walk_packages

from django.db.models import Model
from django.forms import BaseForm, BaseFormSet

import careerguide
import guides

# Fixtures, stored editions and the official snapshot name these models by their app.
TWICE = {"Area", "Question"}


def modules_of(package):
    """Import every module below a package, but for migrations, and yield their names."""
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations" not in module.name:
            yield import_module(module.name).__name__


def classes_below(base):
    for child in base.__subclasses__():
        yield child
        yield from classes_below(child)


def test_no_two_forms_or_models_share_a_name():
    house = {*modules_of(careerguide), *modules_of(guides)}
    places = defaultdict(set)
    for base in (Model, BaseForm, BaseFormSet):
        for each in classes_below(base):
            if each.__module__ in house:
                places[each.__name__].add(f"{each.__module__}.{each.__qualname__}")
    assert len(places) > 100
    assert {name: sorted(where) for name, where in places.items() if len(where) > 1 and name not in TWICE} == {}
    assert all(len(places[name]) > 1 for name in TWICE)
