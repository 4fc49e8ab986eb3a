"""Forms that face a reader: how each field is drawn, what an error says, and the errors of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

ENDS_ITSELF = ("?", "!", ".", ":")


class Renderer(TemplatesSetting):
    """Draws a field by the site's own template."""

    field_template_name = "forms/field.html"


class BoundField(forms.BoundField):
    """A field in its form. Its id is small letters, digits and hyphens, whatever its name."""

    @property
    def auto_id(self) -> str:
        return super().auto_id.replace(".", "-").lower()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        # The server says what is too long and keeps it all; a browser's own limit would cut a pasted text short.
        attrs["maxlength"] = False
        if self.form.errors:
            # Their summary takes the focus.
            attrs["autofocus"] = False
        if self.use_fieldset:
            # A radio button cannot be invalid by itself: the group that it stands in says what is wrong.
            attrs.pop("aria-invalid", None)
        return attrs


@dataclass(frozen=True)
class ErrorLine:
    """One error as a sentence that names its field, and the id of that field; both of the form itself where empty."""

    text: str
    target: str = ""


class FormMixin(forms.BaseForm):
    """A form that faces a reader."""

    default_renderer: type[BaseRenderer] = Renderer
    bound_field_class: type[forms.BoundField] = BoundField

    # Whether what is wrong with the form as a whole is mended from its first field on.
    is_mended_at_first = False

    def error_lines(self) -> Iterator[ErrorLine]:
        """Yield what is wrong, the form's own errors first."""
        first = next((field.auto_id for field in self), "") if self.is_mended_at_first else ""
        for error in self.non_field_errors():
            yield ErrorLine(str(error), first)
        for field in self:
            joined = " " if str(field.label).endswith(ENDS_ITSELF) else ": "
            for error in field.errors:
                text, target = f"{field.label}{joined}{error}", field.auto_id
                yield ErrorLine(str(error)) if field.is_hidden else ErrorLine(text, target)


class ReaderForm(FormMixin, forms.Form):
    """A plain form that faces a reader."""


def render_form(
    request: HttpRequest, template: str, context: dict[str, Any], *filled: FormMixin, status: int | None = None
) -> HttpResponse:
    """Render a page with the forms `filled`: with what is wrong in the title and at the top, and then as 422."""
    errors = [line for form in filled for line in form.error_lines()]
    return render(request, template, context | {"form_errors": errors}, status=status or (422 if errors else 200))


def refused(form: forms.BaseForm) -> BadRequest:
    """Return the BadRequest that says of each part of an address, read by `form`, what is wrong with it.

    A part is called as pages call it; one that no page shows, by its name in the address.
    """
    called = {name: field.label or name for name, field in form.fields.items()}
    lines = [
        _("“%(name)s”: %(error)s") % {"name": called.get(name, name), "error": " ".join(map(str, errors))}
        for name, errors in form.errors.items()
    ]
    return BadRequest(" ".join(lines))


class RepeatableRadioSelect(forms.RadioSelect):
    """Radio buttons whose value is every value that was sent: an address can hold what no page sends."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else [data[name]] if name in data else []


class QuickSelect(forms.Select):
    """A select without groups. Django's own fills a template for each option, which on a page with sixty of them costs
    more than all the rest."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = str(value or "")
        options = [
            format_html('<option value="{}" selected>{}</option>', key, label)
            if str(key) == chosen
            else format_html('<option value="{}">{}</option>', key, label)
            for key, label in self.choices
        ]
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name} | (attrs or {})))
        return format_html("<select{}>\n{}\n</select>", attributes, format_html_join("\n", "{}", zip(options)))


class OneChoiceField(forms.ChoiceField):
    """A choice that is given at most once. Empty is no choice, but what was sent empty is a wrong one."""

    widget = RepeatableRadioSelect

    def clean(self, value: list[str]) -> str | None:
        if len(value) > 1:
            raise ValidationError(self.error_messages["repeated"], code="repeated")
        if value and not self.valid_value(value[0]):
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value[0][:20]}
            )
        if not value and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return value[0] if value else None
