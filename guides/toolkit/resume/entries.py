"""The parts of a resume, and for each the form of one entry. Names are those of JSON Resume."""

import re
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import ErrorLine, Renderer

from .. import dates
from ..forms import LineField, TextField, ToolForm

MOST_ENTRIES = 40  # in one part
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
URL = re.compile(r"https?://[^\s<>\"]+")
YEAR_AND_MONTH = gettext_lazy("Year and month, such as 2024-05.")


class LinesField(TextField):
    """A list: one item a line."""


class DateField(LineField):
    """A year, a month or a day, or nothing."""

    def __init__(self, label: Any, **options: Any) -> None:
        defaults: dict[str, Any] = {"help_text": YEAR_AND_MONTH, "validators": [check_date]}
        super().__init__(label, **defaults | options)


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


def starts() -> DateField:
    return DateField(gettext_lazy("From"))


def ends() -> DateField:
    return DateField(gettext_lazy("To"), help_text=gettext_lazy("Leave it empty while it goes on."))


def address() -> LineField:
    return LineField(gettext_lazy("Web page"), validators=[check_url], widget=forms.URLInput())


def highlights() -> LinesField:
    return LinesField(
        gettext_lazy("What you did and what came of it"),
        rows=5,
        help_text=gettext_lazy("One thing a line. Begin with a verb, add a number."),
    )


class EntryForm(ToolForm):
    """One entry of a part, such as a job, with what an imported file said of it that the form does not show.

    `one` names an entry, `head` the fields that stand for it in its heading, and `seldom` those that few people fill.
    """

    one: Any = ""
    head: tuple[str, ...] = ()
    seldom: tuple[str, ...] = ()

    rest = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    @classmethod
    def names(cls) -> list[str]:
        """The names of the fields that a person fills."""
        return [name for name in cls.base_fields if name != "rest"]

    @property
    def heading(self) -> str:
        """The entry in a few words, empty where it has none yet."""
        return ", ".join(filter(None, (self.typed(name).strip()[:60] for name in self.head)))

    @property
    def usual_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.seldom]

    @property
    def seldom_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.seldom]

    @property
    def has_seldom(self) -> bool:
        """Whether one of the fields that few people fill is filled."""
        return any(self.typed(name).strip() for name in self.seldom)

    def clean(self) -> None:
        start, end = (self.cleaned_data.get(name, "").strip() for name in ("startDate", "endDate"))
        if dates.is_date(start) and dates.is_date(end) and end < start[: len(end)]:
            self.add_error("endDate", _("This is before it began: swap the two dates."))


class WorkForm(EntryForm):
    one, head, seldom = gettext_lazy("job"), ("position", "name"), ("url", "description")

    position = LineField(gettext_lazy("Job title"))
    name = LineField(gettext_lazy("Employer"))
    location = LineField(gettext_lazy("Place"))
    startDate, endDate = starts(), ends()
    summary = TextField(gettext_lazy("In a sentence"), help_text=gettext_lazy("You can leave this empty."))
    highlights = highlights()
    url = address()
    description = LineField(gettext_lazy("What the employer does"))


class EducationForm(EntryForm):
    one, head, seldom = gettext_lazy("course"), ("studyType", "institution"), ("score", "url")

    studyType = LineField(gettext_lazy("Degree or diploma"))
    area = LineField(gettext_lazy("Subject"))
    institution = LineField(gettext_lazy("School or college"))
    startDate, endDate = starts(), ends()
    courses = LinesField(gettext_lazy("Courses that fit the job"), help_text=gettext_lazy("One a line."))
    score = LineField(gettext_lazy("Grade"), help_text=gettext_lazy("Such as: GPA 3.8."))
    url = address()


class CertificateForm(EntryForm):
    one, head, seldom = gettext_lazy("certification"), ("name", "issuer"), ("url",)

    name = LineField(gettext_lazy("Certification"))
    issuer = LineField(gettext_lazy("Who gave it"))
    date = DateField(gettext_lazy("When"))
    url = address()


class SkillsForm(EntryForm):
    one, head, seldom = gettext_lazy("group of skills"), ("name",), ("level",)

    name = LineField(gettext_lazy("Group"), help_text=gettext_lazy("Such as: Library systems."))
    keywords = LinesField(gettext_lazy("Skills"), rows=5, help_text=gettext_lazy("One a line."))
    level = LineField(gettext_lazy("How well"), help_text=gettext_lazy("Such as: advanced."))


class VolunteerForm(EntryForm):
    one, head, seldom = gettext_lazy("volunteer post"), ("position", "organization"), ("summary", "url")

    position = LineField(gettext_lazy("What you were"))
    organization = LineField(gettext_lazy("Organization"))
    startDate, endDate = starts(), ends()
    highlights = highlights()
    summary = TextField(gettext_lazy("In a sentence"))
    url = address()


