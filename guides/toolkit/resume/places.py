"""Where in a resume something stands: its name in the schema, in the form, and the id of its field.

A path is the names and numbers that lead to a value.
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .forms import BasicsForm
from .older_names import MAIN
from .parts import PARTS

Path = list[str | int]


def name_of(path: Path) -> str:
    """The name that a place has in the schema: that of the list for one of its entries."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def label(name: str) -> str:
    """What the form calls the field that a text goes into where it stands for a whole entry."""
    main = MAIN.get(name, "")
    if name in PARTS and main in PARTS[name].form.base_fields:
        return str(PARTS[name].form.base_fields[main].label)
    return str(BasicsForm.base_fields[main].label) if main in BasicsForm.base_fields else main


def place(path: Path) -> str:
    """Say where something is as the form calls it: 'Job 2, To'."""
    words: list[str] = []
    form: Any = None
    for step in path:
        if isinstance(step, int):
            words[-1] = f"{capfirst(form.one)} {step + 1}" if form and len(words) == 1 else f"{words[-1]} {step + 1}"
        elif step in PARTS and not words:
            form = PARTS[step].form
            words = [str(PARTS[step].title)]
        elif step not in {"basics", "location"}:
            fields = form.base_fields if form else BasicsForm.base_fields
            words.append(str(fields[step].label) if step in fields else step)
    return ", ".join(words) or _("You")


def field_of(path: Path) -> str:
    """The id of the field that a place has in the form; of its part where it is no field."""
    steps = [step for step in path if step not in {"basics", "location"}]
    if not steps or not isinstance(steps[0], str):
        return ""
    if steps[0] not in PARTS:
        return f"f-basics-{steps[0]}".lower() if steps[0] in BasicsForm.base_fields else ""
    is_field = len(steps) > 2 and steps[2] in PARTS[steps[0]].form.base_fields
    return "-".join(["f", *map(str, steps[: 3 if is_field else 1])]).lower()
