"""The state that a form asks for: by its name, its part of an address, or its two letters."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from .areas import STATES, State


def meant(text: str) -> State | None:
    """The state or territory that a text names, such as 'Ohio', 'district-of-columbia' or 'oh'; None without one."""
    words = " ".join(text.casefold().replace("-", " ").split())
    return next((each for each in STATES if words in (each.abbreviation.casefold(), each.name.casefold())), None)


def choices(by: str = "abbreviation", none: str | Promise = "") -> list[tuple[str, str | Promise]]:
    """Return every state by its `by`, an attribute of State, in the order of their names; `none` stands first."""
    named = sorted(((getattr(each, by), each.name) for each in STATES), key=lambda each: each[1])
    return [*([("", none)] if none else []), *named]


class StateField(forms.ChoiceField):
    """A state or territory however an address names it. Its value is the state's abbreviation, or what `by` says."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("“%(value)s” is no state or territory. Choose one from the list.")
    }

    def __init__(self, *, by: str = "abbreviation", none: str | Promise = "", **options: Any) -> None:
        self.by = by
        super().__init__(choices=choices(by, none), required=False, **options)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value)
        state = meant(text)
        return str(getattr(state, self.by)) if state else text.strip()

    def prepare_value(self, value: Any) -> Any:
        return self.to_python(value)
