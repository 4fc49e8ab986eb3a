"""The parts of a resume: each a formset of its entries."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import ErrorLine, Renderer

from .entries import (
    AwardForm,
    CertificateForm,
    EducationForm,
    EntryForm,
    GrantForm,
    InterestForm,
    LanguageForm,
    PresentationForm,
    ProfileForm,
    ProjectForm,
    PublicationForm,
    ReferenceForm,
    ServiceForm,
    SkillsForm,
    TeachingForm,
    VolunteerForm,
    WorkForm,
)

MOST_ENTRIES = 40  # in one part


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
    "presentations": part(PresentationForm, gettext_lazy("Presentations"), gettext_lazy("Add a presentation")),
    "teaching": part(TeachingForm, gettext_lazy("Teaching"), gettext_lazy("Add a class that you taught")),
    "service": part(ServiceForm, gettext_lazy("Service"), gettext_lazy("Add a service")),
    "grants": part(GrantForm, gettext_lazy("Grants"), gettext_lazy("Add a grant")),
    "interests": part(InterestForm, gettext_lazy("Interests"), gettext_lazy("Add an interest")),
    "references": part(ReferenceForm, gettext_lazy("References"), gettext_lazy("Add a reference")),
}
# Stands with the person, first in the form, and in `basics` of a file.
FIXED = "profiles"
