"""Fields of forms, written without a template each: fifty rows have hundreds, a list of occupations 800 options.

The markup is Django's own to the letter; a test holds every widget against Django's renderer.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, mark_safe

Widget = Mapping[str, Any]
_WIDGETS = "django/forms/widgets"
_OPTION = f"{_WIDGETS}/select_option.html"
_INPUTS = (
    "checkbox", "color", "date", "datetime", "email", "hidden", "input", "number", "password", "search", "tel", "text",
    "time", "url",
)  # fmt: skip


class WithoutTemplates(DjangoTemplates):
    """Django's renderer, which writes inputs, text boxes and lists to choose from by itself."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        written = WRITTEN.get(template_name)
        if written is None or not _is_plain(context["widget"]):
            return super().render(template_name, context, request)
        return mark_safe(written(context["widget"]))  # noqa: S308 (each part is escaped below)


def _is_plain(widget: Widget) -> bool:
    """Whether the options of a list, if it is one, are as Django writes them."""
    groups = widget.get("optgroups", ())
    return all(option["template_name"] == _OPTION for _name, options, _index in groups for option in options)


def _input(widget: Widget) -> str:
    value = widget["value"]
    stands = "" if value is None else f' value="{_as_string(value)}"'
    return f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{stands}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value = widget["value"]
    return (
        f'<textarea name="{_shown(widget["name"])}"{_attributes(widget)}>\n{_shown(value) if value else ""}</textarea>'
    )


def _select(widget: Widget) -> str:
    return f'<select name="{_shown(widget["name"])}"{_attributes(widget)}>{"".join(_groups(widget))}\n</select>'


def _groups(widget: Widget) -> Iterator[str]:
    """Yield the parts of a list to choose from, line breaks as Django's templates leave them."""
    for name, options, _index in widget["optgroups"]:
        if name:
            yield f'\n  <optgroup label="{_shown(name)}">'
        for option in options:
            value, label = _as_string(option["value"]), _shown(option["label"])
            yield f'\n  <option value="{value}"{_attributes(option)}>{label}</option>\n'
        if name:
            yield "\n  </optgroup>"


def _attributes(widget: Widget) -> str:
    """The attributes of an element; one that is true has no value, one that is false is left out."""
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_as_string(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _as_string(value: Any) -> str:
    """A value as it is, escaped: numbers are not formatted for the reader's language."""
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


def _shown(value: Any) -> str:
    """A value as templates show it, escaped."""
    return conditional_escape(value) if isinstance(value, str) else str(render_value_in_context(value, Context()))


# By the name of Django's template.
WRITTEN: dict[str, Callable[[Widget], str]] = {
    **{f"{_WIDGETS}/{name}.html": _input for name in _INPUTS},
    f"{_WIDGETS}/textarea.html": _textarea,
    f"{_WIDGETS}/select.html": _select,
}
