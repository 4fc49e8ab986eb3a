"""What the rows of a list share is looked up once for all of them; Django asks for it anew in each row's form."""

import functools
from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, ModelChoiceIterator

# Rows by their keys, as a browser sends them.
Known = Callable[[], dict[str, Model]]


class KnownRowField(forms.ModelChoiceField):
    """A choice of one row that is found without a query among those that are known already."""

    known: Known | None = None

    def to_python(self, value: Any) -> Any:
        row = self.known().get(str(value)) if self.known and value not in self.empty_values else None
        # One that is not known may have come meanwhile, or may not be chosen: Django tells.
        return super().to_python(value) if row is None else row

    def look_up_once(self) -> None:
        """Share the rows to choose from with all copies of this field, one a row of a list."""

        @functools.cache
        def rows() -> list[Model]:
            return list(cast(QuerySet[Any], self.queryset))

        @functools.cache
        def offered() -> list[tuple[Any, str]]:
            iterator = ModelChoiceIterator(self)
            nothing: list[tuple[Any, str]] = [] if self.empty_label is None else [("", str(self.empty_label))]
            return [*nothing, *(iterator.choice(row) for row in rows())]

        self.choices = offered
        self.known = functools.cache(lambda: {str(self.prepare_value(row)): row for row in rows()})


def share_choices(fields: Iterable[forms.Field]) -> None:
    """Have the forms that are made with `fields` look up the rows to choose from once for all of them."""
    for field in fields:
        if isinstance(field, KnownRowField):
            field.look_up_once()


class KnowsItsRows(BaseInlineFormSet):
    """A list that finds each of its rows, which a browser names by its key, among those that it has read.

    Each row knows what it hangs from, which is the row that the screen edits.
    """

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        for row in rows:
            self.fk.set_cached_value(row, self.instance)
        return rows

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        model = form._meta.model
        name = model._meta.pk.name
        key = form.fields.get(name)
        if isinstance(key, forms.ModelChoiceField) and (rows := key.queryset) is not None and rows.model is model:
            found = KnownRowField(rows, initial=key.initial, required=False, widget=key.widget)
            found.known = self._rows_by_key
            form.fields[name] = found

    def _rows_by_key(self) -> dict[str, Model]:
        if not hasattr(self, "_known"):
            self._known: dict[str, Model] = {str(row.pk): row for row in self.get_queryset()}
        return self._known
