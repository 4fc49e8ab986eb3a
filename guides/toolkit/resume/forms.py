"""The builder's form: the person, and for each part of a resume its entries. Names are those of JSON Resume."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import ErrorLine, FormMixin, Renderer

from .. import dates
from ..forms import LineField, TextField, ToolForm, WholeForm

MOST_ENTRIES = 40  # in one part
LONGEST_ADVERT = 20_000
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
URL = re.compile(r"https?://[^\s<>\"]+")
YEAR_AND_MONTH = gettext_lazy("Year and month, such as 2024-05.")


class LinesField(TextField):
    """A list: one item a line."""


def check_date(text: str) -> None:
    """Raise ValidationError for what is no year, month or day that exists."""
    if text.strip() and not dates.is_date(text.strip()):
        raise ValidationError(dates.partial_date.message)


def check_email(text: str) -> None:
    """Raise ValidationError for what has not the shape of an email address."""
    if text.strip() and not EMAIL.fullmatch(text.strip()):
        raise ValidationError(_("Write an email address, such as name@example.org."))


def check_url(text: str) -> None:
    """Raise ValidationError for what is no whole web address."""
    if text.strip() and not URL.fullmatch(text.strip()):
        raise ValidationError(_("Write a whole web address that starts with https:// or http://."))


def starts() -> LineField:
    return LineField(gettext_lazy("From"), help_text=YEAR_AND_MONTH, validators=[check_date])


def ends() -> LineField:
    return LineField(
        gettext_lazy("To"), help_text=gettext_lazy("Leave it empty while it goes on."), validators=[check_date]
    )


def highlights() -> LinesField:
    return LinesField(
        gettext_lazy("What you did and what came of it"),
        rows=5,
        help_text=gettext_lazy("One thing a line. Begin with a verb, add a number."),
    )


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


class EntryForm(ToolForm):
    """One entry of a part, such as a job, with what an imported file said of it that the form does not show.

    `one` names an entry, and `head` names the fields that stand for it in its heading.
    """

    one: Any = ""
    head: tuple[str, ...] = ()

    rest = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    @classmethod
    def names(cls) -> list[str]:
        """The names of the fields that a person fills."""
        return [name for name in cls.base_fields if name != "rest"]

    @property
    def title(self) -> str:
        """The entry in a few words, empty where it has none yet."""
        return ", ".join(filter(None, (self.typed(name).strip()[:60] for name in self.head)))

    def clean(self) -> None:
        start, end = (self.cleaned_data.get(name, "") for name in ("startDate", "endDate"))
        if dates.is_date(start) and dates.is_date(end) and end < start[: len(end)]:
            self.add_error("endDate", _("This is before it began: swap the two dates."))


class WorkForm(EntryForm):
    one, head = gettext_lazy("job"), ("position", "name")

    position = LineField(gettext_lazy("Job title"))
    name = LineField(gettext_lazy("Employer"))
    location = LineField(gettext_lazy("Place"))
    startDate, endDate = starts(), ends()
    summary = TextField(gettext_lazy("In a sentence"), help_text=gettext_lazy("You can leave this empty."))
    highlights = highlights()


class EducationForm(EntryForm):
    one, head = gettext_lazy("course"), ("studyType", "institution")

    studyType = LineField(gettext_lazy("Degree or diploma"))
    area = LineField(gettext_lazy("Subject"))
    institution = LineField(gettext_lazy("School or college"))
    startDate, endDate = starts(), ends()
    courses = LinesField(gettext_lazy("Courses that fit the job"), help_text=gettext_lazy("One a line."))


class CertificateForm(EntryForm):
    one, head = gettext_lazy("certification"), ("name", "issuer")

    name = LineField(gettext_lazy("Certification"))
    issuer = LineField(gettext_lazy("Who gave it"))
    date = LineField(gettext_lazy("When"), help_text=YEAR_AND_MONTH, validators=[check_date])


class SkillsForm(EntryForm):
    one, head = gettext_lazy("group of skills"), ("name",)

    name = LineField(gettext_lazy("Group"), help_text=gettext_lazy("Such as: Library systems."))
    keywords = LinesField(gettext_lazy("Skills"), rows=5, help_text=gettext_lazy("One a line."))


class VolunteerForm(EntryForm):
    one, head = gettext_lazy("volunteer post"), ("position", "organization")

    position = LineField(gettext_lazy("What you were"))
    organization = LineField(gettext_lazy("Organization"))
    startDate, endDate = starts(), ends()
    highlights = highlights()


class PartFormSet(forms.BaseFormSet):
    """The entries of one part: `title` is its heading, `add` the button for another entry."""

    title: Any = ""
    add_label: Any = ""

    def add_prefix(self, index: int) -> str:
        return f"{self.prefix}.{index}"

    def clean(self) -> None:
        if len(self.forms) > MOST_ENTRIES:
            words = {"part": self.title, "count": len(self.forms), "most": MOST_ENTRIES}
            raise ValidationError(
                _("%(part)s holds %(count)d entries; a resume here takes at most %(most)d of them.") % words
            )

    def error_lines(self) -> Iterator[ErrorLine]:
        """Yield what is wrong, with the entry that it is about."""
        for error in self.non_form_errors():
            yield ErrorLine(str(error), f"f-{self.prefix}")
        for number, form in enumerate(self.forms, 1):
            for line in form.error_lines():
                yield ErrorLine(f"{capfirst(form.one)} {number}, {line.text}", line.target)


def part(form: type[EntryForm], title: Any, add_label: Any) -> type[PartFormSet]:
    """Return the formset of a part. A draft says how many entries there are."""
    base = type("PartFormSet", (PartFormSet,), {"title": title, "add_label": add_label})
    most = 1_000_000
    return forms.formset_factory(form, formset=base, extra=0, max_num=most, absolute_max=most, renderer=Renderer())


PARTS = {
    "work": part(WorkForm, gettext_lazy("Experience"), gettext_lazy("Add a job")),
    "education": part(EducationForm, gettext_lazy("Education"), gettext_lazy("Add a course")),
    "certificates": part(CertificateForm, gettext_lazy("Certifications"), gettext_lazy("Add a certification")),
    "skills": part(SkillsForm, gettext_lazy("Skills"), gettext_lazy("Add a group of skills")),
    "volunteer": part(VolunteerForm, gettext_lazy("Volunteering"), gettext_lazy("Add a volunteer post")),
}


class ImportForm(ToolForm):
    """A JSON Resume that takes the place of what is in the form, as a file or as its text."""

    file = forms.FileField(
        label=gettext_lazy("File"), required=False, widget=forms.FileInput(attrs={"accept": "application/json,.json"})
    )
    pasted = TextField(gettext_lazy("Or its text"), attrs={"spellcheck": "false"}, max_length=1_000_000)


class ResumeForm(WholeForm):
    """The whole builder: the posting that the resume is held against, the basics and the parts in their order.

    `data` is what a draft and the page together send. `is_damaged` says that what a file held did not come through.
    """

    order = forms.CharField(required=False, widget=forms.HiddenInput)
    rest = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
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
        for form in (self.basics, *self.parts):
            yield from form.error_lines()

    def all_forms(self) -> list[FormMixin]:
        """The basics and every entry."""
        return [self.basics, *(form for part in self.parts for form in part.forms)]

    def focus(self, name: str) -> None:
        """Have a person go on at the field of that name; an error takes the focus first."""
        for form in self.all_forms():
            for field in form:
                if field.html_name == name:
                    field.field.widget.attrs["autofocus"] = self.is_valid()
