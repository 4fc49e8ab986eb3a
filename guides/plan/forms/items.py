"""Forms of items: one item, or some fields of one, with what the person saw of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from guides.forms import FormMixin

from .. import validators
from ..item_types import ItemType


@dataclass(frozen=True)
class Clash:
    """A field changed in two places: what the plan holds now, and what the person wrote."""

    name: str
    label: str
    stored: str
    wanted: str


class PlainTextField(forms.CharField):
    """Text with one kind of line break, whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        return validators.with_newlines(super().to_python(value) or "")


def make_form_field(field: "Field[Any, Any]", **kwargs: Any) -> forms.Field:
    """Return the form field of a model field: dates get the browser's date picker, texts their line breaks."""
    kwargs.pop("widget", None)
    form_field = cast(forms.Field, field.formfield(**kwargs))
    if isinstance(form_field, forms.DateField):
        form_field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        form_field.input_formats = ["%Y-%m-%d"]
        form_field.error_messages["invalid"] = _("Give a day that exists, as year-month-day, such as 2027-01-31.")
    elif isinstance(form_field, forms.TimeField):
        form_field.widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        form_field.input_formats = ["%H:%M", "%H:%M:%S"]
        form_field.error_messages["invalid"] = _("Give a time of the day, such as 14:30.")
    elif isinstance(form_field.widget, forms.Textarea):
        form_field = cast(forms.Field, field.formfield(form_class=PlainTextField, **kwargs))
        form_field.widget.attrs.update({"rows": 4})
    form_field.error_messages["required"] = _("Fill this in: it cannot stay empty.")
    form_field.error_messages["max_length"] = _("Keep it under %(limit_value)d characters: you wrote %(show_value)d.")
    return form_field


class PlanItemForm(FormMixin, forms.ModelForm):
    """One item, or some fields of one, with the values that the person saw beside them.

    Those are the fields `was-<name>`; see sync.py. `clashes` are changes made elsewhere meanwhile.
    """

    marks_optional = True
    was: dict[str, str] | None = None
    clashes: Sequence[Clash] = ()

    def written(self) -> dict[str, str]:
        """What the person saw of each field, by name: as posted, or what the item holds now."""
        return {name: self._was(name) for name in self.fields}

    def _was(self, name: str) -> str:
        if self.was is not None:
            return self.was.get(name, "")
        return written(getattr(self.instance, name)) if self.instance.pk else ""

    def was_fields(self) -> list[tuple[str, str]]:
        """Pairs for hidden fields: `was-<name>` and the value."""
        return [(f"was-{name}", value) for name, value in self.written().items()]

    def show(self, clashes: Sequence[Clash]) -> None:
        """Show each clash at its field."""
        self.clashes = clashes
        for clash in clashes:
            field: Any = self.fields[clash.name]
            field.clash, field.template_name = clash, "plan/_clash.html"


def written(value: Any) -> str:
    """Return a stored value as a form writes it."""
    if value is None:
        return ""
    return str(value.isoformat()) if hasattr(value, "isoformat") else validators.with_newlines(str(value))


def form_for(
    item_type: ItemType, names: Sequence[str] | None = None, base: type[PlanItemForm] = PlanItemForm
) -> type[PlanItemForm]:
    """Return the form class for items of `item_type`: all that the person may change, or the fields `names`."""
    fields = names or item_type.form
    form = forms.modelform_factory(item_type.model, base, fields, formfield_callback=make_form_field)
    return cast(type[PlanItemForm], form)
