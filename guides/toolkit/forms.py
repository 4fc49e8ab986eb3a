"""What the forms of the tools share. What was typed is shown as typed, right or wrong: `typed` gives it back."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from guides.forms import ErrorLine, ReaderForm

from . import packing, texts
from .documents.designs import DESIGNS, USUAL, Design

TOO_LONG = _("Keep it under %(limit_value)d characters: you wrote %(show_value)d.")


class LineField(forms.CharField):
    """A line that may be empty."""

    longest = texts.LONGEST_LINE
    default_error_messages = {"max_length": TOO_LONG}

    def __init__(self, label: Any = "", *, max_length: int | None = None, **options: Any) -> None:
        options = {"required": False, "strip": False} | options
        super().__init__(label=label, max_length=max_length or self.longest, **options)


class TextField(LineField):
    """A text of several lines that may be empty."""

    longest = texts.LONGEST_TEXT

    def __init__(self, label: Any = "", *, rows: int = 3, attrs: Mapping[str, Any] = {}, **options: Any) -> None:
        super().__init__(label, widget=forms.Textarea(attrs={"rows": rows, **attrs}), **options)


class ToolForm(ReaderForm):
    """A form of a tool, or a part of one, filled with texts that a document can hold. Its names are joined by dots."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s"} | options)

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}.{field_name}" if self.prefix else field_name

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return self[name].value() or ""


class WholeForm(ToolForm):
    """All that a page sends of a document: together it is no more than a plan keeps.

    `gap` says which of its characters a PDF would lack.
    """

    gap = ""

    def __init__(self, data: MultiValueDict[str, str], sent: MultiValueDict[str, str] | None = None) -> None:
        super().__init__(data)
        self.sent = data if sent is None else sent

    def error_lines(self) -> Iterator[ErrorLine]:
        if self.gap:
            yield ErrorLine(self.gap, "pdf-anyway")
        yield from super().error_lines()

    def clean(self) -> None:
        if fault := packing.fault(self.sent):
            self.add_error(None, fault)


class DesignForm(ToolForm):
    """How the PDF looks."""

    design = forms.ChoiceField(
        label=_("Design"),
        choices=[(name, design.label) for name, design in DESIGNS.items()],
        required=False,
        widget=forms.RadioSelect,
        initial=USUAL,
    )

    @property
    def shown(self) -> Iterator[tuple[forms.boundfield.BoundWidget, str, Design]]:
        """Yield each choice with the picture of its design."""
        for option, (name, design) in zip(self["design"], DESIGNS.items(), strict=True):
            yield option, f"designs/{name}.webp", design


def cleaned(sent: QueryDict | Mapping[str, str]) -> MultiValueDict[str, str]:
    """Return what was sent as texts that are safe to print: one kind of line break, no control characters."""
    lists = sent.lists() if isinstance(sent, MultiValueDict) else ((name, [value]) for name, value in sent.items())
    return MultiValueDict({name: [texts.clean(value) for value in values] for name, values in lists})
