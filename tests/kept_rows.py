"""Rows that take long to make, kept the first time and then written again.

Publishing a guide freezes, checks, draws and indexes it: writing its rows takes a tenth of that.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from guides.models import ContentVersion, Guide, Source

from . import factories

Rows = list[list[Model]]


def kept(make: Callable[[], Any], *more: type[Model]) -> Any:
    """Return a fixture of the rows that `make`, a function, writes into a database without content.

    They are made before anything that a test changes, its clock for instance, has been changed. `more` are models that
    are no content.
    """

    @pytest.fixture(scope="session")
    def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:
        with django_db_blocker.unblock():
            return rows_of(make, *more)

    return rows


def rows_of(make: Callable[[], Any], *more: type[Model]) -> Rows:
    """Return the rows that `make` writes into a database without content, by model, and leave it as it was."""
    with transaction.atomic():
        # What comes with migrations stands in the database of every test.
        before = {model: set(model._default_manager.values_list("pk", flat=True)) for model in more}
        make()
        rows = all_rows() + [list(model._default_manager.exclude(pk__in=there)) for model, there in before.items()]
        transaction.set_rollback(True)
    return rows


def all_rows() -> Rows:
    return [list(model.objects.all()) for model in [*factories.loaded_models(), ContentVersion]]


def put_back(rows: Rows, make: Callable[[], Any]) -> None:
    """Write `rows` into the database; where it holds content already, their keys may be taken: `make` them anew."""
    if any(model.objects.exists() for model in (Guide, Source, ContentVersion)):
        make()
        return
    for each in filter(None, rows):
        type(each[0]).objects.bulk_create(each)
