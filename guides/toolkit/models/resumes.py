"""Worked examples of resumes, each line with the reason why it works."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.fields import LimitedTextField

from ..dates import partial_date
from .base import GuideRow


class ResumeExample(GuideRow):
    """A resume of an invented person in a certain situation."""

    title = models.CharField(_("title"), max_length=80, help_text=_("The situation, such as: First job."))
    situation = models.CharField(
        _("who it is for"), max_length=300, help_text=_("Who this person is, and what the resume has to achieve.")
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("An invented name."))
    headline = models.CharField(_("headline"), max_length=120, help_text=_("The line below the name."))
    city = models.CharField(_("place"), max_length=80)
    summary = LimitedTextField(_("summary"), max_length=600)
    why = LimitedTextField(_("why the summary works"), max_length=400)

    class Meta(GuideRow.Meta):
        verbose_name = _("resume example")
        verbose_name_plural = _("resume examples")

    def __str__(self) -> str:
        return self.title


class ResumeEntry(models.Model):
    """One entry of an example: a job, a course, a certificate, a group of skills."""

    class Part(models.TextChoices):
        WORK = "work", _("experience")
        VOLUNTEER = "volunteer", _("volunteering")
        EDUCATION = "education", _("education")
        CERTIFICATES = "certificates", _("certifications")
        SKILLS = "skills", _("skills")
        PROJECTS = "projects", _("projects")
        LANGUAGES = "languages", _("languages")
        AWARDS = "awards", _("awards")
        PUBLICATIONS = "publications", _("publications")
        PRESENTATIONS = "presentations", _("presentations")
        TEACHING = "teaching", _("teaching")
        SERVICE = "service", _("service")
        GRANTS = "grants", _("grants")

    example = models.ForeignKey(ResumeExample, models.CASCADE, related_name="entries", verbose_name=_("example"))
    slug = models.SlugField(_("short name"), max_length=60)
    part = models.CharField(_("part"), max_length=16, choices=Part.choices)
    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_(
            "The position, degree, certificate, group of skills, language, grant or title of what was published."
        ),
    )
    organization = models.CharField(
        _("where"),
        max_length=120,
        blank=True,
        help_text=_("Where, or who gave it. Of a language how well; empty for skills."),
    )
    starts = models.CharField(
        _("from"), max_length=10, blank=True, validators=[partial_date], help_text=_("Such as 2024-05 or 2024.")
    )
    ends = models.CharField(
        _("to"), max_length=10, blank=True, validators=[partial_date], help_text=_("Empty while it goes on.")
    )
    why = models.CharField(_("why it is there"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("entry of a resume")
        verbose_name_plural = _("entries of a resume")
        constraints = [
            models.UniqueConstraint(
                fields=["example", "slug"],
                name="resumeentry_slug_once",
                violation_error_message=_("This example has an entry with that short name already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organization}" if self.organization else self.title

    @property
    def is_once(self) -> bool:
        """Whether it has one date: a degree, a certificate, what was given or came out."""
        once = {self.Part.EDUCATION, self.Part.CERTIFICATES, self.Part.AWARDS, self.Part.PUBLICATIONS}
        return self.part in once | {self.Part.PRESENTATIONS, self.Part.GRANTS}

    def natural_key(self) -> tuple[str, ...]:
        return (*self.example.natural_key(), self.slug)

    natural_key.dependencies = ["toolkit.resumeexample"]  # type: ignore[attr-defined]  # Django reads it from the method


class ResumeLine(models.Model):
    """One line below an entry, and why it works."""

    entry = models.ForeignKey(ResumeEntry, models.CASCADE, related_name="lines", verbose_name=_("entry"))
    text = models.CharField(_("line"), max_length=240)
    why = models.CharField(
        _("why it works"), max_length=300, blank=True, help_text=_("Empty where the line speaks for itself.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("line of a resume")
        verbose_name_plural = _("lines of a resume")

    def __str__(self) -> str:
        return self.text
