"""What a reader gives: the job they have and the one they think of; and what they know of an occupation's own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import OneChoiceField, ReaderForm

from .gap import Asked, AskedGroup, Gap, Level
from .titles import LONGEST


class MoveForm(ReaderForm):
    """Two jobs by their titles, each optional: with one alone the page shows what is near it."""

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="move-%s")
        # 'from' is a word of Python's, so the fields are made here.
        self.fields = {
            "from": job_field(gettext_lazy("The job you have"), gettext_lazy("As on your payslip, such as Cashier.")),
            "to": job_field(
                gettext_lazy("The job you think of"),
                gettext_lazy("Leave it empty to see where you could go from the job you have."),
            ),
        }

    def write(self, **titles: str) -> None:
        """Show these in the boxes: a person knows a job by its title, not by its page's address."""
        self.data = QueryDict(mutable=True)
        self.data.update(titles)

    def clean(self) -> None:
        for name, field in self.fields.items():
            if isinstance(self.data, QueryDict) and len(self.data.getlist(name)) > 1:
                self.add_error(name, _("It stands in the address twice. Give it once."))
            if "\x00" in str(self.data.get(name, "")):
                self.add_error(name, field.error_messages["invalid"])


def job_field(label: Any, help_text: Any) -> forms.CharField:
    """Return a field for a job's title."""
    too_long = gettext_lazy("A job’s title has at most %(limit_value)d characters: this has %(show_value)d.")
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": too_long, "invalid": gettext_lazy("Give the title of a job in letters.")},
    )


class GapForm(ReaderForm):
    """How well somebody knows what an occupation's gap asks about: `given` are levels by the name of their field.

    A form that is not `complete` takes any part. `unknown` counts what was sent of things that are not asked about.
    """

    is_mended_at_first = True

    def __init__(self, gap: Gap, sent: QueryDict | None = None, complete: bool = True) -> None:
        super().__init__(sent, auto_id="%s")
        self.gap, self.complete, self.unknown = gap, complete, 0
        self.fields = {each.name: rating_field(each) for each in gap.asked}

    @property
    def groups(self) -> "list[tuple[AskedGroup, list[forms.BoundField]]]":
        """The parts of the form, each with its fields."""
        return [(group, [self[item.name] for item in group.items]) for group in self.gap.groups]

    @property
    def given(self) -> dict[str, int]:
        """The answers that are right."""
        values = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: int(value) for name, value in values.items() if value is not None}

    @property
    def query(self) -> str:
        """The answers as an address holds them."""
        return urlencode(self.given)

    def clean(self) -> None:
        self.unknown = sum(name[:2] in ("a-", "k-", "t-") and name not in self.fields for name in self.data)
        if self.complete and not self.errors and not self.given:
            gone = _("None of these answers is about what this occupation’s gap asks. It may have changed.")
            raise ValidationError(gone if self.unknown else _("Rate at least one thing."))


def rating_field(asked: Asked) -> OneChoiceField:
    """Return the field for one thing that is asked about."""
    messages = {
        "repeated": gettext_lazy("It is rated twice. Choose one."),
        "invalid_choice": gettext_lazy("'%(value)s' is not one of the three ratings. Choose one."),
    }
    return OneChoiceField(
        label=asked.label, help_text=asked.detail, choices=Level.choices, required=False, error_messages=messages
    )