class ProjectForm(EntryForm):
    one, head, seldom = gettext_lazy("project"), ("name",), ("entity", "type", "roles", "keywords")

    name = LineField(gettext_lazy("Project"))
    startDate, endDate = starts(), ends()
    url = address()
    description = TextField(gettext_lazy("In a sentence"))
    highlights = highlights()
    entity = LineField(gettext_lazy("For whom"))
    type = LineField(gettext_lazy("What it is"), help_text=gettext_lazy("Such as: talk, website."))
    roles = LinesField(gettext_lazy("What you were in it"), help_text=gettext_lazy("One a line."))
    keywords = LinesField(gettext_lazy("What it is about"), help_text=gettext_lazy("One a line."))


class LanguageForm(EntryForm):
    one, head = gettext_lazy("language"), ("language",)

    language = LineField(gettext_lazy("Language"))
    fluency = LineField(gettext_lazy("How well"), help_text=gettext_lazy("Such as: native, or conversational."))


class AwardForm(EntryForm):
    one, head = gettext_lazy("award"), ("title",)

    title = LineField(gettext_lazy("Award"))
    awarder = LineField(gettext_lazy("Who gave it"))
    date = DateField(gettext_lazy("When"))
    summary = TextField(gettext_lazy("What for"))


class PublicationForm(EntryForm):
    one, head = gettext_lazy("publication"), ("name",)

    name = LineField(gettext_lazy("Title"))
    publisher = LineField(gettext_lazy("Where it came out"))
    releaseDate = DateField(gettext_lazy("When"))
    url = address()
    summary = TextField(gettext_lazy("In a sentence"))


class ProfileForm(EntryForm):
    one, head = gettext_lazy("profile"), ("network", "username")

    network = LineField(gettext_lazy("Site"), help_text=gettext_lazy("Such as: LinkedIn."))
    username = LineField(gettext_lazy("Your name there"))
    url = address()


class InterestForm(EntryForm):
    one, head = gettext_lazy("interest"), ("name",)

    name = LineField(gettext_lazy("Interest"))
    keywords = LinesField(gettext_lazy("What of it"), help_text=gettext_lazy("One a line."))


class ReferenceForm(EntryForm):
    one, head = gettext_lazy("reference"), ("name",)

    name = LineField(gettext_lazy("Who speaks for you"))
    reference = TextField(gettext_lazy("What they say, or how to reach them"))


class PartFormSet(forms.BaseFormSet):  # type: ignore[type-arg] # the class takes no argument while it runs
    """The entries of one part: `title` is its heading, `add` the button for another entry.

    A part that is not `usual` is shown where it holds something.
    """

    title: Any = ""
    add_label: Any = ""
    is_usual = True

    @property
    def is_present(self) -> bool:
        return self.is_usual or bool(self.forms)

    def add_prefix(self, index: int | str | None) -> str:
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


def part(form: type[EntryForm], title: Any, add_label: Any, is_usual: bool = False) -> type[PartFormSet]:
    """Return the formset of a part. A draft says how many entries there are."""
    base = type("PartFormSet", (PartFormSet,), {"title": title, "add_label": add_label, "is_usual": is_usual})
    most = 1_000_000
    return cast(
        type[PartFormSet],
        forms.formset_factory(form, formset=base, extra=0, max_num=most, absolute_max=most, renderer=Renderer()),
    )


PARTS = {
    "profiles": part(ProfileForm, gettext_lazy("Profiles"), gettext_lazy("Add a profile")),
    "work": part(WorkForm, gettext_lazy("Experience"), gettext_lazy("Add a job"), True),
    "education": part(EducationForm, gettext_lazy("Education"), gettext_lazy("Add a course"), True),
    "certificates": part(CertificateForm, gettext_lazy("Certifications"), gettext_lazy("Add a certification"), True),
    "skills": part(SkillsForm, gettext_lazy("Skills"), gettext_lazy("Add a group of skills"), True),
    "volunteer": part(VolunteerForm, gettext_lazy("Volunteering"), gettext_lazy("Add a volunteer post"), True),
    "projects": part(ProjectForm, gettext_lazy("Projects"), gettext_lazy("Add a project")),
    "languages": part(LanguageForm, gettext_lazy("Languages"), gettext_lazy("Add a language")),
    "awards": part(AwardForm, gettext_lazy("Awards"), gettext_lazy("Add an award")),
    "publications": part(PublicationForm, gettext_lazy("Publications"), gettext_lazy("Add a publication")),
    "interests": part(InterestForm, gettext_lazy("Interests"), gettext_lazy("Add an interest")),
    "references": part(ReferenceForm, gettext_lazy("References"), gettext_lazy("Add a reference")),
}
# Stands with the person, first in the form, and in `basics` of a file.
FIXED = "profiles"
