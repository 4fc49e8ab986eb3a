"""An exercise, and an edition of it: the exercise with all its items, frozen at one save."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.edition import FrozenContent, Submission
from guides.models.fields import LimitedTextField
from guides.models.markdown import RendersMarkdown


class Exercise(RendersMarkdown, models.Model):
    """One of the exercises. Its items are all the rows of the one model that belongs to it (kinds.py)."""

    class Slug(models.TextChoices):
        CALL_NUMBERS = "call-numbers", _("put call numbers in order")
        MARC_RECORDS = "marc-records", _("find the fault in a record")
        AT_THE_DESK = "at-the-desk", _("answer at the desk")
        RECORD_ENTRY = "record-entry", _("enter a record")

    markdown_fields = ("rules",)

    slug = models.SlugField(
        _("exercise"), max_length=60, unique=True, choices=Slug, help_text=_("What one does in it, and its address.")
    )
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveIntegerField(_("position"), default=0)
    summary = models.CharField(_("summary"), max_length=200, help_text=_("One sentence for lists and links."))
    introduction = LimitedTextField(_("introduction"), max_length=1000, help_text=_("What to do, in a few sentences."))
    rules = LimitedTextField(
        _("rules"), max_length=3000, help_text=_("What to know, in Markdown. Readers see it after they have answered.")
    )
    rules_html = models.TextField(editable=False, blank=True)
    skills = LimitedTextField(
        _("skills that it trains"),
        max_length=1000,
        blank=True,
        help_text=_("Short names of skills, one a line. Every guide that has such a skill leads to the exercise."),
    )

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("exercises:exercise", args=[self.slug])

    def skill_slugs(self) -> list[str]:
        """The short names of the skills that it trains."""
        slugs: list[str] = self.skills.split()
        return slugs


class ExerciseEditionQuerySet(models.QuerySet["ExerciseEdition"]):
    """Querysets that speak of editions."""

    def live(self) -> "ExerciseEditionQuerySet":
        """What readers see, one edition an exercise."""
        return self.filter(is_live=True)

    def submitted(self) -> "ExerciseEditionQuerySet":
        """What waits for a reviewer."""
        return self.exclude(submitted_at=None)


class ExerciseEdition(Submission, FrozenContent):
    """An exercise with its items, frozen at one save. What lists and links show stands beside the frozen content."""

    class State(models.TextChoices):
        SAVED = "saved", _("saved")
        SUBMITTED = "submitted", _("for review")
        LIVE = "live", _("live")
        RETIRED = "retired", _("was live")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="editions", verbose_name=_("exercise"))
    number = models.PositiveIntegerField(_("number"))
    is_live = models.BooleanField(_("readers see it"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    changes = models.CharField(_("what changed"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("saved at"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=200)
    skills = models.TextField(blank=True)

    objects = ExerciseEditionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("edition of an exercise")
        verbose_name_plural = _("editions of exercises")
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="exercise_edition_number_once"),
            models.UniqueConstraint(fields=["exercise"], condition=Q(is_live=True), name="one_live_exercise_edition"),
        ]

    def __str__(self) -> str:
        return _("%(exercise)s, edition %(number)s") % {"exercise": self.exercise, "number": self.number}

    @property
    def state(self) -> "ExerciseEdition.State":
        """Where it stands on its way to readers."""
        if self.is_live:
            return self.State.LIVE
        if self.submitted_at:
            return self.State.SUBMITTED
        return self.State.RETIRED if self.published_at else self.State.SAVED

    @property
    def objects_in_it(self) -> list[dict[str, Any]]:
        """The exercise and its items as plain data."""
        frozen: list[dict[str, Any]] = self.content["objects"]
        return frozen
