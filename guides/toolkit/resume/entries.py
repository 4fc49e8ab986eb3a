"""The form of one entry of each part, such as a job. Names of fields are those of JSON Resume."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import dates
from ..forms import LineField, TextField, ToolForm
from .fields import DateField, LinesField, address, ends, highlights, once, starts


class EntryForm(ToolForm):
    """One entry of a part, such as a job, with what an imported file said of it that the form does not show.

    `one` names an entry, `head` the fields that stand for it in its heading, and `seldom` those that few people fill.
    """

    one: Any = ""
    head: tuple[str, ...] = ()
    seldom: tuple[str, ...] = ()

    rest = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    # Whether the entry shows its fields, or its heading alone.
    is_open = True

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

    def plain(self, name: str) -> str:
        """What was typed into a date, as a file has it; empty for a field that the form has not."""
        field = self.base_fields.get(name)
        return field.plain(self.typed(name)) if isinstance(field, DateField) else ""

    def clean(self) -> None:
        start, end = (self.plain(name) for name in ("startDate", "endDate"))
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
    date = once()
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
    date = once()
    summary = TextField(gettext_lazy("What for"))


class PublicationForm(EntryForm):
    one, head = gettext_lazy("publication"), ("name",)

    name = LineField(gettext_lazy("Title"))
    publisher = LineField(gettext_lazy("Where it came out"))
    releaseDate = once()
    url = address()
    summary = TextField(gettext_lazy("In a sentence"))


class PresentationForm(EntryForm):
    one, head, seldom = gettext_lazy("presentation"), ("name",), ("url",)

    name = LineField(gettext_lazy("Title"))
    entity = LineField(gettext_lazy("Where you gave it"), help_text=gettext_lazy("The conference or the library."))
    startDate = once()
    description = TextField(gettext_lazy("In a sentence"))
    url = address()


class TeachingForm(EntryForm):
    one, head, seldom = gettext_lazy("class that you taught"), ("name", "entity"), ("url",)

    name = LineField(gettext_lazy("Course or workshop"))
    entity = LineField(gettext_lazy("Where"))
    startDate, endDate = starts(), ends()
    highlights = highlights()
    url = address()


class ServiceForm(EntryForm):
    one, head, seldom = gettext_lazy("service"), ("name", "entity"), ("url",)

    name = LineField(gettext_lazy("What you were"), help_text=gettext_lazy("Such as: chair, member, reviewer."))
    entity = LineField(gettext_lazy("Committee, association or journal"))
    startDate, endDate = starts(), ends()
    highlights = highlights()
    url = address()


class GrantForm(EntryForm):
    one, head, seldom = gettext_lazy("grant"), ("name", "entity"), ("url",)

    name = LineField(gettext_lazy("Grant or fellowship"))
    entity = LineField(gettext_lazy("Who gave it"))
    startDate = once()
    description = TextField(gettext_lazy("How much, and what for"))
    url = address()


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
