"""A form in steps: a phone shows one at a time, a desk all of them beside the preview. All are one form."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

# Where a button leads to, by the first word of what it asks for; those that name a part of a resume lead to it.
OF_ACTIONS = {"skill": "skills", "import": "you", "places": "places", "save": "save"}
AT_A_PART = {"add", "remove", "undo", "up", "down", "raise"}


@dataclass
class Step:
    """One step: `template` shows it, of `content` where that is one of several alike.

    `fields` are the ids of what one fills in it, `parts` the parts of a resume that stand in it besides.
    """

    key: str
    title: str
    template: str
    content: Any = None
    fields: set[str] = field(default_factory=set)
    parts: tuple[str, ...] = ()
    number: int = 0
    before: "Step | None" = None
    after: "Step | None" = None
    is_current: bool = False
    is_wrong: bool = False


def ids(*fields: forms.BoundField) -> set[str]:
    """The ids of fields."""
    return {each.auto_id for each in fields}


def save_step(form: forms.BaseForm) -> Step:
    """The last step of every tool: to keep what was written. `form` says what it is called."""
    return Step("save", _("Keep it"), "toolkit/steps/save.html", fields=ids(*form))


def in_a_row(steps: list[Step], action: str, asked: str, wrong: Iterable[str]) -> list[Step]:
    """Return `steps`, each with the one before and after it, and the one to show marked.

    That is where the button `action` leads, or the one `asked` for. A button that needs the form to be right, such as
    one for a file, leads to the first step where something is wrong, by the ids `wrong`; the others leave a person
    where they are, and the steps say which of them need another look.
    """
    targets = list(wrong)
    for number, step in enumerate(steps, 1):
        step.number = number
        step.before = steps[number - 2] if number > 1 else None
        step.after = steps[number] if number < len(steps) else None
        step.is_wrong = not step.fields.isdisjoint(targets)
    leads_on = _key(action)
    first_wrong = next((step for step in steps if step.is_wrong), None)
    if action in {"", "preview"} or leads_on not in {"", "save"}:
        first_wrong = None
    wanted = leads_on or asked
    current = first_wrong or next((step for step in steps if wanted in (step.key, *step.parts)), steps[0])
    current.is_current = True
    return steps


def _key(action: str) -> str:
    verb, _space, rest = action.partition(" ")
    return rest.partition(" ")[0] if verb in AT_A_PART else OF_ACTIONS.get(verb, "")
