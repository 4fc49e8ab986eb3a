"""The rows of a figure's screen: a new one begins with what the last one said; what is out of line is asked about."""

import hashlib
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from ..models import Figure, Observation
from ..publishing import observations, outliers
from .base import KeepsPublishedNames
from .looked_up import KnowsItsRows

# What is sent with the form once its warnings were seen: it is saved if they are the same.
LOOKED_AT = "looked_at"
SAYS = {"value", "low", "high", "text", "period", "year", "source"}


class ObservationFormSet(KnowsItsRows, BaseInlineFormSet):
    """Observations of one figure. What is out of line is saved once it is sent again, after it was looked at."""

    out_of_line: list[str] = []
    looked_at = ""

    @cached_property
    def begun(self) -> dict[str, Any]:
        return observations.begun(self.instance) if self.instance.pk else {}

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        is_new = index is None or index >= self.initial_form_count()
        return kwargs | {"initial": self.begun} if is_new else kwargs

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.instance.pk:
            return
        found = [*self._of_unit(), *(told for form in self.forms for told in self._of(form))]
        digest = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
        if found and self.data.get(LOOKED_AT) != digest:
            self.out_of_line, self.looked_at = found, digest
            raise ValidationError(found, "out_of_line")

    def _of(self, form: Any) -> list[str]:
        """What is out of line about one row, if it was changed."""
        is_gone = self.can_delete and form in self.deleted_forms
        if is_gone or not SAYS & set(form.changed_data):
            return []
        new: Observation = form.instance
        others = [each for each in self.stored if each.pk != new.pk and each.year <= new.year]
        before = min(others, key=Observation.precedence, default=None)
        return [f"{new.period}: {told}" for told in outliers.of_observation(self.instance, before, new, new.source)]

    def _of_unit(self) -> list[str]:
        """What is out of line about the figure's unit: the observations that stay are read in another one."""
        kept = len(self.stored) - sum(form.has_changed() for form in self.initial_forms)
        before = Figure.objects.get(pk=self.instance.pk)
        return list(outliers.of_unit(self.instance, before, kept))

    @cached_property
    def stored(self) -> list[Observation]:
        return list(Observation.objects.filter(figure=self.instance.pk))


class ObservationInline(KeepsPublishedNames, admin.StackedInline):
    model = Observation
    formset = ObservationFormSet
    fields = [
        ("period", "year"),
        ("value", "low", "high", "high_is_open"),
        "text",
        ("usd_value", "usd_low", "usd_high"),
        ("source", "basis"),
        ("checked_on", "review_after"),
        "note",
    ]


def ask(context: dict[str, Any]) -> None:
    """Have the page of a figure ask about what is out of line, in place of calling it an error."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    for formset in formsets:
        if getattr(formset, "out_of_line", None):
            formset._non_form_errors = formset.error_class(error_class="nonform")
            context |= {"out_of_line": formset.out_of_line, "looked_at": formset.looked_at}
            context["errors"] = admin.helpers.AdminErrorList(context["adminform"].form, formsets)
