"""Fields and faults as templates show them."""

from dataclasses import dataclass

from django.utils.text import slugify


@dataclass(frozen=True)
class Shown:
    """A field as the template shows it: what it is, what stands in it and what is wrong with that."""

    name: str
    label: str
    value: str = ""
    help: str = ""
    fault: str = ""
    input_type: str = "text"
    rows: int = 4
    autocomplete: str = ""
    focus: bool = False

    @property
    def id(self):
        return f"f-{slugify(self.name.replace('.', '-'), allow_unicode=True)}"


def faults_by_field(faults):
    """Pairs of a fault and the id of its field, for the list at the top of a form."""
    return [(text, Shown(name, "").id if name else "") for name, text in faults.items()]
