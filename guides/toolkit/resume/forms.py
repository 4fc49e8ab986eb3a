"""The builder's form: the person, and the parts of a resume in their order. Names are those of JSON Resume."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import ErrorLine, FormMixin

from ..forms import LineField, TextField, ToolForm, WholeForm
from .fields import check_email, check_url
from .parts import FIXED, PARTS, PartFormSet

LONGEST_ADVERT = 20_000
LONGEST_UNPLACED = 40_000  # all that is read of a file


class BasicsForm(ToolForm):
    """The person. Town and region stand one level deeper in JSON Resume."""

    IN_LOCATION = {"city", "region"}

    name = LineField(gettext_lazy("Name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    label = LineField(
        gettext_lazy("Headline"),
        help_text=gettext_lazy("The job you want, or what you are, such as: Library technical assistant."),
    )
    email = LineField(
        gettext_lazy("Email"), validators=[check_email], widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = LineField(gettext_lazy("Phone"), widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    city = LineField(gettext_lazy("Town"), widget=forms.TextInput(attrs={"autocomplete": "address-level2"}))
    region = LineField(
        gettext_lazy("State or region"), widget=forms.TextInput(attrs={"autocomplete": "address-level1"})
    )
    url = LineField(
        gettext_lazy("Web page"),
        help_text=gettext_lazy("Starts with https:// or http://. You can leave this empty."),
        validators=[check_url],
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )
    summary = TextField(
        gettext_lazy("Summary"), help_text=gettext_lazy("Two or three sentences: what you bring to this job.")
    )


class ResumeImportForm(ToolForm):
    """A resume that takes the place of what is in the form, as a file or as its text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt,.json,application/json"}),
        help_text=gettext_lazy("PDF, Word (.docx), plain text (.txt) or JSON Resume, at most 2 MB."),
    )
    pasted = TextField(gettext_lazy("Or its text"), attrs={"spellcheck": "false"}, max_length=1_000_000)


class ResumeBuilderForm(WholeForm):
    """The whole builder: the posting that the resume is held against, the basics and the parts in their order.

    `data` is what a draft and the page together send. `is_damaged` says that what a file held did not come through.
    """

    order = forms.CharField(required=False, widget=forms.HiddenInput)
    rest = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    removed = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    unplaced = TextField(
        gettext_lazy("Lines of your file that found no field"),
        rows=6,
        max_length=LONGEST_UNPLACED,
        help_text=gettext_lazy("Move them where they belong, and empty this. It is not printed."),
    )
    advert = TextField(
        gettext_lazy("The posting’s text"),
        rows=4,
        max_length=LONGEST_ADVERT,
        help_text=gettext_lazy(
            "Paste it here: the checks then say which of its skills your resume does not name. "
            "You can leave this empty."
        ),
        error_messages={
            "max_length": gettext_lazy("The posting is longer than 20,000 characters: paste its main part only.")
        },
    )

    def __init__(self, data: Any, sent: Any, is_damaged: bool = False) -> None:
        super().__init__(data, sent)
        self.is_damaged = is_damaged
        self.basics = BasicsForm(data, prefix="basics")
        self.parts = [PARTS[key](data, prefix=key, auto_id="f-%s") for key in self.typed("order").split()]

    @property
    def present_parts(self) -> list[PartFormSet]:
        """The parts that every resume has, and those that this one has."""
        return [part for part in self.parts if part.is_present]

    @property
    def further_parts(self) -> list[PartFormSet]:
        """The parts that can be added."""
        return [part for part in self.parts if not part.is_present]

    @property
    def highest(self) -> str:
        """The part that cannot move further up."""
        return next(str(part.prefix) for part in self.present_parts if part.prefix != FIXED)

    def clean(self) -> None:
        super().clean()
        if self.is_damaged:
            self.add_error(
                None, _("What the page carried along from your file was damaged on the way. Import it once more.")
            )

    def is_valid(self) -> bool:
        return super().is_valid() and self.basics.is_valid() and all(part.is_valid() for part in self.parts)

    def error_lines(self) -> Iterator[ErrorLine]:
        yield from super().error_lines()
        yield from self.basics.error_lines()
        for part in self.parts:
            yield from part.error_lines()

    def all_forms(self) -> list[FormMixin]:
        """The basics and every entry."""
        return [self.basics, *(form for part in self.parts for form in part.forms)]

    def focus(self, name: str) -> bool:
        """Have a person go on at the field of that name, also where something is wrong elsewhere.

        Return False where something is wrong with its own entry, whose errors take the focus.
        """
        for form in self.all_forms():
            for field in form:
                if field.html_name == name:
                    field.field.widget.attrs["autofocus"] = True
                    return not form.errors
        return True

    def fold(self, focus: str | None) -> None:
        """Show of several entries the headings alone, but where a person goes on, or something is wrong or empty."""
        for part in self.parts:
            for form in part.forms:
                is_next = bool(focus and focus.startswith(f"{form.prefix}."))
                form.is_open = len(part.forms) == 1 or is_next or bool(form.errors) or not form.heading
